package org.hearsight.core.audio;

/**
 * The features of Sony's STARSS23 audio-visual baseline: magnitudes of the spectra of W, Y, Z, X
 * and phase differences of Y, Z, X to W, a hundred frames a second.
 *
 * <p>Spectra are {@code librosa.stft} with n_fft 512, hop 240 and a periodic Hann window of 512:
 * frame i is centred on sample 240·i, what lies outside the clip is zero, and a clip has 1 +
 * ⌊samples/240⌋ frames. The baseline's window of 1.27 s has 128, a clip of 5 s has 501. Phase
 * differences are arg V − arg W in [0, 2π), with arg 0 = 0. Nothing is standardised and no power
 * compressed. Computed in double precision. Immutable; for many threads.
 *
 * <p>Shimada et al., <i>STARSS23</i>, arXiv 2306.09126;
 * github.com/sony/audio-visual-seld-dcase2023.
 */
public final class AvCrnnFeatures implements AudioFeatures {
  public static final int BANDS = 257;

  /** Samples from frame to frame. */
  public static final int HOP = 240;

  /** Frames that the network's pooling makes one token of: 160 ms. */
  public static final int FRAMES_PER_TOKEN = 16;

  private static final int FFT = 512;
  private static final double TURN = 2 * Math.PI;

  /** A spectrum of 16-bit rounding noise is about as large. */
  private static final double LEAST_MAGNITUDE_STD = 1e-4;

  /** In radians. The first and the last bin are real: their phases differ by 0 or π only. */
  private static final double LEAST_PHASE_STD = 0.1;

  private final Stft stft = new Stft(FFT, HOP, FFT);

  @Override
  public int bands() {
    return BANDS;
  }

  @Override
  public int hop() {
    return HOP;
  }

  @Override
  public int framesPerToken() {
    return FRAMES_PER_TOKEN;
  }

  @Override
  public int frameCount(int samples) {
    return samples == 0 ? 0 : 1 + samples / HOP;
  }

  @Override
  public int samples(int frames) {
    return Math.max(0, frames - 1) * HOP;
  }

  @Override
  public double leastDeviation(int plane) {
    return plane < Foa.CHANNELS ? LEAST_MAGNITUDE_STD : LEAST_PHASE_STD;
  }

  @Override
  public boolean publishedRaw() {
    return true;
  }

  @Override
  public int reach() {
    return FFT / 2;
  }

  /** Frames of |W|, |Y|, |Z|, |X|, then the phase differences of Y, Z and X. */
  @Override
  public FrameMaker frameMaker() {
    return new Maker();
  }

  private final class Maker implements FrameMaker {
    private final double[] spectrum = stft.newSpectrum();
    private final double[] phaseOfW = new double[BANDS];

    @Override
    public void make(float[][] foa, int centre, float[] into) {
      for (int c = 0; c < Foa.CHANNELS; c++) {
        stft.frame(foa[c], 0, foa[c].length, centre, 0, spectrum);
        int magnitudes = c * BANDS;
        int phases = (Foa.CHANNELS + c - 1) * BANDS;
        for (int k = 0; k < BANDS; k++) {
          double re = spectrum[2 * k];
          double im = spectrum[2 * k + 1];
          into[magnitudes + k] = (float) Math.sqrt(re * re + im * im);
          double phase = Math.atan2(im, re);
          if (c == Foa.W) {
            phaseOfW[k] = phase;
          } else {
            into[phases + k] = turn(phase - phaseOfW[k]);
          }
        }
      }
    }
  }

  /** An angle from −2π to 2π as a float in [0, 2π). */
  private static float turn(double angle) {
    float positive = (float) (angle < 0 ? angle + TURN : angle);
    // A little less than a whole turn may round to one.
    return positive < TURN ? positive : 0;
  }
}
