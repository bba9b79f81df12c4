package org.hearsight.simulator.acoustics;

import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.geometry.Vec3;

/**
 * Plays an emission along its paths into first-order ambisonics.
 *
 * <p>Each path is a delay line read at a moving place (third-order Lagrange interpolation), seven
 * octave-band gains and a direction. Delay, gains and direction go linearly from moment to moment,
 * so motion makes Doppler shifts and no clicks; a path that begins or ends fades over one moment.
 */
final class PathMixer {
  private final BandSplit bands;
  private final int lead;
  private final double sampleRate;

  PathMixer(BandSplit bands, int lead, double sampleRate) {
    this.bands = bands;
    this.lead = lead;
    this.sampleRate = sampleRate;
  }

  /** Adds all paths to {@code out}, [4][samples]. */
  void mix(PathTracks tracks, float[][] out) {
    double step = PathTracks.STEP * sampleRate;
    for (SoundPath[] track : tracks.tracks()) {
      if (tracks.still()) {
        still(track[0], out);
        continue;
      }
      for (int k = 0; k + 1 < tracks.moments(); k++) {
        if (track[k] != null || track[k + 1] != null) {
          segment(track, k, (int) Math.round(k * step), (int) Math.round((k + 1) * step), out);
        }
      }
    }
  }

  /** One delay and one filter for the whole clip: the bands are summed once, then shifted. */
  private void still(SoundPath path, float[][] out) {
    float[] sum = new float[bands.length()];
    float[] samples = bands.samples();
    float[] gains = new float[OctaveBands.COUNT];
    for (int b = 0; b < gains.length; b++) {
      gains[b] = (float) path.gains()[b];
    }
    for (int i = 0; i < sum.length; i++) {
      int at = i * BandSplit.STRIDE;
      float v = 0;
      for (int b = 0; b < gains.length; b++) {
        v += gains[b] * samples[at + b];
      }
      sum[i] = v;
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

  private void segment(SoundPath[] track, int k, int from, int to, float[][] out) {
    SoundPath a = track[k];
    SoundPath b = track[k + 1];
    double delayA = a == null ? before(track, k + 1) : delay(a);
    double delayB = b == null ? after(track, k) : delay(b);
    float[] gains = new float[OctaveBands.COUNT];
    float[] slopes = new float[OctaveBands.COUNT];
    for (int i = 0; i < gains.length; i++) {
      double start = a == null ? 0 : a.gains()[i];
      gains[i] = (float) start;
      slopes[i] = (float) ((b == null ? 0 : b.gains()[i]) - start);
    }
    Vec3 directionA = a == null ? b.direction() : a.direction();
    Vec3 turn = (b == null ? directionA : b.direction()).minus(directionA);
    float[] foa = FoaEncoder.gains(directionA);
    float[] foaSlope = FoaEncoder.gains(turn);

    float[] samples = bands.samples();
    int last = bands.length() - 3;
    int end = Math.min(to, out[0].length);
    double perSample = 1.0 / (to - from);
    for (int n = from; n < end; n++) {
      double share = (n - from) * perSample;
      double place = lead + n - delayA - (delayB - delayA) * share;
      int i = (int) Math.floor(place);
      if (i < 1 || i > last) {
        continue;
      }
      float f = (float) (place - i);
      float c0 = -f * (f - 1) * (f - 2) / 6;
      float c1 = (f + 1) * (f - 1) * (f - 2) / 2;
      float c2 = -(f + 1) * f * (f - 2) / 2;
      float c3 = (f + 1) * f * (f - 1) / 6;
      int at = (i - 1) * BandSplit.STRIDE;
      float base = 0;
      float slope = 0;
      for (int band = 0; band < OctaveBands.COUNT; band++) {
        int j = at + band;
        float x =
            c0 * samples[j]
                + c1 * samples[j + BandSplit.STRIDE]
                + c2 * samples[j + 2 * BandSplit.STRIDE]
                + c3 * samples[j + 3 * BandSplit.STRIDE];
        base += gains[band] * x;
        slope += slopes[band] * x;
      }
      float s = (float) share;
      float value = base + s * slope;
      out[0][n] += value;
      out[1][n] += value * (foa[1] + s * foaSlope[1]);
      out[2][n] += value * (foa[2] + s * foaSlope[2]);
      out[3][n] += value * (foa[3] + s * foaSlope[3]);
    }
  }

  private double delay(SoundPath p) {
    return SoundSpeed.seconds(p.length()) * sampleRate;
  }

  /** A path that just appeared has had the pace it has now. */
  private double before(SoundPath[] track, int k) {
    boolean known = k + 1 < track.length && track[k + 1] != null;
    return known ? 2 * delay(track[k]) - delay(track[k + 1]) : delay(track[k]);
  }

  /** A path that just ended goes on at its pace. */
  private double after(SoundPath[] track, int k) {
    boolean known = k > 0 && track[k - 1] != null;
    return known ? 2 * delay(track[k]) - delay(track[k - 1]) : delay(track[k]);
  }
}
