package org.hearsight.app.console;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What a model is trained on: a data set, how much of it, and where it is kept encoded. */
// Options marked with @Sets are read by ConfigOptions.
@SuppressWarnings("UnusedVariable")
public final class TrainingData {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder that simulate wrote.")
  @Reads
  private Path data;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Folder of the encoded data set (default: DATA/encoded).")
  @Writes(Writes.Kind.CACHE)
  private Path cache;

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
    return data;
  }

  /** Where encoded scenes are kept. */
  public Path encoded() {
    return cache == null ? data.resolve("encoded") : cache;
  }
}
