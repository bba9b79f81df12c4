package org.hearsight.core.bundle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFileTest {
  @TempDir Path folder;

  @Test
  void anInputIsNotReplacedWhateverItsPath() throws IOException {
    Path sound = Files.writeString(folder.resolve("a.wav"), "x");
    Path link = Files.createSymbolicLink(folder.resolve("b.wav"), sound);
    Path detour = folder.resolve("c/../a.wav");
    for (Path output : List.of(sound, link, detour)) {
      assertThatThrownBy(() -> OutputFile.require(List.of(output), List.of(sound)))
          .isInstanceOf(InputException.class)
          .hasMessage(
              output + ": is read by this command, too: it would be replaced; choose another file");
    }
    Path same = folder.resolve("same.json");
    assertThatThrownBy(() -> OutputFile.require(List.of(same, same), List.of()))
        .hasMessageContaining("is to be written twice");
    assertThatThrownBy(() -> OutputFile.require(List.of(folder.resolve("x")), List.of(folder)))
        .hasMessageContaining("lies in a folder that this command reads");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.json", "encoder.json", "dataset.json"})
  void nothingIsWrittenIntoAModelAnEncoderOrADataSet(String card) throws IOException {
    Files.writeString(folder.resolve(card), "{}");
    for (String name : List.of(card, "new.json", "sub/folder/new.json")) {
      assertThatThrownBy(() -> OutputFile.require(List.of(folder.resolve(name)), List.of()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("lies in a");
    }
  }

  @Test
  void whatIsNotGivenIsLeftOutAndADeviceIsWritten() {
    assertThatCode(
            () ->
                OutputFile.require(
                    Arrays.asList(null, folder.resolve("new"), Path.of("/dev/null")),
                    Arrays.asList(null, folder.resolve("missing"))))
        .doesNotThrowAnyException();
  }
}
