package org.hearsight.simulator.acoustics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Solid;

/**
 * Mirror images to a set order in the faces of boxes and in the ground: an image counts if every
 * reflection point lies on its face and every leg is free.
 *
 * <p>The ground alone is not among them; it goes with the direct sound. What a face scatters is
 * lost to the image.
 */
final class MirrorImages {
  /** Smaller faces scatter rather than mirror, square metres. */
  private static final double SMALLEST_FACE = 1.5;

  /** Of higher orders, all faces are at least this large, square metres. */
  private static final double SMALLEST_OF_MANY = 4;

  private static final double ENDLESS = 1e4;

  private final int order;
  private final Scene scene;
  private final Vec3 receiver;
  private final List<Face> faces = new ArrayList<>();
  private final List<Face> large = new ArrayList<>();
  private final List<Face> largeSeen = new ArrayList<>();

  MirrorImages(Scene scene, Vec3 receiver, int order) {
    this.order = order;
    this.scene = scene;
    this.receiver = receiver;
    int number = 1;
    for (Solid s : scene.solids()) {
      for (int axis = 0; axis < 3; axis++) {
        for (int outward = -1; outward <= 1; outward += 2) {
          add(new Face(number++, axis, outward, s.box(), s.material()));
        }
      }
    }
    double ground = scene.groundLevel();
    Box earth = Box.of(-ENDLESS, ENDLESS, -ENDLESS, ENDLESS, ground - 1, ground);
    Face floor = new Face(0, 2, 1, earth, scene.ground());
    large.add(floor);
    largeSeen.add(floor);
  }

  private void add(Face face) {
    boolean seen = face.faces(receiver);
    if (face.area() >= SMALLEST_FACE && seen) {
      faces.add(face);
    }
    if (face.area() >= SMALLEST_OF_MANY) {
      large.add(face);
      if (seen) {
        largeSeen.add(face);
      }
    }
  }

  /** The large upright faces the microphone is before. */
  List<Face> walls() {
    return largeSeen.stream().filter(f -> f.axis() < 2).toList();
  }

  /** The large upright faces a point is before. */
  List<Face> walls(Vec3 point) {
    return large.stream().filter(f -> f.axis() < 2 && f.faces(point)).toList();
  }

  /** All valid images of a source as sound paths. */
  List<SoundPath> of(Vec3 source) {
    List<SoundPath> paths = new ArrayList<>();
    Vec3[] images = new Vec3[order + 1];
    images[0] = source;
    Face[] chain = new Face[order];
    for (Face f : faces) {
      if (f.faces(source)) {
        images[1] = f.mirror(source);
        chain[0] = f;
        close(images, chain, 1, paths);
      }
    }
    if (order > 1) {
      extend(images, chain, 0, paths);
    }
    return paths;
  }

  /** Mirrors the image of {@code depth} reflections in every face before it, and those again. */
  private void extend(Vec3[] images, Face[] chain, int depth, List<SoundPath> paths) {
    boolean lastTurn = depth == order - 1;
    for (Face f : lastTurn ? largeSeen : large) {
      boolean again = depth > 0 && chain[depth - 1].number() == f.number();
      if (again || !f.faces(images[depth])) {
        continue;
      }
      chain[depth] = f;
      images[depth + 1] = f.mirror(images[depth]);
      if (depth > 0 && f.faces(receiver)) {
        close(images, chain, depth + 1, paths);
      }
      if (!lastTurn) {
        extend(images, chain, depth + 1, paths);
      }
    }
  }

  /** Follows the way back from the microphone; keeps it if every point and every leg is good. */
  private void close(Vec3[] images, Face[] chain, int reflections, List<SoundPath> paths) {
    Vec3[] points = new Vec3[reflections];
    Vec3 from = receiver;
    for (int i = reflections - 1; i >= 0; i--) {
      from = chain[i].cross(from, images[i + 1]);
      if (from == null) {
        return;
      }
      points[i] = from;
    }
    Vec3 before = images[0];
    for (Vec3 point : points) {
      if (!scene.clear(before, point)) {
        return;
      }
      before = point;
    }
    if (scene.clear(before, receiver)) {
      paths.add(path(images[reflections], chain, reflections));
    }
  }

  private SoundPath path(Vec3 image, Face[] chain, int reflections) {
    Vec3 way = image.minus(receiver);
    long which = 0;
    Face[] passed = Arrays.copyOf(chain, reflections);
    for (Face f : passed) {
      which = which * 10_007 + f.number() + 1;
    }
    return SoundPath.of(
        new SoundPath.Id(SoundPath.Kind.WALL, which),
        way.norm(),
        way.unit(),
        b -> {
          double gain = 1;
          for (Face f : passed) {
            gain *= f.mirrored(b);
          }
          return gain;
        });
  }
}
