package org.hearsight.core.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.seld.AccddoaDecoder.Detection;
import org.junit.jupiter.api.Test;

class AccddoaDecoderTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/decode/decode.safetensors");

  /** One frame of one class: tracks at azimuths, with lengths and distances. */
  private static float[] frame(double[] azimuths, double[] lengths, double[] distances) {
    float[] out = new float[12];
    for (int t = 0; t < 3; t++) {
      Vec3 v = new Direction(azimuths[t], 0).at(lengths[t]);
      out[4 * t] = (float) v.x();
      out[4 * t + 1] = (float) v.y();
      out[4 * t + 2] = (float) v.z();
      out[4 * t + 3] = (float) distances[t];
    }
    return out;
  }

  private static List<SeldEvent> decode(double[] azimuths, double[] lengths) {
    return new AccddoaDecoder(1).events(frame(azimuths, lengths, new double[] {1, 2, 6}));
  }

  @Test
  void rowsAreTheBaselines() {
    Safetensors golden = Safetensors.read(GOLDEN);
    float[] rows = golden.tensors().get("rows").floats();

    List<Detection> found =
        new AccddoaDecoder(13).detections(golden.tensors().get("output").floats());

    assertThat(found).hasSize(rows.length / 6);
    for (int i = 0; i < found.size(); i++) {
      Detection d = found.get(i);
      assertThat(d.frame()).isEqualTo((int) rows[6 * i]);
      assertThat(d.classIndex()).isEqualTo((int) rows[6 * i + 1]);
      assertThat(d.vector().x()).isCloseTo(rows[6 * i + 2], within(1e-6));
      assertThat(d.vector().y()).isCloseTo(rows[6 * i + 3], within(1e-6));
      assertThat(d.vector().z()).isCloseTo(rows[6 * i + 4], within(1e-6));
      assertThat(d.distance()).isCloseTo(rows[6 * i + 5], within(1e-6));
    }
  }

  @Test
  void tracksFarApartStayAndAreNumbered() {
    List<SeldEvent> events = decode(new double[] {0, 20, 90}, new double[] {1, 1, 1});

    assertThat(events).extracting(SeldEvent::source).containsExactly(0, 1, 2);
    assertThat(events).extracting(SeldEvent::distance).containsExactly(1.0, 2.0, 6.0);
  }

  @Test
  void aClosePairIsMergedAcrossTheBack() {
    List<SeldEvent> events = decode(new double[] {175, -175, 0}, new double[] {1, 1, 1});

    assertThat(events).hasSize(2);
    assertThat(events.get(0).distance()).isEqualTo(6);
    assertThat(Math.abs(events.get(1).azimuth())).isCloseTo(180, within(1e-4));
    assertThat(events.get(1).distance()).isEqualTo(1.5);
  }

  @Test
  void aChainOfThreeIsOneSource() {
    List<SeldEvent> events = decode(new double[] {0, 14, 28}, new double[] {1, 1, 1});

    assertThat(events).hasSize(1);
    assertThat(events.get(0).azimuth()).isCloseTo(14, within(1e-4));
    assertThat(events.get(0).distance()).isEqualTo(3);
  }

  @Test
  void quietTracksNeitherShowNorMerge() {
    List<SeldEvent> events = decode(new double[] {0, 1, 2}, new double[] {0.5, 0.2, 0.51});

    assertThat(events).hasSize(1);
    assertThat(events.get(0).azimuth()).isCloseTo(2, within(1e-4));
    assertThat(events.get(0).distance()).isEqualTo(6);
  }

  @Test
  void anotherNumberOfClassesIsRefused() {
    assertThatThrownBy(() -> new AccddoaDecoder(2).events(new float[36]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("36 values are not rows of 24");
  }
}
