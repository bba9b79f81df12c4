package org.hearsight.inference.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.DoubtfulRecordings;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.SoundOrigin;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.Json;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.metrics.Baselines;
import org.hearsight.core.metrics.Comparison;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.Measure;
import org.hearsight.core.metrics.ScoreTable;
import org.hearsight.core.place.AzimuthSpectrum;
import org.hearsight.core.place.GeometricBaseline;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.seld.SeldDetector;

/**
 * A model's answers on a split of a data set, beside those of the baselines on the same clips.
 *
 * <p>It scores what ships: raw sound and pictures through the exported networks. The baselines:
 *
 * <ul>
 *   <li>{@value #DOA}: the classical direction of arrival, the time-averaged intensity vector of
 *       the clip, at the training split's median distance;
 *   <li>{@value #DOA_END}: the same of the clip's last second, where the target stands;
 *   <li>{@value #HISTOGRAM}: the strongest azimuth of the {@link AzimuthSpectrum}, at the same
 *       distance;
 *   <li>{@value #GEOMETRIC}: the place of the {@link GeometricBaseline}, which looks at the depth
 *       as well;
 *   <li>{@value #APPARENT}: the simulator's own strongest arrival, which no system that answers
 *       where the sound seems to come from can beat;
 *   <li>{@value #MAJORITY}: the training split's most frequent class, mean direction and median
 *       distance;
 *   <li>{@value #BACKGROUND}: never a hazard.
 * </ul>
 *
 * @param answers of every system, in the order of the split
 * @param scores of every system
 */
public record Evaluation(Map<String, List<Answer>> answers, Map<String, ImaginationScores> scores) {
  public static final String IMAGINATION = "imagination";
  public static final String DEFAULT = "default model";
  public static final String MAJORITY = "majority";
  public static final String BACKGROUND = "always background";
  public static final String DOA = "intensity vector";
  public static final String DOA_END = "intensity vector, last 1 s";
  public static final String HISTOGRAM = "direction histogram, peak";
  public static final String GEOMETRIC = "geometric likelihood";
  public static final String APPARENT = "apparent direction";

  private static final long BOOTSTRAP_SEED = 1;
  private static final String LAST_SECOND = ", last 1 s";
  private static final int FRAMES_PER_SECOND = Foa.SAMPLE_RATE / Foa.LABEL_FRAME_SAMPLES;

  /**
   * Runs the model and the baselines.
   *
   * @throws InputException if the split is empty or the data set has other classes than the model
   */
  public static Evaluation run(
      Hearsight hearsight, ScenarioStore store, Split split, Progress progress) {
    return run(hearsight, store, split, Set.of(), progress);
  }

  /**
   * As {@link #run(Hearsight, ScenarioStore, Split, Progress)}, with the model's answers to scenes
   * of which one sense is another scene's beside its own.
   *
   * @param foreign which senses, each for itself
   * @throws InputException as there, or if there is no other scene
   */
  public static Evaluation run(
      Hearsight hearsight,
      ScenarioStore store,
      Split split,
      Set<Foreign> foreign,
      Progress progress) {
    ScenarioAnswers asked = new ScenarioAnswers(hearsight, store, split, foreign);
    sayWithoutTraining(store, progress);
    Map<String, List<Answer>> answers = new LinkedHashMap<>();
    DoubtfulRecordings doubtful = new DoubtfulRecordings();
    try (Progress.Task task = progress.begin("evaluate", asked.size())) {
      for (int at = 0; at < asked.size(); at++) {
        Stop.check();
        asked.answer(at, doubtful).forEach((system, answer) -> put(answers, system, answer));
        task.advance(1);
      }
    }
    doubtful.tell(progress::note);
    return of(answers, store);
  }

