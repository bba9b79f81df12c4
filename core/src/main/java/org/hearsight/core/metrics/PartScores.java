package org.hearsight.core.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * What is measured of one system over the scenarios of one part by a {@link Criterion}.
 *
 * @param classification of those scenarios
 * @param overall over all of them; its localization over the hazards
 * @param ambienceAlone background where nothing sounds but ambience
 * @param harmlessSound background with a sound from one place that is not a hazard
 * @param unknown how well sounds of no class are told from the rest; null where nobody says
 */
@JsonPropertyOrder({"classification", "overall", "ambience_alone", "harmless_sound", "unknown"})
public record PartScores(
    Classification classification,
    ImaginationScores.Slice overall,
    @JsonProperty("ambience_alone") Alarms ambienceAlone,
    @JsonProperty("harmless_sound") Alarms harmlessSound,
    @JsonInclude(JsonInclude.Include.NON_NULL) UnknownScores unknown) {

  /**
   * How often background was called a hazard.
   *
   * @param count scenarios
   * @param falseAlarmRate share of them
   */
  @JsonPropertyOrder({"count", "false_alarm_rate"})
  public record Alarms(
      int count, @NanAsNull @JsonProperty("false_alarm_rate") double falseAlarmRate) {

    private static Alarms of(List<Answer> answers, Predicate<Scenario> which) {
      List<Answer> of =
          answers.stream().filter(a -> a.truth().isBackground() && which.test(a.truth())).toList();
      return new Alarms(
          of.size(), Statistics.share(of, a -> a.answeredClass() != Correctness.BACKGROUND));
    }
  }

  private static PartScores of(
      List<Answer> own, Taxonomy taxonomy, Set<String> trained, long seed) {
    return new PartScores(
        Classification.of(own, taxonomy),
        ImaginationScores.Slice.of(own, taxonomy, seed),
        Alarms.of(own, s -> !s.hasHarmlessSound()),
        Alarms.of(own, Scenario::hasHarmlessSound),
        UnknownScores.of(own, trained));
  }

  /**
   * The scores of the parts that scenarios belong to, by every criterion, in the order of both;
   * empty where no scenario belongs to any.
   */
  static Map<Criterion, Map<String, PartScores>> byEvery(
      List<Answer> answers, Taxonomy taxonomy, Set<String> trained, long seed) {
    Map<Criterion, Map<String, PartScores>> all = new EnumMap<>(Criterion.class);
    for (Criterion criterion : Criterion.values()) {
      Map<String, PartScores> parts = new LinkedHashMap<>();
      for (String part : criterion.parts(answers.stream().map(Answer::truth).toList())) {
        List<Answer> own =
            answers.stream().filter(a -> part.equals(criterion.part(a.truth()))).toList();
        parts.put(part, of(own, taxonomy, trained, seed));
      }
      all.put(criterion, parts);
    }
    return all;
  }
}
