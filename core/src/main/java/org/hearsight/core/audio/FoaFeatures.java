package org.hearsight.core.audio;

/**
 * The features of the DCASE 2024 baseline: four log-mel spectrograms (W, Y, Z, X) and the
 * mel-banded acoustic intensity vector (Y, Z, X), fifty frames a second.
 *
 * <p>Every sample has 1e-8 added. Log-mel is 10·log₁₀ of the power in a band, not below 1e-10 and
 * not more than 80 dB below the clip's maximum in that channel. Intensity is Re(W*·{Y, Z, X}) over
 * 1e-8 + |W|² + (|Y|² + |Z|² + |X|²)/3, bin by bin. Computed in double precision. Immutable; for
 * many threads.
 */
public final class FoaFeatures implements AudioFeatures {
  public static final int BANDS = 64;

  /** Samples from frame to frame. */
  public static final int HOP = 480;

  public static final int FRAMES_PER_SECOND = Foa.SAMPLE_RATE / HOP;

  /** Feature frames in one label frame. */
  public static final int FRAMES_PER_LABEL = Foa.LABEL_FRAME_SAMPLES / HOP;

  private static final int FFT = 1024;
  private static final int WINDOW = 960;
  private static final double OFFSET = 1e-8;
  private static final double FLOOR = 1e-10;
  private static final double RANGE_DB = 80;

  /** In dB. A band that never changed in training must not turn a whisper into an alarm. */
  private static final double LEAST_LOG_MEL_STD = 0.1;

  /** About 1/400 of the largest intensity a band can hold. */
  private static final double LEAST_INTENSITY_STD = 1e-4;

  private final Stft stft = new Stft(FFT, HOP, WINDOW);
  private final MelFilterbank mel = filterbank();

  /** The mel bands of these features. */
  static MelFilterbank filterbank() {
    return new MelFilterbank(Foa.SAMPLE_RATE, FFT, BANDS, 0, Foa.SAMPLE_RATE / 2.0);
  }

  /** Feature frames of so many samples at 24 kHz: the whole hops in them. */
  public static int frames(int samples) {
    return samples / HOP;
  }

  @Override
  public int bands() {
    return BANDS;
  }

  @Override
  public int hop() {
    return HOP;
  }

  /** A token is a label frame. */
  @Override
  public int framesPerToken() {
    return FRAMES_PER_LABEL;
  }

  @Override
  public int frameCount(int samples) {
    return frames(samples);
  }

  @Override
  public int samples(int frames) {
    return frames * HOP;
  }

  @Override
  public double leastDeviation(int plane) {
    return plane < Foa.CHANNELS ? LEAST_LOG_MEL_STD : LEAST_INTENSITY_STD;
  }

  /** The DCASE baselines standardise. */
  @Override
  public boolean publishedRaw() {
    return false;
  }

  @Override
  public int reach() {
    return WINDOW / 2;
  }

  @Override
  public FrameMaker frameMaker() {
    return new Maker();
  }

  /** The range of each channel's levels refers to the clip's maximum. */
  @Override
  public void finish(float[] features) {
    int plane = features.length / PLANES;
    for (int c = 0; c < Foa.CHANNELS; c++) {
      limitRange(features, c * plane, (c + 1) * plane);
    }
  }

  /** All planes of a frame, but for the range of their levels. */
  private final class Maker implements FrameMaker {
    private final double[][] spectra = new double[Foa.CHANNELS][2 * stft.bins()];
    private final double[][] planes = new double[PLANES][stft.bins()];
    private final double[] bands = new double[BANDS];

    @Override
    public void make(float[][] foa, int centre, float[] into) {
      for (int c = 0; c < Foa.CHANNELS; c++) {
        stft.frame(foa[c], 0, foa[c].length, centre, OFFSET, spectra[c]);
      }
      powersAndIntensities(spectra, planes);
      for (int p = 0; p < PLANES; p++) {
        mel.apply(planes[p], bands);
        for (int b = 0; b < BANDS; b++) {
          into[p * BANDS + b] =
              p < Foa.CHANNELS
                  ? (float) (10 * Math.log10(Math.max(FLOOR, bands[b])))
                  : (float) bands[b];
        }
      }
    }
  }

  /** The same features as [frames, 7, 64], the order of the baseline's files. */
  public static float[] toFrameMajor(float[] features) {
    int frames = features.length / (PLANES * BANDS);
    float[] out = new float[features.length];
    for (int p = 0; p < PLANES; p++) {
      for (int t = 0; t < frames; t++) {
        System.arraycopy(features, (p * frames + t) * BANDS, out, (t * PLANES + p) * BANDS, BANDS);
      }
    }
    return out;
  }

  private static void powersAndIntensities(double[][] spectra, double[][] planes) {
    double[] w = spectra[Foa.W];
    double[] y = spectra[Foa.Y];
    double[] z = spectra[Foa.Z];
    double[] x = spectra[Foa.X];
    double[] powerW = planes[0];
    double[] powerY = planes[1];
    double[] powerZ = planes[2];
    double[] powerX = planes[3];
    double[] intensityY = planes[4];
    double[] intensityZ = planes[5];
    double[] intensityX = planes[6];
    for (int k = 0; k < powerW.length; k++) {
      int re = 2 * k;
      int im = re + 1;
      double ww = w[re] * w[re] + w[im] * w[im];
      double yy = y[re] * y[re] + y[im] * y[im];
      double zz = z[re] * z[re] + z[im] * z[im];
      double xx = x[re] * x[re] + x[im] * x[im];
      double perEnergy = 1 / (OFFSET + ww + (yy + zz + xx) / 3);
      powerW[k] = ww;
      powerY[k] = yy;
      powerZ[k] = zz;
      powerX[k] = xx;
      intensityY[k] = (w[re] * y[re] + w[im] * y[im]) * perEnergy;
      intensityZ[k] = (w[re] * z[re] + w[im] * z[im]) * perEnergy;
      intensityX[k] = (w[re] * x[re] + w[im] * x[im]) * perEnergy;
    }
  }

  private static void limitRange(float[] features, int from, int to) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      max = Math.max(max, features[i]);
    }
    float least = (float) (max - RANGE_DB);
    for (int i = from; i < to; i++) {
      features[i] = Math.max(least, features[i]);
    }
  }
}
