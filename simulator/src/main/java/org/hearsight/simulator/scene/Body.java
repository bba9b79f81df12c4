package org.hearsight.simulator.scene;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.geometry.Vec3;

/**
 * The shape of a thing within its box, as a few smaller boxes: wheels, a cabin, legs, a head. What
 * is seen follows the shape, and so do silhouettes; sound goes around the whole box.
 */
public final class Body {
  private static final int RUBBER = 0x17181A;
  private static final int GLASS = 0x26343F;
  private static final int STEEL = 0x3C3F44;

  private final Box box;
  private final boolean alongX;
  private final List<Part> parts = new ArrayList<>();

  private Body(Box box) {
    this.box = box;
    this.alongX = box.size().x() >= box.size().y();
  }

  /** A box of one colour. */
  public record Part(Box box, int rgb) {}

  /** The parts of what hides; the whole box in the solid's own colour for plain things. */
  public static List<Part> of(Solid solid) {
    Body body = new Body(solid.box());
    int paint = solid.rgb();
    switch (solid.kind()) {
      case SILENT -> body.hazard(solid.likeness());
      case PARKED_CAR -> body.car(paint);
      case PARKED_VAN -> body.van(paint);
      case BUS -> body.coach(paint, 0xE8E4D8);
      case TRUCK -> body.truck(paint);
      default -> body.parts.add(new Part(solid.box(), paint));
    }
    return body.parts;
  }

  /** The parts of a hazard. */
  public static List<Part> of(Hazard hazard) {
    return new Body(hazard.box()).hazard(hazard.kind());
  }

  private List<Part> hazard(HazardKind kind) {
    int paint = kind.body();
    int accent = kind.accent();
    switch (kind.form()) {
      case AMBULANCE -> ambulance(paint, accent);
      case ALARM -> alarm(paint, accent);
      case CAR -> car(paint);
      case FORKLIFT -> forklift(paint);
      case COACH -> coach(paint, 0xB01818);
      case PERSON -> person(paint, 0x2A2C36, accent);
      case WORKER -> {
        person(paint, 0x2B3A55, accent);
        add(0.55, 1, 0.3, 0.5, 0.45, 0.58, STEEL);
      }
      case DOG -> dog(paint, accent);
      case MACHINE -> machine(paint, accent);
    }
    return parts;
  }

  private void person(int coat, int trousers, int head) {
    add(0.3, 0.7, 0.14, 0.46, 0, 0.48, trousers);
    add(0.3, 0.7, 0.54, 0.86, 0, 0.48, trousers);
    add(0.26, 0.74, 0.12, 0.88, 0.48, 0.83, coat);
    add(0.36, 0.64, 0, 0.12, 0.42, 0.8, coat);
    add(0.36, 0.64, 0.88, 1, 0.42, 0.8, coat);
    add(0.32, 0.68, 0.34, 0.66, 0.85, 1, head);
  }

  private void dog(int coat, int head) {
    for (int i = 0; i < 4; i++) {
      double l = i < 2 ? 0.18 : 0.66;
      double w = i % 2 == 0 ? 0.1 : 0.65;
      add(l, l + 0.1, w, w + 0.25, 0, 0.45, head);
    }
    add(0.14, 0.8, 0.08, 0.92, 0.42, 0.78, coat);
    add(0.76, 1, 0.2, 0.8, 0.6, 1, head);
    add(0, 0.14, 0.42, 0.58, 0.6, 0.78, coat);
  }

  private void car(int paint) {
    wheels(0.13, 0.73, 0.36);
    add(0, 1, 0.03, 0.97, 0.14, 0.58, paint);
    add(0.24, 0.8, 0.07, 0.93, 0.58, 0.92, GLASS);
    add(0.28, 0.76, 0.08, 0.92, 0.92, 1, paint);
  }

  private void van(int paint) {
    wheels(0.12, 0.72, 0.26);
    add(0, 0.84, 0.03, 0.97, 0.1, 1, paint);
    add(0.84, 1, 0.03, 0.97, 0.1, 0.55, paint);
    add(0.6, 0.85, 0.02, 0.98, 0.58, 0.85, GLASS);
  }

