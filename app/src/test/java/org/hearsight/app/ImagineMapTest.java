package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code imagine --map}, before anything is read. */
class ImagineMapTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"map.jpg", "map", "png"})
  void otherPicturesAreWrongUsage(String name) {
    Cli.Result r = Cli.run("imagine", "--audio", "none.wav", "--map", folder.resolve(name));

    assertThat(r.exit()).isEqualTo(2);
    assertThat(r.err()).contains("--map: ", "ends neither in .png nor in .svg");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anInputIsNotReplaced() {
    Path picture = Cli.golden("core", "features/foa.wav");

    Cli.Result r = Cli.run("imagine", "--audio", picture, "--map", picture);

    assertThat(r.exit()).isEqualTo(1);
    assertThat(r.err()).contains("is read by this command, too");
    assertThat(picture).isNotEmptyFile();
  }
}
