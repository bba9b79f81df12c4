package org.hearsight.simulator.scenario;

import org.hearsight.core.dataset.Motion;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.acoustics.SceneOfBoxes;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.draw.NoRoomException;
import org.hearsight.simulator.render.Silhouette;
import org.hearsight.simulator.scene.Cover;
import org.hearsight.simulator.scene.Hazard;
import org.hearsight.simulator.scene.HazardKind;
import org.hearsight.simulator.scene.Layout;
import org.hearsight.simulator.scene.Scene;

/**
 * Draws a scene that shows what is wanted, by rejection: worlds, and places for the hazard in them,
 * are proposed until one fits.
 *
 * <p>Places are proposed in polar coordinates around the microphone, whatever the world looks like;
 * the world only decides whether a place is free and what hides it ({@link HazardPlacement}). That
 * keeps the location's distribution wide. Not taken: choosing a corner and putting the hazard
 * behind it. It needs no second try, but hidden hazards would stand where corners are, and a
 * picture of a corner would tell the place.
 *
 * <p>Limits: at most {@value #WORLDS} worlds with {@value #PLACES} places each. What is wanted
 * gives way in this order: after {@value #STRICT} worlds how the hazard moves, and that a visible
 * one is cut off by something (asked of half of them); after {@value #OWN} the layout, for the
 * setting's first, which takes any hazard; in the end how much of the hazard is seen: the first
 * scene is taken in which it can be heard, and {@link DrawnScene#relaxed} says so. Only if there
 * was none is there no room, and {@link Draw#from} goes on with another seed.
 */
public final class SceneDraw {
  /** Worlds in which the hazard moves as wanted; then any motion will do. */
  private static final int STRICT = 60;

  /** Worlds of the wanted layout; then the setting's first layout is taken, which fits all. */
  private static final int OWN = 90;

  private static final int WORLDS = 140;
  private static final int PLACES = 40;

  /** More than this share seen counts as all of it. */
  private static final double WHOLE = 0.97;

  /** Share of worlds with something silent that looks like a hazard. */
  private static final double SILENT_BODY = 0.3;

  private SceneDraw() {}

  /**
   * A drawn scene.
   *
   * @param visibility of its hazard
   * @param relaxed is the cover another one than wanted, because none was found in time?
   */
  public record DrawnScene(
      Scene scene, double visibility, Cover cover, boolean relaxed, int tries) {}

  public static DrawnScene draw(Want want, double seconds, Draw draw) {
    if (want.isBackground()) {
      return new DrawnScene(world(want.layout(), false, want, draw), 0, null, false, 1);
    }
    HazardKind kind = HazardKind.of(want.className(), want.setting());
    // Without this nearly all visible hazards would be seen whole.
    boolean cut = want.cover() == Cover.VISIBLE && draw.chance(0.5);
    Scene fallback = null;
    int tries = 0;
    for (int world = 0; world < WORLDS; world++) {
      Layout layout = world < OWN ? want.layout() : Layout.in(want.setting()).get(0);
      Motion motion = world < STRICT ? want.motion() : null;
      Scene empty = world(layout, kind.vehicle(), want, draw);
      for (int place = 0; place < PLACES; place++) {
        tries++;
        Hazard hazard = HazardPlacement.propose(empty, kind, want.cover(), motion, seconds, draw);
        if (hazard == null) {
          continue;
        }
        Scene scene = empty.with(hazard);
        fallback = fallback == null && heard(scene) ? scene : fallback;
        if (shows(scene, want.cover(), cut && world < STRICT) && heard(scene)) {
          return finished(scene, tries, false);
        }
      }
    }
    if (fallback == null) {
      throw new NoRoomException("no room for " + kind.name() + " in " + WORLDS + " worlds");
    }
    return finished(fallback, tries, true);
  }

  private static Scene world(Layout layout, boolean roomy, Want want, Draw draw) {
    Scene drawn = layout.draw(draw, roomy);
    Scene scene = want.mirrored() ? drawn.mirrored() : drawn;
    return draw.chance(SILENT_BODY) ? HazardPlacement.withSilentBody(scene, draw) : scene;
  }

  private static DrawnScene finished(Scene scene, int tries, boolean relaxed) {
    double visibility = Silhouette.visibility(scene);
    return new DrawnScene(
        scene, visibility, Cover.of(visibility, lineIsFree(scene)), relaxed, tries);
  }

  /** {@code cut}: not all of it may be seen. */
  private static boolean shows(Scene scene, Cover cover, boolean cut) {
    Hazard hazard = scene.hazard();
    boolean free = lineIsFree(scene);
    if ((cover == Cover.OCCLUDED && free) || (cover == Cover.OUTSIDE_VIEW && !free)) {
      return false;
    }
    int stride = Silhouette.coarse(hazard.box());
    // A glimpse misses slivers; what it takes for hidden or partly seen gets the close look too.
    double glimpse = Silhouette.visibility(scene, stride);
    boolean near =
        switch (cover) {
          case OCCLUDED, OUTSIDE_VIEW -> glimpse == 0;
          case PARTLY -> glimpse < 0.6;
          case VISIBLE -> glimpse > 0.4;
        };
    if (!near) {
      return false;
    }
    double visibility = Silhouette.visibility(scene);
    return Cover.of(visibility, free) == cover && !(cut && visibility > WHOLE);
  }

  /** Is there a way for its sound? Not if it stands in a closed cell. */
  private static boolean heard(Scene scene) {
    Vec3 source = scene.hazard().way().end();
    return lineIsFree(scene) || new SceneOfBoxes(scene).reaches(source);
  }

  private static boolean lineIsFree(Scene scene) {
    return scene.clear(scene.hazard().way().end(), Vec3.ZERO);
  }
}
