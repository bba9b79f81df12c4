package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StftTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/features");

  private final Stft stft = new Stft(1024, 480, 960);
  private final double[] spectrum = stft.newSpectrum();

  @Test
  void matchesTheBaselinesSpectra() {
    GoldenTensors golden = GoldenTensors.read(GOLDEN.resolve("features.safetensors"));
    float[] real = golden.floats("stft_real");
    float[] imaginary = golden.floats("stft_imag");
    float[][] foa = Foa.read(GOLDEN.resolve("foa.wav")).channels();
    double error = 0;
    double largest = 0;
    for (int t = 0; t < 8; t++) {
      for (int c = 0; c < 4; c++) {
        stft.frame(foa[c], 0, foa[c].length, t * 480, 1e-8, spectrum);
        for (int k = 0; k < 513; k++) {
          int i = (t * 513 + k) * 4 + c;
          error = Math.max(error, Math.abs(spectrum[2 * k] - real[i]));
          error = Math.max(error, Math.abs(spectrum[2 * k + 1] - imaginary[i]));
          largest = Math.max(largest, Math.hypot(real[i], imaginary[i]));
        }
      }
    }
    assertThat(error / largest).isLessThan(1e-6);
  }

  @Test
  void aSineInABinHasTheWindowsGainThere() {
    int bin = 64;
    float[] sine = Sounds.sine(bin * 24000 / 1024.0, 24000, 4800, 0.5);
    stft.frame(sine, 5, spectrum);
    // Amplitude 0.5 gives half of it, 0.25, times the sum of the window, 480.
    assertThat(magnitude(bin)).isCloseTo(120, within(0.01));
    assertThat(magnitude(bin + 8)).isLessThan(0.1);
  }

  @Test
  void keepsTheWindowedEnergy() {
    float[] noise = Sounds.noise(1, 4800, 0.9);
    stft.frame(noise, 5, spectrum);
    double time = 0;
    for (int i = 0; i < 960; i++) {
      double v = noise[5 * 480 - 480 + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / 960));
      time += v * v;
    }
    double frequency = -square(0) - square(512);
    for (int k = 0; k < 513; k++) {
      frequency += 2 * square(k);
    }
    assertThat(frequency / 1024).isCloseTo(time, within(1e-9));
  }

  @Test
  void lastBinHoldsTheNyquistFrequencyAndBothEndsAreReal() {
    float[] alternating = new float[2400];
    for (int i = 0; i < alternating.length; i++) {
      alternating[i] = i % 2 == 0 ? 1 : -1;
    }
    stft.frame(alternating, 2, spectrum);
    assertThat(spectrum[2 * 512]).isCloseTo(480, within(1e-9));
    assertThat(spectrum[1]).isZero();
    assertThat(spectrum[2 * 512 + 1]).isZero();
  }

  @Test
  void outsideTheSignalIsSilence() {
    stft.frame(new float[] {1}, 5, spectrum);
    assertThat(Arrays.stream(spectrum).map(Math::abs).max()).hasValue(0);
    // The offset belongs to the signal, not to the silence around it.
    stft.frame(new float[0], 0, 0, 0, 1, spectrum);
    assertThat(Arrays.stream(spectrum).map(Math::abs).max()).hasValue(0);
  }

  @Test
  void refusesSizesItCannotTransform() {
    assertThatThrownBy(() -> new Stft(1000, 480, 960)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Stft(512, 480, 960)).isInstanceOf(IllegalArgumentException.class);
  }

  private double magnitude(int bin) {
    return Math.sqrt(square(bin));
  }

  private double square(int bin) {
    return spectrum[2 * bin] * spectrum[2 * bin] + spectrum[2 * bin + 1] * spectrum[2 * bin + 1];
  }
}
