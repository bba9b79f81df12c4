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
import org.hearsight.learning.weights.TensorGroups;

/**
 * All that SELD training needs to go on after the epoch it stands at, in one safetensors file that
 * is written whole after every epoch.
 *
 * @param run what is not a tensor
 * @param model the network
 * @param optimizer Adam's steps and moments
 * @param best the network of the best epoch
 */
record SeldRunState(
    Run run, Map<String, Tensor> model, Map<String, Tensor> optimizer, Map<String, Tensor> best) {
  private static final String RUN = "run";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The run so far.
   *
   * @param fingerprint of the data it trains on
   * @param bestEpoch with the lowest SELD error
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Run(
      SeldPretrainConfig config, String fingerprint, List<SeldEpoch> history, int bestEpoch) {
    Run {
      history = List.copyOf(history);
    }
  }

  void write(Path file) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    TensorGroups.put(all, "model", model);
    TensorGroups.put(all, "optimizer", optimizer);
    TensorGroups.put(all, "best", best);
    try {
      Safetensors.write(file, all, Map.of(RUN, JSON.writeValueAsString(run)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the run cannot be serialised", e);
    }
  }

  /**
   * The run to go on with, or null where there is none yet.
   *
   * @throws InputException if there is one and {@code resume} is false, or it was started otherwise
   */
  static SeldRunState begun(
      Path file, boolean resume, SeldPretrainConfig config, String fingerprint) {
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
          file, "metadata 'run': " + JsonProblem.text(e), "start the training anew", e);
    }
    if (!run.config().equals(config) || !run.fingerprint().equals(fingerprint)) {
      throw new InputException(
          file,
          "config: the run was started with other options or data (" + run.config() + ")",
          "give the same options and data, or train into another folder");
    }
    return new SeldRunState(
        run,
        TensorGroups.take(s.tensors(), "model"),
        TensorGroups.take(s.tensors(), "optimizer"),
        TensorGroups.take(s.tensors(), "best"));
  }
}
