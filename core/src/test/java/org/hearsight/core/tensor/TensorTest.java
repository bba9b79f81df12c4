package org.hearsight.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TensorTest {

  @Test
  void everyHalfIsWidenedAsItsDefinitionSays() {
    ByteBuffer all = buffer(1 << 17);
    for (int h = 0; h < 1 << 16; h++) {
      all.putShort((short) h);
    }
    float[] widened = new Tensor(DType.F16, new int[] {1 << 16}, all.flip()).floats();
    for (int h = 0; h < 1 << 16; h++) {
      int exponent = (h >> 10) & 31;
      int mantissa = h & 1023;
      double magnitude =
          exponent == 31
              ? (mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
              : exponent == 0
                  ? mantissa / 1024.0 * Math.pow(2, -14)
                  : (1 + mantissa / 1024.0) * Math.pow(2, exponent - 15);
      float expected = (float) (h < 1 << 15 ? magnitude : -magnitude);
      assertThat(widened[h]).as("half %04x", h).isEqualTo(Float.valueOf(expected));
    }
    assertThat(Float.floatToRawIntBits(widened[1 << 15])).as("-0").isEqualTo(0x80000000);
  }

  @Test
  void bfloat16IsTheUpperHalfOfAFloat() {
    float[] values = {
      0f, -0f, 1f, -2.5f, 0x1p-133f, 0x1p127f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
    };
    ByteBuffer data = buffer(2 * values.length + 2);
    for (float v : values) {
      data.putShort((short) (Float.floatToRawIntBits(v) >>> 16));
    }
    data.putShort((short) 0x7fc0);
    Tensor t = new Tensor(DType.BF16, new int[] {values.length + 1}, data.flip());
    assertThat(t.floats()).startsWith(values).endsWith(Float.NaN);
    assertThat(t.isFinite()).isFalse();
  }

  @Test
  void integersAndBooleansAreConverted() {
    assertThat(tensor(DType.I8, 1, buffer(1).put((byte) -128)).longs()).containsExactly(-128);
    assertThat(tensor(DType.U8, 1, buffer(1).put((byte) 255)).longs()).containsExactly(255);
    assertThat(tensor(DType.BOOL, 2, buffer(2).put((byte) 7).put((byte) 0)).floats())
        .containsExactly(1, 0);
    assertThat(tensor(DType.I16, 1, buffer(2).putShort((short) -2)).doubles()).containsExactly(-2);
    assertThat(tensor(DType.I32, 1, buffer(4).putInt(1 << 30)).longs()).containsExactly(1L << 30);
    assertThat(Tensor.of(new long[] {Long.MAX_VALUE, Long.MIN_VALUE + 1}, 2).longs())
        .as("beyond what a double holds")
        .containsExactly(Long.MAX_VALUE, Long.MIN_VALUE + 1);
    assertThat(tensor(DType.F64, 1, buffer(8).putDouble(Math.PI)).doubles())
        .containsExactly(Math.PI);
    assertThatThrownBy(() -> Tensor.of(new float[] {1}, 1).longs())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void finiteLooksAtEveryValue() {
    assertThat(Tensor.of(new float[] {1, 2, Float.NaN}, 3).isFinite()).isFalse();
    assertThat(Tensor.of(new float[] {1, Float.NEGATIVE_INFINITY, 2}, 3).isFinite()).isFalse();
    assertThat(Tensor.of(new float[] {1, Float.MAX_VALUE, 2}, 3).isFinite()).isTrue();
    assertThat(tensor(DType.I32, 1, buffer(4).putInt(0x7fc00000)).isFinite()).isTrue();
  }

  @Test
  void shapesAreHeldToTheData() {
    assertThatIllegalArgumentException().isThrownBy(() -> Tensor.of(new float[3], 2, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Tensor.of(new float[4], -2, -2));
    int[] overflowing = {1 << 30, 1 << 30, 2}; // times eight bytes: 2^64
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tensor(DType.F64, overflowing, buffer(0)));
    assertThat(Tensor.of(new float[0], 1 << 30, 1 << 30, 2, 0).size()).isZero();
    assertThat(Tensor.of(new float[] {5}).shape()).as("a scalar").isEmpty();
    assertThat(Tensor.of(new float[6], 2, 3)).hasToString("F32[2, 3]");
  }

  @Test
  void nobodyCanWriteThroughIt() {
    float[] values = {1, 2};
    Tensor t = Tensor.of(values, 2);
    values[0] = 9;
    t.shape()[0] = 9;
    assertThat(t.floats()).containsExactly(1, 2);
    assertThat(t.shape()).containsExactly(2);
    assertThatThrownBy(() -> t.bytes().put(0, (byte) 1))
        .isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void everyTypeKnowsItsSize() {
    for (DType type : DType.values()) {
      String digits = type.name().replaceAll("\\D", "");
      int bits = digits.isEmpty() ? 8 : Integer.parseInt(digits);
      assertThat(type.bytes()).as(type.name()).isEqualTo(bits / 8);
      assertThat(type.isFloating()).as(type.name()).isEqualTo(type.name().matches("B?F\\d+"));
    }
  }

  private static Tensor tensor(DType type, int size, ByteBuffer data) {
    return new Tensor(type, new int[] {size}, data.flip());
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void everyHalfComesBackFromItsFloat() {
    for (int h = 0; h < 1 << 16; h++) {
      float value = Tensor.halfToFloat((short) h);
      if (!Float.isNaN(value)) {
        assertThat(Tensor.floatToHalf(value)).as("half %x", h).isEqualTo((short) h);
      }
    }
    assertThat(Tensor.halfToFloat(Tensor.floatToHalf(Float.NaN))).isNaN();
  }

  @Test
  void halvesAreTheNearestOnes() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      float value = (float) ((i % 2 * 2 - 1) * Math.pow(2, 37 * random.nextDouble() - 22));
      short half = Tensor.floatToHalf(value);
      float error = Math.abs(Tensor.halfToFloat(half) - value);
      for (int step : new int[] {-1, 1}) {
        float other = Tensor.halfToFloat((short) (half + step));
        assertThat(error).isLessThanOrEqualTo(Math.abs(other - value));
      }
    }
    // Ties go to the even neighbour: 2049 lies between 2048 and 2050, 2051 between 2050 and 2052.
    assertThat(Tensor.halves(new float[] {2049, 2051, -2049}, 3).floats())
        .containsExactly(2048, 2052, -2048);
    assertThatThrownBy(() -> Tensor.halves(new float[] {65520}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65520");
  }
}
