package org.hearsight.simulator.acoustics;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Trajectory;

/** Plays a moving source along the paths of its places, with Doppler shift. */
final class Followed {
  private Followed() {}

  /**
   * Adds the arrivals to {@code pressure}, [4][samples].
   *
   * @return seconds that what arrives first at a second of the way has been on its own
   */
  static DoubleUnaryOperator add(
      float[] dry, Trajectory way, Function<Vec3, List<SoundPath>> paths, float[][] pressure) {
    int heard = Math.min(pressure[0].length, dry.length + Foa.SAMPLE_RATE / 5);
    double seconds = (double) heard / Foa.SAMPLE_RATE;
    PathTracks tracks = new PathTracks(paths, Vec3.ZERO, way, seconds);
    // The length suits the Fourier transform; silence follows the sound.
    float[] padded = Arrays.copyOf(dry, Fft.length(Math.max(dry.length, heard)));
    new PathMixer(new BandSplit(padded, Foa.SAMPLE_RATE), 0, Foa.SAMPLE_RATE).mix(tracks, pressure);
    return tracks::firstArrival;
  }
}
