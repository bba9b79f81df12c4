package org.hearsight.datasets.seld;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.Starss23Layout;
import org.hearsight.core.file.Json;
import org.hearsight.core.progress.Progress;
import org.hearsight.datasets.run.DatasetRun;
import org.hearsight.datasets.run.Job;
import org.hearsight.datasets.run.PieceMaker;
import org.hearsight.simulator.acoustics.Calibration;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.seld.SeldClip;
import org.hearsight.simulator.seld.Venue;
import org.hearsight.simulator.sound.SoundBank;

/**
 * Simulates data sets of overlapping sound sources in the {@link Starss23Layout}, with {@code
 * draws.jsonl} and {@code dataset.json}.
 *
 * <p>Each clip is drawn from a seed of its own, so the result depends neither on the number of
 * workers nor on interruptions.
 */
public final class SeldSimulator implements SeldRecipe<Venue> {
  /** Raised when the same seed gives other bytes than before. */
  private static final String GENERATOR_VERSION = "5";

  private final SeldConfig config;
  private final Path folder;
  private final SoundBank sounds;

  private SeldSimulator(SeldConfig config, Path folder, Progress progress) {
    this.config = config;
    this.folder = folder;
    this.sounds =
        config.sounds() == null
            ? SoundBank.generated()
            : SoundBank.forClips(
                config.sounds(),
                config.use(),
                config.testUse(),
                config.run().sizes(),
                config.run().seed(),
                progress);
  }

  /**
   * Simulates into a folder, as {@link DatasetRun#write}.
   *
   * @return what {@code dataset.json} holds
   * @throws org.hearsight.core.error.InputException as there, or if the sounds cannot be used
   */
  public static JsonNode generate(SeldConfig config, Path folder, Progress progress) {
    SeldSimulator simulator = new SeldSimulator(config, folder, progress);
    DatasetRun.write(folder, simulator, config.run().workers(), progress);
    return DatasetFolder.open(folder).header();
  }

  @Override
  public String command() {
    return "simulate-seld";
  }

  @Override
  public String verb() {
    return "simulate";
  }

  @Override
  public List<Job<Venue>> jobs() {
    List<Job<Venue>> jobs = new ArrayList<>();
    config
        .run()
        .sizes()
        .forEach(
            (split, size) -> {
              for (int i = 0; i < size; i++) {
                Venue venue = Venue.of(i);
                jobs.add(Job.of(config.run().seed(), split, i, venue.room(), 5, venue));
              }
            });
    return jobs;
  }

  @Override
  public PieceMaker<Venue, SeldEntry> maker() {
    return job -> {
      SeldClip clip =
          Draw.from(
              job.seed(),
              draw -> SeldClip.make(job.want(), sounds, job.split(), config.clipSeconds(), draw));
      return SeldEntry.write(
          folder,
          job,
          Starss23Layout.SIMULATED,
          clip.drawn(),
          clip.used(),
          clip.samples(),
          clip.labels());
    };
  }

  @Override
  public ObjectNode header() {
    ObjectNode generator = config.run().generator("hearsight-seld-simulator", GENERATOR_VERSION);
    generator.put("clip_seconds", config.clipSeconds());
    generator.put("sounds", sounds.fingerprint());
    generator.set("sounds_use", Json.tree(config.use()));
    generator.set("test_sounds_use", Json.tree(config.testUse()));
    ObjectNode header = SeldRecipe.header(generator, config.run().seed());
    ObjectNode unused =
        header
            .withObject("conventions")
            .put("full_scale_db_spl", Calibration.FULL_SCALE + " plus the gain of draws.jsonl");
    return header;
  }
}
