package org.hearsight.benchmarks.row;

import java.nio.file.Path;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.progress.Progress;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.learning.train.TrainConfig;
import org.hearsight.learning.train.TrainingRun;

/**
 * A model and a scene to imagine with.
 *
 * @param model folder of the bundle
 * @param store of the scene
 * @param scenario the scene
 */
public record Sample(Path model, ScenarioStore store, Scenario scenario) {
  private static final int TRAIN = 8;

  /**
   * A few simulated scenes and, where none is given, a model trained on them for one epoch: how
   * long an answer takes does not depend on how good it is.
   *
   * @param model folder of a bundle, or null
   * @param seld folder of the audio encoder
   * @param resnet50 folder of the picture encoder
   * @param scratch folder for all that is made
   */
  public static Sample make(
      Path model, Path seld, Path resnet50, Path scratch, int threads, Progress progress) {
    SimulatorConfig config = SimulatorConfig.of(TRAIN, 2, 1, 1).withWorkers(threads);
    ScenarioStore store = Simulator.generate(config, scratch.resolve("scenes"), progress);
    Path bundle = model;
    if (bundle == null) {
      bundle = scratch.resolve("model");
      new TrainingRun(
              TrainConfig.defaults().withSchedule(TRAIN, 1, 0),
              store.folder(),
              seld,
              resnet50,
              bundle,
              scratch.resolve("encoded"),
              "cpu",
              threads)
          .run(false, progress);
    }
    return new Sample(bundle, store, store.scenarios(Split.TEST).get(0));
  }
}
