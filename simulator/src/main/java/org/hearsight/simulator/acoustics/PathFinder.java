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
 * <p>Straight on and off the ground where the line is free; off the faces of boxes; and, where the
 * straight line is blocked, around vertical edges and over top edges. Since there is always a way
 * around or over, a hidden source is never silent.
 */
public final class PathFinder {
  /** So far below the strongest way, others are left out, dB. */
  private static final double DROWNED = 35;

  private static final double[] EVEN = {1, 1, 1, 1, 1, 1, 1};

  private final Scene scene;
  private final Vec3 receiver;
  private final EdgeGraph around;
  private final OverTop over;
  private final Grazing grazing;
  private final MirrorImages mirrors;

  /**
   * @param receiver where the microphone is; the origin in all scenarios
   * @param sourceHeight of the sources to come, in microphone coordinates
   */
  public PathFinder(Scene scene, Vec3 receiver, double sourceHeight) {
    this.scene = scene;
    this.receiver = receiver;
    double low = Math.min(receiver.z(), sourceHeight);
    double high = Math.max(receiver.z(), sourceHeight);
    List<Box> obstacles =
        scene.solids().stream()
            .map(Solid::box)
            .filter(b -> b.max().z() > low && b.min().z() < high)
            .toList();
    this.around = new EdgeGraph(obstacles, receiver);
    this.over = scene.room() == null ? new OverTop(obstacles, receiver) : null;
    this.grazing = new Grazing(obstacles, receiver);
    this.mirrors = new MirrorImages(scene, receiver);
  }

  /** All ways from a place to the microphone. */
  public List<SoundPath> find(Vec3 source) {
    List<SoundPath> paths = new ArrayList<>(mirrors.of(source));
    if (scene.clear(source, receiver)) {
      direct(source, paths);
    } else {
      bent(source, paths);
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
    double detour = grazing.detour(source);
    paths.add(
        SoundPath.of(
            id(SoundPath.Kind.DIRECT, 0),
            way.norm(),
            way.unit(),
            b -> EdgeAttenuation.gain(b, -detour, 0)));
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
              b -> EdgeAttenuation.gain(b, -detour, 0) * scene.ground().reflection(b)));
    }
  }

  private void bent(Vec3 source, List<SoundPath> paths) {
    double straight = source.distanceTo(receiver);
    double rise = source.z() - receiver.z();
    for (EdgeGraph.Way w : around.to(source)) {
      double length = Math.hypot(w.length(), rise);
      double detour = length - straight;
      paths.add(
          SoundPath.of(
              id(SoundPath.Kind.AROUND, w.which()),
              length,
              arrival(w, rise),
              b -> EdgeAttenuation.gain(b, detour, w.between())));
      double fall = belowGround(source).z() - receiver.z();
      double longer = Math.hypot(w.length(), fall);
      double deepDetour = longer - belowGround(source).distanceTo(receiver);
      paths.add(
          SoundPath.of(
              id(SoundPath.Kind.AROUND_GROUND, w.which()),
              longer,
              arrival(w, fall),
              b ->
                  EdgeAttenuation.gain(b, deepDetour, w.between()) * scene.ground().reflection(b)));
    }
    OverTop.Way w = over == null ? null : over.to(source);
    if (w != null) {
      double detour = w.length() - straight;
      paths.add(
          SoundPath.of(
              id(SoundPath.Kind.OVER, 0),
              w.length(),
              w.first().minus(receiver).unit(),
              b -> EdgeAttenuation.gain(b, detour, w.between())));
    }
  }

  /** Towards the first edge, at the height the unfolded line has there. */
  private Vec3 arrival(EdgeGraph.Way way, double rise) {
    double dx = way.first().x() - receiver.x();
    double dy = way.first().y() - receiver.y();
    return new Vec3(dx, dy, rise * Math.hypot(dx, dy) / way.length()).unit();
  }

  private Vec3 belowGround(Vec3 source) {
    return new Vec3(source.x(), source.y(), 2 * scene.groundLevel() - source.z());
  }

  private static SoundPath.Id id(SoundPath.Kind kind, long which) {
    return new SoundPath.Id(kind, which);
  }
}
