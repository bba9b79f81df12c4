package org.hearsight.core.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaxonomyTest {
  @TempDir private Path folder;

  @Test
  void theDefaultIsBackgroundAndNineHazards() {
    assertThat(Taxonomy.hazards())
        .isEqualTo(
            new Taxonomy(
                "hazards",
                List.of(
                    "background",
                    "siren",
                    "horn",
                    "engine",
                    "train",
                    "footsteps",
                    "dog",
                    "voice",
                    "power_tool",
                    "impact")));
  }

  @Test
  void namesAndIndicesAreInverse() {
    Taxonomy t = Taxonomy.hazards();
    for (int i = 0; i < t.size(); i++) {
      assertThat(t.indexOf(t.nameOf(i), "test")).isEqualTo(i);
    }
  }

  @Test
  void readsAUsersOwn() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mine.json"),
            "{\"name\": \"yard\", \"classes\": [\"background\", \"forklift\", \"alarm_2\"]}");

    Taxonomy mine = Taxonomy.read(file);

    assertThat(mine.name()).isEqualTo("yard");
    assertThat(mine.indexOf("alarm_2", "test")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {"name": "a", "classes": ["siren", "horn"]}                 | background first
          {"name": "a", "classes": ["background"]}                    | at least one hazard
          {"name": "a", "classes": ["background", "horn", "horn"]}    | 'horn' is not a lower-case name or stands twice
          {"name": "a", "classes": ["background", "Fire Truck"]}      | 'Fire Truck' is not a lower-case name
          {"name": "a"}                                               | classes: missing
          {"classes": ["background", "horn"]}                         | name: missing
          {"name": "a", "classes": ["background", null]}              | classes: a name is missing
          {"name": "a", "classes": ["background", "horn"], "extra": 1}| extra
          {"name": "a", "classes":                                    | end-of-input
          null                                                        | holds null
          """)
  void refusesInOneLineNamingFileAndField(String json, String problem) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.json"), json);

    InputException e = catchThrowableOfType(InputException.class, () -> Taxonomy.read(file));

    assertThat(e)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(problem)
        .hasMessageContaining("; write {\"name\"");
    assertThat(e.getMessage()).doesNotContain("\n");
  }

  @Test
  void refusesAMissingFile() {
    Path file = folder.resolve("none.json");
    assertThatThrownBy(() -> Taxonomy.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": ");
  }

  @Test
  void anUnknownClassIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Taxonomy.hazards().indexOf("dragon", "labels.csv, line 3"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "labels.csv, line 3: class: 'dragon' is unknown; use one of background, siren, horn,"
                + " engine, train, footsteps, dog, voice, power_tool, impact");
  }
}
