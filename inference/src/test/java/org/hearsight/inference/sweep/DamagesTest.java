package org.hearsight.inference.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.audio.IntensityDirection;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.vision.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DamagesTest {
  private static final int SAMPLES = 2 * Foa.SAMPLE_RATE;

  static Stream<Damage> damages() {
    return Sweep.damages((channel, bitRate) -> quantised(channel, bitRate)).values().stream();
  }

  private static float[] quantised(float[] channel, int bitRate) {
    float[] out = channel.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.rint(out[i] * bitRate / 1000) * 1000 / bitRate;
    }
    return out;
  }

  /** Noise from 30° to the left. */
  private static float[][] wave() {
    SplittableRandom random = new SplittableRandom(3);
    float[] gains = FoaEncoder.gains(new Direction(30, 0));
    float[][] foa = new float[Foa.CHANNELS][SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      float s = (float) (0.1 * random.nextGaussian());
      for (int c = 0; c < Foa.CHANNELS; c++) {
        foa[c][i] = s * gains[c];
      }
    }
    return foa;
  }

  @ParameterizedTest
  @MethodSource("damages")
  void everyStepChangesItsOwnSenseAloneAndTheSameWayEachTime(Damage damage) {
    float[][] before = wave();
    View view = slope(1);
    View other = slope(2);
    for (Damage.Step step : damage.steps()) {
      float[][] foa = wave();
      assertThat(step.sound() == null).isNotEqualTo(step.view() == null);
      if (step.sound() != null) {
        float[][] once = step.sound().apply(foa, new SplittableRandom(1));
        assertThat(foa).as("the given sound stays").isDeepEqualTo(before);
        assertThat(Arrays.deepEquals(once, before)).as(step.label()).isFalse();
        assertThat(step.sound().apply(foa, new SplittableRandom(1))).isDeepEqualTo(once);
        assertThat(once).hasDimensions(Foa.CHANNELS, SAMPLES);
      } else {
        View once = step.view().apply(view, () -> other);
        assertThat(same(once, view)).as(step.label()).isFalse();
        assertThat(same(step.view().apply(view, () -> other), once)).isTrue();
      }
    }
  }

  /** Depth that grows to the right, and a picture that brightens. */
  private static View slope(float step) {
    int n = View.SIZE;
    float[] rgb = new float[3 * n * n];
    float[] depth = new float[n * n];
    for (int i = 0; i < depth.length; i++) {
      depth[i] = 1 + step * (i % n);
      rgb[i] = (float) (i % n) / n / step;
    }
    return new View(rgb, depth, new float[n * n], 0.25f);
  }

  private static boolean same(View a, View b) {
    return Arrays.equals(a.rgb(), b.rgb())
        && Arrays.equals(a.depth(), b.depth())
        && Arrays.equals(a.occlusion(), b.occlusion())
        && a.occlusionLevel() == b.occlusionLevel();
  }

  @Test
  void ambienceHasItsLevelAndComesFromAllAround() {
    float[][] noisy = SoundDamages.ambience(wave(), 10, new SplittableRandom(1));
    float[][] clean = wave();
    double[] power = new double[Foa.CHANNELS];
    for (int c = 0; c < Foa.CHANNELS; c++) {
      for (int i = 0; i < SAMPLES; i++) {
        power[c] += Math.pow(noisy[c][i] - clean[c][i], 2) / SAMPLES;
      }
    }
    assertThat(10 * Math.log10(0.01 / power[Foa.W])).isCloseTo(10, within(0.2));
    for (int c : new int[] {Foa.Y, Foa.Z, Foa.X}) {
      assertThat(power[c] / power[Foa.W]).isCloseTo(1 / 3.0, within(0.01));
    }
  }

  @Test
  void reverberationAddsThePowerThatIsAskedFor() {
    float[][] click = new float[Foa.CHANNELS][SAMPLES];
    click[Foa.W][0] = 1;
    float[][] wet = SoundDamages.reverberation(click, -5, new SplittableRandom(1));
    double tail = 0;
    for (int i = 1; i < SAMPLES; i++) {
      tail += wet[Foa.W][i] * wet[Foa.W][i];
    }
    assertThat(10 * Math.log10(tail)).isCloseTo(-5, within(0.5));
    assertThat(wet[Foa.W][0]).isCloseTo(1, within(1e-6f));
    assertThat(wet[Foa.W][100]).as("before it begins").isCloseTo(0, within(1e-6f));
  }

  @Test
  void aMicrophoneTurnedToTheLeftHearsThingsTurnedToTheRight() {
    float[][] turned = SoundDamages.rotated(wave(), 20);
    assertThat(new IntensityDirection().of(turned, 0, SAMPLES).azimuth())
        .isCloseTo(10, within(0.1));
  }

  @Test
  void clippingCutsPeaksOff() {
    float[][] loud = wave();
    float[][] clipped = SoundDamages.clipped(loud, 20);
    assertThat(peak(clipped)).isCloseTo(peak(loud) / 10, within(1e-6f));
    assertThat(clipped[Foa.W][5])
        .isEqualTo(Math.signum(loud[Foa.W][5]) * Math.min(peak(clipped), Math.abs(loud[Foa.W][5])));
  }

  private static float peak(float[][] foa) {
    float most = 0;
    for (float[] channel : foa) {
      for (float s : channel) {
        most = Math.max(most, Math.abs(s));
      }
    }
    return most;
  }

  @Test
  void aNarrowerCameraSpreadsTheMiddle() {
    int n = View.SIZE;
    View view = slope(1);
    View narrower = ViewDamages.narrower(view, 2 * Math.toDegrees(Math.atan(0.5)));
    // Half as wide: the first column is what was a quarter of the way.
    assertThat(narrower.depth()[0]).isEqualTo(1 + n / 4f);
    assertThat(narrower.depth()[n - 1]).isEqualTo(3 * n / 4f);
    assertThat(narrower.occlusionLevel()).isEqualTo(0.25f);
  }
}
