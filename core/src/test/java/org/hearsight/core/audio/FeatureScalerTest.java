package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.geometry.Direction;
import org.junit.jupiter.api.Test;

class FeatureScalerTest {
  private static final int SIZE = 7 * 64;
  private static final Direction FRONT = new Direction(0, 0);

  @Test
  void standardisesEveryPlaneAndBandOfWhatItWasFittedTo() {
    List<float[]> clips = List.of(clip(1, 10), clip(2, 250), clip(3, 1), clip(4, 33));
    FeatureScaler scaler = fit(clips);
    double[] sum = new double[SIZE];
    double[] squares = new double[SIZE];
    int frames = 0;
    for (float[] clip : clips) {
      int n = clip.length / SIZE;
      float[] scaled = scaler.apply(clip.clone());
      for (int i = 0; i < scaled.length; i++) {
        int j = i / (n * 64) * 64 + i % 64;
        sum[j] += scaled[i];
        squares[j] += (double) scaled[i] * scaled[i];
      }
      frames += n;
    }
    for (int j = 0; j < SIZE; j++) {
      assertThat(sum[j] / frames).isCloseTo(0, within(1e-4));
      assertThat(squares[j] / frames).isCloseTo(1, within(1e-3));
    }
  }

  @Test
  void keepsItsPrecisionFarFromZero() {
    float[] clip = new float[SIZE * 100];
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < clip.length; i++) {
      clip[i] = 100_000 + (random.nextBoolean() ? 1 : -1);
    }
    FeatureScaler.Fitter fitter = new FeatureScaler.Fitter();
    for (int i = 0; i < 200; i++) {
      fitter.add(clip);
    }
    FeatureScaler scaler = fitter.fit();
    assertThat(scaler.std()).allSatisfy(s -> assertThat(s).isBetween(0.9f, 1.01f));
    assertThat(scaler.mean()).allSatisfy(m -> assertThat(m).isCloseTo(100_000f, within(0.5f)));
  }

  @Test
  void sameClipsInTheSameOrderGiveTheSameScaler() {
    List<float[]> clips = List.of(clip(1, 10), clip(2, 20));
    assertThat(fit(clips)).isEqualTo(fit(clips));
  }

  @Test
  void constantBandsDoNotBlowUp() {
    FeatureScaler scaler = fit(List.of(new float[SIZE * 50]));
    float[] other = new float[SIZE];
    other[0] = 1; // dB
    other[6 * 64] = 0.01f; // intensity
    scaler.apply(other);
    assertThat(other[0]).isCloseTo(10, within(1e-4f));
    assertThat(other[6 * 64]).isCloseTo(100, within(1e-3f));
  }

  @Test
  void otherFeaturesHaveOtherBandsAndFloors() {
    AvCrnnFeatures kind = new AvCrnnFeatures();
    float[] clip = kind.compute(Sounds.planeWave(Sounds.noise(3, 12_000, 0.5), FRONT));
    FeatureScaler scaler = new FeatureScaler.Fitter(kind).add(clip).fit();
    assertThat(scaler.bands()).isEqualTo(257);
    assertThat(scaler.std().get(0)).isGreaterThan(0.1f);
    // Y of a sound in front is silent; the floors differ between magnitudes and phases.
    assertThat(scaler.std().get(257)).isEqualTo(1e-4f);
    int phaseOfX = 6 * 257 + 100;
    assertThat(scaler.std().get(phaseOfX)).isEqualTo(0.1f);

    float[] scaled = scaler.apply(clip.clone());

    int frames = clip.length / (7 * 257);
    double mean = 0;
    for (int t = 0; t < frames; t++) {
      mean += scaled[t * 257 + 40] / frames;
    }
    assertThat(mean).isCloseTo(0, within(1e-4));
    assertThat(FeatureScaler.none(kind).apply(clip.clone())).isEqualTo(clip);
    assertThatThrownBy(() -> new Hearing(new FoaFeatures(), scaler))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scaler: for 257 bands, expected 64");
  }

  @Test
  void survivesJson() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    FeatureScaler scaler = fit(List.of(clip(1, 10)));
    String text = json.writeValueAsString(scaler);
    assertThat(json.readValue(text, FeatureScaler.class)).isEqualTo(scaler);
    assertThat(json.readTree(text).get("mean")).hasSize(SIZE);
  }

  @Test
  void refusesWhatIsNoScaler() {
    List<Float> ones = Collections.nCopies(SIZE, 1f);
    assertRefused(null, ones, "mean: no values");
    assertRefused(ones, Collections.nCopies(3, 1f), "std: 3 values, expected 448");
    List<Float> odd = Collections.nCopies(SIZE + 1, 1f);
    assertRefused(odd, odd, "mean: 449 values, expected seven planes of bands");
    assertRefused(ones, Collections.nCopies(SIZE, 0f), "not positive");
    assertRefused(Collections.nCopies(SIZE, Float.NaN), ones, "NaN");
    assertThatThrownBy(() -> new FeatureScaler.Fitter().add(new float[0]).fit())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new FeatureScaler(ones, ones).apply(new float[SIZE + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRefused(List<Float> mean, List<Float> std, String message) {
    assertThatThrownBy(() -> new FeatureScaler(mean, std))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static FeatureScaler fit(List<float[]> clips) {
    FeatureScaler.Fitter fitter = new FeatureScaler.Fitter();
    clips.forEach(fitter::add);
    return fitter.fit();
  }

  /** Gaussian features with a mean and spread of their own in every plane and band. */
  private static float[] clip(long seed, int frames) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] f = new float[SIZE * frames];
    for (int i = 0; i < f.length; i++) {
      int j = i / (frames * 64) * 64 + i % 64;
      f[i] = (float) (j - 200 + (1 + j % 5) * random.nextGaussian() + 2 * seed);
    }
    return f;
  }
}
