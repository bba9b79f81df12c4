package org.hearsight.inference.sweep;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.drift.DriftReference;
import org.hearsight.core.drift.DriftTrial;
import org.hearsight.core.drift.Traits;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;
import org.hearsight.core.provenance.Provenance;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Heard;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.Seen;
import org.hearsight.inference.evaluate.Evaluation;

/**
 * Damages the scenes of a split step by step, and scores what a model answers then. Each finished
 * step is a file, so that a run that was stopped goes on where it was; what is drawn depends on
 * seed, damage, step and scene alone.
 *
 * @param folder of the finished steps
 * @param scenes at most so many, the first ones of the split
 * @param seed of all that is drawn
 * @param codec a lossy one
 */
public record Sweep(Path folder, int scenes, long seed, Codec codec) {
  private static final String SETTINGS = "settings.json";

  /** Digits of a checksum that tell data sets apart in the names of files. */
  private static final int SHORT = 16;

  private static final String REMEDY = "give another folder with --to, or remove this one";

  /** What is left of a channel at 24 kHz after a lossy codec of so many bits a second. */
  @FunctionalInterface
  public interface Codec {
    float[] through(float[] channel, int bitRate);
  }

  /** All damages there are, by name. */
  public static Map<String, Damage> damages(Codec codec) {
    Map<String, Damage> all = new LinkedHashMap<>();
    Stream.concat(SoundDamages.all(codec).stream(), ViewDamages.all().stream())
        .forEach(d -> all.put(d.name(), d));
    return all;
  }

  /**
   * Runs it.
   *
   * @param damages of {@link #damages}
   * @param beside other data sets, by name, whose scenes are answered as they are
   * @param provenance of the result; other models or data are refused in the same folder
   * @throws InputException if the split is empty, the data set has other classes than the model, or
   *     the folder holds steps of another sweep
   */
  public SweepResult run(
      Hearsight hearsight,
      ScenarioStore store,
      Split split,
      List<Damage> damages,
      Map<String, ScenarioStore> beside,
      Provenance provenance,
      Progress progress) {
    requireSame(provenance);
    Scenes own = new Scenes(hearsight, store, split);
    if (own.scenarios.size() < 2) {
      throw new InputException(
          store.folder(),
          "split " + split.label() + ": one scene is swept",
          "take two or more: a view is that of another");
    }
    Map<String, Scenes> others = new LinkedHashMap<>();
    beside.forEach((name, s) -> others.put(name, new Scenes(hearsight, s, split)));
    long all = own.scenarios.size() * (1 + damages.stream().mapToLong(d -> d.steps().size()).sum());
    all += others.values().stream().mapToLong(s -> s.scenarios.size()).sum();
    try (Progress.Task task = progress.begin("sweep", all)) {
      SweepPoint undamaged =
          step("none", 0, "none", () -> own.answers(null, "none", 0, "none", task), task);
      List<SweepResult.Curve> curves = new ArrayList<>();
      for (Damage d : damages) {
        List<SweepPoint> points = new ArrayList<>();
        for (int i = 0; i < d.steps().size(); i++) {
          int at = i;
          Damage.Step step = d.steps().get(i);
          points.add(
              step(
                  d.name(),
                  i,
                  step.label(),
                  () -> own.answers(step, d.name(), at, step.label(), task),
                  task));
        }
        curves.add(new SweepResult.Curve(d.name(), d.label(), d.size(), points));
      }
      List<SweepPoint> otherPoints = new ArrayList<>();
      others.forEach(
          (name, s) ->
              otherPoints.add(
                  step(
                      "beside-" + Provenance.Data.of(s.store, split).sha256().substring(0, SHORT),
                      0,
                      name,
                      () -> s.answers(null, name, 0, name, task),
                      task)));
      return new SweepResult(provenance, seed, undamaged, curves, otherPoints);
    }
  }

  /** Steps of one folder are of one model, one data set and one seed. */
  private void requireSame(Provenance provenance) {
    Path file = folder.resolve(SETTINGS);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("models", provenance.models());
    settings.put("data", provenance.data());
    settings.put("scenes", scenes);
    settings.put("seed", seed);
    String text = Json.rows(settings);
    if (!Files.exists(file)) {
      AtomicFile.writeText(file, text);
    } else if (!InputFile.text(file, InputFile.SMALL).equals(text)) {
      throw new InputException(
          file, "is of a sweep with another model, other data, scenes or seed", REMEDY);
    }
  }

