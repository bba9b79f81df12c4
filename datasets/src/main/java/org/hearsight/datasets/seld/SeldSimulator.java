package org.hearsight.datasets.seld;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.dataset.Starss23Layout;
import org.hearsight.core.progress.Progress;
import org.hearsight.datasets.run.DatasetRun;
import org.hearsight.datasets.run.Seeds;
import org.hearsight.simulator.acoustics.Calibration;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.seld.SeldClip;
import org.hearsight.simulator.seld.Venue;
import org.hearsight.simulator.sound.SeldSounds;

/**
 * Simulates data sets of overlapping sound sources in the STARSS23 layout: {@code
 * foa_dev/dev-train-sim/fold3_room1_mix00001.wav}, the same under {@code metadata_dev} as CSV,
 * {@code draws.jsonl} and {@code dataset.json}.
 *
 * <p>Each clip is drawn from a seed of its own, so the result depends neither on the number of
 * workers nor on interruptions.
 */
public final class SeldSimulator {
  /** Raised when the same seed gives other bytes than before. */
  private static final String GENERATOR_VERSION = "3";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SeldConfig config;
  private final Path folder;
  private final Progress progress;

  private SeldSimulator(SeldConfig config, Path folder, Progress progress) {
    this.config = config;
    this.folder = folder;
    this.progress = progress;
  }

  /** A clip to be made. */
  private record Job(String id, Split split, Venue venue, long seed) {}

  /**
   * Simulates into a folder.
   *
   * <p>An unfinished folder of the same configuration is completed; a finished one is left as it
   * is. If the calling thread is interrupted, the clips in work are finished and the rest is left
   * for the next call.
   *
   * @return what {@code dataset.json} holds
   * @throws org.hearsight.core.error.InputException if the folder holds something else, cannot be
   *     written, or the sounds cannot be used
   */
  public static JsonNode generate(SeldConfig config, Path folder, Progress progress) {
    return new SeldSimulator(config, folder, progress).run();
  }

  private JsonNode run() {
    SeldSounds sounds =
        config.sounds() == null
            ? SeldSounds.generated()
            : SeldSounds.of(
                config.sounds(),
                config.sizes(),
                config.use(),
                config.testUse(),
                config.seed(),
                progress);
    try (DatasetRun<SeldEntry> run =
        DatasetRun.begin(folder, "simulate-seld", header(sounds), SeldEntry.class)) {
      if (!run.isFinished()) {
        List<SeldEntry> entries = make(run, sounds);
        run.finish(SeldEntry.recordings(entries), SeldEntry.lists(entries));
      }
    }
    return DatasetFolder.open(folder).header();
  }

  private List<SeldEntry> make(DatasetRun<SeldEntry> run, SeldSounds sounds) {
    List<Job> jobs = new ArrayList<>();
    config
        .sizes()
        .forEach(
            (split, size) -> {
              for (int i = 0; i < size; i++) {
                Venue venue = Venue.of(i);
                String id = Starss23Layout.name(split, venue.room(), i + 1, 5);
                jobs.add(new Job(id, split, venue, Seeds.of(config.seed(), split, i)));
              }
            });
    try (Progress.Task task = progress.begin("simulate", jobs.size())) {
      return run.make(
          "clips",
          jobs.stream().map(Job::id).toList(),
          i -> make(jobs.get(i), sounds),
          config.workers(),
          task);
    }
  }

  private SeldEntry make(Job job, SeldSounds sounds) {
    SeldClip clip =
        Draw.from(
            job.seed(),
            draw -> SeldClip.make(job.venue(), sounds, job.split(), config.clipSeconds(), draw));
    SeldEntry entry =
        SeldEntry.of(
            job.id(),
            job.split(),
            Starss23Layout.SIMULATED,
            JSON.valueToTree(clip.drawn()),
            clip.used());
    entry.write(folder, clip.samples(), clip.labels());
    return entry;
  }

  private ObjectNode header(SeldSounds sounds) {
    ObjectNode header = SeldEntry.header("hearsight-seld-simulator", GENERATOR_VERSION);
    ObjectNode generator = (ObjectNode) header.get("generator");
    config.sizes().forEach((split, size) -> generator.put(split.label(), size));
    generator.put("clip_seconds", config.clipSeconds());
    generator.put("sounds", sounds.fingerprint());
    generator.set("sounds_use", JSON.valueToTree(config.use()));
    generator.set("test_sounds_use", JSON.valueToTree(config.testUse()));
    header.put("seed", config.seed());
    ObjectNode conventions = SeldEntry.conventions(header);
    conventions.put("full_scale_db_spl", Calibration.FULL_SCALE + " plus the gain of draws.jsonl");
    return header;
  }
}
