package org.hearsight.simulator.sound;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Map;
import org.hearsight.core.file.Json;

/**
 * What the categories of a published collection are here: a hazard class, {@code ambience_…} or
 * {@code harmless_…}. The table is {@code categories.json} beside this class; a category that is
 * not in it is left out.
 */
final class CategoryMap {
  private final Map<String, String> folders;

  private CategoryMap(Map<String, String> folders) {
    this.folders = folders;
  }

  /** The table of a collection named in the file. */
  static CategoryMap of(String collection) {
    TypeReference<Map<String, Map<String, String>>> type = new TypeReference<>() {};
    return new CategoryMap(
        Json.resource(CategoryMap.class, "categories.json", type).get(collection));
  }

  /** The class or folder of a category; null if it has none. */
  String folder(String category) {
    return folders.get(category);
  }
}
