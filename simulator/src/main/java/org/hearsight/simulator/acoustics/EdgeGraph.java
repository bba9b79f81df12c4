package org.hearsight.simulator.acoustics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;

/**
 * The shortest ways around the vertical edges of obstacles, in plan.
 *
 * <p>The shortest way around obstacles is a taut string, which is also the way the strongest
 * diffracted sound takes. It runs from corner to corner along free lines: a visibility graph (T.
 * Lozano-Pérez, M. A. Wesley, CACM 22 (1979) 560–570), with the shortest way between any two
 * corners (R. W. Floyd, Algorithm 97, CACM 5 (1962) 345). Microphone and obstacles stand still, so
 * the graph is built once a scene, which takes the cube of the number of corners; only the source's
 * last leg is searched anew. Both ends count alike: source and microphone exchanged, the ways are
 * the same.
 *
 * <p>Limits: the {@value #WAYS} shortest ways count, of those that are the shortest past their
 * first or past their last edge; longer ones bend more and are weaker. Everything happens in plan:
 * obstacles are as if endless upwards and downwards, and a difference in height is spread evenly
 * over the way. What goes over them is found by {@link OverTop}.
 *
 * <p>Not taken: all ways of up to a set number of edges, whose number grows with its power, and
 * most of which are slack: sound does not turn where no obstacle pulls it tight.
 */
final class EdgeGraph {
  /** At most this many ways, the shortest ones. */
  static final int WAYS = 3;

  /** Corners are set off by this, metres, to stand clear of their own walls. */
  private static final double OFFSET = 1e-3;

  /** A way has to be this much shorter to count as shorter, metres: rounding decides nothing. */
  private static final double SHORTER = 1e-9;

  /** Short of a bend by so little, a leg along a face counts as one. */
  private static final double STRAIGHT = 1e-3;

  /** Faces that differ by less go on in one another, metres. */
  private static final double FLUSH = 5e-3;

  private final List<Box> flat = new ArrayList<>();
  private final List<EdgeChain.Bend> corners = new ArrayList<>();
  private final Vec3 receiver;
  private final double[][] distance; // [corners][corners], infinite if there is no way
  private final int[][] next; // the corner after the first on the way to the second
  private final int[] seen; // corners the microphone has a free line to
  private final double[] reach; // their distances from it
  private final double[] leaving; // and the angles it is seen at from them

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
          corners.add(bend);
        }
      }
    }
    int n = corners.size();
    distance = new double[n][n];
    next = new int[n][n];
    measure();
    seen = seenFrom(this.receiver);
    reach = new double[seen.length];
    leaving = new double[seen.length];
    for (int i = 0; i < seen.length; i++) {
      reach[i] = place(seen[i]).distanceTo(this.receiver);
      leaving[i] = corners.get(seen[i]).angle(this.receiver);
    }
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

  private void measure() {
    int n = distance.length;
    for (int i = 0; i < n; i++) {
      next[i][i] = i;
      for (int j = 0; j < i; j++) {
        boolean free = clear(place(i), place(j));
        distance[i][j] = free ? place(i).distanceTo(place(j)) : Double.POSITIVE_INFINITY;
        distance[j][i] = distance[i][j];
        next[i][j] = j;
        next[j][i] = i;
      }
    }
    for (int by = 0; by < n; by++) {
      for (int i = 0; i < n; i++) {
        if (Double.isInfinite(distance[i][by])) {
          continue;
        }
        for (int j = 0; j < i; j++) {
          double length = distance[i][by] + distance[by][j];
          if (length < distance[i][j] - SHORTER) {
            distance[i][j] = length;
            distance[j][i] = length;
            next[i][j] = next[i][by];
            next[j][i] = next[j][by];
          }
        }
      }
    }
  }

  /** All edges. */
  List<EdgeChain.Bend> edges() {
    return List.copyOf(corners);
  }

  /**
   * The shortest taut ways to a source: of those past each edge next to the microphone the
   * shortest, and of those past each edge next to the source.
   */
  List<Way> to(Vec3 source) {
    Vec3 s = flatten(source);
    int[] near = seenFrom(s);
    Pair[] ofFirst = new Pair[seen.length];
    Pair[] ofLast = new Pair[near.length];
    for (int k = 0; k < near.length; k++) {
      int last = near[k];
      double rest = place(last).distanceTo(s);
      double towards = corners.get(last).angle(s);
      for (int i = 0; i < seen.length; i++) {
        double length = reach[i] + distance[seen[i]][last] + rest;
        boolean shorter = shorter(length, ofFirst[i]) || shorter(length, ofLast[k]);
        if (!shorter || !taut(i, last, towards)) {
          continue;
        }
        Pair pair = new Pair(seen[i], last, length);
        ofFirst[i] = shorter(length, ofFirst[i]) ? pair : ofFirst[i];
        ofLast[k] = shorter(length, ofLast[k]) ? pair : ofLast[k];
      }
    }
    return Stream.concat(Stream.of(ofFirst), Stream.of(ofLast))
        .filter(Objects::nonNull)
        .distinct()
        .sorted(Comparator.comparingDouble(Pair::length))
        .limit(WAYS)
        .map(this::way)
        .toList();
  }

  /** The edges a way begins and ends with, seen from the microphone, and its length. */
  private record Pair(int first, int last, double length) {}

  private static boolean shorter(double length, Pair rival) {
    return !Double.isInfinite(length) && (rival == null || length < rival.length());
  }

  private Way way(Pair pair) {
    long which = 17;
    List<EdgeChain.Bend> bends = new ArrayList<>();
    for (int i = pair.first; i != pair.last; i = next[i][pair.last]) {
      which = which * 1_000_003 + i;
      bends.add(corners.get(i));
    }
    bends.add(corners.get(pair.last));
    return new Way(pair.length, bends, which * 1_000_003 + pair.last);
  }

  /** A string pulled tight turns towards the obstacle at its first and at its last edge. */
  private boolean taut(int end, int last, double towards) {
    int first = seen[end];
    if (first == last) {
      return turns(leaving[end], towards);
    }
    return turns(leaving[end], corners.get(first).angle(place(next[first][last])))
        && turns(corners.get(last).angle(place(next[last][first])), towards);
  }

  private static boolean turns(double in, double out) {
    return Wedge.beyond(Math.abs(in - out)) > -STRAIGHT;
  }

  private int[] seenFrom(Vec3 point) {
    return IntStream.range(0, corners.size()).filter(i -> clear(point, place(i))).toArray();
  }

  private Vec3 place(int corner) {
    return corners.get(corner).place();
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
