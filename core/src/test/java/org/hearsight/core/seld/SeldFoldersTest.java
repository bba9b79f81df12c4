package org.hearsight.core.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeldFoldersTest {
  @TempDir private Path folder;

  private Path put(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private SeldFolders read(SeldMetrics metrics) {
    return SeldFolders.read(
        folder.resolve("r"), folder.resolve("p"), metrics, SeldClasses.numbered(3));
  }

  private void refused(String message) {
    assertThatThrownBy(() -> read(SeldMetrics.DCASE_2024))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void clipsArePairedByNameAcrossSubFolders() throws IOException {
    put("r/dev-test-tau/b.csv", "0,1,0,10,0,100\n");
    put("r/dev-test-sony/a.csv", "0,2,0,10,0,100\n");
    put("p/b.csv", "0,1,0,12,0,100\n");
    put("r/notes.txt", "no events");

    SeldFolders folders = read(SeldMetrics.DCASE_2024);

    assertThat(folders.clips()).extracting(SeldClip::name).containsExactly("a.csv", "b.csv");
    assertThat(folders.clips().get(0).prediction()).isEmpty();
    assertThat(folders.clips().get(1).prediction()).hasSize(1);
    assertThat(folders.withoutPrediction()).containsExactly("a.csv");
  }

  @Test
  void aPredictionOfAnUnknownClipIsNamed() throws IOException {
    put("r/a.csv", "0,1,0,10,0,100\n");
    put("p/x.csv", "0,1,0,12,0,100\n");

    refused("p: x.csv: not in " + folder.resolve("r"));
  }

  @Test
  void twoClipsOfOneNameAreNamed() throws IOException {
    put("r/1/a.csv", "0,1,0,10,0,100\n");
    put("r/2/a.csv", "0,1,0,10,0,100\n");
    put("p/a.csv", "");

    refused("2/a.csv: has the name of " + folder.resolve("r/1/a.csv"));
  }

  @Test
  void aClassThatIsNotScoredIsNamed() throws IOException {
    put("r/a.csv", "0,1,0,10,0,100\n");
    put("p/a.csv", "7,3,0,10,0,100\n");

    refused("p/a.csv: class: 3 in frame 7, but there are 3; give --classes");
  }

  @Test
  void distanceIsNeededIn2024Alone() throws IOException {
    put("r/a.csv", "0,1,0,10,0,100\n");
    put("p/a.csv", "7,2,0,10,0\n");

    refused("p/a.csv: distance: missing");
    assertThat(read(SeldMetrics.DCASE_2023).clips()).hasSize(1);
  }

  @Test
  void foldersWithoutEventFilesAreNamed() throws IOException {
    put("r/a.csv", "0,1,0,10,0,100\n");

    refused("p: is no folder");
    put("p/a.txt", "");
    refused("p: holds no .csv file");
  }
}
