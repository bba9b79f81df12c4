package org.hearsight.datasets.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Json;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.metrics.Correctness;
import org.hearsight.core.metrics.Statistics;

/**
 * How far one gets with the loudness of a clip alone: a data set on which this guess does well
 * teaches loudness instead of hearing.
 *
 * <p>Training clips are sorted into steps of {@value #STEP} dB. The guess for a clip is its step's
 * most frequent class, mean direction and median distance; the constant guess, which does not even
 * hear the level, takes them over all training clips.
 *
 * @param clips test clips; {@code hazards} of them hold a hazard
 * @param classes right classes, of {@code clips}
 * @param constantClasses the same of the constant guess
 * @param angle median direction error, degrees
 * @param distance median relative distance error
 * @param located share of hazards whose place is guessed right, see {@link Correctness}
 */
public record LevelGuess(
    int clips,
    int hazards,
    double classes,
    double constantClasses,
    double angle,
    double constantAngle,
    double distance,
    double constantDistance,
    double located) {

  /** Width of a step, dB. */
  static final double STEP = 3;

  /** A scenario's class, place and loudness; no place for background. */
  record Clip(String className, Location place, double level) {}

  /** What is guessed at one loudness. */
  private record Guess(String className, Location place) {
    static Guess from(List<Clip> clips) {
      Map<String, Integer> counts = new HashMap<>();
      Vec3 sum = Vec3.ZERO;
      List<Double> distances = new ArrayList<>();
      for (Clip c : clips) {
        counts.merge(c.className(), 1, Integer::sum);
        if (c.place() != null) {
          sum = sum.plus(c.place().point().unit());
          distances.add(c.place().distance());
        }
      }
      String most =
          counts.entrySet().stream()
              .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(e -> e.getKey()))
              .orElseThrow()
              .getKey();
      Vec3 mean = sum.norm() > 0 ? sum : new Vec3(1, 0, 0);
      double[] reach = distances.stream().mapToDouble(Double::doubleValue).toArray();
      double distance = reach.length == 0 ? 10 : Statistics.median(reach);
      return new Guess(most, Location.of(mean.unit().times(distance)));
    }

    double angle(Clip c) {
      return Correctness.angle(c.place(), place);
    }

    double relative(Clip c) {
      return Correctness.relativeDistance(c.place(), place);
    }
  }

  /**
   * The guess learnt from a store's training split and scored on its test split.
   *
   * @return null if either is empty or no levels were recorded
   */
  public static LevelGuess of(ScenarioStore store) {
    Map<String, Double> levels = levels(store.folder().resolve(DatasetFolder.DRAWS));
    List<Clip> train = clips(store.scenarios(Split.TRAIN), levels);
    List<Clip> test = clips(store.scenarios(Split.TEST), levels);
    return train.isEmpty() || test.isEmpty() ? null : of(train, test);
  }

  static LevelGuess of(List<Clip> train, List<Clip> test) {
    Guess constant = Guess.from(train);
    Map<Long, List<Clip>> steps = new HashMap<>();
    for (Clip c : train) {
      steps.computeIfAbsent(step(c), s -> new ArrayList<>()).add(c);
    }
    Map<Long, Guess> guesses = new HashMap<>();
    steps.forEach((s, clips) -> guesses.put(s, Guess.from(clips)));
    int right = 0;
    int constantRight = 0;
    int located = 0;
    List<double[]> errors = new ArrayList<>();
    for (Clip c : test) {
      Guess guess = guesses.getOrDefault(step(c), constant);
      right += guess.className().equals(c.className()) ? 1 : 0;
      constantRight += constant.className().equals(c.className()) ? 1 : 0;
      if (c.place() != null) {
        errors.add(
            new double[] {
              guess.angle(c), constant.angle(c), guess.relative(c), constant.relative(c)
            });
        located += Correctness.isPlaced(c.place(), guess.place()) ? 1 : 0;
      }
    }
    return new LevelGuess(
        test.size(),
        errors.size(),
        (double) right / test.size(),
        (double) constantRight / test.size(),
        median(errors, 0),
        median(errors, 1),
        median(errors, 2),
        median(errors, 3),
        errors.isEmpty() ? Double.NaN : (double) located / errors.size());
  }

  /** The scores, one line each. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "guessed from the level alone: class right in %.0f %% (constant guess %.0f %%),"
            + " direction off by %.0f° (%.0f°), distance by %.0f %% (%.0f %%),"
            + " located %.0f %%\n",
        100 * classes,
        100 * constantClasses,
        angle,
        constantAngle,
        100 * distance,
        100 * constantDistance,
        100 * located);
  }

  private static long step(Clip c) {
    return (long) Math.floor(c.level() / STEP);
  }

  private static List<Clip> clips(List<Scenario> scenarios, Map<String, Double> levels) {
    return scenarios.stream()
        .filter(s -> levels.containsKey(s.id()))
        .map(s -> new Clip(s.className(), s.location(), levels.get(s.id())))
        .toList();
  }

  private static Map<String, Double> levels(Path file) {
    Map<String, Double> levels = new HashMap<>();
    if (!Files.exists(file)) {
      return levels;
    }
    try {
      for (String line : InputFile.text(file, InputFile.MEDIUM).lines().toList()) {
        JsonNode draw = Json.MAPPER.readTree(line);
        if (draw.hasNonNull("clip_level")) {
          levels.put(draw.path("id").asText(), draw.path("clip_level").asDouble());
        }
      }
    } catch (JsonProcessingException e) {
      throw new InputException(file, "is not JSON lines", "simulate the data set again", e);
    }
    return levels;
  }

  private static double median(List<double[]> rows, int column) {
    return Statistics.median(rows.stream().mapToDouble(r -> r[column]).toArray());
  }
}
