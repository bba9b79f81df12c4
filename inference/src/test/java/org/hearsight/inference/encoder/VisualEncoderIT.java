package org.hearsight.inference.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.inference.session.Fixtures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VisualEncoderIT {
  private static final int IMAGE = 5 * 32 * 40;
  private static VisualEncoder encoder;

  @BeforeAll
  static void open() {
    encoder = VisualEncoder.open(Fixtures.file("resnet.onnx"), 1);
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  @Test
  void tokensAreTheFeaturesPlaceByPlace() {
    Map<String, Tensor> expected = Fixtures.expected("resnet");
    float[] images = expected.get("input").floats();
    float[][] planes = new float[11][];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = Arrays.copyOfRange(images, i % 2 * IMAGE, (i % 2 + 1) * IMAGE);
    }
    List<VisualFeatures> seen = encoder.encode(planes, 32, 40);
    assertThat(seen).hasSize(11);
    assertThat(encoder.width()).isEqualTo(20);
    float[] features = expected.get("features").floats(); // [2, 20, 1, 2]
    float[] pooled = expected.get("pooled").floats();
    for (int i = 0; i < seen.size(); i++) {
      float[] tokens = new float[40];
      for (int place = 0; place < 2; place++) {
        for (int channel = 0; channel < 20; channel++) {
          tokens[place * 20 + channel] = features[i % 2 * 40 + channel * 2 + place];
        }
      }
      Fixtures.assertClose(seen.get(i).tokens(), tokens);
      Fixtures.assertClose(
          seen.get(i).pooled(), Arrays.copyOfRange(pooled, i % 2 * 20, (i % 2 + 1) * 20));
    }
  }

  @Test
  void wrongSizesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.encode(new float[][] {new float[IMAGE]}, 40, 40))
        .withMessageContaining("expected 8000 for shape [5, 40, 40]");
  }

  @Test
  void graphOfAnotherKindIsRefused() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> VisualEncoder.open(Fixtures.file("seldnet.onnx"), 1))
        .withMessageContaining("seldnet.onnx: no visual encoder");
  }
}
