package org.hearsight.core.dataset;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * A share of a data set that is set apart in whole groups, as rooms are, so that nothing of a group
 * is on both sides.
 *
 * <p>Of all choices of groups the one is taken whose share is closest to what is asked. Groups may
 * be too large for any choice to come near: then finer groups are set apart, such as recordings,
 * and a few of the large groups are on both sides.
 *
 * @param items what is set apart; empty if there are not two groups to tell apart
 * @param whole are all groups whole?
 */
public record SetApart<T>(Set<T> items, boolean whole) {
  /** A share that is off by more than this part of itself is not near. */
  private static final double NEAR = 0.5;

  public SetApart {
    items = Set.copyOf(items);
  }

  /**
   * Sets a share apart; something is left on both sides.
   *
   * @param groups those that should stay whole; of choices that are alike the first groups are
   *     taken
   * @param finer the same items in smaller groups
   * @param weight what an item counts, not negative; groups that count nothing are not set apart
   * @param share of the weight of all, in (0, 1)
   */
  public static <T> SetApart<T> of(
      List<List<T>> groups, List<List<T>> finer, ToLongFunction<T> weight, double share) {
    double wanted = share * groups.stream().flatMap(List::stream).mapToLong(weight).sum();
    Set<T> whole = closest(groups, weight, wanted);
    if (off(whole, weight, wanted) <= NEAR * wanted) {
      return new SetApart<>(whole, true);
    }
    Set<T> divided = closest(finer, weight, wanted);
    return off(divided, weight, wanted) < off(whole, weight, wanted)
        ? new SetApart<>(divided, false)
        : new SetApart<>(whole, true);
  }

  private static <T> double off(Set<T> items, ToLongFunction<T> weight, double wanted) {
    return items.isEmpty()
        ? Double.POSITIVE_INFINITY
        : Math.abs(items.stream().mapToLong(weight).sum() - wanted);
  }

  /** The choice of groups whose weights sum up closest to {@code wanted}; not none and not all. */
  private static <T> Set<T> closest(List<List<T>> groups, ToLongFunction<T> weight, double wanted) {
    long[] weights = groups.stream().mapToLong(g -> g.stream().mapToLong(weight).sum()).toArray();
    long all = Arrays.stream(weights).sum();
    long least = Arrays.stream(weights).filter(w -> w > 0).min().orElse(0);
    // Twice too many are as far off as none.
    int most = Math.toIntExact(Math.min(all - 1, Math.max(least, (long) (2 * wanted))));
    if (least == 0 || least > most) {
      return Set.of();
    }
    // last[s]: the group with which the sum s was reached first, of groups up to it.
    int[] last = new int[most + 1];
    Arrays.fill(last, -1);
    int best = -1;
    for (int g = 0; g < weights.length && !(Math.abs(best - wanted) <= 0.5); g++) {
      for (int sum = most; weights[g] > 0 && sum >= weights[g]; sum--) {
        int before = (int) (sum - weights[g]);
        if (last[sum] < 0 && (before == 0 || last[before] >= 0)) {
          last[sum] = g;
          boolean closer = Math.abs(sum - wanted) <= Math.abs(best - wanted);
          best = best < 0 || closer ? sum : best;
        }
      }
    }
    Set<T> items = new LinkedHashSet<>();
    for (int sum = best; sum > 0; sum -= (int) weights[last[sum]]) {
      items.addAll(groups.get(last[sum]));
    }
    return items;
  }
}
