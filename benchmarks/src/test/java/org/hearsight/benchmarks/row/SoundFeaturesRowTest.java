package org.hearsight.benchmarks.row;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundFeaturesRowTest {
  @TempDir private Path folder;

  private Path peer(float... values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float v : values) {
      bytes.putFloat(v);
    }
    return Files.write(folder.resolve("peer.f32"), bytes.array());
  }

  @Test
  void aPeerThatDoesOtherWorkIsRefused() throws IOException {
    float[] ours = {-80, 0.5f};
    Path same = peer(-80.00005f, 0.5f);
    assertThatCode(() -> SoundFeaturesRow.requireAgreement(ours, same)).doesNotThrowAnyException();
    for (float[] values : new float[][] {{-80, 0.501f}, {-80}, {-80, Float.NaN}}) {
      Path other = peer(values);
      assertThatThrownBy(() -> SoundFeaturesRow.requireAgreement(ours, other))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("away from ours");
    }
  }
}
