package org.hearsight.learning.pretrain;

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
 * All that pretraining needs to go on after an epoch: one safetensors file, written whole.
 *
 * @param run what is not a tensor
 * @param network encoder and heads
 * @param optimizer Adam's steps and moments
 */
record VisionState(Run run, Map<String, Tensor> network, Map<String, Tensor> optimizer) {
  private static final String NETWORK = "network";
  private static final String OPTIMIZER = "optimizer";

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
    Map<String, Map<String, Tensor>> groups = new LinkedHashMap<>();
    groups.put(NETWORK, network);
    groups.put(OPTIMIZER, optimizer);
    new SavedRun<>(run, groups).write(file);
  }

  /**
   * The run to go on with, or null where there is none yet.
   *
   * @throws InputException if there is one and {@code resume} is false, or it was started with
   *     other options or data, or the file is damaged
   */
  static VisionState begun(Path file, boolean resume, VisionConfig config, String fingerprint) {
    SavedRun<Run> saved = SavedRun.begun(file, resume, Run.class);
    if (saved == null) {
      return null;
    }
    SavedRun.requireSame(file, saved.run().config(), config, "config");
    SavedRun.requireSame(file, saved.run().fingerprint(), fingerprint, "fingerprint");
    return new VisionState(saved.run(), saved.group(NETWORK), saved.group(OPTIMIZER));
  }
}
