package org.hearsight.simulator.acoustics;

import org.hearsight.core.audio.Foa;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Room;

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
   * The tail of a source of unit pressure at one metre.
   *
   * @param firstArrival seconds from the source to the microphone
   */
  LateField field(double firstArrival) {
    double longest = 0;
    for (int b = 0; b < OctaveBands.COUNT; b++) {
      longest = Math.max(longest, seconds(b));
    }
    int from = (int) (onset(firstArrival) * Foa.SAMPLE_RATE);
    int to = from + (int) (Math.min(longest, LONGEST) * Foa.SAMPLE_RATE);
    return new LateField(from, to, this::density, LateField.ISOTROPIC);
  }

  /** Energy per sample of the tail at a time after the emission. */
  private double density(int band, double time) {
    double decay = 2 * Math.log(1000) / seconds(band); // of the energy, per second
    return energy(band) * decay / Foa.SAMPLE_RATE * Math.exp(-decay * time);
  }
}
