package org.hearsight.learning.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link Layer#load} may leave out: names that begin with one of the prefixes are neither
 * taken from the file nor missed in it.
 *
 * @param skipped prefix to reason, {@code "fc." -> "no classifier here"}
 */
public record LoadRules(Map<String, String> skipped) {
  public LoadRules {
    skipped = new LinkedHashMap<>(skipped);
  }

  /** Every tensor is needed and none is surplus. */
  public static LoadRules strict() {
    return new LoadRules(Map.of());
  }

  /** These rules, and names that begin with {@code prefix} left out too. */
  public LoadRules skip(String prefix, String reason) {
    Map<String, String> more = new LinkedHashMap<>(skipped);
    more.put(prefix, reason);
    return new LoadRules(more);
  }

  /** Why a name is left out, if it is. */
  Optional<String> reason(String name) {
    return skipped.entrySet().stream()
        .filter(e -> name.startsWith(e.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
