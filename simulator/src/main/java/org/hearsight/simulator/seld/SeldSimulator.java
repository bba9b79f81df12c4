package org.hearsight.simulator.seld;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.progress.Progress;
import org.hearsight.simulator.acoustics.Calibration;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.sound.SeldSounds;
import org.hearsight.simulator.work.FolderClaim;
import org.hearsight.simulator.work.Journal;
import org.hearsight.simulator.work.Seeds;
import org.hearsight.simulator.work.Workload;

/**
 * Simulates data sets of overlapping sound sources in the STARSS23 layout: {@code
 * foa_dev/dev-train-sim/fold3_room1_mix00001.wav}, the same under {@code metadata_dev} as CSV,
 * {@code draws.jsonl}, and {@code dataset.json} last.
 *
 * <p>Each clip is drawn from a seed of its own, so the result depends neither on the number of
 * workers nor on interruptions.
 */
public final class SeldSimulator {
  public static final int FORMAT_VERSION = 1;

  /** Raised when the same seed gives other bytes than before. */
  private static final String GENERATOR_VERSION = "3";

  private static final String DATASET = "dataset.json";
  private static final String DRAWS = "draws.jsonl";
  private static final String PLAN = "plan";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SeldConfig config;
  private final Path folder;
  private final Progress progress;
  private final Journal<Entry> journal;

  private SeldSimulator(SeldConfig config, Path folder, Progress progress) {
    this.config = config;
    this.folder = folder;
    this.progress = progress;
    this.journal = new Journal<>(folder, Entry.class, e -> List.of(wav(e.split(), e.id()), csv(e)));
  }

  /** A finished clip: a line of {@code draws.jsonl}. */
  record Entry(String id, Split split, JsonNode drawn, List<Scenario.Source> used) {}

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
    ObjectNode header = header(sounds);
    Path dataset = folder.resolve(DATASET);
    Path plan = journal.file(PLAN);
    if (Files.exists(dataset)) {
      FolderClaim.refuseOther(dataset, header);
      journal.delete();
      return read(dataset);
    }
    if (Files.exists(plan)) {
      FolderClaim.refuseOther(plan, header);
    } else {
      FolderClaim.refuseForeign(folder);
      AtomicFile.createFolder(folder);
      AtomicFile.writeText(plan, pretty(header));
    }
    List<Entry> entries = make(sounds);
    StringBuilder draws = new StringBuilder();
    for (Entry e : entries) {
      draws.append(JSON.valueToTree(e).toString()).append('\n');
    }
    AtomicFile.writeText(folder.resolve(DRAWS), draws.toString());
    header.set("recordings", recordings(entries));
    AtomicFile.writeText(dataset, pretty(header));
    journal.delete();
    return header;
  }

  private List<Entry> make(SeldSounds sounds) {
    List<Job> jobs = new ArrayList<>();
    config
        .sizes()
        .forEach(
            (split, size) -> {
              for (int i = 0; i < size; i++) {
                Venue venue = Venue.of(i);
                String id =
                    String.format(
                        Locale.ROOT, "fold%d_room%d_mix%05d", split.fold(), venue.room(), i + 1);
                jobs.add(new Job(id, split, venue, Seeds.of(config.seed(), split, i)));
              }
            });
    Workload<Entry> work = new Workload<>(folder, journal, "clips");
    try (Progress.Task task = progress.begin("simulate", jobs.size())) {
      return work.run(
          jobs.stream().map(Job::id).toList(),
          i -> make(jobs.get(i), sounds),
          config.workers(),
          task);
    }
  }

  private Entry make(Job job, SeldSounds sounds) {
    Draw draw = new Draw(new SplittableRandom(job.seed()));
    SeldClip clip = SeldClip.make(job.venue(), sounds, job.split(), config.clipSeconds(), draw);
    Audio audio = new Audio(Foa.SAMPLE_RATE, clip.samples());
    Wav.write(folder.resolve(wav(job.split(), job.id())), audio, Encoding.PCM_16);
    Entry entry = new Entry(job.id(), job.split(), JSON.valueToTree(clip.drawn()), clip.used());
    AtomicFile.writeText(folder.resolve(csv(entry)), clip.labels());
    return entry;
  }

  private static String wav(Split split, String id) {
    return "foa_dev/dev-" + split.label() + "-sim/" + id + ".wav";
  }

  private static String csv(Entry e) {
    return "metadata_dev/dev-" + e.split().label() + "-sim/" + e.id() + ".csv";
  }

  private ObjectNode header(SeldSounds sounds) {
    ObjectNode header = JSON.createObjectNode();
    header.put("format_version", FORMAT_VERSION);
    header.put("kind", "seld");
    header.set("classes", JSON.valueToTree(SeldSounds.CLASSES));
    ObjectNode generator = header.putObject("generator");
    generator.put("name", "hearsight-seld-simulator");
    generator.put("version", GENERATOR_VERSION);
    config.sizes().forEach((split, size) -> generator.put(split.label(), size));
    generator.put("clip_seconds", config.clipSeconds());
    generator.put("sounds", sounds.fingerprint());
    generator.set("sounds_use", JSON.valueToTree(config.use()));
    generator.set("test_sounds_use", JSON.valueToTree(config.testUse()));
    header.put("seed", config.seed());
    ObjectNode conventions = header.putObject("conventions");
    conventions.put("labels", "frame (100 ms), class, source, azimuth, elevation, distance (cm)");
    conventions.put("class_column", "index in classes; there is no background class");
    conventions.put("place_at", "middle of the frame");
    conventions.put("full_scale_db_spl", Calibration.FULL_SCALE + " plus the gain of draws.jsonl");
    return header;
  }

  /** Every recording in use with its licence and the splits it is in. */
  private static ArrayNode recordings(List<Entry> entries) {
    Map<String, Scenario.Source> sources = new TreeMap<>();
    Map<String, TreeSet<String>> splits = new TreeMap<>();
    for (Entry e : entries) {
      for (Scenario.Source s : e.used()) {
        if (s.licence().equals(SeldSounds.GENERATED)) {
          continue;
        }
        sources.put(s.name(), s);
        splits.computeIfAbsent(s.name(), n -> new TreeSet<>()).add(e.split().label());
      }
    }
    ArrayNode list = JSON.createArrayNode();
    sources.forEach(
        (name, source) -> {
          ObjectNode node = JSON.valueToTree(source);
          node.set("splits", JSON.valueToTree(splits.get(name)));
          list.add(node);
        });
    return list;
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (java.io.IOException e) {
      throw new org.hearsight.core.error.InputException(
          file, "is no JSON", "delete the folder and simulate again", e);
    }
  }

  private static String pretty(JsonNode node) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("header cannot be serialised", e);
    }
  }
}
