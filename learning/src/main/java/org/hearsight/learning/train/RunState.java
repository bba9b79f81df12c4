package org.hearsight.learning.train;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.weights.SavedRun;

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
    Map<String, Map<String, Tensor>> groups = new LinkedHashMap<>();
    groups.put("model", model);
    groups.put("encoder", encoder);
    groups.put("optimizer", optimizer);
    groups.put("average_model", averageModel);
    groups.put("average_encoder", averageEncoder);
    groups.put("best_model", bestModel);
    groups.put("best_encoder", bestEncoder);
    new SavedRun<>(run, groups).write(file);
  }

  /**
   * The run to go on with, or null where there is none yet.
   *
   * @throws InputException if there is one and {@code resume} is false, or it does not fit
   */
  static RunState begun(Path file, boolean resume, TrainConfig config, String fingerprint) {
    SavedRun<Run> saved = SavedRun.begun(file, resume, Run.class);
    if (saved == null) {
      return null;
    }
    SavedRun.requireSame(file, saved.run().config(), config, "config");
    SavedRun.requireSame(file, saved.run().fingerprint(), fingerprint, "fingerprint");
    return new RunState(
        saved.run(),
        saved.group("model"),
        saved.group("encoder"),
        saved.group("optimizer"),
        saved.group("average_model"),
        saved.group("average_encoder"),
        saved.group("best_model"),
        saved.group("best_encoder"));
  }
}
