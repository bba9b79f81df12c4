package org.hearsight.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.hearsight.core.vision.View;
import org.junit.jupiter.api.Test;

class ViewPicturesTest {
  @Test
  void depthRunsFromYellowToVioletAndNothingIsGray() throws IOException {
    int n = View.SIZE * View.SIZE;
    float[] depth = new float[n];
    depth[0] = 0.3f;
    depth[1] = 500;
    float[] occlusion = new float[n];
    occlusion[1] = 1;

    ViewPictures pictures = ViewPictures.of(new View(new float[3 * n], depth, occlusion, 0));

    assertThat(pixel(pictures.depth(), 0)).isEqualTo(0xfde725);
    assertThat(pixel(pictures.depth(), 1)).isEqualTo(0x440154);
    assertThat(pixel(pictures.depth(), 2)).isEqualTo(0x6f7378);
    assertThat(pixel(pictures.occlusion(), 1)).isEqualTo(0xffffff);
    assertThat(pixel(pictures.rgb(), 0)).isZero();
  }

  private static int pixel(byte[] png, int x) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    return image.getRGB(x, 0) & 0xffffff;
  }
}
