package org.hearsight.inference.sweep;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.drift.DriftTrial;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.provenance.Provenance;
import org.hearsight.core.text.TextTable;

/**
 * What came of all damages.
 *
 * @param provenance of the result
 * @param seed of all that is drawn
 * @param undamaged the scenes as they are
 * @param curves one for each damage
 * @param beside other data sets, undamaged, by their given names
 */
@JsonPropertyOrder({"provenance", "seed", "undamaged", "curves", "beside"})
public record SweepResult(
    Provenance provenance,
    long seed,
    SweepPoint undamaged,
    List<Curve> curves,
    List<SweepPoint> beside) {

  public SweepResult {
    curves = List.copyOf(curves);
    beside = List.copyOf(beside);
  }

  /**
   * The steps of a damage.
   *
   * @param damage its name
   * @param label for people
   * @param size what the steps measure
   * @param points by rising size
   */
  @JsonPropertyOrder({"damage", "label", "size", "points"})
  public record Curve(String damage, String label, String size, List<SweepPoint> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /** The first step of each damage that the model does not notice, a sentence each. */
  public List<String> unnoticed() {
    return curves.stream()
        .flatMap(
            curve ->
                curve.points().stream()
                    .filter(p -> p.effect(undamaged) == SweepPoint.Effect.UNNOTICED)
                    .limit(1)
                    .map(p -> sentence(curve, p)))
        .toList();
  }

  private String sentence(Curve curve, SweepPoint p) {
    return String.format(
        Locale.ROOT,
        "%s (%s: %s): right answers fall from %.0f to %.0f %%, stated confidence goes from %.0f to"
            + " %.0f %%.",
        curve.label(),
        curve.size(),
        p.step(),
        100 * undamaged.rightShare(),
        100 * p.rightShare(),
        100 * undamaged.meanConfidence(),
        100 * p.meanConfidence());
  }

  /** A row for each step, for a terminal. Ends with a line break. */
  public String table() {
    TextTable table =
        TextTable.ofNumbers(
            List.of(
                "damage",
                "step",
                "right",
                "said",
                "class",
                "hidden°",
                "≤ 20°",
                "in 90 %",
                "false alarms",
                "drift",
                "effect"),
            0,
            1,
            10);
    row(table, "none", undamaged, "");
    for (Curve c : curves) {
      for (SweepPoint p : c.points()) {
        row(table, c.damage(), p, p.effect(undamaged).name().toLowerCase(Locale.ROOT));
      }
    }
    beside.forEach(p -> row(table, "other data", p, ""));
    return table.aligned();
  }

  private static void row(TextTable table, String damage, SweepPoint p, String effect) {
    ImaginationScores.Slice s = p.overall();
    table.row(
        damage,
        p.step(),
        percent(p.rightShare()),
        percent(p.meanConfidence()),
        percent(s.accuracy()),
        number(p.hidden().localization().medianAngle()),
        percent(s.localization().within20()),
        s.places() == null ? "–" : percent(s.places().coverage90()),
        p.falseAlarmRate() == null ? "–" : percent(p.falseAlarmRate()),
        drift(p.drift()),
        effect);
  }

  /** Clips until the alarm, at once and later. */
  private static String drift(DriftTrial trial) {
    return trial == null ? "–" : clips(trial.clips()) + " (" + clips(trial.clipsLater()) + ")";
  }

  private static String clips(Double median) {
    return median == null ? "never" : String.format(Locale.ROOT, "%.0f", median);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.1f", value);
  }
}
