package org.hearsight.core.bundle;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.dataset.DatasetFolder;

/** What a folder of ours may hold, by the file that says so. */
public enum FolderKind {
  MODEL("model.json", "a trained model"),
  ENCODER("encoder.json", "an encoder"),
  DATA(DatasetFolder.HEADER, "a data set") {
    @Override
    public boolean isIn(Path folder) {
      return super.isIn(folder) || Files.exists(folder.resolve(DatasetFolder.UNFINISHED));
    }
  };

  private final String card;
  private final String words;

  FolderKind(String card, String words) {
    this.card = card;
    this.words = words;
  }

  /** Does its card lie in a folder? */
  public boolean isIn(Path folder) {
    return Files.exists(folder.resolve(card));
  }

  /** The file that says so. */
  public String card() {
    return card;
  }

  /** As in {@code a trained model}. */
  public String words() {
    return words;
  }
}
