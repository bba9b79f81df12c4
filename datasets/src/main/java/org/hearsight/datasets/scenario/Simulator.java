package org.hearsight.datasets.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.dataset.Starss23Layout;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.datasets.run.DatasetRun;
import org.hearsight.datasets.run.ScenarioEntry;
import org.hearsight.datasets.run.Seeds;
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
public final class Simulator {
  /** Raised when the same seed gives other bytes than before. */
  private static final String GENERATOR_VERSION = "4";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimulatorConfig config;
  private final Path folder;
  private final Progress progress;
  private final Taxonomy taxonomy = Taxonomy.hazards();
  private final StageTimes times = new StageTimes();

  private Simulator(SimulatorConfig config, Path folder, Progress progress) {
    this.config = config;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Simulates into a folder and opens the result.
   *
   * <p>An unfinished folder of the same configuration is completed; a finished one is opened as it
   * is. If the calling thread is interrupted, the scenarios in work are finished and the rest is
   * left for the next call.
   *
   * @throws InputException if the folder holds something else, cannot be written, or the sounds
   *     cannot be used
   */
  public static ScenarioStore generate(SimulatorConfig config, Path folder, Progress progress) {
    return new Simulator(config, folder, progress).run();
  }

  private ScenarioStore run() {
    SoundBank bank =
        config.sounds() == null || config.picturesOnly()
            ? SoundBank.generated()
            : SoundBank.of(
                config.sounds(),
                taxonomy,
                config.soundUse(),
                config.sizes(),
                config.seed(),
                progress);
    try (DatasetRun<ScenarioEntry> run = ScenarioEntry.begin(folder, "simulate", header(bank))) {
      if (!run.isFinished()) {
        run.finish(ScenarioEntry.lists(make(run, jobs(), bank)));
      }
    }
    return config.picturesOnly() ? ScenarioStore.openPictures(folder) : ScenarioStore.open(folder);
  }

  /** A scenario to be made. */
  private record Job(String id, Split split, Want want, long seed) {}

  private List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    for (Split split : Split.values()) {
      List<Want> wants = Plan.of(config, split, taxonomy);
      for (int i = 0; i < wants.size(); i++) {
        int room = wants.get(i).setting() == Setting.OUTDOOR ? 1 : 2;
        String id = Starss23Layout.name(split, room, i + 1, 4);
        jobs.add(new Job(id, split, wants.get(i), Seeds.of(config.seed(), split, i)));
      }
    }
    return jobs;
  }

  private List<ScenarioEntry> make(DatasetRun<ScenarioEntry> run, List<Job> jobs, SoundBank bank) {
    ScenarioMaker maker =
        new ScenarioMaker(
            folder, config.picturesOnly() ? null : bank, taxonomy, config.clipSeconds(), times);
    LongAdder made = new LongAdder();
    try (Progress.Task task = progress.begin("simulate", jobs.size())) {
      return run.make(
          "scenarios",
          jobs.stream().map(Job::id).toList(),
          i -> {
            Job job = jobs.get(i);
            ScenarioMaker.Made one = maker.make(job.id(), job.split(), job.want(), job.seed());
            made.increment();
            return ScenarioEntry.of(one.scenario(), one.drawn());
          },
          config.workers(),
          task);
    } finally {
      progress.note("per scenario: " + times.perScenario(made.sum()));
    }
  }

  private ScenarioStore.Header header(SoundBank bank) {
    ObjectNode generator = JSON.createObjectNode();
    generator.put("name", "hearsight-simulator");
    generator.put("version", GENERATOR_VERSION);
    generator.put("train", config.train());
    generator.put("validation", config.validation());
    generator.put("test", config.test());
    generator.put("setting", config.setting().label());
    generator.put("clip_seconds", config.clipSeconds());
    generator.put("sounds", config.picturesOnly() ? "none" : bank.fingerprint());
    ObjectNode provenance = JSON.createObjectNode();
    provenance.put("label_class_column", "index in the taxonomy above");
    provenance.put("full_scale_db_spl", Calibration.FULL_SCALE);
    provenance.put("preamp_gain", "drawn for each clip, dB, in draws.jsonl");
    provenance.put("location_at", "end of the clip");
    provenance.put("picture_at", "end of the clip");
    return new ScenarioStore.Header(
        ScenarioStore.FORMAT_VERSION, taxonomy, generator, config.seed(), provenance);
  }
}
