package org.hearsight.simulator.scene;

import org.hearsight.simulator.draw.Draw;

/** Draws worlds without a hazard. */
@FunctionalInterface
public interface Layout {
  /**
   * A new world.
   *
   * @param roomy is the hazard one that needs room to drive?
   */
  Scene draw(Draw draw, boolean roomy);

  /** The layout of a setting. */
  static Layout in(Setting setting) {
    return setting == Setting.INDOOR ? new IndoorCorner() : new StreetCorner();
  }
}
