package org.hearsight.simulator.sound;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

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
    try (InputStream in = CategoryMap.class.getResourceAsStream("categories.json")) {
      Map<String, Map<String, String>> all =
          new ObjectMapper().readValue(in, new TypeReference<>() {});
      return new CategoryMap(all.get(collection));
    } catch (IOException e) {
      throw new IllegalStateException("the jar lacks categories.json", e);
    }
  }

  /** The class or folder of a category; null if it has none. */
  String folder(String category) {
    return folders.get(category);
  }
}
