package org.hearsight.learning.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.JsonProblem;
import org.hearsight.core.tensor.Tensor;

/**
 * A training run on disk: groups of named tensors and what is not a tensor, in one safetensors file
 * that is written whole after every epoch.
 *
 * @param run what is not a tensor; goes through JSON
 * @param groups each under its name, {@code GROUP/TENSOR} in the file
 * @param <R> the type of {@code run}
 */
public record SavedRun<R>(R run, Map<String, Map<String, Tensor>> groups) {
  private static final String RUN = "run";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes the file. */
  public void write(Path file) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    groups.forEach(
        (group, tensors) -> tensors.forEach((name, t) -> all.put(group + "/" + name, t)));
    try {
      Safetensors.write(file, all, Map.of(RUN, JSON.writeValueAsString(run)));
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
   * @throws InputException if there is one and {@code resume} is false, or the file is damaged
   */
  public static <R> SavedRun<R> begun(Path file, boolean resume, Class<R> type) {
    if (!Files.exists(file)) {
      return null;
    }
    if (!resume) {
      throw new InputException(
          file, "holds a run already", "give --resume to go on, or another folder");
    }
    Safetensors s = Safetensors.read(file);
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
      return new SavedRun<>(JSON.readValue(s.metadata().getOrDefault(RUN, ""), type), groups);
    } catch (JsonProcessingException e) {
      throw new InputException(
          file, "metadata 'run': " + JsonProblem.text(e), "start the training anew", e);
    }
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
