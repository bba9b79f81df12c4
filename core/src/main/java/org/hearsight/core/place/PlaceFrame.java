package org.hearsight.core.place;

/**
 * What one frame of 40 ms tells of places, whatever clip it lies in. The arrays are not changed.
 *
 * @param covariances of {@link CovarianceBeams#of}
 * @param bins of {@link DirectionHistograms#of}
 * @param levels of {@link Levels#of}
 */
record PlaceFrame(double[] covariances, float[][] bins, double[] levels) {
  /** Of products that were read. */
  static PlaceFrame of(FrameProducts products) {
    return new PlaceFrame(
        CovarianceBeams.of(products), DirectionHistograms.of(products), Levels.of(products));
  }
}
