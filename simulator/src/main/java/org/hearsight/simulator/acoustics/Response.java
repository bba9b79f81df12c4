package org.hearsight.simulator.acoustics;

import java.util.List;
import java.util.random.RandomGenerator;
import org.hearsight.core.audio.Foa;

/**
 * What the microphone hears of an impulse: ways that do not change, and the late field.
 *
 * @param taps [4][n], W, Y, Z, X
 * @param zero the tap at which the impulse is emitted
 */
record Response(float[][] taps, int zero) {
  /** From so long after its arrival on, sound counts as later than the direct one, seconds. */
  private static final double DIRECT = 0.0025;

  /**
   * Builds a response.
   *
   * @param late null where nothing rings
   * @return null if there is nothing in it
   */
  static Response of(List<SoundPath> paths, LateField late, RandomGenerator r) {
    int zero = paths.isEmpty() ? 0 : BandKernels.CENTRE;
    int length = late == null ? 0 : zero + late.to();
    for (SoundPath p : paths) {
      length = Math.max(length, BandKernels.end(p));
    }
    if (length == 0) {
      return null;
    }
    Response response = new Response(new float[Foa.CHANNELS][length], zero);
    for (SoundPath p : paths) {
      BandKernels.add(p, response.taps);
    }
    if (late != null) {
      late.add(response, r);
    }
    return response;
  }

  /** Adds an emission as it is heard to {@code pressure}, [4][samples]. */
  void add(Emission emission, float[][] pressure) {
    Convolution.add(emission.samples(), emission.lead(), taps, zero, pressure);
  }

  /**
   * What arrives within 2.5 ms of the direct sound against all that comes later, dB.
   *
   * @param arrival of the direct sound, seconds after the impulse
   */
  double ratio(double arrival) {
    int border = zero + (int) ((arrival + DIRECT) * Foa.SAMPLE_RATE);
    double direct = 0;
    double later = 1e-12;
    for (int i = 0; i < taps[Foa.W].length; i++) {
      double energy = (double) taps[Foa.W][i] * taps[Foa.W][i];
      direct += i < border ? energy : 0;
      later += i < border ? 0 : energy;
    }
    return 10 * Math.log10(direct / later);
  }
}
