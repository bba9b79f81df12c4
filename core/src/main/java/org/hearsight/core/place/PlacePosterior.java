package org.hearsight.core.place;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.probability.Softmax;

/**
 * How probable each place of the {@link PlaceGrid} is, with a height for all of them; immutable.
 *
 * <p>A sound behind a vehicle comes round either end of it, so that a map often has two hills. Its
 * mean lies between them, where nothing is; so this answers with the direction of {@linkplain #best
 * least expected angle}, the {@linkplain PlaceHill hills}, and the smallest {@linkplain #region
 * region} that holds a probability, the highest-density set (Hyndman, <i>Computing and Graphing
 * Highest Density Regions</i>, American Statistician 50(2), 1996). Density is by cell: by degree of
 * azimuth and by the logarithm of the distance along the ground.
 *
 * <p>Its JSON form holds the cells' axes too: azimuths in degrees, distances in metres.
 *
 * <pre>{@code
 * PlacePosterior places = hearsight.imagine(clip, view).places(); // null without a map
 * for (PlaceHill hill : places.hills()) { // left of the van, or right of it
 *   System.out.println(hill.mass() + " around " + hill.place().azimuth() + "°");
 * }
 * for (int cell : places.region(0.9)) { // the fewest places that hold 90 %
 *   double azimuth = PlaceGrid.azimuth(PlaceGrid.azimuthOf(cell));
 *   double metres = PlaceGrid.distance(PlaceGrid.distanceOf(cell));
 * }
 * }</pre>
 */
@JsonPropertyOrder({"rise", "azimuths", "distances", "probabilities"})
public final class PlacePosterior {
  /** Angles beyond this are all alike wrong, degrees: {@link #best} is not drawn by far hills. */
  public static final double MOST_ANGLE = 60;

  /** Azimuths within this of the answered one tell its distance, degrees. */
  public static final double NEAR = 15;

  private static final double STEP = 0.5;
  private static final double SUM_TOLERANCE = 1e-3;
  private static final double MOST_RISE = 1000;

  /** The probability of a place that the model holds for impossible. */
  private static final double LEAST_PROBABILITY = 1e-12;

  private final double[] probabilities;
  private final double rise;
  private final Integer[] ranking;

  /**
   * @param probabilities [72 × 16], as {@link PlaceGrid#cell} counts them; scaled to sum to one
   * @param rise of the hazard above the microphone, metres
   * @throws IllegalArgumentException if they are not probabilities that sum to about one
   */
  public PlacePosterior(double[] probabilities, double rise) {
    if (probabilities.length != PlaceGrid.CELLS) {
      throw new IllegalArgumentException(
          "probabilities: " + probabilities.length + " places, expected " + PlaceGrid.CELLS);
    }
    FieldValues.within("rise", rise, -MOST_RISE, MOST_RISE);
    double sum = 0;
    for (double p : probabilities) {
      FieldValues.within("probability of a place", p, 0, 1 + SUM_TOLERANCE);
      sum += p;
    }
    FieldValues.within(
        "sum of the places' probabilities", sum, 1 - SUM_TOLERANCE, 1 + SUM_TOLERANCE);
    this.probabilities = new double[PlaceGrid.CELLS];
    for (int i = 0; i < PlaceGrid.CELLS; i++) {
      this.probabilities[i] = probabilities[i] / sum;
    }
    this.rise = rise;
    // Equal places in their own order, so that regions are the same everywhere.
    ranking =
        IntStream.range(0, PlaceGrid.CELLS)
            .boxed()
            .sorted((a, b) -> Double.compare(this.probabilities[b], this.probabilities[a]))
            .toArray(Integer[]::new);
  }

  /**
   * The softmax of a network's numbers.
   *
   * @param logits [72 × 16]
   * @param rise metres
   * @throws IllegalArgumentException if one is not a number
   */
  public static PlacePosterior ofLogits(float[] logits, double rise) {
    for (float l : logits) {
      if (!Float.isFinite(l)) {
        throw new IllegalArgumentException("map: " + l + " is not a number");
      }
    }
    return new PlacePosterior(Softmax.of(logits, 1), rise);
  }

  /**
   * The same map at a temperature: its logits divided by it, so that above 1 it is less sure of
   * itself. Which places are more probable than which stays as it is.
   */
  public PlacePosterior tempered(double temperature) {
    double[] logits = Arrays.stream(probabilities).map(Math::log).toArray();
    return new PlacePosterior(Softmax.of(logits, temperature), rise);
  }

