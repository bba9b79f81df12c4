package org.hearsight.simulator.scene;

import java.util.ArrayList;
import java.util.List;

/** Things put into a world, each clear of the microphone and of all others. */
final class Furnishing {
  /** Nothing stands nearer to the microphone than this, metres. */
  static final double CLEARANCE = 0.7;

  private static final Box EGO = Box.of(-CLEARANCE, CLEARANCE, -CLEARANCE, CLEARANCE, -3, 3);

  private final List<Solid> solids = new ArrayList<>();

  /** Adds what must be there. */
  void add(Solid solid) {
    solids.add(solid);
  }

  /** Adds a thing unless it would stand in another one or on the microphone. */
  boolean tryAdd(Solid solid) {
    if (solid.box().overlaps(EGO) || solids.stream().anyMatch(s -> s.box().overlaps(solid.box()))) {
      return false;
    }
    solids.add(solid);
    return true;
  }

  List<Solid> solids() {
    return solids;
  }
}
