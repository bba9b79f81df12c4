package org.hearsight.benchmarks.kernel;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.audio.IntensityDirection;
import org.hearsight.core.audio.MelFilterbank;
import org.hearsight.core.audio.Stft;
import org.hearsight.core.geometry.Direction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** 5 s of FOA on its way to a network, and the parts that this is made of. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SoundKernels {
  private final float[][] foa = new float[Foa.CHANNELS][Foa.CLIP_SAMPLES];
  private final FoaFeatures features = new FoaFeatures();
  private final IntensityDirection direction = new IntensityDirection();
  private final Stft stft = new Stft(1024, FoaFeatures.HOP, 960);
  private final MelFilterbank mel =
      new MelFilterbank(Foa.SAMPLE_RATE, 1024, FoaFeatures.BANDS, 0, Foa.SAMPLE_RATE / 2.0);
  private final double[] spectrum = stft.newSpectrum();
  private final double[] power = new double[stft.bins()];
  private final double[] bands = new double[FoaFeatures.BANDS];

  /** Draws the sound. */
  public SoundKernels() {
    SplittableRandom random = new SplittableRandom(1);
    for (float[] channel : foa) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = (float) (0.1 * random.nextGaussian());
      }
    }
    for (int i = 0; i < power.length; i++) {
      power[i] = random.nextDouble();
    }
  }

  /** All seven planes of the clip. */
  @Benchmark
  public float[] foaFeatures() {
    return features.compute(foa);
  }

  /** One frame's transform. */
  @Benchmark
  public double[] stftFrame() {
    stft.frame(foa[0], 100, spectrum);
    return spectrum;
  }

  /** One frame's bands. */
  @Benchmark
  public double[] melBands() {
    mel.apply(power, bands);
    return bands;
  }

  /** The classical direction over the clip. */
  @Benchmark
  public Direction intensityDirection() {
    return direction.of(foa, 0, Foa.CLIP_SAMPLES);
  }
}