  private SweepPoint step(
      String damage, int number, String label, Supplier<SweepPoint> work, Progress.Task task) {
    Path file = folder.resolve(damage + "-" + number + ".json");
    if (Files.exists(file)) {
      SweepPoint done = Json.read(file, SweepPoint.class, REMEDY);
      if (done.step().equals(label)) {
        task.advance(done.scenes());
        return done;
      }
    }
    SweepPoint point = work.get();
    AtomicFile.writeText(file, Json.rows(point));
    return point;
  }

  /** The scenes of a data set, with what the model made of what is not damaged. */
  private final class Scenes {
    private final Hearsight hearsight;
    private final ScenarioStore store;
    private final List<Scenario> scenarios;
    private final Map<Integer, Heard> heard = new LinkedHashMap<>();
    private final Map<Integer, Seen> seen = new LinkedHashMap<>();
    private final List<Traits> undamaged = new ArrayList<>();

    Scenes(Hearsight hearsight, ScenarioStore store, Split split) {
      this.hearsight = hearsight;
      this.store = store;
      this.scenarios =
          Evaluation.scenarios(hearsight, store, split).stream().limit(scenes).toList();
    }

    /**
     * Scores a step.
     *
     * @param step null for the scenes as they are
     */
    SweepPoint answers(
        Damage.Step step, String damage, int number, String label, Progress.Task task) {
      List<Answer> answers = new ArrayList<>();
      List<Traits> traits = new ArrayList<>();
      for (int i = 0; i < scenarios.size(); i++) {
        Stop.check();
        Heard h =
            step == null || step.sound() == null ? heard(i) : damagedSound(i, step, damage, number);
        Seen s = step == null || step.view() == null ? seen(i) : damagedView(i, step);
        Imagination said = hearsight.answer(h, s);
        answers.add(Evaluation.answer(scenarios.get(i), said));
        traits.add(hearsight.traits(h, s, said));
        task.advance(1);
      }
      return SweepPoint.of(label, answers, store.taxonomy(), drift(step == null, traits));
    }

    private DriftTrial drift(boolean asTheyAre, List<Traits> traits) {
      DriftReference reference = hearsight.card().drift();
      if (reference == null || traits.size() < 2) {
        return null;
      }
      return asTheyAre
          ? DriftTrial.undamaged(reference, traits)
          : DriftTrial.damaged(reference, undamaged(), traits);
    }

    /** What the scenes are like as they are. */
    private List<Traits> undamaged() {
      while (undamaged.size() < scenarios.size()) {
        Stop.check();
        Heard h = heard(undamaged.size());
        Seen s = seen(undamaged.size());
        undamaged.add(hearsight.traits(h, s, hearsight.answer(h, s)));
      }
      return undamaged;
    }

    private Heard heard(int scene) {
      return heard.computeIfAbsent(scene, k -> hearsight.hear(clip(k)));
    }

    private Seen seen(int scene) {
      return seen.computeIfAbsent(scene, k -> hearsight.see(view(k)));
    }

    private Heard damagedSound(int scene, Damage.Step step, String damage, int number) {
      Clip clip = clip(scene);
      long drawn = seed;
      for (int part : new int[] {damage.hashCode(), number, scene}) {
        drawn = new SplittableRandom(drawn + part).nextLong();
      }
      float[][] foa = step.sound().apply(clip.foa(), new SplittableRandom(drawn));
      return hearsight.hear(new Clip(clip.source(), foa, clip.notes()));
    }

    /** The other scene is the next one, and the first one after the last. */
    private Seen damagedView(int scene, Damage.Step step) {
      View damaged = step.view().apply(view(scene), () -> view((scene + 1) % scenarios.size()));
      return hearsight.see(damaged);
    }

    private Clip clip(int scene) {
      return Clip.read(store.file(scenarios.get(scene).files().audio()));
    }

    private View view(int scene) {
      return StoredView.read(store, scenarios.get(scene));
    }
  }
}
