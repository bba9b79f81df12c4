package org.hearsight.core.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderListing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeldFoldersTest {
  private static final Path CASES = Path.of("src/test/resources/cases/events");

  private static final SeldClasses CLASSES = SeldClasses.numbered(13);

  @TempDir private Path folder;

  private Path put(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private SeldFolders read(SeldMetrics metrics) {
    return read(folder.resolve("r"), folder.resolve("p"), metrics, null);
  }

  private static SeldFolders read(
      Path reference, Path prediction, SeldMetrics metrics, DistanceUnit predicted) {
    return SeldFolders.read(
        new SeldFolders.Side(reference, null, "--reference-distance"),
        new SeldFolders.Side(prediction, predicted, "--distance"),
        metrics,
        CLASSES);
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

    assertThat(folders.clips()).extracting(ScoredClip::name).containsExactly("a.csv", "b.csv");
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
    put("p/a.csv", "7,13,0,10,0,100\n");

    refused("p/a.csv: class: 13 in frame 7, but there are 13; give --classes");
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

    refused("p: is not a folder");
    put("p/a.txt", "");
    refused("p: holds no .csv file");
  }

  @Test
  void wholeMetresAreNotTakenForCentimetres() {
    Path both = CASES.resolve("05_whole_metres");
    Path reference = both.resolve("ref");
    Path prediction = both.resolve("pred");

    assertThatThrownBy(() -> read(reference, prediction, SeldMetrics.DCASE_2024, null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a.csv, line 1: distance: may be metres or centimetres: half of them")
        .hasMessageEndingWith("; say --distance metres or --distance centimetres");
    // What DCASE 2024's own scorer gives for these files: 0.306 m and 0.185.
    assertThat(read(reference, prediction, SeldMetrics.DCASE_2024, DistanceUnit.METRES))
        .satisfies(f -> assertThat(score(f, SeldScore.DISTANCE)).isCloseTo(0.306, within(5e-4)))
        .satisfies(
            f -> assertThat(score(f, SeldScore.RELATIVE_DISTANCE)).isCloseTo(0.185, within(5e-4)));
    assertThat(read(reference, prediction, SeldMetrics.DCASE_2024, DistanceUnit.CENTIMETRES))
        .satisfies(
            f -> assertThat(score(f, SeldScore.RELATIVE_DISTANCE)).isCloseTo(0.988, within(5e-4)));
    // Without distances there is nothing to settle.
    assertThat(read(reference, prediction, SeldMetrics.DCASE_2023, null).clips()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"06_vectors", "06_level_vectors"})
  void vectorsWithoutDistanceAreReadAsVectors(String name) {
    Path reference = CASES.resolve(name).resolve("ref");
    Path prediction = CASES.resolve(name).resolve("pred");

    SeldFolders folders = read(reference, prediction, SeldMetrics.DCASE_2023, null);

    assertThat(score(folders, SeldScore.F20, Average.MICRO)).isEqualTo(1);
    assertThat(score(folders, SeldScore.ANGLE, Average.MICRO)).isLessThan(1e-4);
    for (DistanceUnit unit : new DistanceUnit[] {null, DistanceUnit.METRES}) {
      assertThatThrownBy(() -> read(reference, prediction, SeldMetrics.DCASE_2024, unit))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("a.csv: distance: missing")
          .hasMessageContaining("--metrics 2023");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"14_capitals_one", "14_capitals_only"})
  void endingsInCapitalsAreEndings(String name) {
    SeldFolders folders =
        read(
            CASES.resolve(name).resolve("ref"),
            CASES.resolve(name).resolve("pred"),
            SeldMetrics.DCASE_2024,
            null);

    assertThat(folders.withoutPrediction()).isEmpty();
    assertThat(score(folders, SeldScore.F20, Average.MICRO)).isEqualTo(1);
    assertThat(folders.clips())
        .allSatisfy(c -> assertThat(c.prediction()).isEqualTo(c.reference()));
  }

  @Test
  void namesThatDifferInTheEndingAloneAreNamed() throws IOException {
    put("r/a.csv", "0,1,0,10,0,100\n");
    put("p/a.csv", "0,1,0,10,0,100\n");
    Path capitals = put("p/a.CSV", "0,1,0,10,0,100\n");
    assumeTrue(Files.size(capitals) > 0 && FolderListing.entries(folder.resolve("p")).size() == 2);

    refused("a.csv: has the name of " + capitals);
  }

  @Test
  void nearSourcesAreNoMatterWhereTheTruthIsNearAsWell() throws IOException {
    put("r/a.csv", "0,1,0,10,0,30\n1,1,0,10,0,31\n");
    put("p/a.csv", "0,1,0,10,0,28\n");

    refused("r/a.csv, line 1: distance: may be metres or centimetres");
    SeldFolders folders =
        SeldFolders.read(
            new SeldFolders.Side(folder.resolve("r"), DistanceUnit.CENTIMETRES, "-r"),
            new SeldFolders.Side(folder.resolve("p"), null, "-p"),
            SeldMetrics.DCASE_2024,
            CLASSES);
    assertThat(folders.clips().get(0).prediction().get(0).distance()).isEqualTo(0.28);
  }

  @Test
  void oneFileOfVectorsAmongFilesOfAnglesIsNamed() throws IOException {
    for (String name : new String[] {"a", "b", "c"}) {
      put("r/" + name + ".csv", "0,1,0,50,0,100\n1,1,0,60,0,100\n");
      put("p/" + name + ".csv", "0,1,0,50,0,100\n1,1,0,60,0,100\n");
    }
    put("p/b.csv", "0,1,0,0.642788,0.766044,0\n1,1,0,0.5,0.866025,0\n");

    refused("p/b.csv, line 1: columns: the fourth to sixth look like x,y,z");
  }

  @Test
  void aLinkThatLeadsBackIsNamed() throws IOException {
    put("r/a.csv", "0,1,0,10,0,100\n");
    put("p/deep/a.csv", "0,1,0,10,0,100\n");
    Path loop = Files.createSymbolicLink(folder.resolve("p/deep/again"), folder.resolve("p"));

    refused(loop + ": is a link that leads back to itself; remove the link");
  }

  @Test
  void pipesAndDeadLinksAreNotPassedOver() throws IOException {
    put("r/a.csv", "0,1,0,10,0,100\n");
    put("p/b.txt", "");
    Files.createSymbolicLink(folder.resolve("p/a.csv"), folder.resolve("nowhere"));

    refused("p/a.csv: does not exist");
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device), "no /dev/zero here");
    Files.delete(folder.resolve("p/a.csv"));
    Files.createSymbolicLink(folder.resolve("p/a.csv"), device);
    refused("p/a.csv: is a pipe or a device");
  }

  private static double score(SeldFolders folders, SeldScore score) {
    return score(folders, score, Average.MACRO);
  }

  private static double score(SeldFolders folders, SeldScore score, Average average) {
    return SeldReport.scores(
            folders.clips(),
            folders.clips().get(0).reference().get(0).hasDistance()
                    && folders.clips().get(0).prediction().get(0).hasDistance()
                ? SeldMetrics.DCASE_2024
                : SeldMetrics.DCASE_2023,
            average,
            CLASSES)
        .get(score);
  }
}