  /**
   * The same with the answers of another model on that split beside, as the last system.
   *
   * @param system its name
   * @throws InputException if the data set has other classes than it, or the name is taken
   */
  public Evaluation beside(
      String system, Hearsight other, ScenarioStore store, Split split, Progress progress) {
    if (answers.containsKey(system)) {
      throw new InputException(
          system, "is what another system of the evaluation is called", "rename the folder");
    }
    List<Scenario> scenarios = scored(other, store, split, Set.of());
    Map<String, List<Answer>> all = new LinkedHashMap<>(answers);
    try (Progress.Task task = progress.begin(system, scenarios.size())) {
      for (Scenario s : scenarios) {
        Stop.check();
        Clip clip = Clip.read(store.file(s.files().audio()));
        put(all, system, answer(other, s, clip, StoredView.read(store, s)));
        task.advance(1);
      }
    }
    return of(all, store);
  }

  /**
   * The same with the directions that a SELD network hears beside, as the last two systems: over
   * the whole clip, and {@value #LAST_SECOND}, as the intensity vector has it. Class and distance
   * are those of the classical baselines: such networks know other classes.
   *
   * @param system the network's name
   * @throws InputException if the name is taken
   */
  public Evaluation heardBy(
      String system, SeldDetector network, ScenarioStore store, Split split, Progress progress) {
    String end = system + LAST_SECOND;
    if (answers.containsKey(system) || answers.containsKey(end)) {
      throw new InputException(
          system, "is what another system of the evaluation is called", "give another name");
    }
    Baselines baselines = Baselines.majority(store.scenarios(Split.TRAIN), store.taxonomy());
    List<Scenario> scenarios = store.scenarios(split);
    Map<String, List<Answer>> all = new LinkedHashMap<>(answers);
    try (Progress.Task task = progress.begin(system, scenarios.size())) {
      for (Scenario s : scenarios) {
        Stop.check();
        float[][] foa = Clip.read(store.file(s.files().audio())).foa();
        List<SeldDetector.Summary> heard = network.summaries(foa, FRAMES_PER_SECOND);
        put(all, system, baselines.toward(s, Direction.of(heard.get(0).towards())));
        put(all, end, baselines.toward(s, Direction.of(heard.get(1).towards())));
        task.advance(1);
      }
    }
    return of(all, store);
  }

  /**
   * The model held against other systems of this evaluation, scene by scene.
   *
   * @param others their names
   * @param measures to be tested, as far as the systems have them
   */
  public Comparison compare(List<String> others, List<Measure> measures, ScenarioStore store) {
    return Comparison.of(answers, IMAGINATION, others, measures, store.taxonomy(), BOOTSTRAP_SEED);
  }

  /**
   * Answers that were given anywhere, scored.
   *
   * @param answers of every system, in the order of the split
   */
  public static Evaluation of(Map<String, List<Answer>> answers, ScenarioStore store) {
    Map<String, ImaginationScores> scores = new LinkedHashMap<>();
    List<Scenario> train = store.scenarios(Split.TRAIN);
    Set<String> trained =
        train.isEmpty()
            ? null
            : train.stream()
                .map(Scenario::unknown)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    answers.forEach(
        (name, list) ->
            scores.put(
                name,
                ImaginationScores.of(
                    weighed(name, list), store.taxonomy(), trained, BOOTSTRAP_SEED)));
    return new Evaluation(answers, scores);
  }

  /** Weights go by the occlusion of the own view, and say nothing where another's was shown. */
  private static List<Answer> weighed(String system, List<Answer> answers) {
    return system.equals(Foreign.PICTURE.system())
        ? answers.stream().map(Answer::withoutWeights).toList()
        : answers;
  }

  /** Refuses a data set whose classes are not the model's. */
  static void requireClasses(ScenarioStore store, ModelCard card) {
    if (!store.taxonomy().classes().equals(card.taxonomy().classes())) {
      throw new InputException(
          store.folder(),
          "taxonomy: "
              + store.taxonomy().classes()
              + ", the model knows "
              + card.taxonomy().classes(),
          "take a data set with the model's classes");
    }
  }

  /**
   * The scenarios of a split, which a model can be judged on.
   *
   * @throws InputException if there are none, or the data set has other classes than the model
   */
  public static List<Scenario> scenarios(Hearsight hearsight, ScenarioStore store, Split split) {
    requireClasses(store, hearsight.card());
    List<Scenario> scenarios = store.scenarios(split);
    if (scenarios.isEmpty()) {
      throw new InputException(
          store.folder(), "split " + split.label() + ": holds no scenario", "choose another split");
    }
    return scenarios;
  }

