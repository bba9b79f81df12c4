package org.hearsight.core.taxonomy;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;

/**
 * Which class of a taxonomy a data set's own classes mean; those it leaves out are not hazards.
 *
 * @param name of the map, as in {@code starss23_to_hazards}
 * @param taxonomy the classes they are mapped to; the default hazards unless given
 * @param classes from the data set's names to the taxonomy's
 */
public record ClassMap(String name, Taxonomy taxonomy, Map<String, String> classes) {
  private static final String REMEDY =
      "write {\"name\": \"mine\", \"classes\": {\"knock\": \"impact\", …}}";

  public ClassMap {
    FieldValues.text("name", name);
    if (classes == null || classes.isEmpty()) {
      throw new IllegalArgumentException("classes: missing or empty");
    }
    taxonomy = taxonomy == null ? Taxonomy.hazards() : taxonomy;
    classes = Collections.unmodifiableMap(new TreeMap<>(classes));
    for (Map.Entry<String, String> e : classes.entrySet()) {
      String to = e.getValue();
      if (to == null) {
        throw new IllegalArgumentException(
            "classes: '" + e.getKey() + "' has no value; leave out what is not a hazard");
      }
      if (to.equals(Taxonomy.BACKGROUND) || !taxonomy.classes().contains(to)) {
        throw new IllegalArgumentException(
            "classes: '"
                + e.getKey()
                + "' is mapped to '"
                + to
                + "', which is not a hazard of the taxonomy "
                + taxonomy.name());
      }
    }
  }

  /** What ships: STARSS23's speech, laughter, footsteps, doors and knocks as hazards. */
  public static ClassMap starss23() {
    return Json.resource(ClassMap.class, "starss23_to_hazards.json", new TypeReference<>() {});
  }

  /**
   * Reads {@code {"name": …, "taxonomy": {…}, "classes": {"knock": "impact", …}}}.
   *
   * @param known the data set's classes; others are refused, for they are misspelt
   * @throws InputException naming the field that is wrong
   */
  public static ClassMap read(Path file, List<String> known) {
    ClassMap map = Json.read(file, ClassMap.class, REMEDY);
    for (String from : map.classes.keySet()) {
      if (!known.contains(from)) {
        throw new InputException(
            file, "classes: '" + from + "' is unknown", "use names of " + String.join(", ", known));
      }
    }
    return map;
  }

  /** The class that a data set's class means; background if it is not mapped. */
  public String of(String name) {
    return classes.getOrDefault(name, Taxonomy.BACKGROUND);
  }
}
