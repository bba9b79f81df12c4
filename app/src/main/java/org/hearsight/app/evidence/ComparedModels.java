package org.hearsight.app.evidence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearsight.app.console.ModelOption;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.metrics.Comparison;
import org.hearsight.core.metrics.Measure;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.provenance.Provenance;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.inference.evaluate.Foreign;

/**
 * The model that is judged, and others that are held against it.
 *
 * @param model folder of the one that is judged; null for the one that ships
 * @param others of the rest, the same
 */
public record ComparedModels(Path model, List<Path> others) {
  /** What the model that ships is called among folders. */
  private static final Path SHIPPED = Path.of("default");

  /**
   * Of what was given: without {@code --model}, the first of several is the one that is judged.
   *
   * @param compare folders, or {@code default}
   */
  public static ComparedModels of(ModelOption model, List<Path> compare) {
    if (model.folder() == null && compare.size() > 1) {
      return new ComparedModels(compare.get(0), compare.subList(1, compare.size()));
    }
    return new ComparedModels(model.folder(), compare);
  }

  /**
   * Lets all of them answer.
   *
   * @param judged takes what each of them is
   */
  public Evaluation evaluate(
      ScenarioStore store,
      Split split,
      Set<Foreign> foreign,
      int threads,
      List<Provenance.Model> judged,
      Progress progress) {
    requireWhole(threads);
    Evaluation evaluation;
    try (Hearsight hearsight = load(model, threads)) {
      evaluation = Evaluation.run(hearsight, store, split, foreign, progress);
      judged.add(new Provenance.Model(name(model), hearsight.sha256()));
    }
    for (Path other : others) {
      String name = name(other);
      try (Hearsight hearsight = load(other, threads)) {
        evaluation = evaluation.beside(name, hearsight, store, split, progress);
        judged.add(new Provenance.Model(name, hearsight.sha256()));
      }
    }
    return evaluation;
  }

  /** A model that cannot be read is refused before another one has answered for minutes. */
  private void requireWhole(int threads) {
    Set<String> names = new HashSet<>(Set.of(name(model)));
    for (Path other : others) {
      if (!names.add(name(other))) {
        throw new InputException(
            "--compare", "names " + name(other) + " twice", "name each model once");
      }
      load(other, threads).close();
    }
  }

  /** What came of it. */
  public Comparison compare(Evaluation evaluation, ScenarioStore store) {
    return evaluation
        .compare(
            others.stream().map(ComparedModels::name).toList(), List.of(Measure.values()), store)
        .named(name(model));
  }

  private static boolean ships(Path folder) {
    return folder == null || (folder.equals(SHIPPED) && !Files.exists(folder));
  }

  private static Hearsight load(Path folder, int threads) {
    return ships(folder) ? Hearsight.load(threads) : Hearsight.load(folder, threads);
  }

  private static String name(Path folder) {
    return ships(folder) ? ModelOption.SHIPPED : folder.normalize().toString();
  }
}
