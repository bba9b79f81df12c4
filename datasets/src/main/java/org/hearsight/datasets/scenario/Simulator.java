package org.hearsight.datasets.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.file.Json;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.datasets.run.DatasetRun;
import org.hearsight.datasets.run.Job;
import org.hearsight.datasets.run.PieceMaker;
import org.hearsight.datasets.run.Recipe;
import org.hearsight.datasets.run.ScenarioEntry;
import org.hearsight.simulator.acoustics.Calibration;
import org.hearsight.simulator.scenario.Want;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.sound.SoundBank;

/**
 * Simulates data sets of occlusion scenarios.
 *
 * <p>Each scenario is drawn from a seed of its own, made of the data set's seed, the split and the
 * scenario's index, so the result depends neither on the number of workers nor on interruptions.
 */
public final class Simulator implements Recipe<Want, ScenarioEntry> {
  /** Raised when the same seed gives other bytes than before. */
  private static final String GENERATOR_VERSION = "5";

  private final SimulatorConfig config;
  private final Path folder;
  private final Taxonomy taxonomy = Taxonomy.hazards();
  private final StageTimes times = new StageTimes();
  private final SoundBank bank;

  private Simulator(SimulatorConfig config, Path folder, Progress progress) {
    this.config = config;
    this.folder = folder;
    this.bank =
        config.sounds() == null || config.picturesOnly()
            ? SoundBank.generated()
            : SoundBank.forScenarios(
                config.sounds(),
                config.soundUse(),
                config.run().sizes(),
                config.run().seed(),
                progress);
  }

  /**
   * Simulates into a folder, as {@link DatasetRun#write}, and opens the result.
   *
   * @throws org.hearsight.core.error.InputException as there, or if the sounds cannot be used
   */
  public static ScenarioStore generate(SimulatorConfig config, Path folder, Progress progress) {
    Simulator simulator = new Simulator(config, folder, progress);
    try {
      DatasetRun.write(folder, simulator, config.run().workers(), progress);
    } finally {
      simulator.times.tell(progress);
    }
    return config.picturesOnly() ? ScenarioStore.openPictures(folder) : ScenarioStore.open(folder);
  }

  /**
   * What is made of a configuration, for those who make its pieces elsewhere and put them together
   * later ({@link #maker(Path)}).
   *
   * @throws org.hearsight.core.error.InputException if the sounds cannot be used
   */
  public static Simulator recipe(SimulatorConfig config, Progress progress) {
    return new Simulator(config, null, progress);
  }

  @Override
  public String command() {
    return "simulate";
  }

  @Override
  public String verb() {
    return "simulate";
  }

  @Override
  public String pieces() {
    return "scenarios";
  }

  @Override
  public Class<ScenarioEntry> type() {
    return ScenarioEntry.class;
  }

  @Override
  public List<Job<Want>> jobs() {
    return jobs(config);
  }

  /** All scenarios of a configuration, in the order of the lists; its sounds are not looked at. */
  public static List<Job<Want>> jobs(SimulatorConfig config) {
    List<Job<Want>> jobs = new ArrayList<>();
    for (Split split : Split.values()) {
      List<Want> wants = Plan.of(config, split, Taxonomy.hazards());
      for (int i = 0; i < wants.size(); i++) {
        int room = wants.get(i).setting() == Setting.OUTDOOR ? 1 : 2;
        jobs.add(Job.of(config.run().seed(), split, i, room, 4, wants.get(i)));
      }
    }
    return jobs;
  }

  @Override
  public PieceMaker<Want, ScenarioEntry> maker() {
    return maker(folder);
  }

  /** Makes scenarios into any folder; for one thread, as many of them as are wanted. */
  public PieceMaker<Want, ScenarioEntry> maker(Path into) {
    SoundBank sounds = config.picturesOnly() ? null : bank;
    return new ScenarioMaker(into, sounds, taxonomy, config.clipSeconds(), times)::make;
  }

  @Override
  public ObjectNode header() {
    ObjectNode generator = config.run().generator("hearsight-simulator", GENERATOR_VERSION);
    generator.put("setting", config.setting().label());
    generator.put("clip_seconds", config.clipSeconds());
    generator.put("sounds", config.picturesOnly() ? "none" : bank.fingerprint());
    ObjectNode provenance = Json.object();
    provenance.put("label_class_column", "index in the taxonomy above");
    provenance.put("full_scale_db_spl", Calibration.FULL_SCALE);
    provenance.put("preamp_gain", "drawn for each clip, dB, in draws.jsonl");
    provenance.put("location_at", "end of the clip");
    provenance.put("picture_at", "end of the clip");
    return new ScenarioStore.Header(
            ScenarioStore.FORMAT_VERSION, taxonomy, generator, config.run().seed(), provenance)
        .toJson();
  }
}
