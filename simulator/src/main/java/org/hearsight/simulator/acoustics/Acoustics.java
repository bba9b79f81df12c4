package org.hearsight.simulator.acoustics;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Fourier;
import org.hearsight.core.geometry.Direction;

/**
 * What a microphone hears in a place, as sound pressure in first-order ambisonics.
 *
 * <p>Every source is heard in the same way, wherever it is: the {@link Surroundings} say which ways
 * lead to the microphone; those that change as the source moves are followed from moment to moment
 * and played one by one ({@link PathTracks}, {@link PathMixer}); those that last and the late field
 * make one {@link Response}, which the sound is convolved with.
 */
public final class Acoustics {
  /** So long after a sound's end its last arrivals are waited for, samples. */
  private static final int AFTER = Foa.SAMPLE_RATE / 5;

  private final Surroundings place;
  private final float[][] pressure;

  /** Silence of the given length. */
  public Acoustics(Surroundings place, int samples) {
    this.place = place;
    this.pressure = new float[Foa.CHANNELS][samples];
  }

  /**
   * What became of a source.
   *
   * @param loudest what of the followed ways brings most at the end of the clip; null if none does
   * @param paths number of arrivals at the end
   * @param ratio direct-to-reverberant energy ratio of the omnidirectional channel, dB; NaN where
   *     nothing rings or nothing arrives before it, and where ways are followed, as then no
   *     response holds all of them
   * @param travel seconds that what arrives first at a second of the clip has been on its way
   */
  public record Heard(SoundPath loudest, int paths, double ratio, DoubleUnaryOperator travel) {
    /** Direction of {@link #loudest}, which must not be null. */
    public Direction apparent() {
      return Direction.of(loudest.direction());
    }

    /** What kind {@link #loudest}, which must not be null, is. */
    public SoundPath.Kind strongest() {
      return loudest.id().kind();
    }
  }

  /** Adds a source with all its arrivals and what rings after them. */
  public Heard add(Emission emission, RandomGenerator r) {
    Surroundings.Ways ways = place.ways(emission);
    int end = emission.samples().length - emission.lead();
    int heard = Math.min(pressure[0].length, end + AFTER);
    PathTracks tracks =
        new PathTracks(ways::followed, emission.way(), (double) heard / Foa.SAMPLE_RATE);
    SoundPath loudest = tracks.isEmpty() ? null : follow(tracks, emission, heard);
    List<SoundPath> lasting = ways.lasting();
    LateField late = ways.late(tracks.lastArrival());
    Response response = Response.of(lasting, late, r);
    if (response != null) {
      response.add(emission, pressure);
    }
    boolean whole = late != null && tracks.isEmpty() && !lasting.isEmpty();
    double ratio = whole ? response.ratio(tracks.lastArrival()) : Double.NaN;
    return new Heard(loudest, tracks.last().size() + lasting.size(), ratio, tracks::firstArrival);
  }

  /** Plays the followed ways; returns the one that brings most energy at the end. */
  private SoundPath follow(PathTracks tracks, Emission emission, int heard) {
    // The length suits the Fourier transform; silence follows the sound.
    int length = Fourier.quickSize(Math.max(emission.samples().length, emission.lead() + heard));
    BandSplit bands = new BandSplit(Arrays.copyOf(emission.samples(), length));
    new PathMixer(bands, emission.lead()).mix(tracks, pressure);
    return tracks.last().isEmpty() ? null : PathFinder.strongest(tracks.last(), bands.energy());
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
