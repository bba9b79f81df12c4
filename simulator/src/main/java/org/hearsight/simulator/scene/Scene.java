package org.hearsight.simulator.scene;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.geometry.Vec3;

/**
 * A small world of boxes around the microphone, which is the origin and looks along +x.
 *
 * @param kind name of its {@link Layout}
 * @param egoHeight of the microphone above the ground, metres
 * @param solids what can hide something; the hazard is not among them
 * @param room null outdoors
 * @param hazard null in background scenes
 * @param sun unit vector towards the light
 */
public record Scene(
    String kind,
    Setting setting,
    double egoHeight,
    Material ground,
    List<Solid> solids,
    Room room,
    Hazard hazard,
    Vec3 sun) {

  public Scene {
    solids = List.copyOf(solids);
  }

  /** Height of the ground in microphone coordinates. */
  public double groundLevel() {
    return -egoHeight;
  }

  /** Can sound and light go straight from one point to the other? */
  public boolean clear(Vec3 a, Vec3 b) {
    for (Solid s : solids) {
      if (s.box().blocks(a, b)) {
        return false;
      }
    }
    return true;
  }

  /** Is a place below a ceiling, and so in the building? */
  public boolean indoors(Vec3 place) {
    return solids.stream()
        .filter(s -> s.kind() == Solid.Kind.CEILING)
        .map(Solid::box)
        .anyMatch(
            b ->
                place.x() > b.min().x()
                    && place.x() < b.max().x()
                    && place.y() > b.min().y()
                    && place.y() < b.max().y()
                    && place.z() < b.min().z());
  }

  public Scene with(Hazard other) {
    return new Scene(kind, setting, egoHeight, ground, solids, room, other, sun);
  }

  /** With one more thing in it. */
  public Scene with(Solid thing) {
    List<Solid> more = new ArrayList<>(solids);
    more.add(thing);
    return new Scene(kind, setting, egoHeight, ground, more, room, hazard, sun);
  }

  /** Ahead and left exchanged: a world without its hazard, seen along y. */
  public Scene turned() {
    return new Scene(
        kind,
        setting,
        egoHeight,
        ground,
        solids.stream().map(Solid::turned).toList(),
        room,
        null,
        new Vec3(sun.y(), sun.x(), sun.z()));
  }

  /** Left and right exchanged: a world without its hazard. */
  public Scene mirrored() {
    return new Scene(
        kind,
        setting,
        egoHeight,
        ground,
        solids.stream().map(Solid::mirrored).toList(),
        room,
        null,
        new Vec3(sun.x(), -sun.y(), sun.z()));
  }
}
