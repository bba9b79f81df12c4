package org.hearsight.simulator.scene;

import org.hearsight.simulator.draw.Draw;

/**
 * A row of parked vehicles between the pavement and the roadway, with gaps to step through. The
 * microphone is on the pavement and looks along the row or across it.
 */
final class ParkedRow {
  private ParkedRow() {}

  static Scene draw(Draw draw, boolean roomy) {
    Street outside = new Street(draw);
    boolean across = draw.chance(0.5);
    double kerb = draw.between(0.9, across ? 3.5 : 2);
    double rowEnd = kerb + 2.4;
    double opposite = rowEnd + draw.between(6, 12);
    row(outside, draw, kerb, 1);
    if (draw.chance(0.6)) {
      row(outside, draw, opposite - 2.4, draw.between(0.2, 0.8));
    }
    outside.row(-60, 70, -draw.between(1.5, 4), -30);
    outside.row(-60, 70, opposite + draw.between(1.5, 4), opposite + 30);
    int count = draw.index(3);
    for (int i = 0; i < count; i++) {
      outside.put(outside.stand(draw.between(1.5, 14), draw.between(-1, kerb)));
    }
    return outside.scene(Layout.PARKED_ROW, across);
  }

  /** Vehicles one behind the other along x; {@code filled} is the share of places taken. */
  private static void row(Street outside, Draw draw, double y, double filled) {
    double x = draw.between(-22, -16);
    while (x < 28) {
      boolean van = draw.chance(0.45);
      Solid vehicle = outside.parked(van, false, x, y + 1.2);
      double length = vehicle.box().size().x();
      if (draw.chance(filled * 0.9)) {
        outside.put(outside.parked(van, false, x + length / 2, y + 1.2));
      }
      x += length + draw.between(0.7, 2.5);
    }
  }
}
