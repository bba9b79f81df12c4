package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecodedSoundsTest {
  private final List<String> decoded = new ArrayList<>();

  private float[] decode(String name, int samples) {
    decoded.add(name);
    float[] signal = new float[samples];
    signal[0] = name.hashCode();
    return signal;
  }

  @Test
  void theLastUsedAreKeptWithinTheBound() {
    DecodedSounds sounds = new DecodedSounds(400);
    for (String name : List.of("a", "b", "a", "c", "a", "b")) {
      assertThat(sounds.get(name, () -> decode(name, 50))[0]).isEqualTo(name.hashCode());
      assertThat(sounds.bytes()).isLessThanOrEqualTo(400);
    }
    // The third let the one go that was not used for longest.
    assertThat(decoded).containsExactly("a", "b", "c", "b");
  }

  @Test
  void oneThatIsTooLongIsGivenAndNotKept() {
    DecodedSounds sounds = new DecodedSounds(400);
    assertThat(sounds.get("long", () -> decode("long", 101))).hasSize(101);
    assertThat(sounds.bytes()).isZero();
    assertThat(sounds.get("long", () -> decode("long", 101))).hasSize(101);
    assertThat(decoded).hasSize(2);
  }

  /** A collection of 2.6 GB of samples, drawn from by many threads. */
  @Test
  void aCollectionOfAnySizeTakesBoundedMemory() {
    DecodedSounds sounds = new DecodedSounds(4 << 20);
    IntStream.range(0, 20_000)
        .parallel()
        .forEach(
            i -> {
              String name = "r" + i % 10_000;
              float[] signal = sounds.get(name, () -> new float[1 << 16]);
              assertThat(signal).hasSize(1 << 16);
              assertThat(sounds.bytes()).isLessThanOrEqualTo(4 << 20);
            });
    assertThat(sounds.bytes()).isEqualTo(4 << 20);
  }
}
