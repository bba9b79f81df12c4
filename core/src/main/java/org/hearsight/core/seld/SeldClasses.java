package org.hearsight.core.seld;

import java.util.List;
import java.util.stream.IntStream;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * The classes that are scored.
 *
 * @param first index of the first; events of classes below it (background) are passed over
 * @param names of all indices from 0
 */
public record SeldClasses(int first, List<String> names) {
  /** Classes of STARSS23, and of the DCASE challenges since 2022. */
  public static final int STARSS = 13;

  public SeldClasses {
    names = List.copyOf(names);
    if (first < 0 || first >= names.size()) {
      throw new IllegalArgumentException("classes: none to score of " + names.size());
    }
  }

  /** Classes known by their index alone. */
  public static SeldClasses numbered(int count) {
    return new SeldClasses(0, IntStream.range(0, count).mapToObj(Integer::toString).toList());
  }

  /** A taxonomy's hazards; its background is not an event. */
  public static SeldClasses of(Taxonomy taxonomy) {
    return new SeldClasses(1, taxonomy.classes());
  }

  /** One more than the last index. */
  public int end() {
    return names.size();
  }

  /** How many are scored. */
  public int count() {
    return names.size() - first;
  }
}
