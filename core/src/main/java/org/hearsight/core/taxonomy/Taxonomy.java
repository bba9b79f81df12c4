package org.hearsight.core.taxonomy;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;

/**
 * The classes a model knows, by index; index 0 is always {@code background}.
 *
 * @param name of the taxonomy, as in {@code hazards}
 * @param classes names in index order
 */
public record Taxonomy(String name, List<String> classes) {
  /** The name of class 0. */
  public static final String BACKGROUND = "background";

  private static final String REMEDY =
      "write {\"name\": \"mine\", \"classes\": [\"background\", \"siren\", …]}";

  public Taxonomy {
    FieldValues.text("name", name);
    if (classes == null) {
      throw new IllegalArgumentException("classes: missing");
    }
    if (classes.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("classes: a name is missing");
    }
    classes = List.copyOf(classes);
    if (classes.size() < 2 || !classes.get(0).equals(BACKGROUND)) {
      throw new IllegalArgumentException(
          "classes: expected background first and at least one hazard");
    }
    Set<String> seen = new HashSet<>();
    for (String c : classes) {
      if (!c.matches("[a-z0-9_]+") || !seen.add(c)) {
        throw new IllegalArgumentException(
            "classes: '" + c + "' is not a lower-case name or stands twice");
      }
    }
  }

  /** The default: background and nine hazards. */
  public static Taxonomy hazards() {
    return Json.resource(Taxonomy.class, "hazards.json", new TypeReference<>() {});
  }

  /**
   * Reads {@code {"name": …, "classes": ["background", …]}}.
   *
   * @throws InputException naming the field that is wrong
   */
  public static Taxonomy read(Path file) {
    return Json.read(file, Taxonomy.class, REMEDY);
  }

  public int size() {
    return classes.size();
  }

  public String nameOf(int index) {
    return classes.get(index);
  }

  /**
   * The index of a class.
   *
   * @param subject the file or option that named it, for the message
   * @throws InputException if there is no such class
   */
  public int indexOf(String className, String subject) {
    int i = classes.indexOf(className);
    if (i < 0) {
      throw new InputException(
          subject,
          "class: '" + className + "' is unknown",
          "use one of " + String.join(", ", classes));
    }
    return i;
  }
}
