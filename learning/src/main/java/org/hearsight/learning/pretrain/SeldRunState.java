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
    Map<String, Map<String, Tensor>> groups = new LinkedHashMap<>();
    groups.put("model", model);
    groups.put("optimizer", optimizer);
    groups.put("best", best);
    new SavedRun<>(run, groups).write(file);
  }

  /**
   * The run to go on with, or null where there is none yet.
   *
   * @throws InputException if there is one and {@code resume} is false, or it was started otherwise
   */
  static SeldRunState begun(
      Path file, boolean resume, SeldPretrainConfig config, String fingerprint) {
    SavedRun<Run> saved = SavedRun.begun(file, resume, Run.class);
    if (saved == null) {
      return null;
    }
    SavedRun.requireSame(file, saved.run().config(), config, "config");
    SavedRun.requireSame(file, saved.run().fingerprint(), fingerprint, "fingerprint");
    return new SeldRunState(
        saved.run(), saved.group("model"), saved.group("optimizer"), saved.group("best"));
  }
}
