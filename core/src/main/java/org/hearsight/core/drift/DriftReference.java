package org.hearsight.core.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.imagination.Calibration;

/**
 * What the scenes were like that a model was calibrated on: a distance for each sense, and how many
 * of the scenes lay how far.
 *
 * <p>Distances are fitted to every other scene and counted of the rest, so that those of later
 * clips can be held against them: a scene is nearer to a mean that it is part of.
 *
 * @param sound distance by {@link Traits#sound}
 * @param sight distance by {@link Traits#sight}; of the answer it is 1 − confidence
 * @param counts of the scenes that nothing was fitted to, by sense
 * @param scenesOf what all of them are
 */
@JsonPropertyOrder({"scenes_of", "sound", "sight", "counts"})
public record DriftReference(
    FeatureDistance sound,
    FeatureDistance sight,
    Map<DriftSense, ScoreCounts> counts,
    @JsonProperty("scenes_of") Calibration.FittedOn scenesOf) {
  /** Fewer scenes make no reference: two to fit and two to count. */
  public static final int LEAST_SCENES = 4;

  public DriftReference {
    if (sound == null || sight == null || counts == null || scenesOf == null) {
      throw new IllegalArgumentException("drift: sound, sight, counts or scenes_of is missing");
    }
    requireWidth("drift.sound", sound, Traits.SOUND);
    requireWidth("drift.sight", sight, Traits.SIGHT);
    for (DriftSense sense : DriftSense.values()) {
      if (counts.get(sense) == null || counts.get(sense).total() == 0) {
        throw new IllegalArgumentException("drift.counts." + sense.label() + ": missing");
      }
    }
    counts = Collections.unmodifiableMap(new EnumMap<>(counts)); // in one order, in files, too
  }

  private static void requireWidth(String field, FeatureDistance distance, int width) {
    if (distance.width() != width) {
      throw new IllegalArgumentException(
          field + ": of " + distance.width() + " numbers, expected " + width);
    }
  }

  /**
   * Of the scenes of a split; {@link #LEAST_SCENES} at least.
   *
   * @param scenesOf what they are
   */
  public static DriftReference of(List<Traits> scenes, Calibration.FittedOn scenesOf) {
    List<Traits> fitted = new ArrayList<>();
    List<Traits> counted = new ArrayList<>();
    for (int i = 0; i < scenes.size(); i++) {
      (i % 2 == 0 ? fitted : counted).add(scenes.get(i));
    }
    FeatureDistance sound = FeatureDistance.fit(fitted.stream().map(Traits::sound).toList());
    FeatureDistance sight = FeatureDistance.fit(fitted.stream().map(Traits::sight).toList());
    Map<DriftSense, ScoreCounts> counts = new EnumMap<>(DriftSense.class);
    for (DriftSense sense : DriftSense.values()) {
      counts.put(
          sense,
          ScoreCounts.of(
              counted.stream().mapToDouble(t -> distance(sense, t, sound, sight)).toArray()));
    }
    return new DriftReference(sound, sight, counts, scenesOf);
  }

  /** How far a scene lies from those of the calibration, by each sense. */
  Map<DriftSense, Double> distances(Traits scene) {
    Map<DriftSense, Double> distances = new EnumMap<>(DriftSense.class);
    for (DriftSense sense : DriftSense.values()) {
      distances.put(sense, distance(sense, scene, sound, sight));
    }
    return distances;
  }

  private static double distance(
      DriftSense sense, Traits scene, FeatureDistance sound, FeatureDistance sight) {
    return switch (sense) {
      case SOUND -> sound.of(scene.sound());
      case SIGHT -> sight.of(scene.sight());
      case ANSWER -> 1 - scene.confidence();
    };
  }
}
