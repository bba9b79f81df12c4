package org.hearsight.core.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.hearsight.core.seld.SeldDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassMapTest {
  @TempDir Path folder;

  @Test
  void theShippedMapKnowsBothSides() {
    ClassMap map = ClassMap.starss23();

    assertThat(SeldDataset.STARSS23_CLASSES).containsAll(map.classes().keySet());
    assertThat(map.of("male_speech")).isEqualTo("voice");
    assertThat(map.of("knock")).isEqualTo("impact");
    assertThat(map.of("music")).isEqualTo(Taxonomy.BACKGROUND);
  }

  @Test
  void oneOfOnesOwnWithItsTaxonomy() {
    Path file =
        file(
            """
            {"name": "mine",
             "taxonomy": {"name": "tiny", "classes": ["background", "ring"]},
             "classes": {"telephone": "ring"}}
            """);

    ClassMap map = ClassMap.read(file, SeldDataset.STARSS23_CLASSES);

    assertThat(map.taxonomy().classes()).containsExactly("background", "ring");
    assertThat(map.of("telephone")).isEqualTo("ring");
  }

  @Test
  void whatIsWrongIsNamed() {
    refused("{\"name\": \"a\"}", "classes: missing or empty");
    refused("{\"name\": \"a\", \"classes\": {\"knok\": \"impact\"}}", "classes: 'knok' is unknown");
    refused(
        "{\"name\": \"a\", \"classes\": {\"knock\": \"bang\"}}",
        "classes: 'knock' is mapped to 'bang', which is not a hazard");
    refused("{\"name\": \"a\", \"classes\": {\"knock\": \"background\"}}", "is not a hazard");
    refused("{\"name\": \"a\", \"classes\": {\"knock\": null}}", "classes: 'knock' has no value");
    refused("null", "holds null");
    refused("[", "mine.json");
    assertThatThrownBy(() -> ClassMap.read(folder.resolve("absent"), SeldDataset.STARSS23_CLASSES))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("absent: does not exist");
  }

  private void refused(String json, String problem) {
    assertThatThrownBy(() -> ClassMap.read(file(json), SeldDataset.STARSS23_CLASSES))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("mine.json")
        .hasMessageContaining(problem);
  }

  private Path file(String json) {
    try {
      return Files.writeString(folder.resolve("mine.json"), json);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
