package org.hearsight.core.track;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * Makes hazards with an identity out of a stream's answers, each of which says anew what is heard
 * and where: when one begins, where it goes, and when it has ended. For one thread.
 *
 * <p>The probability of each class is smoothed exponentially over time. A hazard begins when it
 * reaches one threshold and ends when it has stayed below a lower one for a while (hysteresis), so
 * that a class that wavers does not begin again and again. Meanwhile a {@linkplain PlaceFilter
 * Bayes filter over the places} follows it: it turns maps that waver between left and right of a
 * vehicle into the one that fits the way the hazard moves. A map counts for a hazard as far as the
 * answer is of its class, so two hazards that cross keep their identities. Sound that is said to be
 * unknown is no hazard.
 *
 * <p>A model answers with one hazard at a time, and there is one of a class: a second siren
 * elsewhere does not get an identity of its own but draws the first one to it.
 */
public final class HazardTracker {
  private static final double HALF = 0.5;

  private final Settings settings;
  private final Map<String, Double> smoothed = new LinkedHashMap<>();
  private final Map<String, Track> tracks = new LinkedHashMap<>();
  private double now = Double.NEGATIVE_INFINITY;
  private int ids;

  /**
   * What can be set.
   *
   * @param smoothing time constant of the classes' probabilities, seconds
   * @param onset probability from which on a hazard is reported
   * @param end probability below which it may have ended
   * @param endAfter seconds that it has to stay there
   * @param independent seconds after which the window counts as other sound
   * @param speed standard deviation of the velocity of hazards that drive, on either axis of the
   *     ground, m/s
   * @param keeping time constant of that velocity, seconds
   * @param seed of what is drawn; the same answers and seed give the same events
   */
  public record Settings(
      double smoothing,
      double onset,
      double end,
      double endAfter,
      double independent,
      double speed,
      double keeping,
      long seed) {
    /** Chosen by what they mean, not fitted to data. */
    public static final Settings DEFAULT = new Settings(0.5, 0.5, 0.25, 1, 1, 5, 8, 1);

    /**
     * @throws IllegalArgumentException naming the setting that makes no sense
     */
    public Settings {
      FieldValues.positive("smoothing", smoothing);
      FieldValues.within("onset", onset, 0, 1);
      FieldValues.within("end", end, 0, onset);
      FieldValues.within("end_after", endAfter, 0, 3600);
      FieldValues.positive("independent", independent);
      FieldValues.within("speed", speed, 0, 100);
      FieldValues.positive("keeping", keeping);
    }
  }

  private static final class Track {
    private final int id;
    private final double onset;
    private final PlaceFilter filter;
    private double lastHeard;

    Track(int id, double onset, PlaceFilter filter) {
      this.id = id;
      this.onset = onset;
      this.filter = filter;
      this.lastHeard = onset;
    }
  }

  public HazardTracker(Settings settings) {
    this.settings = settings;
  }

  /**
   * Takes the stream's next answer.
   *
   * @param seconds of the stream, later than those of the answer before
   * @return an event for each hazard that begins, goes on or ends, by taxonomy
   * @throws IllegalArgumentException if the time is not later
   */
  public List<HazardEvent> update(double seconds, Imagination answer) {
    if (!(seconds > now)) {
      throw new IllegalArgumentException("seconds: " + seconds + " is not after " + now);
    }
    double passed = now == Double.NEGATIVE_INFINITY ? 0 : seconds - now;
    now = seconds;
    PlacePosterior map = PlaceFilter.map(answer);
    List<HazardEvent> events = new ArrayList<>();
    boolean unknown = answer.unknown() != null && answer.unknown().said();
    for (Map.Entry<String, Double> p : answer.probabilities().entrySet()) {
      if (!p.getKey().equals(Taxonomy.BACKGROUND)) {
        HazardEvent event = follow(p.getKey(), unknown ? 0 : p.getValue(), map, passed);
        if (event != null) {
          events.add(event);
        }
      }
    }
    return events;
  }

  /** Ends all hazards, as the stream does. */
  public List<HazardEvent> end() {
    List<HazardEvent> events = new ArrayList<>();
    tracks.forEach((name, track) -> events.add(event(HazardEvent.Kind.END, name, track)));
    tracks.clear();
    return events;
  }

  private HazardEvent follow(String name, double heard, PlacePosterior map, double passed) {
    double share = -Math.expm1(-passed / settings.smoothing());
    double before = smoothed.getOrDefault(name, 0.0);
    double probability = before + share * (heard - before);
    smoothed.put(name, probability);
    Track track = tracks.get(name);
    if (track == null) {
      if (probability < settings.onset()) {
        return null;
      }
      track = new Track(++ids, now, newFilter());
      track.filter.update(map, heard, 1);
      tracks.put(name, track);
      return event(HazardEvent.Kind.ONSET, name, track);
    }
    track.filter.predict(passed);
    if (probability >= settings.end()) {
      track.lastHeard = now;
    } else if (now - track.lastHeard >= settings.endAfter()) {
      tracks.remove(name);
      return event(HazardEvent.Kind.END, name, track);
    }
    track.filter.update(map, heard, Math.min(1, passed / settings.independent()));
    return event(HazardEvent.Kind.UPDATE, name, track);
  }

  private PlaceFilter newFilter() {
    SplittableRandom own = new SplittableRandom(settings.seed() + ids);
    return new PlaceFilter(own, settings.speed(), settings.keeping());
  }

  private HazardEvent event(HazardEvent.Kind kind, String name, Track track) {
    PlacePosterior places = track.filter.posterior();
    Location best = places.best();
    return new HazardEvent(
        kind,
        track.id,
        name,
        smoothed.get(name),
        track.onset,
        now,
        best,
        new Imagination.Spread(
            places.within(best.azimuth(), HALF),
            Math.exp(places.logDistanceSpread(best.azimuth()))),
        places);
  }
}
