package org.hearsight.simulator.scenario;

import org.hearsight.core.dataset.Motion;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.simulator.scene.Cover;
import org.hearsight.simulator.scene.Layout;
import org.hearsight.simulator.scene.Setting;

/**
 * What one scenario is to show.
 *
 * @param cover null for background
 * @param layout of the setting
 * @param motion null for background
 * @param mirrored exchange left and right of the drawn world, so that both sides are equally likely
 */
public record Want(
    String className,
    Cover cover,
    Setting setting,
    Layout layout,
    Motion motion,
    boolean mirrored) {
  public boolean isBackground() {
    return className.equals(Taxonomy.BACKGROUND);
  }
}
