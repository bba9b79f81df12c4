package org.hearsight.report.page;

import java.util.List;

/**
 * All an {@link EvidenceReport} shows; whoever evaluated fills it.
 *
 * @param title of the page
 * @param summary one paragraph: what was judged, and on what
 * @param systems the model first, then what it is compared with
 * @param worst the scenes whose places are farthest off, the worst first
 * @param median scenes around the median error
 * @param facts what must be the same for this to come out again
 * @param notes what a reader should beware of, one sentence each
 */
public record EvidenceData(
    String title,
    String summary,
    List<ReportData.SystemResult> systems,
    List<ReportData.Scene> worst,
    List<ReportData.Scene> median,
    List<ReportData.Fact> facts,
    List<String> notes) {

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
