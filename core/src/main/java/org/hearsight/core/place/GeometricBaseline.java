package org.hearsight.core.place;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a hazard is by geometry alone, without learning: each place predicts from where it would be
 * heard, and is as likely as the measured azimuth spectrum is strong there.
 *
 * <p>So weigh published localizers of hidden vehicles their particles (mingujeon/NLoSVehicle-
 * Localization; reflection-aware and diffraction-aware localization: An and others, ICRA 2018 and
 * IROS 2019), with weights of {@value #DIRECT} for the direct way, {@value #REFLECTED} for a first
 * reflection and {@value #BENT} for a way round an edge. A likelihood of every place on the grid
 * takes the place of particles; ways are predicted from the place, none is traced back.
 *
 * <p>What is known of the surroundings is the {@link FreeDistance} at the horizon: a place farther
 * than it is heard round the nearest edges to either side (where the way bends by less than {@value
 * #MOST_BEND}°) and over the top; neighbouring cells at similar distances are walls, in which
 * places have images. Places out of the view are heard directly, and as images in the walls that
 * are seen.
 */
public final class GeometricBaseline {
  /** Weight of the direct way. */
  public static final double DIRECT = 1;

  /** Weight of a way by one wall. */
  public static final double REFLECTED = 0.5;

  /** Weight of a way round an edge. */
  public static final double BENT = 0.3;

  /** Ways that bend by more are not heard, degrees. */
  public static final double MOST_BEND = 60;

  /** What may come from anywhere: added to the spectrum, whose mean is 1. */
  private static final double ELSEWHERE = 0.5;

  /** How much sharper the likelihood is than the spectrum. */
  private static final double SHARPNESS = 2;

  private static final int FIRST = FreeDistance.FIRST_SECTOR;
  private static final int END = FIRST + FreeDistance.SECTORS;

  private GeometricBaseline() {}

  /** Where the hazard may be; at the height of the microphone. */
  public static PlacePosterior of(PlaceFeatures.Sound sound, PlaceFeatures.Sight sight) {
    double[] spectrum = AzimuthSpectrum.of(sound);
    FreeSpace space = FreeSpace.of(sight);
    List<Edge> edges = edges(space);
    List<Wall> walls = walls(space);
    double[] p = new double[PlaceGrid.CELLS];
    double sum = 0;
    for (int cell = 0; cell < p.length; cell++) {
      Ways ways = new Ways(spectrum);
      int a = PlaceGrid.azimuthOf(cell);
      double azimuth = PlaceGrid.azimuth(a);
      double r = PlaceGrid.distance(PlaceGrid.distanceOf(cell));
      if (!space.isSeen(a) || r < space.farthest(a)) {
        ways.add(azimuth, DIRECT);
      } else {
        ways.add(azimuth, BENT);
        for (int side = -1; side <= 1; side += 2) {
          Edge edge = nearest(edges, azimuth, r, side);
          if (edge != null) {
            ways.add(edge.azimuth(), BENT * edge.share(azimuth, r));
          }
        }
      }
      for (Wall wall : walls) {
        double image = wall.image(azimuth, r);
        if (!Double.isNaN(image)) {
          ways.add(image, REFLECTED);
        }
      }
      p[cell] = Math.pow(ways.mean() + ELSEWHERE, SHARPNESS);
      sum += p[cell];
    }
    for (int cell = 0; cell < p.length; cell++) {
      p[cell] /= sum;
    }
    return new PlacePosterior(p, 0);
  }

  /** The spectrum where a place would be heard from, weighted. */
  private static final class Ways {
    private final double[] spectrum;
    private double heard;
    private double weights;

    Ways(double[] spectrum) {
      this.spectrum = spectrum;
    }

    void add(double azimuth, double weight) {
      heard += weight * AzimuthSpectrum.at(spectrum, azimuth);
      weights += weight;
    }

    /** By the sum of weights: a place is not likelier for having more ways. */
    double mean() {
      return heard / weights;
    }
  }

  /** Where a nearer surface ends: its azimuth, distance, and on which side it is open (1: left). */
  private record Edge(double azimuth, double distance, int open) {
    /** 1 straight past the edge, falling to 0 at the largest bend. */
    double share(double azimuth, double r) {
      double off = Math.toRadians(Math.abs(azimuth - this.azimuth));
      double along = r * Math.cos(off) - distance;
      double bend = Math.toDegrees(Math.atan2(r * Math.sin(off), along));
      return Math.max(0, 1 - bend / MOST_BEND);
    }
  }

  private static List<Edge> edges(FreeSpace space) {
    List<Edge> edges = new ArrayList<>();
    for (int a = FIRST; a + 1 < END && space.isSeen(a); a++) {
      double right = space.farthest(a);
      double left = space.farthest(a + 1);
      if (!FreeSpace.isOneSurface(left, right)) {
        double azimuth = (PlaceGrid.azimuth(a) + PlaceGrid.azimuth(a + 1)) / 2;
        edges.add(new Edge(azimuth, Math.min(left, right), left > right ? 1 : -1));
      }
    }
    return edges;
  }

  private static Edge nearest(List<Edge> edges, double azimuth, double r, int side) {
    Edge best = null;
    for (Edge e : edges) {
      double off = (e.azimuth() - azimuth) * side;
      boolean there = e.open() == side && off > 0 && e.distance() < r;
      if (there && (best == null || off < (best.azimuth() - azimuth) * side)) {
        best = e;
      }
    }
    return best;
  }

  /** A piece of wall from one cell's centre to the next one's, as seen from above, metres. */
  private record Wall(double x1, double y1, double x2, double y2) {
    /** The azimuth of a place's image, if the mirrored way meets this piece; NaN otherwise. */
    double image(double azimuth, double r) {
      double x = r * Math.cos(Math.toRadians(azimuth));
      double y = r * Math.sin(Math.toRadians(azimuth));
      double nx = y2 - y1;
      double ny = x1 - x2;
      double length = Math.hypot(nx, ny);
      nx /= length;
      ny /= length;
      double wall = nx * x1 + ny * y1;
      double before = wall - nx * x - ny * y;
      if (wall * before <= 0) {
        return Double.NaN;
      }
      double ix = x + 2 * before * nx;
      double iy = y + 2 * before * ny;
      double cross1 = x1 * iy - y1 * ix;
      double cross2 = x2 * iy - y2 * ix;
      boolean meets = cross1 >= 0 && cross2 < 0 && ix * x1 + iy * y1 > 0;
      return meets ? Math.toDegrees(Math.atan2(iy, ix)) : Double.NaN;
    }
  }

  private static List<Wall> walls(FreeSpace space) {
    List<Wall> walls = new ArrayList<>();
    for (int a = FIRST; a + 1 < END && space.isSeen(a); a++) {
      double right = space.nearest(a);
      double left = space.nearest(a + 1);
      if (FreeSpace.isOneSurface(left, right) && Math.max(left, right) < PlaceGrid.FARTHEST) {
        walls.add(
            new Wall(
                right * Azimuths.COSINE[a],
                right * Azimuths.SINE[a],
                left * Azimuths.COSINE[a + 1],
                left * Azimuths.SINE[a + 1]));
      }
    }
    return walls;
  }
}
