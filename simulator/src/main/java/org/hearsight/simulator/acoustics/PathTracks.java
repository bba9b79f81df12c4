package org.hearsight.simulator.acoustics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Trajectory;

/**
 * The sound paths of a moving source, followed from moment to moment.
 *
 * <p>What arrives at a moment left the source earlier; the source's place is taken at that earlier
 * time, so the Doppler shift is that of a moving source and still air.
 */
public final class PathTracks {
  /** Time between moments, seconds. */
  static final double STEP = 0.05;

  private final Map<SoundPath.Id, SoundPath[]> tracks = new LinkedHashMap<>();
  private final int moments;
  private final double seconds;
  private final double[] arrivals;
  private final boolean still;
  private final List<SoundPath> last;

  /**
   * @param finder gives the paths from a place
   * @param seconds to be followed
   */
  public PathTracks(Function<Vec3, List<SoundPath>> finder, Trajectory way, double seconds) {
    still = way.speed() == 0;
    moments = (int) Math.ceil(seconds / STEP - 1e-9) + 1;
    this.seconds = seconds;
    arrivals = new double[moments];
    List<SoundPath> paths = List.of();
    Vec3 before = null;
    for (int k = 0; k < moments; k++) {
      Vec3 place = emittedFrom(way, time(k));
      if (!place.equals(before)) {
        paths = finder.apply(place);
        before = place;
      }
      for (SoundPath p : paths) {
        tracks.computeIfAbsent(p.id(), id -> new SoundPath[moments])[k] = p;
      }
      // Where no way is found, the straight one tells when the sound would have come.
      double shortest = paths.stream().mapToDouble(SoundPath::length).min().orElse(-1);
      arrivals[k] = SoundSpeed.seconds(shortest < 0 ? place.norm() : shortest);
    }
    last = new ArrayList<>(paths);
  }

  public int moments() {
    return moments;
  }

  /** When a moment is, seconds; the last is the end, less than a step after the one before. */
  double time(int moment) {
    return Math.min(moment * STEP, seconds);
  }

  /** Travel time of what arrives first at a time, seconds; before and after as at the ends. */
  double firstArrival(double time) {
    double place = Math.max(0, Math.min(time, seconds)) / STEP;
    int k = Math.min((int) place, moments - 2);
    double share = (place * STEP - time(k)) / (time(k + 1) - time(k));
    return arrivals[k] + share * (arrivals[k + 1] - arrivals[k]);
  }

  /** Travel time of what arrives first at the end, seconds. */
  double lastArrival() {
    return arrivals[moments - 1];
  }

  /** Is there no path at any moment? */
  boolean isEmpty() {
    return tracks.isEmpty();
  }

  /** Does the source stand still, so that all moments are alike? */
  boolean still() {
    return still;
  }

  /** One array per path: its state at each moment, null where it does not exist. */
  public Collection<SoundPath[]> tracks() {
    return tracks.values();
  }

  /** What arrives at the end. */
  List<SoundPath> last() {
    return last;
  }

  /** Where the source was when it emitted what arrives at {@code time}. */
  private static Vec3 emittedFrom(Trajectory way, double time) {
    double delay = 0;
    for (int i = 0; i < 4; i++) {
      delay = SoundSpeed.seconds(way.at(time - delay).norm());
    }
    return way.at(time - delay);
  }
}
