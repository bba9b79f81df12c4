package org.hearsight.core.audio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Brings sound that arrives in chunks to W, Y, Z, X, SN3D and 24 kHz. What comes out does not
 * depend on how it was cut into chunks, and is what {@link Clip#of(float[][], int, FoaFormat)}
 * makes of the whole. For one thread.
 *
 * <p>A sample comes out as soon as all that it is made of is there: at once at 24 kHz, 2.5 ms later
 * from 48 kHz. The filters of capsules (A-format) work on blocks of {@value #BLOCK} samples with
 * what lies around them, {@value RadialFilters#REACH} samples to either side; they agree with those
 * of the whole to rounding.
 */
public final class FoaStream {
  /** Samples that filters turn out together; blocks begin at its multiples, however sound comes. */
  private static final int BLOCK = Foa.LABEL_FRAME_SAMPLES;

  private static final String SOURCE = "audio";

  private final int rate;
  private final FoaFormat format;
  private final Resampler resampler;
  private final String note;

  private Held in; // at the rate it came with
  private Held resampled; // at 24 kHz, before the format's filters

  /**
   * @param sampleRate of what comes, Hz
   * @param format of its channels
   * @throws org.hearsight.core.error.InputException if sound has no such rate
   */
  public FoaStream(int sampleRate, FoaFormat format) {
    WavHeader.requireRate(SOURCE, sampleRate);
    this.rate = sampleRate;
    this.format = format;
    this.resampler = new Resampler(sampleRate, Foa.SAMPLE_RATE);
    this.note = sampleRate == Foa.SAMPLE_RATE ? null : Foa.resampled(SOURCE, sampleRate);
    int channels = format.from().length;
    in = new Held(0, 0, new float[channels][0]);
    resampled = new Held(0, 0, new float[channels][0]);
  }

  /**
   * Samples that are still needed, and how far they have been worked off.
   *
   * @param begin the stream's sample that {@code channels} begin with
   * @param done outputs that were made of them
   */
  private record Held(long begin, long done, float[][] channels) {
    long end() {
      return begin + channels[0].length;
    }

    Held with(float[][] more) {
      float[][] all = new float[channels.length][];
      for (int c = 0; c < all.length; c++) {
        int n = channels[c].length;
        all[c] = Arrays.copyOf(channels[c], n + more[c].length);
        System.arraycopy(more[c], 0, all[c], n, more[c].length);
      }
      return new Held(begin, done, all);
    }

    /** Forgets what lies before a sample. */
    Held from(long first, long nowDone) {
      int passed = (int) Math.max(0, Math.min(first, end()) - begin);
      float[][] left = new float[channels.length][];
      for (int c = 0; c < left.length; c++) {
        left[c] = Arrays.copyOfRange(channels[c], passed, channels[c].length);
      }
      return new Held(begin + passed, nowDone, left);
    }
  }

  /** What is done to the sound on its way, for a person; none if nothing is. */
  public List<String> notes() {
    return note == null ? List.of() : List.of(note);
  }

  /**
   * Takes a chunk.
   *
   * @param channels [n][any number of samples], all that the source has
   * @return what is ready, [4][samples], which may be none
   * @throws org.hearsight.core.error.InputException if there are too few channels, or a sample is
   *     not one
   */
  public float[][] push(float[][] channels) {
    String unused = format.require(SOURCE, channels.length, true);
    Foa.requireSound(SOURCE, channels);
    return converted(atOurRate(format.pick(channels), false), false);
  }

  /** What is left when nothing more comes, with silence behind it. */
  public float[][] end() {
    return converted(atOurRate(new float[in.channels().length][0], true), true);
  }

  private float[][] atOurRate(float[][] chunk, boolean last) {
    if (rate == Foa.SAMPLE_RATE) {
      return chunk;
    }
    in = in.with(chunk);
    long ready = in.done();
    long most = Resampler.length(rate, Foa.SAMPLE_RATE, in.end());
    while (ready < most && (last || resampler.first(ready) + resampler.taps() <= in.end())) {
      ready++;
    }
    float[][] out = new float[chunk.length][(int) (ready - in.done())];
    for (int c = 0; c < out.length; c++) {
      resampler.resample(in.channels()[c], in.begin(), in.done(), out[c]);
    }
    in = in.from(resampler.first(ready), ready);
    return out;
  }

  private float[][] converted(float[][] chunk, boolean last) {
    int reach = format.reach();
    if (reach == 0) {
      return format.toFoa(chunk);
    }
    resampled = resampled.with(chunk);
    List<float[][]> blocks = new ArrayList<>();
    while (resampled.done() < resampled.end()
        && (last || resampled.done() + BLOCK + reach <= resampled.end())) {
      long done = resampled.done();
      int size = (int) Math.min(BLOCK, resampled.end() - done);
      int offset = (int) (done - resampled.begin());
      int behind = (int) Math.min(resampled.end() - resampled.begin(), offset + BLOCK + reach);
      float[][] around = part(resampled.channels(), 0, behind);
      blocks.add(part(format.toFoa(around), offset, offset + size));
      resampled = resampled.from(done + size - reach, done + size);
    }
    return joined(blocks);
  }

  private static float[][] part(float[][] channels, int from, int to) {
    return Arrays.stream(channels)
        .map(c -> Arrays.copyOfRange(c, from, to))
        .toArray(float[][]::new);
  }

  private static float[][] joined(List<float[][]> blocks) {
    int samples = blocks.stream().mapToInt(b -> b[0].length).sum();
    float[][] all = new float[Foa.CHANNELS][samples];
    int at = 0;
    for (float[][] block : blocks) {
      for (int c = 0; c < Foa.CHANNELS; c++) {
        System.arraycopy(block[c], 0, all[c], at, block[c].length);
      }
      at += block[0].length;
    }
    return all;
  }
}
