package org.hearsight.simulator.acoustics;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Scene;

/** What the microphone of a scene hears, as sound pressure in first-order ambisonics. */
public final class Acoustics {
  private final Scene scene;
  private final double sampleRate;
  private final float[][] pressure;

  /** Silence of the given length. */
  public Acoustics(Scene scene, int samples, double sampleRate) {
    this.scene = scene;
    this.sampleRate = sampleRate;
    this.pressure = new float[Foa.CHANNELS][samples];
  }

  /**
   * What became of a source.
   *
   * @param apparent direction of the strongest arrival at the end of the clip
   * @param paths number of arrivals at the end
   * @param strongest what kind the strongest arrival is
   * @param travel seconds that what arrives first at a second of the clip has been on its way
   */
  public record Heard(
      Direction apparent, int paths, SoundPath.Kind strongest, DoubleUnaryOperator travel) {}

  /** Adds a source with all its arrivals and, in a room, its tail. */
  public Heard add(Emission emission, RandomGenerator r) {
    double seconds = pressure[0].length / sampleRate;
    BandSplit bands = new BandSplit(emission.samples(), sampleRate);
    PathFinder finder = new PathFinder(scene, Vec3.ZERO, emission.way().end().z());
    PathTracks tracks = new PathTracks(finder, Vec3.ZERO, emission.way(), seconds);
    new PathMixer(bands, emission.lead(), sampleRate).mix(tracks, pressure);
    List<SoundPath> last = tracks.last();
    if (scene.room() != null) {
      double shortest = last.stream().mapToDouble(SoundPath::length).min().orElse(0);
      new LateReverb(scene.room(), scene.ground())
          .add(emission, SoundSpeed.seconds(shortest), pressure, r);
    }
    SoundPath strongest = PathFinder.strongest(last, bands.energy());
    return new Heard(
        Direction.of(strongest.direction()),
        last.size(),
        strongest.id().kind(),
        tracks::firstArrival);
  }

  /** [4][samples], pascal; W, Y, Z, X. */
  public float[][] pressure() {
    return pressure;
  }

  /** Level of the omnidirectional channel over the whole clip so far, dB re 20 µPa. */
  public double level() {
    double sum = 0;
    for (float v : pressure[0]) {
      sum += (double) v * v;
    }
    return Calibration.decibels(Math.sqrt(sum / pressure[0].length));
  }
}
