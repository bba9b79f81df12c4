package org.hearsight.datasets.occlude;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hearsight.core.dataset.SetApart;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.datasets.run.Job;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.datasets.run.Seeds;
import org.hearsight.simulator.scene.Cover;

/**
 * Who is what: deals windows and covers out to the scenarios of each split.
 *
 * <p>Test scenarios come from fold 4, the others from fold 3, where some rooms are set apart for
 * validation, or recordings if no choice of rooms comes near its share; calibration has the same
 * rooms and windows as validation, under other views and occluders, so that the other splits do not
 * depend on it. Every class that has windows comes once in each round, and background once; a class
 * that runs out of windows begins with its first again, under another view and occluder. The n-th
 * scenario of a class takes the n-th cover in turn; of the hidden ones a quarter is outside the
 * view.
 */
final class WindowPlan {
  private static final Cover[] BINS = {Cover.OCCLUDED, Cover.PARTLY, Cover.VISIBLE};

  private WindowPlan() {}

  /**
   * What a scenario is to be.
   *
   * @param cover of its event; for background, of a place where nothing is
   */
  record Want(Window window, Cover cover) {}

  /**
   * The jobs of all splits.
   *
   * @param windows of all recordings
   * @throws InputException if a split that was asked for has no window with a hazard
   */
  static List<Job<Want>> of(OccludeConfig config, List<Window> windows, Progress progress) {
    Map<Split, List<Window>> parts = parts(config, windows, progress);
    List<Job<Want>> jobs = new ArrayList<>();
    for (Split split : Split.values()) {
      if (config.run().size(split) > 0) {
        jobs.addAll(deal(config, split, parts.get(split), progress));
      }
    }
    return jobs;
  }

  private static Map<Split, List<Window>> parts(
      OccludeConfig config, List<Window> windows, Progress progress) {
    Map<Split, List<Window>> parts = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      parts.put(split, new ArrayList<>());
    }
    Map<String, List<Window>> rooms = new TreeMap<>();
    for (Window w : windows) {
      if (w.recording().split() == Split.TEST) {
        parts.get(Split.TEST).add(w);
      } else {
        String room = w.recording().site() + " " + w.recording().room();
        rooms.computeIfAbsent(room, r -> new ArrayList<>()).add(w);
      }
    }
    List<String> order = new ArrayList<>(rooms.keySet());
    Collections.shuffle(order, new Random(Seeds.of(config.run().seed(), Split.VALIDATION, -2)));
    List<Window> dealt = order.stream().map(rooms::get).flatMap(List::stream).toList();
    Set<Window> apart = validation(config, order.stream().map(rooms::get).toList(), progress);
    dealt.forEach(w -> parts.get(apart.contains(w) ? Split.VALIDATION : Split.TRAIN).add(w));
    parts.put(Split.CALIBRATION, parts.get(Split.VALIDATION));
    return parts;
  }

  /** By hazards: rooms full of background windows would leave the validation without classes. */
  private static Set<Window> validation(
      OccludeConfig config, List<List<Window>> rooms, Progress progress) {
    RunOptions run = config.run();
    int wanted = run.validation() > 0 ? run.validation() : run.calibration();
    if (wanted == 0) {
      return Set.of();
    }
    if (run.train() == 0) {
      return rooms.stream().flatMap(List::stream).collect(Collectors.toSet());
    }
    Map<Path, List<Window>> recordings = new LinkedHashMap<>();
    rooms.stream()
        .flatMap(List::stream)
        .forEach(
            w -> recordings.computeIfAbsent(w.recording().audio(), r -> new ArrayList<>()).add(w));
    double share = (double) wanted / (wanted + run.train());
    SetApart<Window> apart =
        SetApart.of(rooms, List.copyOf(recordings.values()), w -> w.isBackground() ? 0 : 1, share);
    if (!apart.whole()) {
      progress.note(
          "no choice of whole rooms comes near what validation asks for: other recordings of its"
              + " rooms train");
    }
    return apart.items();
  }

  private static long hazards(List<Window> windows) {
    return windows.stream().filter(w -> !w.isBackground()).count();
  }

  private static List<Job<Want>> deal(
      OccludeConfig config, Split split, List<Window> windows, Progress progress) {
    Random random = new Random(Seeds.of(config.run().seed(), split, -1));
    Map<String, List<Window>> byClass = new TreeMap<>();
    for (Window w : windows) {
      byClass.computeIfAbsent(w.className(), c -> new ArrayList<>()).add(w);
    }
    if (hazards(windows) == 0) {
      throw nothing(config, split, windows);
    }
    byClass.values().forEach(list -> Collections.shuffle(list, random));
    List<String> classes = new ArrayList<>(byClass.keySet());
    int[] offset = random.ints(classes.size(), 0, 840).toArray();
    Map<String, Deque<Window>> rest = new TreeMap<>();
    List<Job<Want>> jobs = new ArrayList<>();
    for (int round = 0; jobs.size() < config.run().size(split); round++) {
      List<Integer> order = new ArrayList<>();
      for (int c = 0; c < classes.size(); c++) {
        order.add(c);
      }
      Collections.shuffle(order, random);
      for (int c : order) {
        if (jobs.size() < config.run().size(split)) {
          String name = classes.get(c);
          Deque<Window> deck = rest.computeIfAbsent(name, n -> new ArrayDeque<>());
          if (deck.isEmpty()) {
            deck.addAll(byClass.get(name));
          }
          Want want = new Want(deck.poll(), cover(offset[c] + round));
          int room = want.window().recording().room();
          jobs.add(Job.of(config.run().seed(), split, jobs.size(), room, 4, want));
        }
      }
    }
    report(split, byClass, jobs, progress);
    return jobs;
  }

  private static Cover cover(int turn) {
    int cycle = turn / 3 % 4;
    return turn % 3 == 0 && cycle == 3 ? Cover.OUTSIDE_VIEW : BINS[turn % 3];
  }

  private static void report(
      Split split, Map<String, List<Window>> byClass, List<Job<Want>> jobs, Progress progress) {
    byClass.forEach(
        (name, windows) -> {
          long used = jobs.stream().filter(j -> j.want().window().className().equals(name)).count();
          progress.note(
              "%s: %d %s scenarios from %d windows%s"
                  .formatted(
                      split.label(),
                      used,
                      name,
                      windows.size(),
                      used > windows.size() ? ", some more than once" : ""));
        });
  }

  private static InputException nothing(OccludeConfig config, Split split, List<Window> windows) {
    if (windows.isEmpty() && (split == Split.VALIDATION || split == Split.CALIBRATION)) {
      return new InputException(
          config.data(),
          "fold 3 has hazards in one recording only, %s needs one of its own"
              .formatted(split.label()),
          "unpack more recordings or give --" + split.label() + " 0");
    }
    return new InputException(
        config.data(),
        "no window of %.1f s around a single labelled hazard for the %s split"
            .formatted(config.windowSeconds(), split.label()),
        "unpack more recordings (with the distances of STARSS23), shorten --window, map more"
            + " classes, or give --"
            + split.label()
            + " 0");
  }
}
