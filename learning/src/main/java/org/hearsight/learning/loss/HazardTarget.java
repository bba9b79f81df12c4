package org.hearsight.learning.loss;

import org.hearsight.core.dataset.Location;

/**
 * What is true about one scenario.
 *
 * @param classIndex taxonomy index; 0 is background
 * @param location of the hazard; null for background
 */
public record HazardTarget(int classIndex, Location location) {
  public HazardTarget {
    if (classIndex < 0 || (classIndex == 0) != (location == null)) {
      throw new IllegalArgumentException(
          "target: class "
              + classIndex
              + (location == null ? " needs a location" : " has no location"));
    }
  }
}
