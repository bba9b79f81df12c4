package org.hearsight.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearsight.core.error.InputException;
import org.hearsight.core.metrics.Statistics;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;

/**
 * Times rows, ours and the peer's work in turn, so that whatever else the machine does falls on
 * both.
 *
 * @param peer null if there is none
 * @param rounds of every row that allows so many
 */
public record Measurement(Peer peer, int rounds) {
  /** Threads of the other side that still spin after their work are asleep by then. */
  private static final long PAUSE_MILLIS = 20;

  public Measurement {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds: " + rounds + " is less than 1");
    }
  }

  /**
   * What came of several rows.
   *
   * @param failed names of the rows that could not be measured
   */
  public record Results(List<Outcome> outcomes, List<String> failed) {}

  /** Measures rows in their order; one that fails is noted and costs the others nothing. */
  public Results all(List<Row> rows, Progress progress) {
    List<Outcome> outcomes = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (Row row : rows) {
      Stop.check();
      try {
        outcomes.add(of(row, progress));
      } catch (InputException e) {
        progress.note(row.name() + " is not measured: " + e.getMessage());
        failed.add(row.name());
      }
    }
    return new Results(outcomes, failed);
  }

  /**
   * Measures one row.
   *
   * @throws InputException if its work or the peer fails
   */
  public Outcome of(Row row, Progress progress) {
    Row.Pace pace = row.pace();
    int times = Math.min(rounds, pace.mostRounds());
    try (Work work = row.open();
        Progress.Task task = progress.begin(row.name(), times)) {
      Optional<String> request = peer == null ? Optional.empty() : work.peer();
      for (int i = 0; i < pace.warmUps(); i++) {
        pair(work, request);
        if (i == 0 && request.isPresent()) {
          work.requireAgreement();
        }
      }
      double[] ours = new double[times];
      double[] theirs = new double[request.isPresent() ? times : 0];
      for (int round = 0; round < times; round++) {
        double[] a = new double[pace.repeats()];
        double[] b = new double[pace.repeats()];
        for (int i = 0; i < pace.repeats(); i++) {
          Pair pair = pair(work, request);
          a[i] = pair.ours();
          b[i] = pair.peer();
          work.between();
        }
        ours[round] = Statistics.median(a);
        if (request.isPresent()) {
          theirs[round] = Statistics.median(b);
        }
        task.advance(1);
      }
      Rounds all = new Rounds(ours, theirs);
      Map<String, Double> besides = besides(work, pace.repeats());
      return new Outcome(row, all, besides, List.copyOf(work.remarks(all.ourMedian())));
    }
  }

  /**
   * Both sides once.
   *
   * @param peer NaN without a peer
   */
  private record Pair(double ours, double peer) {}

  private Pair pair(Work work, Optional<String> request) {
    pause();
    long start = System.nanoTime();
    work.once();
    double ours = (System.nanoTime() - start) / 1e6;
    if (request.isEmpty()) {
      return new Pair(ours, Double.NaN);
    }
    pause();
    return new Pair(ours, peer.ask(request.get()));
  }

  private Map<String, Double> besides(Work work, int repeats) {
    Map<String, Double> medians = new LinkedHashMap<>();
    if (peer != null) {
      work.besides()
          .forEach(
              (what, request) -> {
                List<Double> times = new ArrayList<>();
                for (int i = 0; i < repeats; i++) {
                  pause();
                  times.add(peer.ask(request));
                }
                medians.put(what, Statistics.median(times.stream().mapToDouble(t -> t).toArray()));
              });
    }
    return medians;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Stop.check();
    }
  }
}
