package org.hearsight.app.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hearsight.inference.sweep.SweepPoint;
import org.hearsight.inference.sweep.SweepResult;
import org.hearsight.report.page.ReportData;
import org.hearsight.report.page.SweepReport;

/** What the page of a sweep shows, gathered from its result. */
public final class SweepPage {
  private SweepPage() {}

  /** Of a sweep. */
  public static SweepReport.Data of(SweepResult result) {
    List<SweepReport.Curve> curves = new ArrayList<>();
    result.curves().forEach(c -> curves.add(curve(result, c.label(), c.size(), c.points())));
    if (!result.beside().isEmpty()) {
      curves.add(curve(result, "other data", "data set", result.beside()));
    }
    List<ReportData.Fact> facts = new ArrayList<>(Origins.facts(result.provenance()));
    facts.add(new ReportData.Fact("Seed of the damages", Long.toString(result.seed())));
    return new SweepReport.Data(
        "Hearsight: what breaks it, and does it notice?",
        "%s answered the first %d scenes of %s (split %s), as they are and damaged step by step."
            .formatted(
                result.provenance().models().get(0).name(),
                result.undamaged().scenes(),
                result.provenance().data().name(),
                result.provenance().data().split()),
        result.unnoticed(),
        curves,
        facts);
  }

  private static SweepReport.Curve curve(
      SweepResult result, String label, String size, List<SweepPoint> damaged) {
    List<SweepPoint> points = new ArrayList<>(List.of(result.undamaged()));
    points.addAll(damaged);
    boolean[] unnoticed = new boolean[points.size()];
    for (int i = 1; i < unnoticed.length; i++) {
      // Other scenes cannot be paired with these.
      unnoticed[i] =
          damaged != result.beside()
              && points.get(i).effect(result.undamaged()) == SweepPoint.Effect.UNNOTICED;
    }
    return new SweepReport.Curve(
        label,
        size,
        points.stream().map(SweepPoint::step).toList(),
        values(points, SweepPoint::rightShare),
        values(points, SweepPoint::meanConfidence),
        values(
            points,
            p -> p.overall().places() == null ? Double.NaN : p.overall().places().coverage90()),
        values(points, p -> p.hidden().localization().medianAngle()),
        unnoticed);
  }

  private static double[] values(List<SweepPoint> points, ToDoubleFunction<SweepPoint> value) {
    return points.stream().mapToDouble(value).toArray();
  }
}
