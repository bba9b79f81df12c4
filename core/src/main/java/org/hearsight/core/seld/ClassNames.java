package org.hearsight.core.seld;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.JsonProblem;

/**
 * What a system's classes are called in a data set: by the same name, or by another that a map
 * gives; classes with neither are unknown to the data set.
 *
 * @param indices for each of the system's classes its index in the data set, or −1
 */
public record ClassNames(List<Integer> indices) {
  private static final TypeReference<Map<String, String>> NAMES = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();

  public ClassNames {
    indices = List.copyOf(indices);
  }

  /**
   * Pairs names up.
   *
   * @param system its classes
   * @param dataset the data set's
   * @param map from the system's names to the data set's
   */
  public static ClassNames of(List<String> system, List<String> dataset, Map<String, String> map) {
    return new ClassNames(
        system.stream().map(n -> dataset.indexOf(map.getOrDefault(n, n))).toList());
  }

  /** STARSS23's names for what simulated SELD clips hold. */
  public static Map<String, String> starss23() {
    try (InputStream in = ClassNames.class.getResourceAsStream("starss23_to_sounds.json")) {
      return JSON.readValue(in, NAMES);
    } catch (IOException e) {
      throw new IllegalStateException("the jar lacks starss23_to_sounds.json", e);
    }
  }

  /**
   * Reads a map, a JSON object of names.
   *
   * @throws InputException if it is none
   */
  public static Map<String, String> read(Path file) {
    String remedy = "write {\"male_speech\": \"voice\", …}";
    try {
      Map<String, String> names = JSON.readValue(Files.readAllBytes(file), NAMES);
      if (names == null || names.containsValue(null)) {
        throw new InputException(file, "holds null, expected names", remedy);
      }
      return names;
    } catch (JsonProcessingException e) {
      throw new InputException(file, JsonProblem.text(e), remedy, e);
    } catch (IOException e) {
      throw new InputException(file, "cannot be read", "check the path", e);
    }
  }

  /** The data set's index of one of the system's classes; −1 if it has none. */
  public int of(int systemClass) {
    return indices.get(systemClass);
  }

  /** The classes of the data set that the system can name. */
  public Set<Integer> known() {
    Set<Integer> known = new HashSet<>(indices);
    known.remove(-1);
    return known;
  }
}
