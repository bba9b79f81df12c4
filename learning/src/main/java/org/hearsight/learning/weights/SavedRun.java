package org.hearsight.learning.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.JsonProblem;
import org.hearsight.core.tensor.Tensor;

/**
 * A training run on disk: groups of named tensors and what is not a tensor, in one safetensors file
 * that is written whole after every epoch and carries a checksum of all of it.
 *
 * @param run what is not a tensor; goes through JSON
 * @param groups each under its name, {@code GROUP/TENSOR} in the file
 * @param <R> the type of {@code run}
 */
public record SavedRun<R>(R run, Map<String, Map<String, Tensor>> groups) {
  private static final String RUN = "run";
  private static final String VERSION = "version";
  private static final String CHECKSUM = "crc32c";

  /**
   * Raised when a run begun before would go on to another result than begun now. 2: dropout masks
   * are drawn from all 64 bits of the seed.
   */
  private static final String CURRENT = "2";

  private static final String ANEW =
      "delete it and give the command without --resume to train anew";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes the file. */
  public void write(Path file) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    groups.forEach(
        (group, tensors) -> tensors.forEach((name, t) -> all.put(group + "/" + name, t)));
    try {
      String text = JSON.writeValueAsString(run);
      Safetensors.write(
          file, all, Map.of(RUN, text, VERSION, CURRENT, CHECKSUM, checksum(text, all)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the run cannot be serialised", e);
    }
  }

  /** A group's tensors by their own names; empty if there are none. */
  public Map<String, Tensor> group(String name) {
    return groups.getOrDefault(name, Map.of());
  }

  /**
   * The run to go on with, or null where there is none yet.
   *
   * @param type of what is not a tensor
   * @throws InputException if there is one and {@code resume} is false, it is of another version,
   *     or the file is damaged
   */
  public static <R> SavedRun<R> begun(Path file, boolean resume, Class<R> type) {
    if (!Files.exists(file)) {
      return null;
    }
    if (!resume) {
      throw new InputException(
          file, "holds a run already", "give --resume to go on, or another folder");
    }
    Safetensors s = Safetensors.read(file, ANEW);
    String text = s.metadata().getOrDefault(RUN, "");
    String version = s.metadata().getOrDefault(VERSION, "1");
    if (!version.equals(CURRENT)) {
      throw new InputException(
          file,
          "version: %s, expected %s: it was begun by another version of Hearsight"
              .formatted(version, CURRENT),
          ANEW);
    }
    if (!checksum(text, s.tensors()).equals(s.metadata().get(CHECKSUM))) {
      throw new InputException(file, CHECKSUM + ": does not fit the content: damaged", ANEW);
    }
    Map<String, Map<String, Tensor>> groups = new LinkedHashMap<>();
    s.tensors()
        .forEach(
            (name, tensor) -> {
              int slash = name.indexOf('/');
              groups
                  .computeIfAbsent(
                      name.substring(0, Math.max(0, slash)), g -> new LinkedHashMap<>())
                  .put(name.substring(slash + 1), tensor);
            });
    try {
      return new SavedRun<>(JSON.readValue(text, type), groups);
    } catch (JsonProcessingException e) {
      throw new InputException(file, "metadata 'run': " + JsonProblem.text(e), ANEW, e);
    }
  }

  /** CRC-32C, many times faster than a secure hash, of the text, the names and the values. */
  private static String checksum(String text, Map<String, Tensor> tensors) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    new TreeMap<>(tensors)
        .forEach(
            (name, t) -> {
              String kind = name + " " + t.dtype() + " " + Arrays.toString(t.shape());
              crc.update(kind.getBytes(StandardCharsets.UTF_8));
              crc.update(t.bytes());
            });
    return Long.toHexString(crc.getValue());
  }

  /**
   * Refuses to go on with other options or other data.
   *
   * @param began what the run was started with
   * @param now what it would go on with
   * @param what as in {@code config}
   * @throws InputException if the two differ
   */
  public static void requireSame(Path file, Object began, Object now, String what) {
    if (!began.equals(now)) {
      throw new InputException(
          file,
          what + ": the run was started with other options or data (" + began + ")",
          "give the same, or train into another folder");
    }
  }
}