  @JsonCreator
  static PlacePosterior of(
      @JsonProperty("rise") double rise,
      @JsonProperty("azimuths") double[] azimuths,
      @JsonProperty("distances") double[] distances,
      @JsonProperty("probabilities") double[][] rows) {
    requireAxis("azimuths", azimuths, axis(PlaceGrid.AZIMUTHS, PlaceGrid::azimuth));
    requireAxis("distances", distances, axis(PlaceGrid.DISTANCES, PlaceGrid::distance));
    double[] flat = new double[PlaceGrid.CELLS];
    if (rows == null || rows.length != PlaceGrid.AZIMUTHS) {
      throw new IllegalArgumentException("probabilities: expected a row an azimuth");
    }
    for (int a = 0; a < PlaceGrid.AZIMUTHS; a++) {
      if (rows[a] == null || rows[a].length != PlaceGrid.DISTANCES) {
        throw new IllegalArgumentException("probabilities: expected a number a distance");
      }
      System.arraycopy(rows[a], 0, flat, PlaceGrid.cell(a, 0), PlaceGrid.DISTANCES);
    }
    return new PlacePosterior(flat, rise);
  }

  private static void requireAxis(String field, double[] given, double[] expected) {
    boolean same = given != null && given.length == expected.length;
    for (int i = 0; same && i < expected.length; i++) {
      same = Math.abs(given[i] - expected[i]) < 1e-6 * Math.abs(expected[i]);
    }
    if (!same) {
      throw new IllegalArgumentException(field + ": not those of this version's grid");
    }
  }

  private static double[] axis(int count, IntToDoubleFunction value) {
    return IntStream.range(0, count).mapToDouble(value).toArray();
  }

  /** Centres of the azimuth cells, degrees. */
  @JsonProperty("azimuths")
  double[] azimuthAxis() {
    return axis(PlaceGrid.AZIMUTHS, PlaceGrid::azimuth);
  }

  /** Centres of the distance cells, metres. */
  @JsonProperty("distances")
  double[] distanceAxis() {
    return axis(PlaceGrid.DISTANCES, PlaceGrid::distance);
  }

  @JsonProperty("probabilities")
  double[][] rows() {
    double[][] rows = new double[PlaceGrid.AZIMUTHS][];
    for (int a = 0; a < PlaceGrid.AZIMUTHS; a++) {
      int from = PlaceGrid.cell(a, 0);
      rows[a] = Arrays.copyOfRange(probabilities, from, from + PlaceGrid.DISTANCES);
    }
    return rows;
  }

  /** How far the hazard is above the microphone, metres; its elevation at any distance. */
  @JsonProperty("rise")
  public double rise() {
    return rise;
  }

  /** Of every place, [72 × 16]; a copy. */
  public double[] probabilities() {
    return probabilities.clone();
  }

  /** Of one cell. */
  public double probability(int cell) {
    return probabilities[cell];
  }

  /** Of every azimuth, [72]. */
  public double[] byAzimuth() {
    double[] sums = new double[PlaceGrid.AZIMUTHS];
    for (int i = 0; i < PlaceGrid.CELLS; i++) {
      sums[PlaceGrid.azimuthOf(i)] += probabilities[i];
    }
    return sums;
  }

