package org.hearsight.benchmarks.row;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hearsight.benchmarks.measure.Goal;
import org.hearsight.benchmarks.measure.Row;
import org.hearsight.benchmarks.measure.Work;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.ScratchFolder;

/**
 * The DCASE 2024 features of one clip of 5 s.
 *
 * @param threads that share its frames; by one alone the row is shown beside
 */
public record SoundFeaturesRow(int threads) implements Row {
  /** How far the peer's features may be from ours, in dB and in shares of the energy. */
  static final double TOLERANCE = 1e-4;

  @Override
  public String name() {
    return threads == 1 ? "foa-features-one-thread" : "foa-features";
  }

  @Override
  public String what() {
    return threads == 1 ? "the same on one thread" : "features from 5 s of FOA";
  }

  @Override
  public String how() {
    return threads == 1
        ? "Java on one thread; nothing is asked of it."
        : "Log-mel of four channels and intensity of three, in double precision on both sides: Java"
            + " with the frames shared out among its threads, and NumPy with one FFT call, which"
            + " knows one thread, and one product with the mel bank for all frames. Both work on"
            + " the same clip, and the row fails unless all numbers agree to 1e-4.";
  }

  @Override
  public Goal goal() {
    return threads == 1 ? Goal.NONE : Goal.timesFaster(4);
  }

  @Override
  public Pace pace() {
    // The JVM compiles a method to the end only after many calls.
    return new Pace(60, 9, Integer.MAX_VALUE);
  }

  @Override
  public Work open() {
    return new Computing(threads, clip(), ScratchFolder.create());
  }

  /** Noise with a tone that wanders from channel to channel: nothing is zero, nothing alike. */
  private static float[][] clip() {
    SplittableRandom random = new SplittableRandom(1);
    float[][] foa = new float[Foa.CHANNELS][Foa.CLIP_SAMPLES];
    for (int i = 0; i < Foa.CLIP_SAMPLES; i++) {
      double tone = 0.3 * Math.sin(2 * Math.PI * 440 * i / Foa.SAMPLE_RATE);
      double turn = 2 * Math.PI * i / Foa.CLIP_SAMPLES;
      double[] gains = {1, Math.sin(turn), 0.2, Math.cos(turn)};
      for (int c = 0; c < Foa.CHANNELS; c++) {
        foa[c][i] = (float) (gains[c] * tone + 0.02 * random.nextGaussian());
      }
    }
    return foa;
  }

  private static final class Computing implements Work {
    private final FoaFeatures features = new FoaFeatures();
    private final int threads;
    private final float[][] clip;
    private final ScratchFolder scratch;

    Computing(int threads, float[][] clip, ScratchFolder scratch) {
      this.threads = threads;
      this.clip = clip;
      this.scratch = scratch;
      ByteBuffer bytes =
          ByteBuffer.allocate(Foa.CHANNELS * clip[0].length * Float.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
      for (float[] channel : clip) {
        for (float sample : channel) {
          bytes.putFloat(sample);
        }
      }
      AtomicFile.write(scratch.path().resolve("clip.f32"), out -> out.write(bytes.array()));
    }

    @Override
    public void once() {
      features.compute(clip, threads);
    }

    @Override
    public Optional<String> peer() {
      return Optional.of("foa-features " + scratch.path());
    }

    @Override
    public void requireAgreement() {
      SoundFeaturesRow.requireAgreement(
          features.compute(clip, threads), scratch.path().resolve("peer.f32"));
    }

    @Override
    public void close() {
      scratch.close();
    }
  }

  /** Refuses a peer's file, little-endian floats, that is not like ours. */
  static void requireAgreement(float[] ours, Path peer) {
    ByteBuffer theirs =
        ByteBuffer.wrap(InputFile.bytes(peer, InputFile.MEDIUM)).order(ByteOrder.LITTLE_ENDIAN);
    double worst = theirs.remaining() == ours.length * Float.BYTES ? 0 : Double.NaN;
    for (int i = 0; i < ours.length && !Double.isNaN(worst); i++) {
      worst = Math.max(worst, Math.abs(ours[i] - theirs.getFloat()));
    }
    if (!(worst <= TOLERANCE)) {
      throw InputException.environment(
          "foa-features",
          String.format(
              Locale.ROOT,
              "the peer's features are %s away from ours, expected at most %s",
              worst,
              TOLERANCE),
          "see benchmarks/pytorch/features.py");
    }
  }
}
