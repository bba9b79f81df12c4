package org.hearsight.core.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hearsight.core.dataset.Motion;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.SoundOrigin;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.vision.Camera;

/**
 * A property by which scenarios are parted, to be scored part by part: the one mechanism behind all
 * scores of parts. A new property is a constant here, and nothing else.
 */
public enum Criterion {
  /** Why the camera does not see a hidden hazard. */
  @JsonProperty("hidden")
  HIDDEN("hidden", List.of("behind something", "outside the view"), Criterion::hiddenBy),

  /** All scenarios by what is true, background too. */
  @JsonProperty("class")
  CLASS("class", List.of(), Scenario::className),

  /** Hazards by how far they are, along the ground and up. */
  @JsonProperty("distance")
  DISTANCE(
      "distance",
      List.of("below 5 m", "5–10 m", "10–20 m", "20–40 m", "from 40 m"),
      Criterion::metres),

  /** Hazards by how much of the view is occluded. */
  @JsonProperty("occlusion")
  OCCLUSION(
      "occlusion",
      List.of("0–20 %", "20–40 %", "40–60 %", "60–80 %", "80–100 %"),
      Criterion::occlusion),

  /** Hazards by {@link Scenario#signalToNoise}. */
  @JsonProperty("signal_to_noise")
  SIGNAL_TO_NOISE(
      "signal to noise",
      List.of("below 0 dB", "0–10 dB", "10–20 dB", "20–30 dB", "from 30 dB"),
      Criterion::decibels),

  /** Hazards by {@link Scenario#motion}. */
  @JsonProperty("motion")
  MOTION(
      "motion",
      Arrays.stream(Motion.values()).map(Motion::label).toList(),
      s -> s.motion() == null ? null : s.motion().label()),

  /** All scenarios by the kind of their scene. */
  @JsonProperty("scene")
  SCENE("scene", List.of(), s -> s.scene() == null ? null : s.scene().kind()),

  /** All scenarios by whether their scene has a ceiling. */
  @JsonProperty("setting")
  SETTING("setting", List.of("outdoor", "indoor"), Criterion::setting),

  /** All scenarios by {@link Scenario#origin}. */
  @JsonProperty("origin")
  ORIGIN(
      "sounds",
      Arrays.stream(SoundOrigin.values()).map(SoundOrigin::label).toList(),
      s -> s.origin() == null ? null : s.origin().label());

  /** Kinds of scenes with a ceiling; the simulator's, whose tests hold them to its layouts. */
  private static final Set<String> INDOOR =
      Set.of("indoor_corner", "doorway", "shelves", "partition");

  /** First metres of the parts of {@link #DISTANCE} after the first. */
  private static final double[] METRES = {5, 10, 20, 40};

  /** Width of a part of {@link #SIGNAL_TO_NOISE}, from zero on. */
  private static final double DECIBELS = 10;

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // lists that cannot be changed
  private final List<String> parts;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Function<Scenario, String> part;

  Criterion(String label, List<String> parts, Function<Scenario, String> part) {
    this.label = label;
    this.parts = parts;
    this.part = part;
  }

  /** What is parted, and by what. */
  public String label() {
    return label;
  }

  /**
   * Names of the parts that scenarios belong to, in the order they are shown: as they are known
   * beforehand, or by the alphabet.
   */
  public List<String> parts(List<Scenario> scenarios) {
    Set<String> found =
        scenarios.stream()
            .map(part)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new));
    return parts.isEmpty() ? List.copyOf(found) : parts.stream().filter(found::contains).toList();
  }

  /** The part a scenario belongs to; null where it belongs to none or that is not known. */
  public String part(Scenario scenario) {
    return part.apply(scenario);
  }

  /** What is not seen though its direction is in the view has something before it. */
  private static String hiddenBy(Scenario s) {
    if (s.isBackground() || s.visibilityBin() != VisibilityBin.HIDDEN) {
      return null;
    }
    return HIDDEN.parts.get(Camera.sees(s.location().point()) ? 0 : 1);
  }

  private static String metres(Scenario s) {
    if (s.isBackground()) {
      return null;
    }
    int at = 0;
    while (at < METRES.length && s.location().distance() >= METRES[at]) {
      at++;
    }
    return DISTANCE.parts.get(at);
  }

  private static String occlusion(Scenario s) {
    int fifths = OCCLUSION.parts.size();
    return s.isBackground()
        ? null
        : OCCLUSION.parts.get(Math.min(fifths - 1, (int) (s.occlusionLevel() * fifths)));
  }

  private static String setting(Scenario s) {
    if (s.scene() == null) {
      return null;
    }
    return SETTING.parts.get(INDOOR.contains(s.scene().kind()) ? 1 : 0);
  }

  private static String decibels(Scenario s) {
    if (s.signalToNoise() == null) {
      return null;
    }
    int at = (int) Math.floor(s.signalToNoise() / DECIBELS) + 1;
    List<String> parts = SIGNAL_TO_NOISE.parts;
    return parts.get(Math.max(0, Math.min(parts.size() - 1, at)));
  }
}
