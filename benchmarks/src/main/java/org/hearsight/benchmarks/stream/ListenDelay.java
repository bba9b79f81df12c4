package org.hearsight.benchmarks.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.metrics.Statistics;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.track.HazardEvent;
import org.hearsight.core.track.HazardTracker;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.Listener;
import org.hearsight.inference.LiveAnswer;

/**
 * How long it takes from the moment at which a siren's first sound reaches the microphone until it
 * is reported, over simulated {@link Approach approaches}, without a picture. In the sound's time:
 * what the answer takes comes on top.
 */
public final class ListenDelay {
  private static final String SIREN = "siren";

  private final List<Double> delays = new ArrayList<>();
  private int approaches;
  private int missed;
  private int tooEarly;
  private int takenForOther;

  private ListenDelay() {}

  /** Measures, and says it as a paragraph of Markdown. */
  public static String markdown(Hearsight hearsight, int approaches, Progress progress) {
    ListenDelay all = new ListenDelay();
    try (Progress.Task task = progress.begin("approaches", approaches)) {
      for (int number = 1; number <= approaches; number++) {
        all.add(hearsight, Approach.of(number));
        task.advance(1);
      }
    }
    return all.text();
  }

  private void add(Hearsight hearsight, Approach approach) {
    approaches++;
    Listener listener = hearsight.listener().withoutWeights();
    HazardTracker tracker = new HazardTracker(HazardTracker.Settings.DEFAULT);
    boolean other = false;
    boolean early = false;
    for (LiveAnswer answer : listener.push(approach.foa())) {
      for (HazardEvent event : tracker.update(answer.seconds(), answer.imagination())) {
        if (event.kind() != HazardEvent.Kind.ONSET) {
          continue;
        }
        if (answer.seconds() < approach.heard()) {
          early = true;
        } else if (event.className().equals(SIREN)) {
          delays.add(answer.seconds() - approach.heard());
          takenForOther += other ? 1 : 0;
          tooEarly += early ? 1 : 0;
          return;
        } else {
          other = true;
        }
      }
    }
    missed++;
    takenForOther += other ? 1 : 0;
    tooEarly += early ? 1 : 0;
  }

  private String text() {
    double[] all = delays.stream().mapToDouble(d -> d).toArray();
    if (all.length == 0) {
      return approaches + " approaches: no siren was reported.\n";
    }
    double[] q = Statistics.quantiles(all, 0.1, 0.5, 0.9);
    return String.format(
        Locale.ROOT,
        "%d approaches: %d sirens were reported within %.0f s, after %.1f s in the median (10 %%:"
            + " %.1f s, 90 %%: %.1f s); %d of all approaches were reported as something else first"
            + " or only; in %d something was reported before there was a siren.%n",
        approaches,
        approaches - missed,
        Approach.SOUNDING,
        q[1],
        q[0],
        q[2],
        takenForOther,
        tooEarly);
  }
}
