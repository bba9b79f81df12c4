package org.hearsight.report.page;

import java.util.List;
import org.hearsight.core.metrics.Comparison;

/**
 * All an {@link EvidenceReport} shows; whoever evaluated fills it.
 *
 * @param title of the page
 * @param summary one paragraph: what was judged, and on what
 * @param systems the model first, then what it is compared with
 * @param baselines the model held against each baseline, scene by scene
 * @param compared the same against other models; null where there are none
 * @param worst the scenes whose places are farthest off, the worst first
 * @param median scenes around the median error
 * @param facts what must be the same for this to come out again
 * @param notes what a reader should beware of, one sentence each
 */
public record EvidenceData(
    String title,
    String summary,
    List<ReportData.SystemResult> systems,
    Comparison baselines,
    Compared compared,
    List<ReportData.Scene> worst,
    List<ReportData.Scene> median,
    List<ReportData.Fact> facts,
    List<String> notes) {

  /**
   * The model held against others.
   *
   * @param scenes where two of them are farthest apart
   */
  public record Compared(Comparison comparison, List<Disagreement> scenes) {
    public Compared {
      scenes = List.copyOf(scenes);
    }
  }

  /**
   * A scene that two models see differently.
   *
   * @param second name of the other model
   * @param first the model's answer
   * @param other the other model's answer
   */
  public record Disagreement(String second, ReportData.Scene first, ReportData.Scene other) {}

  public EvidenceData {
    systems = List.copyOf(systems);
    worst = List.copyOf(worst);
    median = List.copyOf(median);
    facts = List.copyOf(facts);
    notes = List.copyOf(notes);
    if (systems.isEmpty()) {
      throw new IllegalArgumentException("report: no system");
    }
  }
}
