package org.hearsight.learning.pretrain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.metrics.NanAsNull;
import org.hearsight.core.metrics.Statistics;
import org.hearsight.core.vision.Camera;

/**
 * How right the heads are, each beside the best that a constant answer could do on the same
 * pictures.
 *
 * @param pictures that were judged
 * @param accuracy share of pictures whose class in sight (or none) is right
 * @param accuracyConstant the commonest class's share
 * @param free mean absolute error of the logarithm of the free distance
 * @param freeConstant of each sector's median
 * @param edgeF1 of edges, both sides of all sectors pooled
 * @param edgeF1Constant of "an edge everywhere"
 * @param place median angle between said and true place of hazards in sight, degrees; NaN without
 * @param placeConstant of "straight ahead"
 */
@JsonNaming(SnakeCaseStrategy.class)
public record VisionScores(
    int pictures,
    double accuracy,
    double accuracyConstant,
    double free,
    double freeConstant,
    double edgeF1,
    double edgeF1Constant,
    @NanAsNull double place,
    @NanAsNull double placeConstant) {

  /** One line for people; in parentheses what the constant answers score. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "class right %.1f %% (%.1f)  free distance off by %.0f %% (%.0f)  edges F1 %.2f (%.2f) "
            + " place %.1f° (%.1f)",
        100 * accuracy(),
        100 * accuracyConstant(),
        100 * Math.expm1(free()),
        100 * Math.expm1(freeConstant()),
        edgeF1(),
        edgeF1Constant(),
        place(),
        placeConstant());
  }

  /** Collects answers batch by batch. */
  static final class Tally {
    private final int[] byClass;
    private int right;
    private final List<float[]> free = new ArrayList<>();
    private double freeError;
    private long hits;
    private long said;
    private long there;
    private final List<Double> angles = new ArrayList<>();
    private final List<Double> anglesAhead = new ArrayList<>();

    Tally(int classes) {
      byClass = new int[classes];
    }

    void add(VisionNetwork.Output out, List<VisionTargets> targets) {
      float[] logits = out.classLogits().toFloatArray();
      float[] distances = out.free().toFloatArray();
      float[] edges = out.edgeLogits().flatten().toFloatArray();
      float[] places = out.place().toFloatArray();
      for (int i = 0; i < targets.size(); i++) {
        VisionTargets t = targets.get(i);
        int classes = byClass.length;
        float[] row = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
        right += Statistics.largest(row) == t.classIndex() ? 1 : 0;
        byClass[t.classIndex()]++;
        free.add(t.free());
        sectors(t, i, distances, edges);
        if (t.place() != null) {
          Vec3 truth = Camera.ray(t.place()[0], t.place()[1]);
          Vec3 answer =
              Camera.ray(places[i * VisionTargets.PLACE], places[i * VisionTargets.PLACE + 1]);
          angles.add(Direction.of(truth).angleTo(Direction.of(answer)));
          anglesAhead.add(Direction.of(truth).angleTo(new Direction(0, 0)));
        }
      }
    }

    private void sectors(VisionTargets t, int i, float[] distances, float[] edges) {
      int n = VisionTargets.SECTORS;
      int sides = VisionTargets.SIDES;
      for (int s = 0; s < n; s++) {
        freeError += Math.abs(distances[i * n + s] - t.free()[s]);
        for (int side = 0; side < sides; side++) {
          boolean yes = edges[(i * sides + side) * n + s] > 0;
          boolean truth = t.edges()[s * sides + side];
          said += yes ? 1 : 0;
          there += truth ? 1 : 0;
          hits += yes && truth ? 1 : 0;
        }
      }
    }

    VisionScores scores() {
      int n = free.size();
      double sectors = (double) n * VisionTargets.SECTORS;
      double places = sectors * VisionTargets.SIDES;
      return new VisionScores(
          n,
          (double) right / n,
          (double) Arrays.stream(byClass).max().orElse(0) / n,
          freeError / sectors,
          medianProfileError() / sectors,
          said + there == 0 ? 0 : 2.0 * hits / (said + there),
          there == 0 ? 0 : 2.0 * there / (places + there),
          median(angles),
          median(anglesAhead));
    }

    private double medianProfileError() {
      double sum = 0;
      for (int s = 0; s < VisionTargets.SECTORS; s++) {
        int sector = s;
        double[] values = free.stream().mapToDouble(f -> f[sector]).toArray();
        double middle = Statistics.median(values);
        sum += Arrays.stream(values).map(v -> Math.abs(v - middle)).sum();
      }
      return sum;
    }

    private static double median(List<Double> values) {
      return Statistics.median(values.stream().mapToDouble(d -> d).toArray());
    }
  }
}