  private void ambulance(int paint, int lights) {
    wheels(0.12, 0.72, 0.24);
    add(0, 0.84, 0.03, 0.97, 0.1, 0.93, paint);
    add(0.84, 1, 0.03, 0.97, 0.1, 0.5, paint);
    add(0.64, 0.85, 0.02, 0.98, 0.54, 0.8, GLASS);
    add(0.02, 0.82, 0.02, 0.98, 0.36, 0.46, 0xD02020);
    add(0.6, 0.76, 0.12, 0.88, 0.93, 1, lights);
  }

  private void coach(int paint, int stripe) {
    wheels(0.1, 0.8, 0.2);
    add(0, 1, 0.02, 0.98, 0.08, 1, paint);
    add(0.02, 0.98, 0.01, 0.99, 0.46, 0.76, GLASS);
    add(0, 1, 0, 1, 0.3, 0.37, stripe);
  }

  private void truck(int paint) {
    wheels(0.08, 0.8, 0.26);
    add(0, 1, 0.2, 0.8, 0.16, 0.26, STEEL);
    add(0, 0.76, 0, 1, 0.26, 1, 0xC8C8C2);
    add(0.79, 1, 0.03, 0.97, 0.14, 0.78, paint);
    add(0.86, 1, 0.02, 0.98, 0.48, 0.68, GLASS);
  }

  private void forklift(int paint) {
    wheels(0.1, 0.55, 0.22);
    add(0, 0.7, 0.05, 0.95, 0.08, 0.48, paint);
    add(0.2, 0.45, 0.25, 0.75, 0.48, 0.72, STEEL);
    add(0.04, 0.66, 0.08, 0.92, 0.95, 1, STEEL);
    for (int i = 0; i < 4; i++) {
      double l = i < 2 ? 0.05 : 0.6;
      double w = i % 2 == 0 ? 0.1 : 0.84;
      add(l, l + 0.05, w, w + 0.06, 0.48, 0.95, STEEL);
    }
    add(0.72, 0.78, 0.2, 0.3, 0, 1, STEEL);
    add(0.72, 0.78, 0.7, 0.8, 0, 1, STEEL);
    add(0.78, 1, 0.22, 0.34, 0.02, 0.06, STEEL);
    add(0.78, 1, 0.66, 0.78, 0.02, 0.06, STEEL);
  }

  private void alarm(int pole, int lamp) {
    add(0, 1, 0, 1, 0, 0.04, STEEL);
    add(0.38, 0.62, 0.38, 0.62, 0.04, 0.86, pole);
    add(0, 1, 0, 1, 0.86, 1, lamp);
  }

  private void machine(int body, int head) {
    add(0, 1, 0, 1, 0, 0.42, body);
    add(0.2, 0.8, 0.2, 0.8, 0.42, 0.72, STEEL);
    add(0.08, 0.92, 0.3, 0.7, 0.72, 1, head);
  }

  /** Two axles beginning at two shares of the length. */
  private void wheels(double rear, double front, double height) {
    double across = Math.min(box.size().x(), box.size().y());
    double along = Math.max(box.size().x(), box.size().y());
    double size = height * box.size().z() / along;
    double tyre = Math.min(0.3, 0.24 / across);
    for (double l : new double[] {rear, front}) {
      add(l, l + size, 0, tyre, 0, height, RUBBER);
      add(l, l + size, 1 - tyre, 1, 0, height, RUBBER);
    }
  }

  /** A part between shares of the box: along its long side, across, and up. */
  private void add(double l0, double l1, double w0, double w1, double h0, double h1, int rgb) {
    Vec3 low = box.min();
    Vec3 s = box.size();
    double x0 = alongX ? l0 : w0;
    double x1 = alongX ? l1 : w1;
    double y0 = alongX ? w0 : l0;
    double y1 = alongX ? w1 : l1;
    parts.add(
        new Part(
            Box.of(
                low.x() + x0 * s.x(),
                low.x() + x1 * s.x(),
                low.y() + y0 * s.y(),
                low.y() + y1 * s.y(),
                low.z() + h0 * s.z(),
                low.z() + h1 * s.z()),
            rgb));
  }
}
