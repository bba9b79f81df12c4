package org.hearsight.simulator.acoustics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Solid;

/**
 * Finds the ways sound takes from a source to the microphone of a scene.
 *
 * <p>Sound is mirrored by faces and diffracted by edges; both take the shortest way there is (J. B.
 * Keller, Geometrical theory of diffraction, JOSA 52 (1962) 116–130), so the ways can be listed:
 *
 * <ul>
 *   <li>if the line is free, straight on and off the ground;
 *   <li>off the faces of boxes, by mirror images ({@link MirrorImages});
 *   <li>if the line is blocked, through what is thin ({@link Transmission}), around upright edges
 *       ({@link EdgeGraph}: at most three ways, each of them off the ground as well), over top
 *       edges ({@link OverTop}: one way, not in rooms), and round one edge and off one wall ({@link
 *       WallAndEdge}: at most four).
 * </ul>
 *
 * <p>A way has a length, a direction and a gain in each octave band. Where a source walks behind an
 * edge the level is continuous ({@link Wedge} behind it, {@link Grazing} before it). Outdoors there
 * is always a way over, so a hidden source is never silent; in a closed cell of a room it is.
 *
 * <p>Limits: ways more than {@value #DROWNED} dB below the strongest, all bands counted alike, are
 * left out. At most {@value #ORDER} reflections, the first in faces of 1.5 m² and more, two in
 * faces of 4 m² and more. No reflection between two edges, and no way off a wall and round two. All
 * edges are rigid right angles of upright boxes, and only boxes that reach between the heights of
 * source and microphone are passed. What is reflected more often or scattered belongs to the late
 * field, which only rooms have ({@link LateReverb}).
 *
 * <p>Not taken: ray tracing, which meets edges by chance, at levels that differ from run to run,
 * and whose ways cannot be followed while a source moves; here a way keeps its {@link
 * SoundPath.Id}, and source and microphone exchanged, the ways are the same. Nor the wave equation
 * on a grid: at 8 kHz its cells are about half a centimetre wide, some 10¹¹ for one street.
 */
public final class PathFinder {
  /** So far below the strongest way, others are left out, dB. */
  private static final double DROWNED = 35;

  private static final double[] EVEN = {1, 1, 1, 1, 1, 1, 1};

  private final Scene scene;
  private final Vec3 receiver;
  private final int order;
  private final EdgeGraph around;
  private final OverTop over;
  private final Grazing grazing;
  private final MirrorImages mirrors;
  private final WallAndEdge wallAndEdge;

  /** Reflections on a way in all scenarios. */
  public static final int ORDER = 2;

  /** As the other constructor, with {@link #ORDER} reflections. */
  public PathFinder(Scene scene, Vec3 receiver, double sourceHeight) {
    this(scene, receiver, sourceHeight, ORDER);
  }

  /**
   * @param receiver where the microphone is; the origin in all scenarios
   * @param sourceHeight of the sources to come, in microphone coordinates
   * @param order reflections on a way at most; with 0 nothing but the ground reflects
   */
  public PathFinder(Scene scene, Vec3 receiver, double sourceHeight, int order) {
    this.scene = scene;
    this.receiver = receiver;
    this.order = order;
    double low = Math.min(receiver.z(), sourceHeight);
    double high = Math.max(receiver.z(), sourceHeight);
    List<Box> obstacles =
        scene.solids().stream()
            .map(Solid::box)
            .filter(b -> b.max().z() > low && b.min().z() < high)
            .toList();
    this.around = new EdgeGraph(obstacles, receiver);
    this.over = scene.room() == null ? new OverTop(obstacles, receiver) : null;
    this.grazing = new Grazing(obstacles);
    this.mirrors = new MirrorImages(scene, receiver, order);
    this.wallAndEdge = new WallAndEdge(scene, receiver, around, mirrors);
  }

  /** All ways from a place to the microphone. */
  public List<SoundPath> find(Vec3 source) {
    List<SoundPath> paths = new ArrayList<>();
    if (order > 0) {
      paths.addAll(mirrors.of(source));
    }
    if (scene.clear(source, receiver)) {
      direct(source, paths);
    } else {
      through(source, paths);
      diffracted(source, paths);
      if (order > 0) {
        paths.addAll(wallAndEdge.of(source));
      }
    }
    return audible(paths);
  }

  /** Leaves out what is drowned by the strongest. */
  private static List<SoundPath> audible(List<SoundPath> paths) {
    double most = 0;
    for (SoundPath p : paths) {
      most = Math.max(most, p.energy(EVEN));
    }
    double least = most * Math.pow(10, -DROWNED / 10);
    return paths.stream().filter(p -> p.energy(EVEN) >= least).toList();
  }

