package org.hearsight.simulator.acoustics;

import java.util.random.RandomGenerator;
import org.hearsight.core.audio.Foa;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Room;
import org.jtransforms.fft.FloatFFT_1D;

/**
 * The diffuse tail of a room: four independent noises that decay in every octave band with Eyring's
 * reverberation time.
 *
 * <p>T = 0.161 V / (4 m V − S ln(1 − ᾱ)), with m the air's energy loss per metre. The tail's energy
 * is that of the diffuse field, 16π (1 − ᾱ) / (−S ln(1 − ᾱ) + 4 m V) relative to the direct sound
 * at one metre; it sets in after two mean free paths 4V/S, when the early reflections have merged.
 * Of a diffuse field each of X, Y, Z has a third of the energy of W.
 *
 * <p>One room, one field: connected corridors share the tail. C. F. Eyring, Reverberation time in
 * "dead" rooms, JASA 1 (1930) 217–241.
 */
public final class LateReverb {
  private static final double LONGEST = 2.0;
  private static final double[] ISOTROPIC = {1, 1, 1, 1};

  private final Room room;
  private final Material ground;

  public LateReverb(Room room, Material ground) {
    this.room = room;
    this.ground = ground;
  }

  /** Eyring's reverberation time of an octave band, seconds. */
  public double seconds(int band) {
    return 0.161 * room.volume() / absorptionArea(band);
  }

  /** Energy of the tail relative to the direct sound at one metre. */
  double energy(int band) {
    return 16 * Math.PI * (1 - room.absorption(band, ground)) / absorptionArea(band);
  }

  private double absorptionArea(int band) {
    double air = AirAbsorption.decibelsPerMetre(band) / (10 * Math.log10(Math.E));
    return -room.surface() * Math.log(1 - room.absorption(band, ground)) + 4 * air * room.volume();
  }

  /** When the tail sets in, seconds after the emission. */
  double onset(double firstArrival) {
    return firstArrival + SoundSpeed.seconds(4 * room.volume() / room.surface());
  }

  /**
   * The tail's impulse responses of W, Y, Z and X, for a source of unit pressure at one metre.
   *
   * @param firstArrival seconds
   */
  float[][] tails(RandomGenerator r, double firstArrival) {
    double longest = 0;
    for (int b = 0; b < OctaveBands.COUNT; b++) {
      longest = Math.max(longest, seconds(b));
    }
    int start = (int) (onset(firstArrival) * Foa.SAMPLE_RATE);
    int length = start + (int) (Math.min(longest, LONGEST) * Foa.SAMPLE_RATE);
    float[][] tails = new float[Foa.CHANNELS][length];
    DiffuseTail.add(tails, 0, start, this::density, ISOTROPIC, r);
    return tails;
  }

  /** Energy per sample of the tail at a time after the emission. */
  private double density(int band, double time) {
    double decay = 2 * Math.log(1000) / seconds(band); // of the energy, per second
    return energy(band) * decay / Foa.SAMPLE_RATE * Math.exp(-decay * time);
  }

  /**
   * Adds the tail of an emission to all channels.
   *
   * @param firstArrival seconds from the source to the microphone
   * @param pressure [4][samples], pascal
   */
  void add(Emission emission, double firstArrival, float[][] pressure, RandomGenerator r) {
    float[][] tails = tails(r, firstArrival);
    // What wraps round ends before the clip starts.
    int size = Fft.length(emission.samples().length + tails[0].length - emission.lead());
    size = Math.max(size, Fft.length(emission.samples().length));
    FloatFFT_1D fft = Fft.real(size);
    float[] dry = padded(emission.samples(), size);
    fft.realForward(dry);
    for (int c = 0; c < tails.length; c++) {
      float[] wet = padded(tails[c], size);
      fft.realForward(wet);
      Convolution.multiply(wet, dry);
      fft.realInverse(wet, true);
      for (int n = 0; n < pressure[c].length; n++) {
        int at = n + emission.lead();
        if (at < size) {
          pressure[c][n] += wet[at];
        }
      }
    }
  }

  private static float[] padded(float[] signal, int size) {
    float[] padded = new float[size];
    System.arraycopy(signal, 0, padded, 0, signal.length);
    return padded;
  }
}
