package org.hearsight.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderListingTest {
  private static final List<String> MODULES =
      List.of(
          "core", "simulator", "datasets", "inference", "learning", "report", "benchmarks", "app");

  @TempDir private Path folder;

  @Test
  void filesOfAnEndingInOrder() throws IOException {
    for (String name : new String[] {"b.CSV", "a.csv", ".c.csv", "d.txt", "e.csv.partial"}) {
      Files.writeString(folder.resolve(name), "");
    }
    Path below = Files.createDirectories(folder.resolve("x.csv")).resolve("f.Csv");
    Files.writeString(below, "");
    Path hidden = Files.createDirectories(folder.resolve("x.csv/.ipynb_checkpoints/y"));
    Files.writeString(hidden.resolve("g.csv"), "");

    assertThat(FolderListing.files(folder, ".csv"))
        .containsExactly(folder.resolve("a.csv"), folder.resolve("b.CSV"));
    assertThat(FolderListing.filesBelow(folder, ".csv"))
        .containsExactly(folder.resolve("a.csv"), folder.resolve("b.CSV"), below);
    assertThat(FolderListing.byStem(folder, ".csv").keySet()).containsExactly("a", "b");
    assertThat(FolderListing.byStem(folder.resolve("none"), ".csv")).isEmpty();
    assertThat(FolderListing.visible(folder)).hasSize(5);
  }

  @Test
  void linkedFoldersAreLookedIntoAndLoopsNamed() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real"));
    Files.writeString(real.resolve("a.csv"), "");
    Path top = Files.createDirectories(folder.resolve("top"));
    Files.createSymbolicLink(top.resolve("link"), real);
    assertThat(FolderListing.filesBelow(top, ".csv"))
        .containsExactly(top.resolve("link").resolve("a.csv"));

    Path loop = Files.createSymbolicLink(real.resolve("loop"), top);
    assertThatThrownBy(() -> FolderListing.filesBelow(top, ".csv"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a link that leads back to itself; remove the link");

    assertThat(FolderListing.deepestFirst(top)).containsExactly(top.resolve("link"), top);
    assertThat(loop).isSymbolicLink();
  }

  @Test
  void deadLinksAreThereForTheReaderToName() throws IOException {
    Path dead = Files.createSymbolicLink(folder.resolve("a.csv"), folder.resolve("nowhere"));

    assertThat(FolderListing.files(folder, ".csv")).containsExactly(dead);
    assertThatThrownBy(() -> FolderListing.entries(folder.resolve("nothing")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nothing: does not exist; check the path");
  }

  /** A second door would throw in the middle of a listing again, or in another order. */
  @Test
  void nobodyListsFoldersInAnotherWay() throws IOException {
    for (String module : MODULES) {
      Path sources = Path.of("..", module, "src", "main", "java");
      try (Stream<Path> all = Files.walk(sources)) {
        for (Path source : all.filter(p -> p.toString().endsWith(".java")).toList()) {
          if (!source.endsWith("FolderListing.java")) {
            assertThat(Files.readString(source))
                .as(source.toString())
                .doesNotContainPattern("Files\\.(walk|list|find|newDirectoryStream)\\(");
          }
        }
      }
    }
  }
}
