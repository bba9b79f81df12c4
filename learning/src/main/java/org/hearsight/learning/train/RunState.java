package org.hearsight.learning.train;

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
 * All that a run needs to go on after the epoch it stands at: weights, the optimizer's moments, the
 * best weights so far, the history. One safetensors file, written whole after every epoch.
 *
 * @param run what is not a tensor
 * @param model adapter and head
 * @param encoder the SELD encoder
 * @param optimizer Adam's steps and moments
 * @param averageModel adapter and head, averaged over the stage's epochs
 * @param averageEncoder the SELD encoder, averaged over the stage's epochs
 * @param bestModel adapter and head of the best epoch
 * @param bestEncoder the SELD encoder of the best epoch
 */
record RunState(
    Run run,
    Map<String, Tensor> model,
    Map<String, Tensor> encoder,
    Map<String, Tensor> optimizer,
    Map<String, Tensor> averageModel,
    Map<String, Tensor> averageEncoder,
    Map<String, Tensor> bestModel,
    Map<String, Tensor> bestEncoder) {

  private static final String RUN = "run";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The run so far.
   *
   * @param fingerprint of the encoded data it trains on
   * @param bestEpoch with the lowest validation loss
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Run(TrainConfig config, String fingerprint, List<EpochRecord> history, int bestEpoch) {
    Run {
      history = List.copyOf(history);
    }
  }

  void write(Path file) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    TensorGroups.put(all, "model", model);
    TensorGroups.put(all, "encoder", encoder);
    TensorGroups.put(all, "optimizer", optimizer);
    TensorGroups.put(all, "average_model", averageModel);
    TensorGroups.put(all, "average_encoder", averageEncoder);
    TensorGroups.put(all, "best_model", bestModel);
    TensorGroups.put(all, "best_encoder", bestEncoder);
    try {
      Safetensors.write(file, all, Map.of(RUN, JSON.writeValueAsString(run)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the run cannot be serialised", e);
    }
  }

  /**
   * The run to go on with, or null where there is none yet.
   *
   * @throws InputException if there is one and {@code resume} is false, or it does not fit
   */
  static RunState begun(Path file, boolean resume, TrainConfig config, String fingerprint) {
    if (!Files.exists(file)) {
      return null;
    }
    if (!resume) {
      throw new InputException(
          file, "holds a run already", "give --resume to go on, or another folder");
    }
    return read(file, config, fingerprint);
  }

  /**
   * Reads a run, which must have been started in the same way.
   *
   * @throws InputException if it was not, or the file is damaged
   */
  private static RunState read(Path file, TrainConfig config, String fingerprint) {
    Safetensors s = Safetensors.read(file);
    Run run;
    try {
      run = JSON.readValue(s.metadata().getOrDefault(RUN, ""), Run.class);
    } catch (JsonProcessingException e) {
      throw new InputException(
          file, "metadata 'run': " + JsonProblem.text(e), "start the training anew", e);
    }
    if (!run.config().equals(config)) {
      throw new InputException(
          file,
          "config: the run was started with other options (" + run.config() + ")",
          "give the same options, or train into another folder");
    }
    if (!run.fingerprint().equals(fingerprint)) {
      throw new InputException(
          file,
          "fingerprint: data set or encoders are not those the run was started with",
          "give the same data and encoders, or train into another folder");
    }
    return new RunState(
        run,
        TensorGroups.take(s.tensors(), "model"),
        TensorGroups.take(s.tensors(), "encoder"),
        TensorGroups.take(s.tensors(), "optimizer"),
        TensorGroups.take(s.tensors(), "average_model"),
        TensorGroups.take(s.tensors(), "average_encoder"),
        TensorGroups.take(s.tensors(), "best_model"),
        TensorGroups.take(s.tensors(), "best_encoder"));
  }
}