  /** The scenarios that are scored. */
  static List<Scenario> scored(
      Hearsight hearsight, ScenarioStore store, Split split, Set<Foreign> foreign) {
    List<Scenario> scenarios = scenarios(hearsight, store, split);
    if (scenarios.size() < 2 && !foreign.isEmpty()) {
      throw new InputException(
          store.folder(),
          "split " + split.label() + ": holds one scenario, and no other to take a sense from",
          "choose another split");
    }
    return scenarios;
  }

  private static void sayWithoutTraining(ScenarioStore store, Progress progress) {
    if (store.scenarios(Split.TRAIN).stream().allMatch(Scenario::isBackground)) {
      progress.note(
          String.format(
              Locale.ROOT,
              "the training split holds no hazard: systems that take their distance from it say"
                  + " %.0f m",
              Baselines.WITHOUT_TRAINING));
    }
  }

  /** The scores as an aligned table. */
  public String table() {
    List<ScoreTable.Named> systems = new ArrayList<>();
    scores.forEach((name, s) -> systems.add(new ScoreTable.Named(name, s)));
    return ScoreTable.text(systems);
  }

  /** Writes the scores as JSON: system name to scores. */
  public void write(Path file) {
    AtomicFile.writeText(file, Json.rows(scores));
  }

  /**
   * Writes every answer as CSV, so that others can count in their own way. Places are empty where a
   * system names none, angles for background, {@code sound} (procedural or recorded) where no
   * source is listed, {@code true_unknown} but where a sound of no class is heard most, and {@code
   * unknown}, the score of that, for systems without.
   */
  public void writeAnswers(Path file) {
    StringBuilder text =
        new StringBuilder(
            "scenario,system,visibility,true_class,class,azimuth,elevation,distance,confidence,"
                + "angle,sound,true_unknown,unknown\n");
    answers.forEach(
        (system, list) -> {
          List<String> classes = scores.get(system).classification().classes();
          for (Answer a : list) {
            text.append(a.truth().id()).append(",\"").append(system).append("\",");
            text.append(String.format(Locale.ROOT, "%.3f,", a.truth().visibility()));
            text.append(a.truth().className()).append(',');
            text.append(classes.get(a.answeredClass())).append(',');
            Location l = a.location();
            text.append(
                l == null
                    ? ",,"
                    : String.format(
                        Locale.ROOT, "%.1f,%.1f,%.2f", l.azimuth(), l.elevation(), l.distance()));
            text.append(String.format(Locale.ROOT, ",%.4f,", a.confidence()));
            if (!a.truth().isBackground()) {
              text.append(String.format(Locale.ROOT, "%.1f", a.angle()));
            }
            SoundOrigin origin = a.truth().origin();
            text.append(',').append(origin == null ? "" : origin.label()).append(',');
            String kind = a.truth().unknown();
            text.append(kind == null ? "" : kind).append(',');
            if (a.unknown() != null) {
              text.append(String.format(Locale.ROOT, "%.4f", a.unknown().score()));
            }
            text.append('\n');
          }
        });
    AtomicFile.writeText(file, text.toString());
  }

  static Answer answer(Hearsight hearsight, Scenario s, Clip clip, View view) {
    return answer(s, hearsight.imagine(clip, view));
  }

  /** What a model said of a scenario, to be scored. */
  public static Answer answer(Scenario s, Imagination i) {
    float[] probabilities = new float[i.probabilities().size()];
    int c = 0;
    for (double p : i.probabilities().values()) {
      probabilities[c++] = (float) p;
    }
    double[] reliability = {i.reliability().audio(), i.reliability().visual()};
    return new Answer(
        s,
        probabilities,
        i.location(),
        i.confidence(),
        reliability,
        i.places(),
        i.regionLevels(),
        i.unknown());
  }

  private static void put(Map<String, List<Answer>> answers, String system, Answer answer) {
    answers.computeIfAbsent(system, k -> new ArrayList<>()).add(answer);
  }
}
