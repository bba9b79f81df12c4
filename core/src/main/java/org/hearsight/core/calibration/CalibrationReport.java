package org.hearsight.core.calibration;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.imagination.Calibration;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.PlaceScores;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.text.TextTable;

/**
 * What a calibration changes on the scenes it was fitted on. What is said of afterwards is said of
 * scenes that the fit had not seen: each fifth of them is answered under a fit to the other four.
 *
 * @param before of the model as it was
 * @param after with the calibration, on fifths that it was not fitted to
 */
public record CalibrationReport(Side before, Side after) {
  private static final int FOLDS = 5;
  private static final double[] SHARES = {0.5, 0.8, 0.9};
  private static final String OVERALL = "overall";

  /**
   * How well probabilities meant what they say.
   *
   * @param negativeLogLikelihood mean over scenes, of the true class, nats
   * @param placesNegativeLogLikelihood mean over hazards, of the map, nats; null without a map
   * @param calibrationError of the confidence, over ten equal bins: overall, and of hazards by
   *     visibility
   * @param coverage of the regions: overall, of hazards by visibility, by the occlusion of the
   *     view; empty without a map
   */
  @JsonPropertyOrder({
    "negative_log_likelihood",
    "places_negative_log_likelihood",
    "calibration_error",
    "coverage"
  })
  public record Side(
      @JsonProperty("negative_log_likelihood") double negativeLogLikelihood,
      @JsonProperty("places_negative_log_likelihood") Double placesNegativeLogLikelihood,
      @JsonProperty("calibration_error") Map<String, Double> calibrationError,
      Map<String, Coverage> coverage) {}

  /**
   * The share of hazards within the region of a probability.
   *
   * @param count hazards
   */
  @JsonPropertyOrder({"count", "50", "80", "90"})
  public record Coverage(
      int count,
      @JsonProperty("50") double of50,
      @JsonProperty("80") double of80,
      @JsonProperty("90") double of90) {
    static Coverage of(List<Answer> hazards) {
      return new Coverage(
          hazards.size(),
          PlaceScores.coverage(hazards, SHARES[0]),
          PlaceScores.coverage(hazards, SHARES[1]),
          PlaceScores.coverage(hazards, SHARES[2]));
    }
  }

  /**
   * Compares.
   *
   * @param cases that {@code fit} was fitted to
   * @param before the calibration that the model had
   * @param target what the confidence head learned
   */
  public static CalibrationReport of(
      List<CalibrationCase> cases,
      Taxonomy taxonomy,
      ConfidenceTarget target,
      CalibrationFit before,
      CalibrationFit fit) {
    List<Answer> then = cases.stream().map(c -> answer(c, before)).toList();
    List<Answer> now = new ArrayList<>(then);
    for (int fold = 0; fold < Math.min(FOLDS, cases.size()); fold++) {
      int left = fold;
      List<CalibrationCase> others =
          IntStream.range(0, cases.size())
              .filter(i -> i % FOLDS != left)
              .mapToObj(cases::get)
              .toList();
      CalibrationFit own =
          others.isEmpty()
              ? fit
              : CalibrationFit.of(others, taxonomy, target, fit.calibration().fittedOn());
      for (int i = left; i < cases.size(); i += FOLDS) {
        now.set(i, answer(cases.get(i), own));
      }
    }
    Calibration.Regions bins = fit.calibration().regions();
    List<Double> entropy = cases.stream().map(c -> entropy(c, fit)).toList();
    return new CalibrationReport(
        side(then, entropy, taxonomy, bins), side(now, entropy, taxonomy, bins));
  }

  /** Of the map at the temperature of the fit; 0 without one. */
  private static double entropy(CalibrationCase c, CalibrationFit fit) {
    PlacePosterior places = answer(c, fit).places();
    return places == null ? 0 : places.entropy();
  }

  private static Answer answer(CalibrationCase c, CalibrationFit fit) {
    return c.under(fit.temperature(), fit.calibration());
  }

