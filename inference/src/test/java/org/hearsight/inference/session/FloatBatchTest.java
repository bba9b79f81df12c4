package org.hearsight.inference.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class FloatBatchTest {
  @Test
  void itemsBecomeTheFirstAxis() {
    FloatBatch batch = FloatBatch.of(List.of(new float[6], new float[6]), 2, 3);
    assertThat(batch.shape()).containsExactly(2, 2, 3);
  }

  @Test
  void itemsOfAnotherSizeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FloatBatch.of(List.of(new float[6], new float[5]), 2, 3))
        .withMessageContaining("5 numbers, expected 6 for shape [2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FloatBatch.of(List.of(), 2, 3))
        .withMessageContaining("none");
  }
}
