package org.hearsight.core.imagination;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.List;

/**
 * A part of what a model is given, which can be withheld from it to show what it brings.
 *
 * <p>What is withheld is a constant inside the model's own networks, the same in training, in every
 * exported graph and in every answer: whatever comes in has no effect. Nothing outside of the
 * networks has to know of it.
 */
public enum ModelInput {
  /** All that is heard: tokens of the SELD encoder, cues, and what a map hears of each place. */
  @JsonProperty("sound")
  SOUND,
  /** All that is seen: tokens of the picture encoder, depth and occlusion. */
  @JsonProperty("picture")
  PICTURE,
  /** Tokens of the SELD encoder; cues beside them stay. */
  @JsonProperty("seld_tokens")
  SELD_TOKENS,
  /** Tokens of the picture encoder; depth and occlusion stay. */
  @JsonProperty("picture_tokens")
  PICTURE_TOKENS,
  /** The rows of direction histograms that a map is given. */
  @JsonProperty("histograms")
  HISTOGRAMS,
  /** The rows of echoes that a map is given. */
  @JsonProperty("echoes")
  ECHOES,
  /**
   * Depth: the picture encoder's plane, each token's inverse depth, and what a map sees along each
   * azimuth, with the height of the camera.
   */
  @JsonProperty("depth")
  DEPTH,
  /** Occlusion: the picture encoder's plane, that of each token, and the level of the view. */
  @JsonProperty("occlusion")
  OCCLUSION;

  /**
   * Each once, in the order of this list, so that one configuration is written in one way.
   *
   * @param inputs null, as in older cards, for none
   */
  public static List<ModelInput> sorted(Collection<ModelInput> inputs) {
    return inputs == null ? List.of() : inputs.stream().distinct().sorted().toList();
  }

  /** Is the occlusion of the view among what is withheld? */
  public static boolean hideOcclusion(Collection<ModelInput> withheld) {
    return withheld.contains(PICTURE) || withheld.contains(OCCLUSION);
  }

  /** Are the SELD encoder's tokens among what is withheld? */
  public static boolean hideTokens(Collection<ModelInput> withheld) {
    return withheld.contains(SOUND) || withheld.contains(SELD_TOKENS);
  }
}
