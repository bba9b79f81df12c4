package org.hearsight.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectrogramTest {
  @ParameterizedTest
  @ValueSource(ints = {500, 2000, 8000})
  void aToneIsYellowAtItsTickWhileItSounds(int hertz) throws IOException {
    float[] tone = new float[24_000];
    for (int i = 12_000; i < tone.length; i++) {
      tone[i] = (float) Math.sin(2 * Math.PI * hertz * i / 24_000.0);
    }

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(Spectrogram.png(tone)));

    assertThat(image.getWidth()).isEqualTo(50);
    int brightest = 0;
    for (int row = 0; row < image.getHeight(); row++) {
      brightest = green(image, 40, row) > green(image, 40, brightest) ? row : brightest;
    }
    assertThat(brightest).isCloseTo((int) (Spectrogram.down(hertz) * 96), within(2));
    assertThat(image.getRGB(10, brightest) & 0xffffff).isEqualTo(0x440154);
  }

  private static int green(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) >> 8 & 0xff;
  }
}
