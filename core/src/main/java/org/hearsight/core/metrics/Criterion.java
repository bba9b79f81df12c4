package org.hearsight.core.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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
  HIDDEN("hidden hazards", List.of("behind something", "outside the view"), Criterion::hiddenBy),

  /** Hazards by {@link Scenario#signalToNoise}. */
  @JsonProperty("signal_to_noise")
  SIGNAL_TO_NOISE(
      "hazards, signal to noise",
      List.of("below 0 dB", "0–10 dB", "10–20 dB", "20–30 dB", "from 30 dB"),
      Criterion::decibels),

  /** Hazards by {@link Scenario#motion}. */
  @JsonProperty("motion")
  MOTION(
      "hazards, motion",
      Arrays.stream(Motion.values()).map(Motion::label).toList(),
      s -> s.motion() == null ? null : s.motion().label()),

  /** All scenarios by {@link Scenario#origin}. */
  @JsonProperty("origin")
  ORIGIN(
      "sounds",
      Arrays.stream(SoundOrigin.values()).map(SoundOrigin::label).toList(),
      s -> s.origin() == null ? null : s.origin().label());

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

  /** Names of the parts, in the order they are shown. */
  public List<String> parts() {
    return parts;
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

  private static String decibels(Scenario s) {
    if (s.signalToNoise() == null) {
      return null;
    }
    int at = (int) Math.floor(s.signalToNoise() / DECIBELS) + 1;
    List<String> parts = SIGNAL_TO_NOISE.parts;
    return parts.get(Math.max(0, Math.min(parts.size() - 1, at)));
  }
}
