package org.hearsight.learning.loop;

import java.nio.file.Path;

/**
 * Where a training keeps what it needs to go on, and its table of epochs. What deletes a model,
 * {@link org.hearsight.core.bundle.ModelBundle#delete}, lists the names of {@code train} as well.
 *
 * @param folder of both
 * @param name of the training, as in {@code pretraining}
 */
public record RunFolder(Path folder, String name) {
  /** The state, {@link SavedRun}; it is there from the first epoch on. */
  public Path state() {
    return folder.resolve(name + ".safetensors");
  }

  /** A line an epoch. */
  public Path table() {
    return folder.resolve("epochs.csv");
  }
}
