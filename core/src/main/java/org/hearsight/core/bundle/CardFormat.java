package org.hearsight.core.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hearsight.core.error.InputException;

/**
 * The forms a card has had, numbered from 1 in its {@value #FIELD}. A card of an older form is
 * brought to the present one, step by step, before it is read; one of a form that is not known yet
 * is refused.
 *
 * @param steps the n-th turns a card of form n into one of form n + 1
 */
record CardFormat(List<Consumer<ObjectNode>> steps) {
  static final String FIELD = "format_version";

  CardFormat {
    steps = List.copyOf(steps);
  }

  /** The present form, which is the only one that is written. */
  int current() {
    return steps.size() + 1;
  }

  private String known() {
    return IntStream.rangeClosed(1, current())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(" or "));
  }

  /**
   * Brings a card to the present form.
   *
   * @param file it was read from, for messages
   * @throws InputException if its form is missing or not known
   */
  void bring(Path file, ObjectNode card) {
    JsonNode written = card.path(FIELD);
    if (!written.isInt() || written.intValue() < 1) {
      throw InputException.model(
          file,
          "%s: %s, expected %s"
              .formatted(FIELD, written.isMissingNode() ? "missing" : written, known()),
          Checksums.REMEDY);
    }
    if (written.intValue() > current()) {
      throw InputException.model(
          file,
          "%s: %d was written by a newer Hearsight, this one reads up to %d"
              .formatted(FIELD, written.intValue(), current()),
          "use the version that wrote it, or a newer one");
    }
    for (Consumer<ObjectNode> step : steps.subList(written.intValue() - 1, steps.size())) {
      step.accept(card);
    }
    card.put(FIELD, current());
  }
}
