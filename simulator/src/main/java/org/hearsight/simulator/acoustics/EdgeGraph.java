package org.hearsight.simulator.acoustics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;

/**
 * The shortest ways around the vertical edges of obstacles, in plan.
 *
 * <p>A visibility graph over the obstacles' corners, with Dijkstra's distances from the microphone:
 * the shortest way around obstacles is a taut string, which is also the way the strongest
 * diffracted sound takes. The microphone and the obstacles stand still, so the graph is built once
 * per scene and only the source's last leg is searched anew.
 */
final class EdgeGraph {
  /** At most this many ways, the shortest ones, each past another edge next to the microphone. */
  static final int WAYS = 3;

  /** Corners are set off by this, metres, to stand clear of their own walls. */
  private static final double OFFSET = 1e-3;

  private final List<Box> flat = new ArrayList<>();
  private final List<Corner> corners = new ArrayList<>();
  private final Vec3 receiver;
  private final double[] distance;
  private final int[] next;
  private final int[] root;

  private record Corner(Vec3 place, Vec3 centre) {}

  /**
   * A way in plan.
   *
   * @param length metres in plan
   * @param first the edge next to the microphone
   * @param between plan distance from the first edge to the last
   * @param which hash of the edges passed
   */
  record Way(double length, Vec3 first, double between, long which) {}

  EdgeGraph(List<Box> obstacles, Vec3 receiver) {
    this.receiver = flatten(receiver);
    for (Box b : obstacles) {
      flat.add(Box.of(b.min().x(), b.max().x(), b.min().y(), b.max().y(), -1, 1));
    }
    for (Box b : flat) {
      for (int i = 0; i < 4; i++) {
        boolean far = (i & 1) != 0;
        boolean left = (i & 2) != 0;
        Vec3 place =
            new Vec3(
                far ? b.max().x() + OFFSET : b.min().x() - OFFSET,
                left ? b.max().y() + OFFSET : b.min().y() - OFFSET,
                0);
        if (flat.stream().noneMatch(o -> o.contains(place))) {
          corners.add(new Corner(place, flatten(b.centre())));
        }
      }
    }
    distance = new double[corners.size()];
    next = new int[corners.size()];
    root = new int[corners.size()];
    measure();
  }

  /** Dijkstra from the microphone; corners it cannot reach keep an infinite distance. */
  private void measure() {
    int n = corners.size();
    boolean[] done = new boolean[n];
    for (int i = 0; i < n; i++) {
      Vec3 p = corners.get(i).place();
      distance[i] = clear(receiver, p) ? receiver.distanceTo(p) : Double.POSITIVE_INFINITY;
      next[i] = -1;
      root[i] = i;
    }
    for (int round = 0; round < n; round++) {
      int best = -1;
      for (int i = 0; i < n; i++) {
        if (!done[i] && (best < 0 || distance[i] < distance[best])) {
          best = i;
        }
      }
      if (best < 0 || Double.isInfinite(distance[best])) {
        return;
      }
      done[best] = true;
      Vec3 from = corners.get(best).place();
      for (int i = 0; i < n; i++) {
        Vec3 to = corners.get(i).place();
        double length = distance[best] + from.distanceTo(to);
        if (!done[i] && length < distance[i] && clear(from, to)) {
          distance[i] = length;
          next[i] = best;
          root[i] = root[best];
        }
      }
    }
  }

  /** The shortest taut ways to a source, at most one past each edge next to the microphone. */
  List<Way> to(Vec3 source) {
    Vec3 s = flatten(source);
    Map<Integer, Integer> bestOfRoot = new HashMap<>();
    for (int i = 0; i < corners.size(); i++) {
      if (Double.isInfinite(distance[i]) || !taut(s, i) || !clear(s, corners.get(i).place())) {
        continue;
      }
      Integer rival = bestOfRoot.get(root[i]);
      if (rival == null || length(s, i) < length(s, rival)) {
        bestOfRoot.put(root[i], i);
      }
    }
    return bestOfRoot.values().stream()
        .sorted((a, b) -> Double.compare(length(s, a), length(s, b)))
        .limit(WAYS)
        .map(i -> way(s, i))
        .toList();
  }

  private double length(Vec3 source, int corner) {
    return distance[corner] + source.distanceTo(corners.get(corner).place());
  }

  private Way way(Vec3 source, int last) {
    long which = 17;
    for (int i = last; i >= 0; i = next[i]) {
      which = which * 1_000_003 + i;
    }
    double between = distance[last] - distance[root[last]];
    return new Way(length(source, last), corners.get(root[last]).place(), between, which);
  }

  /** A string pulled tight bends towards the obstacle at every edge it touches. */
  private boolean taut(Vec3 source, int corner) {
    Corner c = corners.get(corner);
    Vec3 to = next[corner] < 0 ? receiver : corners.get(next[corner]).place();
    Vec3 in = c.place().minus(source);
    Vec3 out = to.minus(c.place());
    double turn = in.x() * out.y() - in.y() * out.x();
    Vec3 inward = c.centre().minus(c.place());
    double side = in.x() * inward.y() - in.y() * inward.x();
    return turn * side >= 0;
  }

  private boolean clear(Vec3 a, Vec3 b) {
    for (Box box : flat) {
      if (box.blocks(a, b)) {
        return false;
      }
    }
    return true;
  }

  private static Vec3 flatten(Vec3 v) {
    return new Vec3(v.x(), v.y(), 0);
  }
}
