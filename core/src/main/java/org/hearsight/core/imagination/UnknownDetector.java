package org.hearsight.core.imagination;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.hearsight.core.error.FieldValues;

/**
 * Tells sounds of no class from what a model knows, hazards and ambience, by what its SELD encoder
 * makes of a clip: is it nearer to the sounds of no class that were trained on, or to one of the
 * classes?
 *
 * <p>A clip is summed up by the mean and the largest value of each number of its audio tokens.
 * Distances are mean squares in units of the spread within classes, as for normal densities that
 * share a diagonal covariance; the score is the distance to the nearest class less that to the
 * nearest kind of unknown sound.
 *
 * <p>Chosen by measurement on the same clips over the energy of class logits, the largest logit,
 * the logit of background, Mahalanobis distances and logistic regression: their areas under the
 * curve are smaller, or they take ambience for unknown.
 *
 * @param threshold from this score on, a sound is said to be unknown
 * @param spread of each number within classes, standard deviations
 * @param known centres of the classes, background among them, where nothing but ambience is heard
 * @param unknown centres of kinds of unknown sounds
 */
@JsonPropertyOrder({"threshold", "spread", "known", "unknown"})
public record UnknownDetector(
    double threshold, List<Float> spread, List<List<Float>> known, List<List<Float>> unknown) {
  private static final double LARGEST = 1e6;
  private static final double LEAST_SPREAD = 1e-6;

  public UnknownDetector {
    if (spread == null || known == null || unknown == null) {
      throw new IllegalArgumentException("unknown.spread, known or unknown: missing");
    }
    FieldValues.within("unknown.threshold", threshold, -LARGEST, LARGEST);
    spread = numbers("unknown.spread", spread, LEAST_SPREAD);
    known = centres("unknown.known", known, spread.size());
    unknown = centres("unknown.unknown", unknown, spread.size());
  }

  private static List<List<Float>> centres(String field, List<List<Float>> all, int width) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException(field + ": empty");
    }
    for (List<Float> centre : all) {
      if (centre == null || centre.size() != width) {
        throw new IllegalArgumentException(field + ": a centre is not of " + width + " numbers");
      }
    }
    return all.stream().map(centre -> numbers(field, centre, -LARGEST)).toList();
  }

  private static List<Float> numbers(String field, List<Float> values, double least) {
    for (Float v : values) {
      FieldValues.within(field, v == null ? Double.NaN : v, least, LARGEST);
    }
    return List.copyOf(values);
  }

  /** Numbers of a token it was made for. */
  public int width() {
    return spread.size() / 2;
  }

  /** The same with another threshold. */
  public UnknownDetector withThreshold(double another) {
    return new UnknownDetector(another, spread, known, unknown);
  }

  /**
   * Sums a clip up.
   *
   * @param tokens [count, width], one after the other
   * @return the means, then the largest values, [2 width]
   */
  public static float[] summary(float[] tokens, int width) {
    float[] summary = new float[2 * width];
    int count = tokens.length / width;
    for (int i = 0; i < width; i++) {
      double sum = 0;
      float most = tokens[i];
      for (int t = 0; t < count; t++) {
        float v = tokens[t * width + i];
        sum += v;
        most = Math.max(most, v);
      }
      summary[i] = (float) (sum / count);
      summary[width + i] = most;
    }
    return summary;
  }

  /**
   * Judges a clip.
   *
   * @param summary as {@link #summary} gives it
   */
  public Imagination.Unknown judge(float[] summary) {
    if (summary.length != spread.size()) {
      throw new IllegalArgumentException(
          "a summary of " + summary.length + " numbers, expected " + spread.size());
    }
    return new Imagination.Unknown(nearest(summary, known) - nearest(summary, unknown), threshold);
  }

  private double nearest(float[] summary, List<List<Float>> centres) {
    double nearest = Double.POSITIVE_INFINITY;
    for (List<Float> centre : centres) {
      double sum = 0;
      for (int i = 0; i < summary.length; i++) {
        double off = (summary[i] - centre.get(i)) / spread.get(i);
        sum += off * off;
      }
      nearest = Math.min(nearest, sum / summary.length);
    }
    return nearest;
  }
}
