package org.hearsight.inference.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.hearsight.core.tensor.DType;
import org.junit.jupiter.api.Test;

class OnnxPortTest {
  private final OnnxPort port =
      new OnnxPort("input", DType.F32, List.of(-1, 7, -1), List.of("batch", "", ""));

  @Test
  void freeDimensionsTakeAnySize() {
    assertThat(port.accepts(new int[] {1, 7, 0})).isTrue();
    assertThat(port.accepts(new int[] {90, 7, 3})).isTrue();
    assertThat(port.accepts(new int[] {1, 6, 3})).isFalse();
    assertThat(port.accepts(new int[] {1, 7})).isFalse();
  }

  @Test
  void fixedDimensionsAreKnown() {
    assertThat(port.hasFixed(3, 1)).isTrue();
    assertThat(port.hasFixed(3, 1, 2)).isFalse();
    assertThat(port.hasFixed(2, 1)).isFalse();
  }

  @Test
  void shapeIsReadable() {
    assertThat(port.shapeText()).isEqualTo("[batch, 7, ?]");
  }

  @Test
  void everyDimensionHasAName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OnnxPort("x", DType.F32, List.of(1, 2), List.of("")));
  }
}
