package org.hearsight.core.track;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;

/**
 * Where one hazard is, out of all that was answered so far: a Bayes filter over places and
 * velocities, as {@value #PARTICLES} particles on the ground.
 *
 * <p>They move by the Langevin model of acoustic source tracking (Vermaak and Blake, ICASSP 2001;
 * Ward, Lehmann and Williamson, <i>Particle Filtering Algorithms for Tracking an Acoustic Source in
 * a Reverberant Environment</i>, IEEE TSAP 11(6), 2003): a velocity that is kept for some seconds
 * and drawn anew bit by bit. Half of them stand or walk and half drive; what is heard decides.
 * Diffusion over the cells of the grid, without velocities, would be simpler and was tried: what is
 * vague enough to keep up with a vehicle that passes is vaguer than a single map, and what is
 * sharper lags by 30°.
 *
 * <p>A map stands for the likelihood of its window's sound, as if all places were alike before (the
 * model was trained on hazards all around). Two things keep the filter from believing too much. The
 * map may be another hazard's: with the probability that it is not this one's, it says nothing. And
 * successive windows hold almost the same sound: a map counts with the power of the time since the
 * last one by the time after which windows are taken as independent, so that its error is not
 * counted fifty times. A few particles are drawn anew from each map, so that what is nowhere near
 * is found again.
 */
final class PlaceFilter {
  private static final int PARTICLES = 3000;

  /** Share of particles that are drawn anew from an independent map. */
  private static final double DRAWN_ANEW = 0.05;

  /** Of the velocity on either axis of those that stand or walk, every second particle, m/s. */
  private static final double SLOW = 0.7;

  private static final double LEAST_DEGREES = 5;
  private static final double UNKNOWN_DEGREES = 15;
  private static final double UNKNOWN_FACTOR = 1.6;

  /** Of a normal distribution in the plane, half lies within so many standard deviations. */
  private static final double HALF_WITHIN = Math.sqrt(2 * Math.log(2));

  private static final double LEAST_LIKELIHOOD = 1e-6;

  private final SplittableRandom random;
  private final double speed;
  private final double keeping;
  private double[][] particles; // [n][x, y, vx, vy, sd of v], m and m/s; null before a map
  private final double[] weights = new double[PARTICLES];
  private double rise;

  /**
   * @param random of this hazard alone
   * @param speed standard deviation of the velocity on either axis of those that drive, m/s
   * @param keeping time constant of the velocity, seconds
   */
  PlaceFilter(SplittableRandom random, double speed, double keeping) {
    this.random = random;
    this.speed = speed;
    this.keeping = keeping;
  }

  /** What an answer says of places; of a model without a map, a hill around its one place. */
  static PlacePosterior map(Imagination answer) {
    return answer.places() != null ? answer.places() : hill(answer.location(), answer.spread());
  }

  private static PlacePosterior hill(Location place, Imagination.Spread spread) {
    double degrees = spread == null ? UNKNOWN_DEGREES : spread.degrees() / HALF_WITHIN;
    double factor = spread == null ? UNKNOWN_FACTOR : spread.distanceFactor();
    double width = Math.max(LEAST_DEGREES, degrees);
    double depth = Math.max(PlaceGrid.LOG_STEP, Math.log(factor));
    double horizontal = Math.max(PlaceGrid.NEAREST, PlaceGrid.horizontal(place));
    double at = Math.log(Math.min(PlaceGrid.FARTHEST, horizontal));
    double[] p = new double[PlaceGrid.CELLS];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double off = Direction.wrap(PlaceGrid.azimuth(PlaceGrid.azimuthOf(i)) - place.azimuth());
      double turned = off / width;
      double away = (PlaceGrid.logDistance(PlaceGrid.distanceOf(i)) - at) / depth;
      p[i] = Math.exp(-(turned * turned + away * away) / 2);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return new PlacePosterior(p, PlaceGrid.rise(place));
  }

  /** Lets time pass. */
  void predict(double seconds) {
    double kept = Math.exp(-seconds / keeping);
    double drawn = Math.sqrt(1 - kept * kept);
    for (double[] q : particles) {
      for (int axis = 0; axis < 2; axis++) {
        double before = q[2 + axis];
        q[2 + axis] = kept * before + drawn * q[4] * random.nextGaussian();
        q[axis] += seconds * (before + q[2 + axis]) / 2;
      }
    }
  }

