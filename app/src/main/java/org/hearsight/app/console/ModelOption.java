package org.hearsight.app.console;

import java.nio.file.Path;
import org.hearsight.inference.Hearsight;
import picocli.CommandLine.Option;

/** Which model a command answers with: the one a person gives, else the one that ships. */
public final class ModelOption {
  /** What pages and results call the model that ships. */
  public static final String SHIPPED = "The model that ships";

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Folder that train wrote (default: the model that ships).")
  @Reads
  private Path model;

  /** The folder that was given; null for the model that ships. */
  public Path folder() {
    return model;
  }

  /** What pages and results call it. */
  public String name() {
    return model == null ? SHIPPED : model.normalize().toString();
  }

  /**
   * Loads it.
   *
   * @param threads that one call may use
   * @throws org.hearsight.core.error.InputException if it is damaged, or none is given and none
   *     ships
   */
  public Hearsight load(int threads) {
    return model == null ? Hearsight.load(threads) : Hearsight.load(model, threads);
  }
}
