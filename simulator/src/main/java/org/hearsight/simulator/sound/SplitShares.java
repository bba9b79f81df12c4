package org.hearsight.simulator.sound;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.hearsight.core.dataset.Split;

/**
 * Deals groups of recordings out to the splits: a group is in one split only, also across classes;
 * within a class the splits get recordings in proportion to their sizes, as far as whole groups
 * allow, the largest first; what may only be tested goes to the test split.
 */
final class SplitShares {
  private final Map<String, Split> ofGroup = new HashMap<>();
  private final Map<String, Integer> spanned = new HashMap<>();

  /**
   * @param sizes scenarios or clips of each split; those with none get no recordings
   * @param tested must a recording, and with it its group, go to the test split?
   */
  SplitShares(
      SortedMap<SoundFolder, List<Recording>> byFolder,
      Map<Split, Integer> sizes,
      Predicate<Recording> tested,
      long seed) {
    for (List<Recording> recordings : byFolder.values()) {
      for (Recording r : recordings) {
        if (tested.test(r)) {
          ofGroup.put(r.originGroup(), Split.TEST);
        }
      }
    }
    byFolder.forEach(
        (folder, recordings) -> groups(recordings).forEach(g -> spanned.merge(g, 1, Integer::sum)));
    List<SoundFolder> folders = new ArrayList<>(byFolder.keySet());
    folders.sort(Comparator.comparingLong(f -> open(byFolder.get(f)).size()));
    for (SoundFolder folder : folders) {
      deal(byFolder.get(folder), sizes, seed ^ folder.name().hashCode());
    }
  }

  Split of(Recording recording) {
    return ofGroup.get(recording.originGroup());
  }

  private void deal(List<Recording> recordings, Map<Split, Integer> sizes, long seed) {
    Map<Split, Integer> count = new EnumMap<>(Split.class);
    Map<String, Integer> held = new HashMap<>();
    for (Recording r : recordings) {
      held.merge(r.originGroup(), 1, Integer::sum);
      if (ofGroup.containsKey(r.originGroup())) {
        count.merge(of(r), 1, Integer::sum);
      }
    }
    List<String> open = open(recordings);
    Collections.shuffle(open, new Random(seed));
    open.sort(
        Comparator.<String>comparingInt(g -> -spanned.get(g)).thenComparingInt(g -> -held.get(g)));
    double all = sizes.values().stream().mapToInt(Integer::intValue).sum();
    for (int i = 0; i < open.size(); i++) {
      String group = open.get(i);
      Split split = neediest(count, sizes, recordings.size() / all, open.size() - i);
      ofGroup.put(group, split);
      count.merge(split, held.get(group), Integer::sum);
    }
  }

  private static SortedSet<String> groups(List<Recording> recordings) {
    SortedSet<String> groups = new TreeSet<>();
    recordings.forEach(r -> groups.add(r.originGroup()));
    return groups;
  }

  /** Groups that no split has yet, in a fixed order. */
  private List<String> open(List<Recording> recordings) {
    return new ArrayList<>(
        groups(recordings).stream().filter(g -> !ofGroup.containsKey(g)).toList());
  }

  /** The split that lacks most; when few groups are left, one that has none yet. */
  private static Split neediest(
      Map<Split, Integer> count, Map<Split, Integer> sizes, double perScenario, int left) {
    long empty =
        sizes.entrySet().stream()
            .filter(e -> e.getValue() > 0 && count.getOrDefault(e.getKey(), 0) == 0)
            .count();
    Split best = Split.TRAIN;
    double most = Double.NEGATIVE_INFINITY;
    for (Split split : Split.values()) {
      int size = sizes.getOrDefault(split, 0);
      int has = count.getOrDefault(split, 0);
      if (size > 0 && (empty < left || has == 0 || empty == 0) && size * perScenario - has > most) {
        most = size * perScenario - has;
        best = split;
      }
    }
    return best;
  }
}
