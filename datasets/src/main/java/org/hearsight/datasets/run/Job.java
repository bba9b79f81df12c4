package org.hearsight.datasets.run;

import org.hearsight.core.dataset.Split;
import org.hearsight.core.dataset.Starss23Layout;

/**
 * A piece that is to be made.
 *
 * @param id its name, also that of its files
 * @param want what it is to be
 * @param seed of all that is drawn for it
 */
public record Job<W>(String id, Split split, W want, long seed) {
  /**
   * A piece of a split, with the name and the seed that its place gives it.
   *
   * @param seed of the data set
   * @param index in its split, from 0
   * @param room that its name says
   * @param digits of the number in its name, at least
   */
  public static <W> Job<W> of(long seed, Split split, int index, int room, int digits, W want) {
    return new Job<>(
        Starss23Layout.name(split, room, index + 1, digits),
        split,
        want,
        Seeds.of(seed, split, index));
  }
}
