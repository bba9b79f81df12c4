package org.hearsight.simulator.acoustics;

import java.util.ArrayList;
import java.util.Collections;
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

  /** Faces that differ by less go on in one another, metres. */
  private static final double FLUSH = 5e-3;

  private final List<Box> flat = new ArrayList<>();
  private final List<Corner> corners = new ArrayList<>();
  private final Vec3 receiver;
  private final double[] distance;
  private final int[] next;
  private final int[] root;

  private record Corner(EdgeChain.Bend bend, Vec3 centre) {
    Vec3 place() {
      return bend.place();
    }
  }

  /**
   * A way in plan.
   *
   * @param length metres in plan
   * @param bends the edges passed, from the microphone to the source
   * @param which hash of the edges passed
   */
  record Way(double length, List<EdgeChain.Bend> bends, long which) {
    /** The edge next to the microphone. */
    Vec3 first() {
      return bends.get(0).place();
    }

    /** The edge next to the source. */
    Vec3 last() {
      return bends.get(bends.size() - 1).place();
    }
  }

  EdgeGraph(List<Box> obstacles, Vec3 receiver) {
    this.receiver = flatten(receiver);
    for (Box b : obstacles) {
      flat.add(Box.of(b.min().x(), b.max().x(), b.min().y(), b.max().y(), -1, 1));
    }
    for (Box b : flat) {
      for (EdgeChain.Bend bend : bends(b, flat, OFFSET)) {
        if (flat.stream().noneMatch(o -> o.contains(bend.place()))) {
          corners.add(new Corner(bend, flatten(b.centre())));
        }
      }
    }
    distance = new double[corners.size()];
    next = new int[corners.size()];
    root = new int[corners.size()];
    measure();
  }

  /**
   * The upright edges of a box that stand free; where its face goes on in another box there is
   * none.
   *
   * @param offset metres from the box
   */
  static List<EdgeChain.Bend> bends(Box b, List<Box> others, double offset) {
    List<EdgeChain.Bend> bends = new ArrayList<>();
    double z = b.centre().z();
    for (int i = 0; i < 4; i++) {
      int right = (i & 1) != 0 ? 1 : -1;
      int up = (i & 2) != 0 ? 1 : -1;
      double x = right > 0 ? b.max().x() : b.min().x();
      double y = up > 0 ? b.max().y() : b.min().y();
      Vec3 alongX = new Vec3(x + right * FLUSH, y - up * FLUSH, z);
      Vec3 alongY = new Vec3(x - right * FLUSH, y + up * FLUSH, z);
      if (others.stream().noneMatch(o -> o.contains(alongX) || o.contains(alongY))) {
        Vec3 place = new Vec3(x + right * offset, y + up * offset, 0);
        bends.add(new EdgeChain.Bend(place, right, up));
      }
    }
    return bends;
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

  /** All edges. */
  List<EdgeChain.Bend> edges() {
    return corners.stream().map(Corner::bend).toList();
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
    List<EdgeChain.Bend> bends = new ArrayList<>();
    for (int i = last; i >= 0; i = next[i]) {
      which = which * 1_000_003 + i;
      bends.add(corners.get(i).bend());
    }
    Collections.reverse(bends);
    return new Way(length(source, last), bends, which);
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

  /** Is the line between two points free in plan? */
  boolean free(Vec3 a, Vec3 b) {
    return clear(flatten(a), flatten(b));
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