  /** The way that brings the most energy of a source with the given energy per band. */
  public static SoundPath strongest(List<SoundPath> paths, double[] bandEnergy) {
    return paths.stream()
        .max(Comparator.comparingDouble(p -> p.energy(bandEnergy)))
        .orElseThrow(() -> new IllegalStateException("no sound path"));
  }

  private void direct(Vec3 source, List<SoundPath> paths) {
    Vec3 way = source.minus(receiver);
    SoundPath.BandGain beside = grazing.gain(receiver, source);
    paths.add(SoundPath.of(id(SoundPath.Kind.DIRECT, 0), way.norm(), way.unit(), beside));
    Vec3 image = belowGround(source);
    Vec3 deep = image.minus(receiver);
    double share = (scene.groundLevel() - receiver.z()) / deep.z();
    Vec3 point = receiver.plus(deep.times(share));
    if (scene.clear(source, point) && scene.clear(point, receiver)) {
      paths.add(
          SoundPath.of(
              id(SoundPath.Kind.GROUND, 0),
              deep.norm(),
              deep.unit(),
              // An edge beside the line is beside its mirror image, too.
              b -> beside.at(b) * scene.ground().reflection(b)));
    }
  }

  private void through(Vec3 source, List<SoundPath> paths) {
    double[] loss = Transmission.loss(scene, source, receiver);
    if (loss != null) {
      Vec3 way = source.minus(receiver);
      paths.add(
          SoundPath.of(
              id(SoundPath.Kind.THROUGH, 0),
              way.norm(),
              way.unit(),
              b -> Math.pow(10, -loss[b] / 20)));
    }
  }

  private void diffracted(Vec3 source, List<SoundPath> paths) {
    Vec3 image = belowGround(source);
    for (EdgeGraph.Way w : around.to(source)) {
      SoundPath.BandGain beside = beside(w, source);
      paths.add(around(w, source, SoundPath.Kind.AROUND, beside));
      paths.add(
          around(
              w,
              image,
              SoundPath.Kind.AROUND_GROUND,
              b -> beside.at(b) * scene.ground().reflection(b)));
    }
    OverTop.Way w = over == null ? null : over.to(source);
    if (w != null) {
      double reach = flat(source, receiver);
      EdgeChain chain =
          new EdgeChain(
              new Vec3(0, receiver.z(), 0), w.bends(), new Vec3(reach, source.z(), 0), w.length());
      paths.add(
          SoundPath.of(
              id(SoundPath.Kind.OVER, 0),
              w.length(),
              w.first().minus(receiver).unit(),
              b -> chain.gain(OctaveBands.wavelength(b))));
    }
  }

  /** A way around edges, with what is left of it beside others and off the ground. */
  private SoundPath around(
      EdgeGraph.Way w, Vec3 source, SoundPath.Kind kind, SoundPath.BandGain rest) {
    double rise = source.z() - receiver.z();
    double length = Math.hypot(w.length(), rise);
    EdgeChain chain = new EdgeChain(receiver, w.bends(), source, length);
    return SoundPath.of(
        id(kind, w.which()),
        length,
        arrival(w, rise),
        b -> chain.gain(OctaveBands.wavelength(b)) * rest.at(b));
  }

  /** What edges beside the first and the last leg of a way leave. */
  private SoundPath.BandGain beside(EdgeGraph.Way w, Vec3 source) {
    double rise = source.z() - receiver.z();
    double before = flat(receiver, w.first()) / w.length();
    double after = flat(source, w.last()) / w.length();
    SoundPath.BandGain first =
        grazing.gain(receiver, upright(w.first(), receiver.z() + rise * before));
    SoundPath.BandGain last = grazing.gain(upright(w.last(), source.z() - rise * after), source);
    return b -> first.at(b) * last.at(b);
  }

  private static double flat(Vec3 a, Vec3 b) {
    return Math.hypot(a.x() - b.x(), a.y() - b.y());
  }

  /** Towards the first edge, at the height the unfolded line has there. */
  private Vec3 arrival(EdgeGraph.Way way, double rise) {
    double up = rise * flat(receiver, way.first()) / way.length();
    return upright(way.first(), receiver.z() + up).minus(receiver).unit();
  }

  private static Vec3 upright(Vec3 place, double height) {
    return new Vec3(place.x(), place.y(), height);
  }

  private Vec3 belowGround(Vec3 source) {
    return new Vec3(source.x(), source.y(), 2 * scene.groundLevel() - source.z());
  }

  private static SoundPath.Id id(SoundPath.Kind kind, long which) {
    return new SoundPath.Id(kind, which);
  }
}
