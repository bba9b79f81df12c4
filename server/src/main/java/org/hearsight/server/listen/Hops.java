package org.hearsight.server.listen;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hearsight.core.file.Json;
import org.hearsight.core.track.HazardEvent;
import org.hearsight.core.track.HazardTracker;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.Listener;
import org.hearsight.inference.LiveAnswer;
import org.hearsight.inference.LiveDocument;
import org.hearsight.inference.Seen;
import org.hearsight.server.problem.Problem;

/** What is told of a stream, hop by hop: the documents of {@code listen --json}. For one thread. */
final class Hops {
  private final Listener listener;
  private final HazardTracker tracker = new HazardTracker(HazardTracker.Settings.DEFAULT);
  private final LiveDocument document;
  private final int mostSeconds;
  private final long deadline;

  Hops(Hearsight hearsight, boolean withMap, int mostSeconds) {
    this.listener = hearsight.listener();
    this.document = new LiveDocument(withMap);
    this.mostSeconds = mostSeconds;
    this.deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(mostSeconds);
  }

  /** Shows what the camera sees from now on; from any thread. */
  void see(Seen seen) {
    listener.see(seen);
  }

  /**
   * Takes sound.
   *
   * @param dropped samples that were lost before it
   * @param foa [4][any number] at 24 kHz
   * @param captured when its end was; null if that is not known
   * @return a line for each hop that it completes
   * @throws Problem 413 if the stream has lasted too long
   */
  List<String> push(long dropped, float[][] foa, Instant captured) {
    if (System.nanoTime() > deadline) {
      throw new Problem(
          Problem.Kind.TOO_LARGE,
          "the stream has lasted %d s, the most of one; open another".formatted(mostSeconds));
    }
    listener.drop(dropped);
    List<String> lines = new ArrayList<>();
    for (LiveAnswer answer : listener.push(foa, captured)) {
      List<HazardEvent> events = tracker.update(answer.seconds(), answer.imagination());
      lines.add(Json.line(document.of(answer, events)));
    }
    return lines;
  }

  /** What ends with the stream: a line, or none. */
  List<String> end() {
    List<HazardEvent> events = tracker.end();
    return events.isEmpty() ? List.of() : List.of(Json.line(document.end(events)));
  }
}
