package org.hearsight.core.seld;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the fourth number of a multi-ACCDDOA track, the distance, stands for. */
public enum DistanceForm {
  /** Metres, as in the DCASE 2024 baseline. */
  @JsonProperty("metres")
  METRES {
    @Override
    public double encode(double metres) {
      return metres;
    }

    @Override
    public double decode(double value) {
      return value;
    }
  },

  /**
   * ln(1 + metres) / 4: between 0 and about 1 up to 50 m, so that in a squared error far sources
   * weigh no more than their direction does.
   */
  @JsonProperty("log")
  LOG {
    @Override
    public double encode(double metres) {
      return Math.log1p(metres) / 4;
    }

    @Override
    public double decode(double value) {
      return Math.expm1(4 * Math.min(value, MOST));
    }
  };

  /** A wild output stays a number: about 3 km. */
  private static final double MOST = 2;

  /** The network's number for a distance. */
  public abstract double encode(double metres);

  /** The distance for the network's number, metres. */
  public abstract double decode(double value);

  /**
   * Brings the distances in a network's output to metres, in place.
   *
   * @param output [frames, 3 tracks · (x, y, z, distance) · classes], row-major
   */
  public void decode(float[] output, int classes) {
    int track = AccddoaDecoder.AXES * classes;
    for (int from = track - classes; from < output.length; from += track) {
      for (int c = from; c < from + classes; c++) {
        output[c] = (float) decode(output[c]);
      }
    }
  }
}
