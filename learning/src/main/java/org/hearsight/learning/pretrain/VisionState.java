package org.hearsight.learning.pretrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.JsonProblem;
import org.hearsight.core.tensor.Tensor;

/**
 * All that pretraining needs to go on after an epoch: one safetensors file, written whole.
 *
 * @param run what is not a tensor
 * @param network encoder and heads
 * @param optimizer Adam's steps and moments
 */
record VisionState(Run run, Map<String, Tensor> network, Map<String, Tensor> optimizer) {
  private static final String RUN = "run";
  private static final String NETWORK = "network/";
  private static final String OPTIMIZER = "optimizer/";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The run so far.
   *
   * @param fingerprint of the data set
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Run(VisionConfig config, String fingerprint, List<VisionEpoch> history) {
    Run {
      history = List.copyOf(history);
    }
  }

  void write(Path file) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    network.forEach((name, t) -> all.put(NETWORK + name, t));
    optimizer.forEach((name, t) -> all.put(OPTIMIZER + name, t));
    try {
      Safetensors.write(file, all, Map.of(RUN, JSON.writeValueAsString(run)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the run cannot be serialised", e);
    }
  }

  /**
   * The run to go on with, or null where there is none yet.
   *
   * @throws InputException if there is one and {@code resume} is false, or it was started with
   *     other options or data, or the file is damaged
   */
  static VisionState begun(Path file, boolean resume, VisionConfig config, String fingerprint) {
    if (!Files.exists(file)) {
      return null;
    }
    if (!resume) {
      throw new InputException(
          file, "holds a run already", "give --resume to go on, or another folder");
    }
    Safetensors s = Safetensors.read(file);
    Run run;
    try {
      run = JSON.readValue(s.metadata().getOrDefault(RUN, ""), Run.class);
    } catch (JsonProcessingException e) {
      throw new InputException(
          file, "metadata 'run': " + JsonProblem.text(e), "start the pretraining anew", e);
    }
    if (!run.config().equals(config)) {
      throw new InputException(
          file,
          "config: the run was started with other options (" + run.config() + ")",
          "give the same options, or another folder");
    }
    if (!run.fingerprint().equals(fingerprint)) {
      throw new InputException(
          file,
          "fingerprint: the data set is not the one the run was started with",
          "give the same data, or another folder");
    }
    return new VisionState(run, take(s, NETWORK), take(s, OPTIMIZER));
  }

  private static Map<String, Tensor> take(Safetensors s, String prefix) {
    Map<String, Tensor> part = new LinkedHashMap<>();
    s.tensors()
        .forEach(
            (name, t) -> {
              if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), t);
              }
            });
    return part;
  }
}
