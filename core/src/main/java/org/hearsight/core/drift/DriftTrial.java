package org.hearsight.core.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How soon a {@link DriftMonitor} raises its alarm, over many streams of the same scenes in drawn
 * orders.
 *
 * @param streams of each kind
 * @param alarmed share of streams of these scenes alone that raise an alarm
 * @param clips until then, the median; null where less than half of them do
 * @param alarmedLater share of streams that do where half of the scenes come undamaged first;
 *     alarms before the damage among them
 * @param clipsLater damaged clips until then, the median; null where less than half of them do
 * @param alarmedPooled share of streams that do where the scenes of the reference and these are
 *     shuffled together first, as Ville's bound has it; null of damaged scenes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "streams",
  "alarmed",
  "clips",
  "alarmed_later",
  "clips_later",
  "alarmed_pooled"
})
public record DriftTrial(
    int streams,
    double alarmed,
    Double clips,
    @JsonProperty("alarmed_later") double alarmedLater,
    @JsonProperty("clips_later") Double clipsLater,
    @JsonProperty("alarmed_pooled") Double alarmedPooled) {
  private static final long SEED = 1;
  private static final int STREAMS = 200;

  /** Where false alarms are counted, which are one in a hundred at most. */
  private static final int STREAMS_UNDAMAGED = 1000;

  /**
   * Of scenes as they are.
   *
   * @param scenes one at least
   */
  public static DriftTrial undamaged(DriftReference reference, List<Traits> scenes) {
    List<Distances> distances = distances(reference, scenes);
    List<Distances> pool = new ArrayList<>(distances);
    Random random = new Random(SEED);
    pool.addAll(referenceScenes(reference, random));
    int alarms = 0;
    for (int i = 0; i < STREAMS_UNDAMAGED; i++) {
      Collections.shuffle(pool, random);
      Map<DriftSense, ScoreCounts> counts = counts(pool.subList(distances.size(), pool.size()));
      alarms += clipsUntilAlarm(counts, pool.subList(0, distances.size())) > 0 ? 1 : 0;
    }
    return of(
        reference, distances, distances, STREAMS_UNDAMAGED, (double) alarms / STREAMS_UNDAMAGED);
  }

  /**
   * Of damaged scenes.
   *
   * @param undamaged scenes; two at least
   * @param damaged as many
   */
  public static DriftTrial damaged(
      DriftReference reference, List<Traits> undamaged, List<Traits> damaged) {
    return of(
        reference, distances(reference, undamaged), distances(reference, damaged), STREAMS, null);
  }

  private static DriftTrial of(
      DriftReference reference,
      List<Distances> undamaged,
      List<Distances> damaged,
      int streams,
      Double pooled) {
    Random random = new Random(SEED);
    List<Double> atOnce = new ArrayList<>();
    List<Double> later = new ArrayList<>();
    int before = 0; // alarms while nothing was damaged
    for (int i = 0; i < streams; i++) {
      List<Distances> stream = new ArrayList<>(damaged);
      Collections.shuffle(stream, random);
      add(atOnce, clipsUntilAlarm(reference.counts(), stream));
      int half = Math.min(undamaged.size(), damaged.size()) / 2;
      List<Integer> order = new ArrayList<>();
      for (int s = 0; s < Math.min(undamaged.size(), damaged.size()); s++) {
        order.add(s);
      }
      Collections.shuffle(order, random);
      List<Distances> mixed = new ArrayList<>();
      for (int s = 0; s < order.size(); s++) {
        mixed.add((s < half ? undamaged : damaged).get(order.get(s)));
      }
      int alarm = clipsUntilAlarm(reference.counts(), mixed);
      if (alarm > 0 && alarm <= half) {
        before++;
      } else {
        add(later, alarm - half);
      }
    }
    return new DriftTrial(
        streams,
        (double) atOnce.size() / streams,
        median(atOnce, streams),
        (double) (later.size() + before) / streams,
        median(later, streams - before),
        pooled);
  }

  private static void add(List<Double> all, int clips) {
    if (clips > 0) {
      all.add((double) clips);
    }
  }

  /** Of streams of which some never do. */
  private static Double median(List<Double> clips, int streams) {
    if (2 * clips.size() < streams || clips.isEmpty()) {
      return null;
    }
    List<Double> all = new ArrayList<>(clips);
    all.addAll(Collections.nCopies(streams - clips.size(), Double.POSITIVE_INFINITY));
    Collections.sort(all);
    double middle = all.get((streams - 1) / 2);
    return Double.isInfinite(middle) ? null : (Double) middle;
  }

  /** 0 where there is no alarm. */
  private static int clipsUntilAlarm(
      Map<DriftSense, ScoreCounts> reference, List<Distances> stream) {
    DriftMonitor monitor = new DriftMonitor(reference, DriftState.begin("", DriftState.ALPHA));
    for (Distances clip : stream) {
      if (monitor.add(clip.bySense(), "").alarm() != null) {
        return (int) monitor.state().clips();
      }
    }
    return 0;
  }

  /** Of one scene. */
  private record Distances(Map<DriftSense, Double> bySense) {}

  private static List<Distances> distances(DriftReference reference, List<Traits> scenes) {
    return scenes.stream().map(s -> new Distances(reference.distances(s))).toList();
  }

  /**
   * Scenes of the reference. Which distances of its senses belong together it does not keep, so
   * they are drawn together; in the order of their size the loudest sound would always have the
   * rarest view, and their alarms would come together too often.
   */
  private static List<Distances> referenceScenes(DriftReference reference, Random random) {
    List<Distances> scenes = new ArrayList<>();
    reference
        .counts()
        .forEach(
            (sense, counts) -> {
              int at = 0;
              List<Double> drawn =
                  new ArrayList<>(Arrays.stream(counts.distances()).boxed().toList());
              Collections.shuffle(drawn, random);
              for (double d : drawn) {
                if (at == scenes.size()) {
                  scenes.add(new Distances(new EnumMap<>(DriftSense.class)));
                }
                scenes.get(at++).bySense().put(sense, d);
              }
            });
    return scenes;
  }

  private static Map<DriftSense, ScoreCounts> counts(List<Distances> scenes) {
    Map<DriftSense, ScoreCounts> counts = new EnumMap<>(DriftSense.class);
    for (DriftSense sense : DriftSense.values()) {
      counts.put(
          sense,
          ScoreCounts.of(scenes.stream().mapToDouble(s -> s.bySense().get(sense)).toArray()));
    }
    return counts;
  }
}
