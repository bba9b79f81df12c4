package org.hearsight.inference.sweep;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.drift.DriftTrial;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.metrics.Correctness;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.PairedBootstrap;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * What came of one step of a damage.
 *
 * @param step its label
 * @param scenes how many
 * @param overall scores over all scenes
 * @param hidden over hidden hazards
 * @param falseAlarmRate share of background scenes called a hazard; null without any
 * @param right 1 for each scene that was answered right, else 0, in the split's order
 * @param confidence of each scene
 * @param drift how soon a monitor of what comes in notices; null where the model has no reference
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "step",
  "scenes",
  "overall",
  "hidden",
  "false_alarm_rate",
  "right",
  "confidence",
  "drift"
})
public record SweepPoint(
    String step,
    int scenes,
    ImaginationScores.Slice overall,
    ImaginationScores.Slice hidden,
    @JsonProperty("false_alarm_rate") Double falseAlarmRate,
    int[] right,
    double[] confidence,
    DriftTrial drift) {
  private static final long SEED = 1;

  /** Less is not called a fall of the score. */
  private static final double LEAST_FALL = 0.05;

  static SweepPoint of(String step, List<Answer> answers, Taxonomy taxonomy, DriftTrial drift) {
    List<Answer> background = answers.stream().filter(a -> a.truth().isBackground()).toList();
    long alarms =
        background.stream().filter(a -> a.answeredClass() != Correctness.BACKGROUND).count();
    return new SweepPoint(
        step,
        answers.size(),
        ImaginationScores.Slice.of(answers, taxonomy, SEED),
        ImaginationScores.Slice.of(
            ImaginationScores.bin(answers, VisibilityBin.HIDDEN), taxonomy, SEED),
        background.isEmpty() ? null : (double) alarms / background.size(),
        answers.stream().mapToInt(a -> a.isRight(taxonomy) ? 1 : 0).toArray(),
        answers.stream().mapToDouble(a -> Math.round(1e4 * a.confidence()) / 1e4).toArray(),
        drift);
  }

  /** What a damage does, and whether the model's confidence says so. */
  public enum Effect {
    /** The share of right answers does not fall, or by less than 5 %, or that may be chance. */
    HARMLESS,
    /** It falls, and confidence falls by at least half as much. */
    NOTICED,
    /** It falls, and confidence does not follow. */
    UNNOTICED
  }

  /**
   * The effect against the undamaged scenes: the score falls if the 95 % paired bootstrap interval
   * of the difference lies below zero.
   */
  public Effect effect(SweepPoint undamaged) {
    double[] before = asDoubles(undamaged.right);
    double[] after = asDoubles(right);
    PairedBootstrap drawn = PairedBootstrap.ofMeans(before, after, SEED);
    double fall = drawn.first() - drawn.second();
    if (fall < LEAST_FALL || drawn.high() >= 0) {
      return Effect.HARMLESS;
    }
    return undamaged.meanConfidence() - meanConfidence() < fall / 2
        ? Effect.UNNOTICED
        : Effect.NOTICED;
  }

  /** Mean of what was said. */
  public double meanConfidence() {
    return overall.calibration().meanConfidence();
  }

  /** Share of right answers, class and place. */
  public double rightShare() {
    return overall.calibration().rightShare();
  }

  private static double[] asDoubles(int[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }
}
