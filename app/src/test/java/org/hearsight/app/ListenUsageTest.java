package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code listen}, before a model is loaded. */
class ListenUsageTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "listen",
        "listen --audio - --device default",
        "listen --audio - --rate 0",
        "listen --audio - --channels 0",
        "listen --audio - --map",
        "listen --audio - --hfov 200",
        "listen --audio - --encoding u8",
        "listen --audio - --rgb a.png --view-dir b",
        "listen --audio - --foa-format nonsense",
        "listen --audio - --json --odas",
        "listen --audio - --rosbridge localhost:9090",
        "listen --audio - --rosbridge http://localhost:9090",
        "listen --audio - --rosbridge ws://localhost --ros-topic ears",
        "listen --audio - --rosbridge ws://localhost --grid-resolution 0.001",
        "listen --audio - --rosbridge ws://localhost --ros ROS3"
      })
  void wrongUsageIsSaid(String line) {
    Cli.Result r = Cli.run((Object[]) line.split(" "));
    assertThat(r.exit()).as(r.err()).isEqualTo(2);
    assertThat(r.errLines()).singleElement().asString().endsWith("see hearsight listen --help");
  }

  @Test
  void aFileThatIsNoRecordingIsRefused() {
    Cli.Result r = Cli.run("listen", "--audio", folder.resolve("none.wav"));
    assertThat(r.exit()).isEqualTo(1);
    assertThat(r.errLines()).singleElement().asString().contains("none.wav");
  }

  @Test
  void aFolderOfViewsThatIsNotThereIsRefused() {
    Path sound = Cli.golden("core", "features/foa.wav");
    Cli.Result r = Cli.run("listen", "--audio", sound, "--view-dir", folder.resolve("none"));
    assertThat(r.exit()).isEqualTo(1);
    assertThat(r.errLines()).singleElement().asString().contains("none: is not a folder");
  }

  @Test
  void aDeviceThatIsNotThereIsRefused() {
    Cli.Result r = Cli.run("listen", "--device", "no such device");
    assertThat(r.exit()).isEqualTo(1);
    assertThat(r.errLines())
        .singleElement()
        .asString()
        .startsWith("hearsight: --device: no device called 'no such device' captures sound; ");
  }
}
