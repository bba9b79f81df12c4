package org.hearsight.core.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Set;

/**
 * How well sounds of no class are told from the rest: background in which such a sound is heard
 * most ({@link org.hearsight.core.dataset.Scenario#unknown}) against hazards, and against ambience.
 *
 * @param unknown scenarios of unknown sounds
 * @param heldOut those of kinds that the data set's training split lacks; 0 if it has none
 * @param known hazards
 * @param ambience background without a harmless sound
 * @param auc chance that the score of an unknown sound is above that of a hazard; equal ones count
 *     half (area under the receiver operating characteristic)
 * @param heldOutAuc the same of those kinds; NaN where there are none
 * @param ambienceAuc the same of unknown sounds against ambience
 * @param unknownSaid share of the unknown sounds that are said to be unknown
 * @param heldOutSaid the same of those kinds
 * @param knownSaid share of the hazards that are said to be unknown
 * @param ambienceSaid the same of ambience
 */
@JsonPropertyOrder({
  "unknown",
  "held_out",
  "known",
  "ambience",
  "auc",
  "held_out_auc",
  "ambience_auc",
  "unknown_said",
  "held_out_said",
  "known_said",
  "ambience_said"
})
public record UnknownScores(
    int unknown,
    @JsonProperty("held_out") int heldOut,
    int known,
    int ambience,
    @NanAsNull double auc,
    @NanAsNull @JsonProperty("held_out_auc") double heldOutAuc,
    @NanAsNull @JsonProperty("ambience_auc") double ambienceAuc,
    @NanAsNull @JsonProperty("unknown_said") double unknownSaid,
    @NanAsNull @JsonProperty("held_out_said") double heldOutSaid,
    @NanAsNull @JsonProperty("known_said") double knownSaid,
    @NanAsNull @JsonProperty("ambience_said") double ambienceSaid) {

  /**
   * Scores the answers that say whether a sound is unknown.
   *
   * @param trained kinds of unknown sounds that the data set's training split has; null if it has
   *     no training split, so that nobody can say which kinds are held out
   * @return null if none does, or no scenario has an unknown sound
   */
  static UnknownScores of(List<Answer> answers, Set<String> trained) {
    List<Answer> saying = answers.stream().filter(a -> a.unknown() != null).toList();
    List<Answer> unknown = saying.stream().filter(a -> a.truth().unknown() != null).toList();
    if (unknown.isEmpty()) {
      return null;
    }
    List<Answer> heldOut =
        trained == null
            ? List.of()
            : unknown.stream().filter(a -> !trained.contains(a.truth().unknown())).toList();
    List<Answer> known = saying.stream().filter(a -> !a.truth().isBackground()).toList();
    List<Answer> ambience =
        saying.stream()
            .filter(a -> a.truth().isBackground() && !a.truth().hasHarmlessSound())
            .toList();
    return new UnknownScores(
        unknown.size(),
        heldOut.size(),
        known.size(),
        ambience.size(),
        auc(unknown, known),
        auc(heldOut, known),
        auc(unknown, ambience),
        said(unknown),
        said(heldOut),
        said(known),
        said(ambience));
  }

  private static double auc(List<Answer> high, List<Answer> low) {
    double[] sorted = low.stream().mapToDouble(a -> a.unknown().score()).sorted().toArray();
    double below = 0;
    for (Answer a : high) {
      below += (rank(sorted, a.unknown().score(), false) + rank(sorted, a.unknown().score(), true));
    }
    return Statistics.ratio(below / 2, (double) high.size() * low.size());
  }

  /** How many lie below a value, or not above it. */
  private static int rank(double[] sorted, double value, boolean equal) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < value || (equal && sorted[middle] == value)) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private static double said(List<Answer> answers) {
    return Statistics.share(answers, a -> a.unknown().said());
  }
}