  /**
   * The place to answer: the azimuth of least expected angle, angles capped at {@value
   * #MOST_ANGLE}°, and the median of the distance within {@value #NEAR}° of it.
   *
   * <p>Each cell's probability is spread over its width, so that the answer lies between centres
   * where the map says so. Of azimuths that are equally good it is the first from straight ahead to
   * the left, so that a map that knows nothing does not point backwards.
   */
  public Location best() {
    double[] sums = byAzimuth();
    double azimuth = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 360 / STEP; i++) {
      double candidate = Direction.wrap(i * STEP);
      double cost = 0;
      for (int a = 0; a < PlaceGrid.AZIMUTHS; a++) {
        cost += sums[a] * angleToCell(Direction.wrap(PlaceGrid.azimuth(a) - candidate));
      }
      if (cost < least - 1e-12) {
        least = cost;
        azimuth = candidate;
      }
    }
    return at(azimuth);
  }

  /** The mean of |x − u| over u in a cell, capped; x degrees from its centre. */
  private static double angleToCell(double degrees) {
    double half = PlaceGrid.DEGREES / 2;
    double off = Math.abs(degrees);
    return off < half ? (off * off + half * half) / (2 * half) : Math.min(MOST_ANGLE, off);
  }

  /**
   * The place in a direction: the median of the distance, given that the azimuth is within {@value
   * #NEAR}° of the given one.
   */
  public Location at(double azimuth) {
    double[] distances = distancesNear(azimuth);
    double half = Arrays.stream(distances).sum() / 2;
    double below = 0;
    int d = 0;
    while (d + 1 < PlaceGrid.DISTANCES && below + distances[d] < half) {
      below += distances[d++];
    }
    double share = distances[d] > 0 ? (half - below) / distances[d] : 0.5;
    double log = PlaceGrid.logDistance(d) + (share - 0.5) * PlaceGrid.LOG_STEP;
    return PlaceGrid.place(azimuth, Math.exp(log), rise);
  }

  private double[] distancesNear(double azimuth) {
    double[] sums = new double[PlaceGrid.DISTANCES];
    for (int i = 0; i < PlaceGrid.CELLS; i++) {
      double off = Direction.wrap(PlaceGrid.azimuth(PlaceGrid.azimuthOf(i)) - azimuth);
      sums[PlaceGrid.distanceOf(i)] += Math.abs(off) < NEAR ? probabilities[i] : 0;
    }
    return sums;
  }

  /** Standard deviation of the logarithm of the distance within {@value #NEAR}° of an azimuth. */
  public double logDistanceSpread(double azimuth) {
    double[] p = distancesNear(azimuth);
    double sum = 0;
    double first = 0;
    double second = 0;
    for (int d = 0; d < PlaceGrid.DISTANCES; d++) {
      double log = PlaceGrid.logDistance(d);
      sum += p[d];
      first += p[d] * log;
      second += p[d] * log * log;
    }
    return sum == 0 ? 0 : Math.sqrt(Math.max(0, second / sum - first / sum * (first / sum)));
  }

  /** Degrees of azimuth to either side within which a share of the probability lies. */
  public double within(double azimuth, double share) {
    double[] sums = byAzimuth();
    for (double width = 0; width < 180; width += STEP) {
      double held = 0;
      for (int a = 0; a < PlaceGrid.AZIMUTHS; a++) {
        double off = Math.abs(Direction.wrap(PlaceGrid.azimuth(a) - azimuth));
        double half = PlaceGrid.DEGREES / 2;
        // The part of the cell that lies within the width on its side of the azimuth.
        double inside = (Math.min(width, off + half) - Math.max(-width, off - half)) / (2 * half);
        held += sums[a] * Math.max(0, Math.min(1, inside));
      }
      if (held >= share) {
        return width;
      }
    }
    return 180;
  }

  /**
   * The smallest set of cells that holds a probability; the most probable first.
   *
   * @param probability in [0, 1]
   */
  public int[] region(double probability) {
    FieldValues.within("probability", probability, 0, 1);
    double held = 0;
    int n = 0;
    while (n < ranking.length && held < probability) {
      held += probabilities[ranking[n++]];
    }
    return Arrays.stream(ranking, 0, n).mapToInt(Integer::intValue).toArray();
  }

  /**
   * The region that holds the truth with a probability, as scenes with a known truth have shown;
   * the most probable cells first.
   *
   * @param levels of those scenes; null to take the map at its word, as {@link #region(double)}
   * @param probability in [0, 1]
   */
  public int[] region(double probability, ConformalLevels levels) {
    return levels == null
        ? region(probability)
        : region(Math.min(1, Math.nextUp(levels.of(probability))));
  }

  /** Does a place lie in {@link #region(double, ConformalLevels)}? */
  public boolean holds(Location place, double probability, ConformalLevels levels) {
    double score = score(place);
    return levels == null ? score < probability : score <= levels.of(probability);
  }

  /**
   * The mass of places more probable than the cell of this one: in [0, 1), small where the map was
   * right. A place lies in {@link #region} of every probability above its score, so that a quantile
   * of such scores makes regions conformal (Lei, Robins and Wasserman, JASA 108, 2013).
   */
  public double score(Location truth) {
    int cell = PlaceGrid.cell(truth);
    double more = 0;
    for (int i = 0; ranking[i] != cell; i++) {
      more += probabilities[ranking[i]];
    }
    return Math.min(more, Math.nextDown(1.0));
  }

  /**
   * How badly the map foresaw a place: the cross-entropy with its soft label, in nats. Places that
   * are held for impossible count as of probability 10⁻¹².
   */
  public double crossEntropy(Location truth) {
    float[] label = PlaceGrid.label(truth);
    double sum = 0;
    for (int i = 0; i < label.length; i++) {
      sum -= label[i] * Math.log(Math.max(LEAST_PROBABILITY, probabilities[i]));
    }
    return sum;
  }

  /**
   * How far the map is spread, in nats: 0 where it knows the cell, ln 1152 where it knows nothing.
   */
  public double entropy() {
    double sum = 0;
    for (double p : probabilities) {
      sum -= p > 0 ? p * Math.log(p) : 0;
    }
    return Math.max(0, Math.min(Math.log(PlaceGrid.CELLS), sum));
  }

  /** By its own word, the probability that the best answer would be right: {@link RightPlaces}. */
  public double rightness() {
    return RightPlaces.best(probabilities);
  }

  /** The hills of the map, the heaviest first. */
  public List<PlaceHill> hills() {
    return PlaceHill.of(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlacePosterior p
        && rise == p.rise
        && Arrays.equals(probabilities, p.probabilities);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(probabilities);
  }

  @Override
  public String toString() {
    return "PlacePosterior[best " + best() + "]";
  }
}
