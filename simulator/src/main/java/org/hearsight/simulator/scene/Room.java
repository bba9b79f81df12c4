package org.hearsight.simulator.scene;

/**
 * What an enclosed scene adds to its boxes: a ceiling and the numbers of its diffuse field.
 *
 * @param ceiling height of the ceiling in microphone coordinates, metres
 * @param volume of the air, cubic metres
 * @param wallArea square metres; floor and ceiling are {@code floorArea} each
 * @param furnishing what furniture, curtains and openings add to the mean absorption coefficient
 */
public record Room(
    double ceiling,
    double volume,
    double wallArea,
    double floorArea,
    Material walls,
    Material ceilingMaterial,
    double furnishing) {
  public double surface() {
    return wallArea + 2 * floorArea;
  }

  /** Mean absorption coefficient of a band. */
  public double absorption(int band, Material ground) {
    double shell =
        wallArea * walls.absorption(band)
            + floorArea * ceilingMaterial.absorption(band)
            + floorArea * ground.absorption(band);
    return Math.min(0.95, shell / surface() + furnishing);
  }
}
