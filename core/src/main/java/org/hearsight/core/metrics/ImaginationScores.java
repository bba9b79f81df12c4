package org.hearsight.core.metrics;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * Everything that is measured of one system over one set of scenarios.
 *
 * @param scenarios how many
 * @param classification over all scenarios
 * @param overall over all scenarios; its localization over all hazards
 * @param hidden hazards of which the camera sees nothing
 * @param partly hazards seen less than half
 * @param visible hazards seen half or more
 * @param parts the scores of parts of the scenarios, by what they are parted by and the part's
 *     name; parts without scenarios are left out
 * @param unknown how well sounds of no class are told from the rest; null where the system or the
 *     data do not say
 * @param riskCoverage how often answers are wrong if only confident ones are given; null in scores
 *     that earlier versions wrote
 * @param reliability the adapter's weights by occlusion; empty for systems without
 */
@JsonIgnoreProperties({"procedural", "recorded"}) // which scores of an earlier version have
@JsonPropertyOrder({
  "scenarios",
  "classification",
  "overall",
  "hidden",
  "partly",
  "visible",
  "parts",
  "unknown",
  "risk_coverage",
  "reliability"
})
public record ImaginationScores(
    int scenarios,
    Classification classification,
    Slice overall,
    Slice hidden,
    Slice partly,
    Slice visible,
    Map<Criterion, Map<String, PartScores>> parts,
    @JsonInclude(JsonInclude.Include.NON_NULL) UnknownScores unknown,
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("risk_coverage")
        RiskCoverage riskCoverage,
    List<ReliabilityBin> reliability) {

  public ImaginationScores {
    // Not Map.copyOf, which would lose the order; absent in scores that earlier versions wrote.
    parts = parts == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    reliability = List.copyOf(reliability);
  }

  /**
   * The scores of a part of the scenarios.
   *
   * @param count scenarios in it
   * @param accuracy share of named classes
   * @param accuracyLow lower end of that share's 95 % bootstrap interval
   * @param accuracyHigh its upper end
   * @param macroF1 mean of the F1 of every class that occurs in it, counted among its scenarios
   *     alone
   * @param places of systems with a map; null for others, and where there is no hazard
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonPropertyOrder({
    "count",
    "accuracy",
    "accuracy_low",
    "accuracy_high",
    "macro_f1",
    "localization",
    "places",
    "calibration"
  })
  public record Slice(
      int count,
      @NanAsNull double accuracy,
      @NanAsNull @JsonProperty("accuracy_low") double accuracyLow,
      @NanAsNull @JsonProperty("accuracy_high") double accuracyHigh,
      @NanAsNull @JsonProperty("macro_f1") double macroF1,
      Localization localization,
      PlaceScores places,
      Reliability calibration) {

    /**
     * Scores some answers.
     *
     * @param seed of the bootstrap
     */
    public static Slice of(List<Answer> answers, Taxonomy taxonomy, long seed) {
      List<Answer> hazards = answers.stream().filter(a -> !a.truth().isBackground()).toList();
      Classification classes = Classification.of(answers, taxonomy);
      double[] named =
          answers.stream()
              .mapToDouble(a -> a.trueClass(taxonomy) == a.answeredClass() ? 1 : 0)
              .toArray();
      double[] accuracy = Statistics.interval95(named, Statistics::mean, seed);
      return new Slice(
          answers.size(),
          classes.accuracy(),
          accuracy[0],
          accuracy[1],
          classes.macroF1(),
          Localization.of(hazards, seed),
          PlaceScores.of(hazards),
          Reliability.of(answers, taxonomy));
    }
  }

  /**
   * Scores a system's answers where nothing is known of its training.
   *
   * @param seed of the bootstrap; the same seed gives the same intervals
   */
  public static ImaginationScores of(List<Answer> answers, Taxonomy taxonomy, long seed) {
    return of(answers, taxonomy, null, seed);
  }

  /**
   * Scores a system's answers.
   *
   * @param trained kinds of unknown sounds that the data set's training split has; null if it has
   *     no such split
   * @param seed of the bootstrap; the same seed gives the same intervals
   */
  public static ImaginationScores of(
      List<Answer> answers, Taxonomy taxonomy, Set<String> trained, long seed) {
    for (Answer a : answers) {
      if (a.classProbabilities().length != taxonomy.size()) {
        throw new IllegalArgumentException(
            "%s: %d class probabilities for %d classes"
                .formatted(a.truth().id(), a.classProbabilities().length, taxonomy.size()));
      }
    }
    return new ImaginationScores(
        answers.size(),
        Classification.of(answers, taxonomy),
        Slice.of(answers, taxonomy, seed),
        Slice.of(bin(answers, VisibilityBin.HIDDEN), taxonomy, seed),
        Slice.of(bin(answers, VisibilityBin.PARTLY), taxonomy, seed),
        Slice.of(bin(answers, VisibilityBin.VISIBLE), taxonomy, seed),
        PartScores.byEvery(answers, taxonomy, trained, seed),
        UnknownScores.of(answers, trained),
        RiskCoverage.of(answers, taxonomy),
        ReliabilityBin.of(answers));
  }

  /** The slice of a visibility bin. */
  public Slice slice(VisibilityBin bin) {
    return switch (bin) {
      case HIDDEN -> hidden;
      case PARTLY -> partly;
      case VISIBLE -> visible;
    };
  }

  /** Hidden, partly seen and visible hazards, by name; those without hazards too. */
  public Map<String, Slice> visibilityBins() {
    Map<String, Slice> slices = new LinkedHashMap<>();
    for (VisibilityBin bin : VisibilityBin.values()) {
      slices.put(bin.label(), slice(bin));
    }
    return slices;
  }

  /** The scores of the parts by a criterion, by name; empty where no scenario belongs to any. */
  public Map<String, PartScores> parts(Criterion criterion) {
    return parts.getOrDefault(criterion, Map.of());
  }

  /**
   * Hazards by how much of them is seen, by name: hidden ones, both kinds of hidden ones where
   * there are any, partly seen and visible ones.
   */
  public Map<String, Slice> byVisibility() {
    Map<String, Slice> slices = new LinkedHashMap<>();
    for (VisibilityBin bin : VisibilityBin.values()) {
      slices.put(bin.label(), slice(bin));
      if (bin == VisibilityBin.HIDDEN) {
        parts(Criterion.HIDDEN)
            .forEach((part, scores) -> slices.put(bin.label() + " " + part, scores.overall()));
      }
    }
    return slices;
  }

  /** Angular errors in degrees of the hazards in a bin, in the answers' order. */
  public static double[] angles(List<Answer> answers, VisibilityBin bin) {
    return bin(answers, bin).stream().mapToDouble(Answer::angle).toArray();
  }

  /** The answers to hazards of a bin. */
  public static List<Answer> bin(List<Answer> answers, VisibilityBin bin) {
    return answers.stream()
        .filter(a -> !a.truth().isBackground() && a.truth().visibilityBin() == bin)
        .toList();
  }
}
