package org.hearsight.inference.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.inference.session.Fixtures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SeldEncoderIT {
  private static final int CLIP = 2 * 25 * 64;
  private static SeldEncoder encoder;

  @BeforeAll
  static void open() {
    encoder = SeldEncoder.open(Fixtures.file("seldnet.onnx"), 5, 1);
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  @Test
  void readsItsSizesFromTheGraph() {
    assertThat(encoder.planes()).isEqualTo(2);
    assertThat(encoder.bands()).isEqualTo(64);
    assertThat(encoder.width()).isEqualTo(8);
  }

  @Test
  void moreClipsThanABatchComeBackInOrder() {
    Map<String, Tensor> expected = Fixtures.expected("seldnet");
    float[] clips = expected.get("input").floats();
    float[][] features = new float[37][];
    for (int i = 0; i < features.length; i++) {
      int clip = i % 3;
      features[i] = Arrays.copyOfRange(clips, clip * CLIP, (clip + 1) * CLIP);
    }
    float[][] tokens = encoder.encode(features);
    assertThat(tokens).hasDimensions(37, 5 * 8);
    float[] all = expected.get("encoder").floats();
    for (int i = 0; i < tokens.length; i++) {
      int clip = i % 3;
      Fixtures.assertClose(tokens[i], Arrays.copyOfRange(all, clip * 40, (clip + 1) * 40));
    }
  }

  @Test
  void incompleteTokensAreLeftOut() {
    assertThat(encoder.encode(new float[][] {new float[2 * 9 * 64]})[0]).hasSize(8);
    assertThat(encoder.encode(new float[][] {new float[2 * 10 * 64]})[0]).hasSize(16);
  }

  @Test
  void noClipsGiveNoTokens() {
    assertThat(encoder.encode(new float[0][])).isEmpty();
  }

  @Test
  void wrongSizesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.encode(new float[][] {new float[CLIP - 1]}))
        .withMessageContaining("planes 2 x frames (5 or more) x bands 64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.encode(new float[][] {new float[2 * 4 * 64]}))
        .withMessageContaining("512 numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.encode(new float[][] {new float[CLIP], new float[2 * CLIP]}));
  }

  @Test
  void graphOfAnotherKindIsRefused() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> SeldEncoder.open(Fixtures.file("resnet.onnx"), 5, 1))
        .withMessageContaining("resnet.onnx: no SELD encoder");
  }
}
