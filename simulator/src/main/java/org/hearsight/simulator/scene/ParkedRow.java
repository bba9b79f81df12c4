package org.hearsight.simulator.scene;

import org.hearsight.simulator.draw.Draw;

/**
 * A row of parked vehicles between the pavement and the roadway, with gaps to step through. The
 * microphone is on the pavement and looks along the row or across it.
 */
final class ParkedRow implements Layout {
  @Override
  public String kind() {
    return "parked_row";
  }

  @Override
  public Setting setting() {
    return Setting.OUTDOOR;
  }

  @Override
  public Scene draw(Draw draw, boolean roomy) {
    double ego = draw.between(0.5, 1.6);
    double ground = -ego;
    boolean across = draw.chance(0.5);
    double kerb = draw.between(0.9, across ? 3.5 : 2);
    double rowEnd = kerb + 2.4;
    double opposite = rowEnd + draw.between(6, 12);
    Furnishing things = new Furnishing();
    row(things, draw, kerb, 1, ground);
    if (draw.chance(0.6)) {
      row(things, draw, opposite - 2.4, draw.between(0.2, 0.8), ground);
    }
    Streets.row(things, draw, -60, 70, -draw.between(1.5, 4), -30, ground);
    Streets.row(things, draw, -60, 70, opposite + draw.between(1.5, 4), opposite + 30, ground);
    int count = draw.index(3);
    for (int i = 0; i < count; i++) {
      things.tryAdd(Streets.stand(draw, draw.between(1.5, 14), draw.between(-1, kerb), ground));
    }
    return Streets.scene(kind(), ego, things, across, draw);
  }

  /** Vehicles one behind the other along x; {@code filled} is the share of places taken. */
  private static void row(Furnishing things, Draw draw, double y, double filled, double ground) {
    double x = draw.between(-22, -16);
    while (x < 28) {
      boolean van = draw.chance(0.45);
      Solid vehicle = Streets.parked(draw, van, false, x, y + 1.2, ground);
      double length = vehicle.box().size().x();
      if (draw.chance(filled * 0.9)) {
        things.tryAdd(Streets.parked(draw, van, false, x + length / 2, y + 1.2, ground));
      }
      x += length + draw.between(0.7, 2.5);
    }
  }
}
