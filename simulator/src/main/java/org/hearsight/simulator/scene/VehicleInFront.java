package org.hearsight.simulator.scene;

import org.hearsight.simulator.draw.Draw;

/**
 * A bus or truck that stands in the street in front of the microphone, seen from behind, beside it
 * at a stop, or with its long side across the view.
 */
final class VehicleInFront {
  private VehicleInFront() {}

  static Scene draw(Draw draw, boolean roomy) {
    Street outside = new Street(draw);
    boolean across = draw.chance(0.4);
    double street = draw.between(9, 16);
    double left = across ? draw.between(7, street - 1.5) : draw.between(2.5, street - 2.5);
    double right = street - left;
    boolean bus = draw.chance(0.5);
    double length = bus ? draw.between(9, 13) : draw.between(6, 10);
    double height = bus ? draw.between(2.9, 3.3) : draw.between(2.8, 3.9);
    double width = draw.between(2.3, 2.6);
    double x;
    double y;
    if (across) { // the view will be along y: its side is ahead
      x = draw.between(-length / 2 + 1, length / 2 - 1);
      y = draw.between(2.2, Math.min(5, left - 2)) + width / 2;
    } else {
      x = draw.between(1.5, 7) + length / 2;
      y = draw.between(-right + width / 2 + 0.2, left - width / 2 - 0.2) * 0.5;
    }
    outside.put(
        new Solid(
            bus ? Solid.Kind.BUS : Solid.Kind.TRUCK,
            outside.around(x, y, length, width, height),
            Material.METAL,
            draw.of(0xC9A227, 0x3A6EA5, 0xD8D8D8, 0x9B2226, 0x4F772D)));
    outside.row(-60, 70, left, left + 30);
    outside.row(-60, 70, -right, -right - 30);
    int count = draw.index(5);
    for (int i = 0; i < count; i++) {
      double curb = draw.chance(0.5) ? left - 1.3 : -right + 1.3;
      outside.put(outside.parked(draw.chance(0.4), false, draw.between(-8, 25), curb));
    }
    if (draw.chance(0.5)) {
      double side = draw.between(-right + 0.8, left - 0.8);
      outside.put(outside.stand(draw.between(1.5, 14), side));
    }
    return outside.scene(Layout.VEHICLE_IN_FRONT, across);
  }
}
