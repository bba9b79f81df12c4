package org.hearsight.core.audio;

/**
 * What a SELD encoder may lose and an adapter needs: for every audio token (100 ms, unless the
 * encoder's tokens are longer) the direction the sound comes from, how loud it is, and how long
 * before the clip's end.
 *
 * <p>A SELD encoder was trained for its own classes and rooms; on other sounds its tokens point
 * worse than the intensity vector they were computed from. These few numbers beside each token
 * carry that vector past the encoder: the adapter is given the classical direction of arrival, and
 * learns what to make of it; that it always points as well is not promised. Computed from {@link
 * FoaFeatures} before standardisation:
 *
 * <pre>
 *  0–2   intensity vector X, Y, Z over all bands, weighted by energy; length 1 for a plane wave
 *  3–5   the same, weighted by energy and squared length: what comes from one direction counts,
 *        reverberation and diffuse noise do not
 *  6–29  the first for eight groups of eight mel bands
 * 30–37  level of W in each group, (dB + 60) / 30
 *    38  seconds before the end of the clip / 5
 * 39–44  numbers 0–5 of the whole clip: the classical direction of arrival, the same in every token
 * 45–50  numbers 0–5 of the clip's last second
 * </pre>
 */
public final class SpatialCues {
  /** Numbers a token. */
  public static final int WIDTH = 51;

  private static final int GROUPS = 8;
  private static final int GROUP_BANDS = FoaFeatures.BANDS / GROUPS;
  private static final int FIRST_GROUP = 6;
  private static final int LEVELS = FIRST_GROUP + 3 * GROUPS;
  private static final int TIME = LEVELS + GROUPS;
  private static final int CLIP = TIME + 1;
  private static final int END = CLIP + 6;

  /** Planes of the features: log-mel of W, and the intensity vector's Y, Z and X. */
  private static final int W = 0;

  private static final int Y = 4;
  private static final int Z = 5;
  private static final int X = 6;

  /** A plane wave's intensity is 1 / (1 + 1/3) of its energy in the features' normalisation. */
  private static final double PLANE_WAVE = 4.0 / 3;

  private static final double SILENCE = 1e-12;

  /** Area-normalised filters weigh bands differently; this takes their sums out again. */
  private final double[] filterSums;

  private final int framesPerToken;

  /** Tokens that hold the last second. */
  private final int endTokens;

  /** For tokens of a label frame, 100 ms. */
  public SpatialCues() {
    this(FoaFeatures.FRAMES_PER_LABEL);
  }

  /**
   * @param framesPerToken {@link FoaFeatures}' frames that a token of the encoder stands for
   */
  public SpatialCues(int framesPerToken) {
    if (framesPerToken < 1) {
      throw new IllegalArgumentException("cues: " + framesPerToken + " frames a token");
    }
    this.framesPerToken = framesPerToken;
    endTokens = (FoaFeatures.FRAMES_PER_SECOND + framesPerToken - 1) / framesPerToken;
    double[][] filters = FoaFeatures.filterbank().matrix();
    filterSums = new double[filters.length];
    for (int b = 0; b < filters.length; b++) {
      for (double w : filters[b]) {
        filterSums[b] += w;
      }
    }
  }

  /**
   * The cues of a clip's whole tokens.
   *
   * @param features [7, frames, 64] of {@link FoaFeatures#compute}, not standardised
   * @return [frames / frames per token, {@value #WIDTH}]
   */
  public float[] of(float[] features) {
    return of(features, frames(features) / framesPerToken);
  }

  /**
   * The cues beside an encoder's tokens. Encoders count frames differently at a clip's end: the
   * last token may have a frame less than the others, but none may be without.
   *
   * @param features [7, frames, 64] of {@link FoaFeatures#compute}, not standardised
   * @param tokens that the encoder makes of the same clip
   * @return [tokens, {@value #WIDTH}]
   */
  public float[] of(float[] features, int tokens) {
    int frames = frames(features);
    if (tokens > 0 && (tokens - 1) * framesPerToken >= frames) {
      throw new IllegalArgumentException("cues: " + tokens + " tokens of " + frames + " frames");
    }
    float[] cues = new float[tokens * WIDTH];
    Sums clip = new Sums();
    Sums end = new Sums();
    for (int t = 0; t < tokens; t++) {
      Sums token = token(features, frames, t, cues, t * WIDTH);
      clip.add(token);
      if (t >= tokens - endTokens) {
        end.add(token);
      }
      double before = (double) (tokens - 1 - t) * framesPerToken / FoaFeatures.FRAMES_PER_SECOND;
      cues[t * WIDTH + TIME] = (float) (before / 5);
    }
    for (int t = 0; t < tokens; t++) {
      clip.put(cues, t * WIDTH + CLIP);
      end.put(cues, t * WIDTH + END);
    }
    return cues;
  }

  /** Intensity vectors and their weights, added up: X, Y, Z, weight. */
  private static final class Sums {
    private final double[] plain = new double[4];
    private final double[] sharp = new double[4];

    void add(Sums other) {
      for (int i = 0; i < 4; i++) {
        plain[i] += other.plain[i];
        sharp[i] += other.sharp[i];
      }
    }

    /** Both mean vectors, six numbers. */
    void put(float[] cues, int at) {
      SpatialCues.put(plain, cues, at);
      SpatialCues.put(sharp, cues, at + 3);
    }
  }

  private Sums token(float[] features, int frames, int token, float[] cues, int at) {
    Sums sums = new Sums();
    int firstFrame = token * framesPerToken;
    int endFrame = Math.min(frames, firstFrame + framesPerToken);
    for (int g = 0; g < GROUPS; g++) {
      double[] group = new double[4];
      for (int frame = firstFrame; frame < endFrame; frame++) {
        for (int b = g * GROUP_BANDS; b < (g + 1) * GROUP_BANDS; b++) {
          double energy = Math.pow(10, features[index(W, frame, b, frames)] / 10);
          double scale = PLANE_WAVE / filterSums[b];
          double x = scale * features[index(X, frame, b, frames)];
          double y = scale * features[index(Y, frame, b, frames)];
          double z = scale * features[index(Z, frame, b, frames)];
          add(group, energy, x, y, z);
          add(sums.sharp, energy * (x * x + y * y + z * z), x, y, z);
        }
      }
      put(group, cues, at + FIRST_GROUP + 3 * g);
      double decibels = 10 * Math.log10(group[3] + SILENCE);
      cues[at + LEVELS + g] = (float) ((decibels + 60) / 30);
      for (int i = 0; i < 4; i++) {
        sums.plain[i] += group[i];
      }
    }
    sums.put(cues, at);
    return sums;
  }

  private static void add(double[] sums, double weight, double x, double y, double z) {
    sums[0] += weight * x;
    sums[1] += weight * y;
    sums[2] += weight * z;
    sums[3] += weight;
  }

  private static void put(double[] sums, float[] cues, int at) {
    for (int axis = 0; axis < 3; axis++) {
      cues[at + axis] = (float) (sums[axis] / (sums[3] + SILENCE));
    }
  }

  private static int frames(float[] features) {
    return features.length / (FoaFeatures.PLANES * FoaFeatures.BANDS);
  }

  private static int index(int plane, int frame, int band, int frames) {
    return (plane * frames + frame) * FoaFeatures.BANDS + band;
  }
}
