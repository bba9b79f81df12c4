package org.hearsight.app.console;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a model is trained on: a data set, how much of it, and where it is kept encoded. */
// Options marked with @Sets are read by ConfigOptions.
@SuppressWarnings("UnusedVariable")
public final class TrainingData {
  @Mixin private EncodedData data;

  @Option(
      names = "--train-scenes",
      paramLabel = "N",
      description = "Only the first N scenarios of the training split (default: all).")
  @Sets("data.train_scenes")
  private Integer trainScenes;

  @Option(names = "--batch", paramLabel = "N", description = "Scenarios a step (default: 32).")
  @Sets("optimizer.batch")
  private Integer batch;

  /** The data set's folder. */
  public Path folder() {
    return data.folder();
  }

  /** Where encoded scenes are kept. */
  public Path encoded() {
    return data.encoded();
  }
}
