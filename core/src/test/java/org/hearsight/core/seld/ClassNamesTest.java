package org.hearsight.core.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassNamesTest {
  @Test
  void namesPairUpByThemselvesOrThroughTheMap() {
    ClassNames names =
        ClassNames.of(
            List.of("dog", "male_speech", "clapping"),
            List.of("voice", "dog"),
            Map.of("male_speech", "voice"));
    assertThat(names.of(0)).isEqualTo(1);
    assertThat(names.of(1)).isZero();
    assertThat(names.of(2)).isEqualTo(-1);
    assertThat(names.known()).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void theMapThatShipsSpeaksOfStarss23Classes() {
    assertThat(SeldDataset.STARSS23_CLASSES).containsAll(ClassNames.starss23().keySet());
  }

  @Test
  void whatIsNoMapIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("map.json");
    for (String text : List.of("[1]", "null", "{\"dog\": null}")) {
      AtomicFile.writeText(file, text);
      assertThatThrownBy(() -> ClassNames.read(file))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("map.json");
    }
  }
}
