package org.hearsight.core.seld;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Thresholds;
import org.hearsight.core.geometry.Vec3;

/**
 * Makes events of a multi-ACCDDOA output: per frame and class three tracks, each a vector whose
 * length says how sure the network is and whose direction says where, and a distance (Shimada et
 * al., ICASSP 2022; distance as in the DCASE 2024 SELD baseline).
 *
 * <p>A track is active if its vector is longer than {@value Thresholds#ACTIVE_VECTOR}. Active
 * tracks of one class closer than {@value #UNIFY_ANGLE}° tell of one source, vectors and distances
 * averaged: no such pair, and all stay; one, and it is merged; more, and all three are.
 */
public final class AccddoaDecoder {
  /** Tracks per class. */
  public static final int TRACKS = 3;

  /** Numbers per track: x, y, z, distance. */
  public static final int AXES = 4;

  /** Degrees below which two tracks of a class are one source. */
  public static final double UNIFY_ANGLE = 15;

  private final int classes;

  public AccddoaDecoder(int classes) {
    this.classes = classes;
  }

  /**
   * One source that the network hears in one frame.
   *
   * @param vector towards it; its length, above {@value Thresholds#ACTIVE_VECTOR} before merging,
   *     is the network's sureness
   * @param distance metres, as the network gives it
   */
  public record Detection(int frame, int classIndex, Vec3 vector, double distance) {}

  /**
   * What is heard, by frame, then class.
   *
   * @param output [frames, 3 tracks × (x, y, z, distance) × classes], row-major, as the DCASE 2024
   *     baseline's network gives it
   */
  public List<Detection> detections(float[] output) {
    int row = TRACKS * AXES * classes;
    if (output.length % row != 0) {
      throw new IllegalArgumentException(
          "output: " + output.length + " values are not rows of " + row);
    }
    List<Detection> found = new ArrayList<>();
    for (int frame = 0; frame < output.length / row; frame++) {
      for (int c = 0; c < classes; c++) {
        List<Detection> active = new ArrayList<>(TRACKS);
        for (int track = 0; track < TRACKS; track++) {
          Detection d = track(output, frame, track, c);
          if (d.vector().norm() > Thresholds.ACTIVE_VECTOR) {
            active.add(d);
          }
        }
        found.addAll(unify(active));
      }
    }
    return found;
  }

  /** As {@link #detections}, as rows of an event file; sources of a class are numbered by frame. */
  public List<SeldEvent> events(float[] output) {
    List<SeldEvent> events = new ArrayList<>();
    Detection before = null;
    int source = 0;
    for (Detection d : detections(output)) {
      boolean another =
          before != null && before.frame() == d.frame() && before.classIndex() == d.classIndex();
      source = another ? source + 1 : 0;
      Direction to = Direction.of(d.vector());
      events.add(
          new SeldEvent(
              d.frame(),
              d.classIndex(),
              source,
              to.azimuth(),
              to.elevation(),
              Math.max(0, d.distance())));
      before = d;
    }
    return events;
  }

  private Detection track(float[] output, int frame, int track, int c) {
    int at = (frame * TRACKS + track) * AXES * classes + c;
    Vec3 vector = new Vec3(output[at], output[at + classes], output[at + 2 * classes]);
    return new Detection(frame, c, vector, output[at + 3 * classes]);
  }

  private static List<Detection> unify(List<Detection> active) {
    int pairs = 0;
    int first = -1;
    int second = -1;
    for (int i = 0; i < active.size(); i++) {
      for (int j = i + 1; j < active.size(); j++) {
        if (isClose(active.get(i), active.get(j))) {
          pairs++;
          first = i;
          second = j;
        }
      }
    }
    if (pairs == 0) {
      return active;
    }
    if (pairs > 1) {
      return List.of(mean(active));
    }
    List<Detection> unified = new ArrayList<>(active);
    unified.removeAll(List.of(active.get(first), active.get(second)));
    unified.add(mean(List.of(active.get(first), active.get(second))));
    return unified;
  }

  private static boolean isClose(Detection a, Detection b) {
    return Direction.of(a.vector()).angleTo(Direction.of(b.vector())) < UNIFY_ANGLE;
  }

  private static Detection mean(List<Detection> some) {
    Vec3 sum = Vec3.ZERO;
    double distance = 0;
    for (Detection d : some) {
      sum = sum.plus(d.vector());
      distance += d.distance();
    }
    double share = 1.0 / some.size();
    Detection one = some.get(0);
    return new Detection(one.frame(), one.classIndex(), sum.times(share), distance * share);
  }
}
