package org.hearsight.simulator.acoustics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Scene;

/**
 * Ways of one reflection in a wall and one upright edge: the mirror image of either end, diffracted
 * round an edge the other end has a free line to. A hidden source is often heard best this way,
 * from a wall that faces the corner.
 */
final class WallAndEdge {
  /** At most this many, the strongest ones. */
  private static final int WAYS = 4;

  /** A face nearer to an edge is its own: what it reflects is part of the diffraction, metres. */
  private static final double OWN = 0.05;

  /** Bands are compared in the middle one. */
  private static final int MIDDLE = 3;

  private final Scene scene;
  private final Vec3 receiver;
  private final EdgeGraph graph;
  private final MirrorImages mirrors;
  private final List<EdgeChain.Bend> edges;
  private final List<EdgeChain.Bend> seen;
  private final List<Face> walls;

  WallAndEdge(Scene scene, Vec3 receiver, EdgeGraph graph, MirrorImages mirrors) {
    this.scene = scene;
    this.receiver = receiver;
    this.graph = graph;
    this.mirrors = mirrors;
    this.edges = graph.edges();
    this.seen = free(receiver);
    this.walls = mirrors.walls();
  }

  /** All such ways. */
  List<SoundPath> of(Vec3 source) {
    List<SoundPath> paths = new ArrayList<>();
    add(receiver, seen, source, mirrors.walls(source), false, paths);
    add(source, free(source), receiver, walls, true, paths);
    paths.sort(Comparator.comparingDouble((SoundPath p) -> -p.gains()[MIDDLE]));
    return paths.size() > WAYS ? paths.subList(0, WAYS) : paths;
  }

  private List<EdgeChain.Bend> free(Vec3 end) {
    return edges.stream().filter(e -> graph.free(end, e.place())).toList();
  }

  /**
   * Adds what goes from one end over an edge and a wall to the other.
   *
   * @param atWall the end mirrored in the wall; the microphone if {@code fromWall}
   */
  private void add(
      Vec3 atEdge,
      List<EdgeChain.Bend> bends,
      Vec3 atWall,
      List<Face> faces,
      boolean fromWall,
      List<SoundPath> paths) {
    for (Face face : faces) {
      Vec3 image = face.mirror(atWall);
      for (EdgeChain.Bend bend : bends) {
        if (face.before(bend.place()) < OWN) {
          continue;
        }
        double angle = bend.angle(atEdge);
        double other = bend.angle(image);
        if (Math.abs(angle - other) <= Math.PI) {
          continue;
        }
        Vec3 e = bend.place();
        double near = Math.hypot(e.x() - atEdge.x(), e.y() - atEdge.y());
        double far = Math.hypot(e.x() - image.x(), e.y() - image.y());
        double rise = image.z() - atEdge.z();
        Vec3 edge = new Vec3(e.x(), e.y(), atEdge.z() + rise * near / (near + far));
        Vec3 point = face.cross(edge, image);
        if (point == null || !scene.clear(edge, point) || !scene.clear(point, atWall)) {
          continue;
        }
        double length = Math.hypot(near + far, rise);
        Vec3 from = (fromWall ? point : edge).minus(receiver).unit();
        paths.add(
            SoundPath.of(
                id(face, bend, fromWall),
                length,
                from,
                band ->
                    face.mirrored(band)
                        * Wedge.shadow(
                            Wedge.width(OctaveBands.wavelength(band), near, far, length),
                            angle,
                            other)));
      }
    }
  }

  private SoundPath.Id id(Face face, EdgeChain.Bend bend, boolean fromWall) {
    long which = (long) face.number() << 32 | (long) edges.indexOf(bend) << 1 | (fromWall ? 1 : 0);
    return new SoundPath.Id(SoundPath.Kind.WALL_AROUND, which);
  }
}