  private static Side side(
      List<Answer> answers, List<Double> entropy, Taxonomy taxonomy, Calibration.Regions bins) {
    ImaginationScores scores = ImaginationScores.of(answers, taxonomy, 1);
    PlaceScores places = scores.overall().places();
    Map<String, Double> errors = new LinkedHashMap<>();
    errors.put(OVERALL, scores.overall().calibration().ece());
    for (VisibilityBin bin : VisibilityBin.values()) {
      errors.put(bin.label(), scores.slice(bin).calibration().ece());
    }
    errors.values().removeIf(e -> e.isNaN());
    return new Side(
        answers.stream()
            .mapToDouble(a -> negativeLogLikelihood(a, taxonomy))
            .average()
            .orElseThrow(),
        places == null ? null : places.negativeLogLikelihood(),
        errors,
        places == null ? Map.of() : coverage(answers, entropy, bins));
  }

  private static double negativeLogLikelihood(Answer answer, Taxonomy taxonomy) {
    double p = answer.classProbabilities()[answer.trueClass(taxonomy)];
    return -Math.log(Math.max(Float.MIN_VALUE, p));
  }

  private static Map<String, Coverage> coverage(
      List<Answer> answers, List<Double> entropy, Calibration.Regions bins) {
    Map<String, List<Answer>> groups = new LinkedHashMap<>();
    groups.put(OVERALL, new ArrayList<>());
    for (VisibilityBin bin : VisibilityBin.values()) {
      groups.put(bin.label(), new ArrayList<>());
    }
    List<Calibration.Regions.Bin> edges = bins == null ? List.of() : bins.bins();
    edges.forEach(e -> groups.put(label(edges, e), new ArrayList<>()));
    for (int i = 0; i < answers.size(); i++) {
      Answer a = answers.get(i);
      if (!a.truth().isBackground()) {
        groups.get(OVERALL).add(a);
        groups.get(a.truth().visibilityBin().label()).add(a);
        if (bins != null) {
          bins.bin(entropy.get(i)).ifPresent(b -> groups.get(label(edges, b)).add(a));
        }
      }
    }
    Map<String, Coverage> coverage = new LinkedHashMap<>();
    groups.forEach(
        (name, hazards) -> {
          if (!hazards.isEmpty()) {
            coverage.put(name, Coverage.of(hazards));
          }
        });
    return coverage;
  }

  private static String label(List<Calibration.Regions.Bin> edges, Calibration.Regions.Bin bin) {
    int at = edges.indexOf(bin);
    double from = at == 0 ? 0 : edges.get(at - 1).entropyTo();
    return String.format(Locale.ROOT, "entropy %.2f to %.2f", from, bin.entropyTo());
  }

  /** A table, before beside after. */
  public String text() {
    TextTable table = TextTable.ofNumbers(List.of("", "before", "after"), 0);
    row(table, "negative log-likelihood, class", "%.3f", Side::negativeLogLikelihood);
    if (before.placesNegativeLogLikelihood() != null) {
      row(table, "negative log-likelihood, place", "%.3f", Side::placesNegativeLogLikelihood);
    }
    for (String slice : before.calibrationError().keySet()) {
      row(
          table,
          "calibration error, " + slice,
          "%.3f",
          side -> side.calibrationError().getOrDefault(slice, Double.NaN));
    }
    before
        .coverage()
        .forEach(
            (group, c) ->
                table.row(
                    "within 50, 80, 90 %% regions, %s (%d)".formatted(group, c.count()),
                    coverage(before, group),
                    coverage(after, group)));
    return table.aligned();
  }

  private void row(TextTable table, String name, String format, ToDoubleFunction<Side> value) {
    Function<Side, String> cell =
        side -> String.format(Locale.ROOT, format, value.applyAsDouble(side));
    table.row(name, cell.apply(before), cell.apply(after));
  }

  private static String coverage(Side side, String group) {
    Coverage c = side.coverage().get(group);
    return String.format(
        Locale.ROOT, "%.1f, %.1f, %.1f %%", 100 * c.of50(), 100 * c.of80(), 100 * c.of90());
  }
}
