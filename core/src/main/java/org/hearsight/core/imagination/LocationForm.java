package org.hearsight.core.imagination;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;

/**
 * How the localizer's raw numbers mean a place.
 *
 * <p>{@link #SEED}, three numbers: azimuth / 180°, elevation / 90°, distance / 30 m, as the seed's
 * design regresses them.
 *
 * <p>{@link #SPHERICAL}, six numbers: a vector whose direction is the mean of a von Mises–Fisher
 * density, the logarithm of its concentration κ, then mean and log-variance of the logarithm of the
 * distance in metres. No jump at ±180°, and both spreads are learned.
 *
 * <p>{@link #MAP}, a logit for every place of the {@link PlaceGrid}, then how far the hazard is
 * above the microphone, metres. It can say "left or right", where one direction would say neither.
 */
public enum LocationForm {
  @JsonProperty("seed")
  SEED(3),
  @JsonProperty("spherical")
  SPHERICAL(6),
  @JsonProperty("map")
  MAP(PlaceGrid.CELLS + 1);

  /** Distance the seed form divides by, metres. */
  public static final double SEED_DISTANCE = 30;

  /** Bounds of log κ: from no idea at all (κ 0.05) to about two degrees (κ 1100). */
  public static final double MIN_LOG_KAPPA = -3;

  public static final double MAX_LOG_KAPPA = 7;

  /** Bounds of the log-variance of log-distance. */
  public static final double MIN_LOG_VARIANCE = -6;

  public static final double MAX_LOG_VARIANCE = 3;

  /** Bounds of a decoded distance, metres. */
  public static final double NEAREST = 0.05;

  public static final double FARTHEST = 1000;

  private final int width;

  LocationForm(int width) {
    this.width = width;
  }

  /** How many numbers the localizer gives. */
  public int width() {
    return width;
  }

  /**
   * Refuses numbers that no whole model gives: {@link #decode} bounds them, and would make a place
   * of any.
   *
   * @param raw {@link #width()} numbers
   * @throws IllegalArgumentException naming what is wrong
   */
  public void requirePlausible(float[] raw) {
    for (float r : raw) {
      if (!Float.isFinite(r)) {
        throw new IllegalArgumentException("location: " + r + " is not a number");
      }
    }
    switch (this) {
      case SEED -> {
        FieldValues.within("location: azimuth", raw[0] * 180.0, -FARTHEST, FARTHEST);
        FieldValues.within("location: elevation", raw[1] * 90.0, -FARTHEST, FARTHEST);
        FieldValues.within("location: distance", raw[2] * SEED_DISTANCE, -FARTHEST, FARTHEST);
      }
      case SPHERICAL -> {
        if (raw[0] == 0 && raw[1] == 0 && raw[2] == 0) {
          throw new IllegalArgumentException("location: the vector has no direction");
        }
        FieldValues.within("location: distance", Math.exp(raw[4]), 0, FARTHEST);
      }
      case MAP -> FieldValues.within("location: rise", raw[PlaceGrid.CELLS], -FARTHEST, FARTHEST);
    }
  }

  /**
   * The place the raw numbers mean, with its spread.
   *
   * @param raw {@link #width()} numbers
   */
  public Estimate decode(float[] raw) {
    return decode(raw, 1);
  }

  /**
   * As {@link #decode(float[])}, of a map at a temperature.
   *
   * @param placesTemperature the map's logits are divided by it; the other forms have none
   */
  public Estimate decode(float[] raw, double placesTemperature) {
    if (raw.length != width) {
      throw new IllegalArgumentException("location: " + raw.length + " numbers, not " + width);
    }
    return switch (this) {
      case SEED -> seed(raw);
      case SPHERICAL -> spherical(raw);
      case MAP -> map(raw, placesTemperature);
    };
  }

  private static Estimate seed(float[] raw) {
    double elevation = Math.max(-90, Math.min(90, raw[1] * 90.0));
    Direction d = new Direction(raw[0] * 180.0, elevation);
    Location place = new Location(d.azimuth(), d.elevation(), distance(raw[2] * SEED_DISTANCE));
    return new Estimate(place, Double.NaN, Double.NaN, null);
  }

  private static Estimate spherical(float[] raw) {
    Direction d = Direction.of(new Vec3(raw[0], raw[1], raw[2]));
    double logKappa = Math.max(MIN_LOG_KAPPA, Math.min(MAX_LOG_KAPPA, raw[3]));
    double logVariance = Math.max(MIN_LOG_VARIANCE, Math.min(MAX_LOG_VARIANCE, raw[5]));
    return new Estimate(
        new Location(d.azimuth(), d.elevation(), distance(Math.exp(raw[4]))),
        Math.exp(logKappa),
        Math.exp(logVariance / 2),
        null);
  }

  private static Estimate map(float[] raw, double temperature) {
    double rise = Math.max(-FARTHEST, Math.min(FARTHEST, raw[PlaceGrid.CELLS]));
    PlacePosterior said = PlacePosterior.ofLogits(Arrays.copyOf(raw, PlaceGrid.CELLS), rise);
    PlacePosterior places = temperature == 1 ? said : said.tempered(temperature);
    return new Estimate(places.best(), Double.NaN, Double.NaN, places);
  }

  private static double distance(double metres) {
    return Math.max(NEAREST, Math.min(FARTHEST, metres));
  }

  /**
   * A decoded location.
   *
   * @param kappa concentration of the von Mises–Fisher density; NaN in the other forms
   * @param logDistanceSpread standard deviation of log-distance; NaN in the other forms
   * @param places how likely each place is; null where the form does not say
   */
  public record Estimate(
      Location location, double kappa, double logDistanceSpread, PlacePosterior places) {}
}
