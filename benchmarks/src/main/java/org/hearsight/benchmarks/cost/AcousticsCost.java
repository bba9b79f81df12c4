package org.hearsight.benchmarks.cost;

import java.lang.management.ManagementFactory;
import java.util.random.RandomGenerator;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.acoustics.Acoustics;
import org.hearsight.simulator.acoustics.BandSplit;
import org.hearsight.simulator.acoustics.Emission;
import org.hearsight.simulator.acoustics.PathFinder;
import org.hearsight.simulator.acoustics.PathMixer;
import org.hearsight.simulator.acoustics.PathTracks;
import org.hearsight.simulator.acoustics.SoundPath;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Trajectory;

/**
 * Times the parts of {@link Acoustics#add} for one moving source, in processor time of the calling
 * thread: what else the machine does, and the JVM's compilers, stay out of it.
 */
public final class AcousticsCost {
  private final BandSplit bands;
  private final int lead;
  private final float[][] pressure;

  /**
   * A source of white noise.
   *
   * @param seconds of the clip
   */
  public AcousticsCost(double seconds, RandomGenerator random) {
    int clip = (int) Math.round(seconds * Foa.SAMPLE_RATE);
    float[] noise = new float[Emission.samplesFor(clip)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    bands = new BandSplit(noise);
    lead = noise.length - clip;
    pressure = new float[Foa.CHANNELS][clip];
  }

  /**
   * What a clip costs.
   *
   * @param ways at a moment, on average
   * @param prepare milliseconds for what stands still: the graph of edges, the mirrors
   * @param find milliseconds for the ways at all moments
   * @param mix milliseconds for playing the source along them
   */
  public record Cost(double ways, double prepare, double find, double mix) {}

  /** Nanoseconds the calling thread has spent on a processor. */
  public static long threadTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Hears the source on its way through a scene. */
  public Cost of(Scene scene, Trajectory way, int order) {
    long start = threadTime();
    PathFinder finder = new PathFinder(scene, Vec3.ZERO, way.end().z(), order);
    long prepared = threadTime();
    PathTracks tracks = new PathTracks(finder::find, way, way.seconds());
    long found = threadTime();
    new PathMixer(bands, lead).mix(tracks, pressure);
    long mixed = threadTime();
    long ways = 0;
    for (SoundPath[] track : tracks.tracks()) {
      for (SoundPath p : track) {
        ways += p == null ? 0 : 1;
      }
    }
    return new Cost(
        (double) ways / tracks.moments(),
        (prepared - start) / 1e6,
        (found - prepared) / 1e6,
        (mixed - found) / 1e6);
  }
}
