package org.hearsight.learning.ablate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;
import org.hearsight.core.provenance.Provenance;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.inference.evaluate.Foreign;
import org.hearsight.learning.loop.Settings;
import org.hearsight.learning.train.JudgedTraining;
import org.hearsight.learning.train.TrainConfig;

/**
 * Trains the same model again and again, each time with something otherwise, and scores each: what
 * does a part bring?
 *
 * <p>Each finished row of a seed is a file, and a row in work keeps the state of its training, so
 * that a run that was stopped or killed goes on where it was, to the same scores. All rows of the
 * first seed come first: a run that is stopped early has a whole table of fewer seeds.
 *
 * @param folder of the rows
 * @param whole the configuration of the whole model
 * @param rows that are wanted
 * @param seeds of each
 */
public record Ablation(Path folder, TrainConfig whole, List<AblationRow> rows, List<Long> seeds) {
  private static final String SETTINGS = "settings.json";
  private static final String REMEDY = "give another folder with --to, or remove this one";

  /** Seconds that a scene of a step takes, of a map and of other locations; docs/evaluation.md. */
  private static final double MAP_STEP = 0.35 / 32;

  private static final double STEP = 0.12 / 32;

  /** Seconds that a scene takes to be answered, and to be encoded the first time. */
  private static final double ANSWERED = 0.01;

  private static final double ENCODED = 0.05;

  public Ablation {
    rows = List.copyOf(rows);
    seeds = List.copyOf(seeds);
  }

  /**
   * The whole model on a schedule that all rows of three seeds can have in an hour and a half on
   * two cores, where {@code train} takes 10 and 5 epochs: 6 and 2.
   */
  public static TrainConfig defaults() {
    return defaults(Fusion.SPATIAL);
  }

  /** The same of another fusion, as {@link TrainConfig#defaults(Fusion)} has it. */
  public static TrainConfig defaults(Fusion fusion) {
    return TrainConfig.defaults(fusion).withSchedule(32, 6, 2);
  }

  private record Work(AblationRow row, long seed) {
    String name() {
      return row + "-seed" + seed;
    }
  }

  /**
   * Runs what is not done yet.
   *
   * @param provenance of the result; other encoders, data or configurations are refused in the same
   *     folder
   * @throws InputException if the folder holds rows of another ablation
   */
  public AblationResult run(JudgedTraining training, Provenance provenance, Progress progress) {
    requireSame(provenance, training);
    List<Work> all = new ArrayList<>();
    seeds.forEach(seed -> rows.forEach(row -> all.add(new Work(row, seed))));
    List<Work> open = all.stream().filter(w -> !Files.exists(file(w))).toList();
    double expected = open.stream().mapToDouble(w -> expected(w, training.store())).sum();
    double encoding = encoding(open, training.store());
    progress.note(
        String.format(
            Locale.ROOT,
            "%d of %d rows are to do: about %.1f min on two cores, and up to %.1f min to encode"
                + " what no cache has",
            open.size(),
            all.size(),
            expected / 60,
            encoding / 60));
    double took = 0;
    double planned = 0;
    List<AblationRun> runs = new ArrayList<>();
    for (Work work : all) {
      Stop.check();
      boolean isNew = !Files.exists(file(work));
      long started = System.nanoTime();
      AblationRun run = isNew ? make(work, training, progress) : read(work);
      runs.add(run);
      delete(state(work)); // killed right after a row was written, its state is still there
      if (isNew) {
        took += (System.nanoTime() - started) / 1e9;
        planned += expected(work, training.store());
        progress.note(said(work, run, (expected - planned) * took / planned));
      }
    }
    return AblationResult.of(provenance, whole, seeds, runs);
  }

  private static String said(Work work, AblationRun run, double left) {
    ImaginationScores s = run.scores().get(Evaluation.IMAGINATION);
    return String.format(
        Locale.ROOT,
        "%s: hidden %s°, macro F1 %s; about %.1f min left",
        work.name(),
        AblationFigure.HIDDEN_ANGLE.text(AblationFigure.HIDDEN_ANGLE.of(s)),
        AblationFigure.MACRO_F1.text(AblationFigure.MACRO_F1.of(s)),
        left / 60);
  }

  /** Rows of one folder are of the same encoders, data and configuration. */
  private void requireSame(Provenance provenance, JudgedTraining training) {
    Path file = folder.resolve(SETTINGS);
    ObjectNode config = Settings.document(whole);
    config.remove("seed");
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("encoders", provenance.models());
    settings.put("data", provenance.data());
    settings.put("contents", training.contents());
    settings.put("config", config);
    String text = Json.rows(settings);
    if (!Files.exists(file)) {
      AtomicFile.writeText(file, text);
    } else if (!InputFile.text(file, InputFile.SMALL).equals(text)) {
      throw new InputException(
          file, "is of an ablation with other encoders, data or configuration", REMEDY);
    }
  }

  private Path file(Work work) {
    return folder.resolve("rows").resolve(work.name() + ".json");
  }

  private Path state(Work work) {
    return folder.resolve("work").resolve(work.name());
  }

  private AblationRun read(Work work) {
    return Json.read(file(work), AblationRun.class, REMEDY);
  }

  private AblationRun make(Work work, JudgedTraining training, Progress progress) {
    Path state = state(work);
    boolean begun = Files.exists(state);
    long started = System.nanoTime();
    // The whole model also says what a sense of another scene does; that takes no training.
    Set<Foreign> foreign =
        work.row() == AblationRow.WHOLE
            ? EnumSet.allOf(Foreign.class)
            : EnumSet.noneOf(Foreign.class);
    JudgedTraining.Judged judged =
        training.run(work.row().config(whole).withSeed(work.seed()), state, foreign, progress);
    AblationRun run =
        new AblationRun(
            work.row().toString(),
            work.seed(),
            judged.epochs(),
            judged.bestEpoch(),
            begun ? Double.NaN : (System.nanoTime() - started) / 1e9,
            Evaluation.of(judged.answers(), training.store()).scores());
    AtomicFile.writeText(file(work), Json.rows(run));
    return run;
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      for (Path path : FolderListing.deepestFirst(folder)) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(folder, e);
    }
  }

  private double expected(Work work, ScenarioStore store) {
    TrainConfig config = work.row().config(whole);
    int train = learned(store);
    double step = config.model().location() == LocationForm.MAP ? MAP_STEP : STEP;
    int judged = count(store, Split.VALIDATION) * config.epochs() + scored(store);
    return config.epochs() * train * step + judged * ANSWERED;
  }

  private int learned(ScenarioStore store) {
    int all = count(store, Split.TRAIN);
    int wanted = whole.data().trainScenes();
    return wanted == 0 ? all : Math.min(all, wanted);
  }

  private static int scored(ScenarioStore store) {
    return count(store, Split.CALIBRATION) + count(store, Split.TEST);
  }

  /** Without depth or without occlusion pictures are encoded once more. */
  private double encoding(List<Work> open, ScenarioStore store) {
    Set<Integer> kinds = new HashSet<>();
    open.forEach(
        w ->
            kinds.add(
                w.row() == AblationRow.NO_DEPTH ? 1 : w.row() == AblationRow.NO_OCCLUSION ? 2 : 0));
    boolean mirrors = whole.augmentation().mirrorShare() > 0;
    int scenes =
        count(store, Split.TRAIN) * (mirrors ? 2 : 1)
            + count(store, Split.VALIDATION)
            + scored(store);
    return kinds.size() * scenes * ENCODED;
  }

  private static int count(ScenarioStore store, Split split) {
    return store.scenarios(split).size();
  }
}
