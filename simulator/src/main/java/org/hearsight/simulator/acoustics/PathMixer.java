package org.hearsight.simulator.acoustics;

import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.geometry.Vec3;

/**
 * Plays an emission along its paths into first-order ambisonics.
 *
 * <p>Each path is a delay line read at a moving place (third-order Lagrange interpolation), seven
 * octave-band gains and a direction. Delay, gains and direction go linearly from moment to moment,
 * so motion makes Doppler shifts and no clicks; a path that begins or ends fades over one moment.
 */
public final class PathMixer {
  private final BandSplit bands;
  private final int lead;

  public PathMixer(BandSplit bands, int lead) {
    this.bands = bands;
    this.lead = lead;
  }

  /** Adds all paths to {@code out}, [4][samples]. */
  public void mix(PathTracks tracks, float[][] out) {
    double[] at = new double[tracks.moments()];
    for (int k = 0; k < at.length; k++) {
      at[k] = tracks.time(k) * Foa.SAMPLE_RATE;
    }
    for (SoundPath[] track : tracks.tracks()) {
      if (tracks.still()) {
        still(track[0], out);
        continue;
      }
      for (int k = 0; k + 1 < at.length; k++) {
        if (track[k] != null || track[k + 1] != null) {
          segment(track, k, at, out);
        }
      }
    }
  }

  /** One delay and one filter for the whole clip: the bands are summed once, then shifted. */
  private void still(SoundPath path, float[][] out) {
    float[] sum = new float[bands.length()];
    for (int b = 0; b < OctaveBands.COUNT; b++) {
      float gain = (float) path.gains()[b];
      add(bands.band(b), 0, gain, sum);
    }
    float[] foa = FoaEncoder.gains(path.direction());
    double place = lead - delay(path);
    int whole = (int) Math.floor(place);
    float f = (float) (place - whole);
    float c0 = -f * (f - 1) * (f - 2) / 6;
    float c1 = (f + 1) * (f - 1) * (f - 2) / 2;
    float c2 = -(f + 1) * f * (f - 2) / 2;
    float c3 = (f + 1) * f * (f - 1) / 6;
    int end = Math.min(out[0].length, sum.length - 2 - whole);
    for (int n = Math.max(0, 1 - whole); n < end; n++) {
      int i = n + whole;
      float value = c0 * sum[i - 1] + c1 * sum[i] + c2 * sum[i + 1] + c3 * sum[i + 2];
      out[0][n] += value;
      out[1][n] += value * foa[1];
      out[2][n] += value * foa[2];
      out[3][n] += value * foa[3];
    }
  }

  /**
   * From moment {@code k} to the next.
   *
   * @param at when the moments are, samples
   */
  private void segment(SoundPath[] track, int k, double[] at, float[][] out) {
    int from = (int) Math.round(at[k]);
    int to = (int) Math.round(at[k + 1]);
    SoundPath a = track[k];
    SoundPath b = track[k + 1];
    double delayA = a == null ? before(track, k + 1, at) : delay(a);
    double delayB = b == null ? after(track, k, at) : delay(b);
    Vec3 directionA = a == null ? b.direction() : a.direction();
    Vec3 turn = (b == null ? directionA : b.direction()).minus(directionA);
    float[] foa = FoaEncoder.gains(directionA);
    float[] foaSlope = FoaEncoder.gains(turn);

    int end = Math.min(to, out[0].length);
    double pace = 1 - (delayB - delayA) / (to - from);
    double begin = lead + from - delayA;
    double stop = begin + pace * (to - from);
    int low = Math.max(0, (int) Math.floor(Math.min(begin, stop)) - 1);
    int high = Math.min(bands.length(), (int) Math.floor(Math.max(begin, stop)) + 4);
    if (high - low < 4) {
      return;
    }
    float[] heard = weighted(a, b, begin, stop, low, high);
    float perSample = 1f / (to - from);
    for (int n = from; n < end; n++) {
      double place = begin + pace * (n - from) - low;
      int i = (int) place;
      if (place < 1 || i > high - low - 3) {
        continue;
      }
      float f = (float) (place - i);
      float c0 = -f * (f - 1) * (f - 2) / 6;
      float c1 = (f + 1) * (f - 1) * (f - 2) / 2;
      float c2 = -(f + 1) * f * (f - 2) / 2;
      float c3 = (f + 1) * f * (f - 1) / 6;
      float value = c0 * heard[i - 1] + c1 * heard[i] + c2 * heard[i + 1] + c3 * heard[i + 2];
      float s = (n - from) * perSample;
      out[0][n] += value;
      out[1][n] += value * (foa[1] + s * foaSlope[1]);
      out[2][n] += value * (foa[2] + s * foaSlope[2]);
      out[3][n] += value * (foa[3] + s * foaSlope[3]);
    }
  }

  /**
   * The emission from sample {@code low} to {@code high} as it arrives: bands weighted by gains
   * that go from those of {@code a} at {@code begin} to those of {@code b} at {@code stop}.
   */
  private float[] weighted(SoundPath a, SoundPath b, double begin, double stop, int low, int high) {
    int length = high - low;
    float[] sum = new float[length];
    float[] rise = new float[length];
    for (int i = 0; i < OctaveBands.COUNT; i++) {
      float start = a == null ? 0 : (float) a.gains()[i];
      float slope = b == null ? -start : (float) b.gains()[i] - start;
      add(bands.band(i), low, start, sum);
      add(bands.band(i), low, slope, rise);
    }
    float perSample = (float) (1 / (stop - begin));
    float first = (float) ((low - begin) / (stop - begin));
    for (int k = 0; k < length; k++) {
      sum[k] += (first + perSample * k) * rise[k];
    }
    return sum;
  }

  /** A loop of its own, plain enough to be vectorised. */
  private static void add(float[] band, int low, float gain, float[] sum) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += gain * band[low + k];
    }
  }

  private static double delay(SoundPath p) {
    return SoundSpeed.seconds(p.length()) * Foa.SAMPLE_RATE;
  }

  /** A path that just appeared has had the pace it has now. */
  private static double before(SoundPath[] track, int k, double[] at) {
    boolean known = k + 1 < track.length && track[k + 1] != null;
    double steps = known ? (at[k] - at[k - 1]) / (at[k + 1] - at[k]) : 0;
    return known
        ? delay(track[k]) - steps * (delay(track[k + 1]) - delay(track[k]))
        : delay(track[k]);
  }

  /** A path that just ended goes on at its pace. */
  private static double after(SoundPath[] track, int k, double[] at) {
    boolean known = k > 0 && track[k - 1] != null;
    double steps = known ? (at[k + 1] - at[k]) / (at[k] - at[k - 1]) : 0;
    return known
        ? delay(track[k]) + steps * (delay(track[k]) - delay(track[k - 1]))
        : delay(track[k]);
  }
}
