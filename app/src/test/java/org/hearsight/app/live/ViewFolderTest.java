package org.hearsight.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.hearsight.core.error.InputException;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.ViewReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewFolderTest {
  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();

  private void picture(String name, int type, int value) throws IOException {
    BufferedImage image = new BufferedImage(64, 48, type);
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        image.getRaster().setSample(x, y, 0, value);
      }
    }
    assertThat(ImageIO.write(image, "png", folder.resolve(name).toFile())).isTrue();
  }

  private void rgb(String name, int red) throws IOException {
    picture(name, BufferedImage.TYPE_INT_RGB, red);
  }

  private ViewFolder open() {
    return new ViewFolder(folder, ViewReader.Options.NOTHING, notes::add);
  }

  @Test
  void theLastFrameIsShownOnceWithItsDepth() throws IOException {
    ViewFolder views = open();
    assertThat(views.next()).isEmpty();
    rgb("0001.rgb.png", 255);
    assertThat(views.next().orElseThrow().depth()).containsOnly(0);
    assertThat(views.next()).isEmpty();
    picture("0003.depth.png", BufferedImage.TYPE_USHORT_GRAY, 4000);
    assertThat(views.next()).as("its picture is not there yet").isEmpty();
    rgb("0002.rgb.png", 10);
    rgb("0003.rgb.png", 100);
    rgb(".0004.rgb.png", 100);
    View third = views.next().orElseThrow();
    assertThat(third.depth()[View.SIZE * View.SIZE / 2]).isEqualTo(4);
    assertThat(views.next()).isEmpty();
  }

  @Test
  void aDamagedFrameIsNotedOnceAndPassedOver() throws IOException {
    ViewFolder views = open();
    Files.writeString(folder.resolve("1.rgb.png"), "no picture");
    assertThat(views.next()).isEmpty();
    assertThat(views.next()).isEmpty();
    assertThat(notes)
        .singleElement()
        .asString()
        .startsWith("frame passed over: " + folder.resolve("1.rgb.png"));
    rgb("2.rgb.png", 100);
    Optional<View> next = views.next();
    assertThat(next).isPresent();
  }

  @Test
  void whatIsNoFolderIsRefused() {
    assertThatThrownBy(
            () -> new ViewFolder(folder.resolve("none"), ViewReader.Options.NOTHING, notes::add))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not a folder");
  }
}