  /**
   * Takes a map; the first one is believed whole.
   *
   * @param trust probability that it is this hazard's, in [0, 1]
   * @param weight share of an independent map that it is, in (0, 1]
   */
  void update(PlacePosterior map, double trust, double weight) {
    if (particles == null) {
      particles = new double[PARTICLES][];
      double[] cumulative = cumulative(map);
      for (int i = 0; i < PARTICLES; i++) {
        particles[i] = drawn(cumulative);
        weights[i] = 1.0 / PARTICLES;
      }
      rise = map.rise();
      return;
    }
    drawSomeAnew(map, DRAWN_ANEW * weight * trust);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < PARTICLES; i++) {
      double likelihood = trust * PlaceGrid.CELLS * map.probability(cell(particles[i])) + 1 - trust;
      weights[i] *= Math.pow(Math.max(LEAST_LIKELIHOOD, likelihood), weight);
      sum += weights[i];
    }
    for (int i = 0; i < PARTICLES; i++) {
      weights[i] /= sum;
      squares += weights[i] * weights[i];
    }
    rise += trust * weight * (map.rise() - rise);
    if (squares * PARTICLES > 2) {
      resample();
    }
  }

  private void drawSomeAnew(PlacePosterior map, double share) {
    double[] cumulative = cumulative(map);
    for (int i = 0; i < PARTICLES; i++) {
      if (random.nextDouble() < share) {
        particles[i] = drawn(cumulative);
        weights[i] = 1.0 / PARTICLES;
      }
    }
  }

  private static double[] cumulative(PlacePosterior map) {
    double[] sums = new double[PlaceGrid.CELLS];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += map.probability(i);
      sums[i] = sum;
    }
    return sums;
  }

  /** Anywhere in a cell drawn by its probability, at any velocity. */
  private double[] drawn(double[] cumulative) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > at) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    double degrees =
        PlaceGrid.azimuth(PlaceGrid.azimuthOf(low))
            + PlaceGrid.DEGREES * (random.nextDouble() - 0.5);
    double log =
        PlaceGrid.logDistance(PlaceGrid.distanceOf(low))
            + PlaceGrid.LOG_STEP * (random.nextDouble() - 0.5);
    double angle = Math.toRadians(degrees);
    double metres = Math.exp(log);
    double deviation = random.nextBoolean() ? speed : SLOW;
    return new double[] {
      metres * Math.cos(angle),
      metres * Math.sin(angle),
      deviation * random.nextGaussian(),
      deviation * random.nextGaussian(),
      deviation
    };
  }

  private static double degrees(double[] q) {
    return Math.toDegrees(Math.atan2(q[1], q[0]));
  }

  private static int cell(double[] q) {
    return PlaceGrid.cell(
        PlaceGrid.azimuthCell(degrees(q)), PlaceGrid.distanceCell(Math.hypot(q[0], q[1])));
  }

  /** Systematic: at even steps of the weights' sum, from a drawn first one. */
  private void resample() {
    double[][] chosen = new double[PARTICLES][];
    double at = random.nextDouble() / PARTICLES;
    double sum = weights[0];
    int from = 0;
    for (int i = 0; i < PARTICLES; i++) {
      while (sum < at && from + 1 < PARTICLES) {
        sum += weights[++from];
      }
      chosen[i] = particles[from].clone();
      at += 1.0 / PARTICLES;
    }
    particles = chosen;
    Arrays.fill(weights, 1.0 / PARTICLES);
  }

  /** The particles on the grid, each shared among the four cells whose centres it lies between. */
  PlacePosterior posterior() {
    double[] p = new double[PlaceGrid.CELLS];
    for (int i = 0; i < PARTICLES; i++) {
      double[] q = particles[i];
      double column = (degrees(q) - PlaceGrid.azimuth(0)) / PlaceGrid.DEGREES;
      int right = (int) Math.floor(column);
      double toLeft = column - right;
      double row = Math.log(Math.hypot(q[0], q[1]) / PlaceGrid.NEAREST) / PlaceGrid.LOG_STEP;
      row = Math.max(0, Math.min(PlaceGrid.DISTANCES - 1, row));
      int near = (int) Math.min(PlaceGrid.DISTANCES - 2, Math.floor(row));
      double toFar = row - near;
      for (int side = 0; side < 2; side++) {
        int azimuth = Math.floorMod(right + side, PlaceGrid.AZIMUTHS);
        double share = weights[i] * (side == 0 ? 1 - toLeft : toLeft);
        p[PlaceGrid.cell(azimuth, near)] += share * (1 - toFar);
        p[PlaceGrid.cell(azimuth, near + 1)] += share * toFar;
      }
    }
    return new PlacePosterior(p, rise);
  }
}
