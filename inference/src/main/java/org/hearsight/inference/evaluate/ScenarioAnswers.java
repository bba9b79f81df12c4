package org.hearsight.inference.evaluate;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.DoubtfulRecordings;
import org.hearsight.core.audio.IntensityDirection;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.metrics.Baselines;
import org.hearsight.core.place.AzimuthSpectrum;
import org.hearsight.core.place.GeometricBaseline;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Hearsight;

/**
 * What every system of an {@link Evaluation} answers to the scenarios of a split, each for itself:
 * any part of them may be asked for anywhere. For many threads.
 */
public final class ScenarioAnswers {
  private final Hearsight hearsight;
  private final ScenarioStore store;
  private final List<Scenario> scenarios;
  private final Set<Foreign> foreign;
  private final int[] others;
  private final Baselines baselines;
  private final IntensityDirection intensity = new IntensityDirection();

  /**
   * @param foreign senses that are another scene's, each for itself
   * @throws InputException if the split is empty, the data set has other classes than the model, or
   *     there is no other scene
   */
  public ScenarioAnswers(
      Hearsight hearsight, ScenarioStore store, Split split, Set<Foreign> foreign) {
    this.hearsight = hearsight;
    this.store = store;
    this.scenarios = Evaluation.scored(hearsight, store, split, foreign);
    this.foreign = Set.copyOf(foreign);
    this.others = foreign.isEmpty() ? null : Foreign.others(scenarios.size());
    this.baselines = Baselines.majority(store.scenarios(Split.TRAIN), store.taxonomy());
  }

  /** Scenarios of the split. */
  public int size() {
    return scenarios.size();
  }

  /**
   * What each system answers to a scenario, in the order of the systems.
   *
   * @param at number of the scenario in its split
   * @param doubtful takes note of the recording
   */
  public Map<String, Answer> answer(int at, DoubtfulRecordings doubtful) {
    Scenario s = scenarios.get(at);
    Path audio = store.file(s.files().audio());
    Clip clip = Clip.read(audio);
    float[][] foa = clip.foa();
    doubtful.add(audio, foa);
    int samples = foa[0].length;
    int lastSecond = IntensityDirection.lastSecond(foa);
    View view = StoredView.read(store, s);
    PlaceFeatures.Sound sound = PlaceFeatures.hear(foa);
    Map<String, Answer> answers = new LinkedHashMap<>();
    answers.put(Evaluation.IMAGINATION, Evaluation.answer(hearsight, s, clip, view));
    if (foreign.contains(Foreign.PICTURE)) {
      View another = StoredView.read(store, scenarios.get(others[at]));
      answers.put(Foreign.PICTURE.system(), Evaluation.answer(hearsight, s, clip, another));
    }
    if (foreign.contains(Foreign.SOUND)) {
      Clip another = Clip.read(store.file(scenarios.get(others[at]).files().audio()));
      answers.put(Foreign.SOUND.system(), Evaluation.answer(hearsight, s, another, view));
    }
    answers.put(Evaluation.DOA, baselines.toward(s, intensity.of(foa, 0, samples)));
    answers.put(Evaluation.DOA_END, baselines.toward(s, intensity.of(foa, lastSecond, samples)));
    answers.put(Evaluation.HISTOGRAM, baselines.toward(s, AzimuthSpectrum.peak(sound)));
    PlacePosterior geometric = GeometricBaseline.of(sound, PlaceFeatures.see(view));
    answers.put(Evaluation.GEOMETRIC, baselines.at(s, geometric));
    answers.put(Evaluation.APPARENT, baselines.toward(s, s.apparent()));
    answers.put(Evaluation.MAJORITY, baselines.majority(s));
    answers.put(Evaluation.BACKGROUND, baselines.background(s));
    return answers;
  }
}
