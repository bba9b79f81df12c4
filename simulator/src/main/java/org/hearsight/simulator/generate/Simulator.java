package org.hearsight.simulator.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.simulator.acoustics.Calibration;
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
  private static final String GENERATOR_VERSION = "3";

  private static final String DATASET = "dataset.json";
  private static final String SCENARIOS = "scenarios.jsonl";
  private static final String DRAWS = "draws.jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimulatorConfig config;
  private final Path folder;
  private final Progress progress;
  private final Taxonomy taxonomy = Taxonomy.hazards();
  private final Journal journal;
  private final StageTimes times = new StageTimes();

  private Simulator(SimulatorConfig config, Path folder, Progress progress) {
    this.config = config;
    this.folder = folder;
    this.progress = progress;
    this.journal = new Journal(folder);
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
        config.sounds() == null
            ? SoundBank.generated()
            : SoundBank.of(
                config.sounds(),
                taxonomy,
                config.soundUse(),
                config.sizes(),
                config.seed(),
                progress);
    ScenarioStore.Header header = header(bank);
    if (Files.exists(folder.resolve(DATASET))) {
      refuseOther(header);
      if (Files.exists(folder.resolve(SCENARIOS))) {
        journal.delete();
        return ScenarioStore.open(folder);
      }
    } else {
      refuseForeign();
      AtomicFile.createFolder(folder);
      ScenarioStore.writeHeader(folder, header);
    }
    List<Journal.Entry> entries = make(jobs(), bank);
    StringBuilder draws = new StringBuilder();
    List<Scenario> scenarios = new ArrayList<>();
    for (Journal.Entry e : entries) {
      scenarios.add(e.scenario());
      draws.append(e.draw()).append('\n');
    }
    AtomicFile.writeText(folder.resolve(DRAWS), draws.toString());
    ScenarioStore store = ScenarioStore.write(folder, header, scenarios);
    journal.delete();
    return store;
  }

  /** A scenario to be made. */
  private record Job(String id, Split split, Want want, long seed) {}

  private List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    for (Split split : Split.values()) {
      List<Want> wants = Plan.of(config, split, taxonomy);
      for (int i = 0; i < wants.size(); i++) {
        int room = wants.get(i).setting() == Setting.OUTDOOR ? 1 : 2;
        String id = String.format(Locale.ROOT, "fold%d_room%d_mix%04d", split.fold(), room, i + 1);
        jobs.add(new Job(id, split, wants.get(i), Seeds.of(config.seed(), split, i)));
      }
    }
    return jobs;
  }

  private List<Journal.Entry> make(List<Job> jobs, SoundBank bank) {
    Journal.Entry[] entries = new Journal.Entry[jobs.size()];
    ScenarioMaker maker = new ScenarioMaker(folder, bank, taxonomy, config.clipSeconds(), times);
    AtomicInteger next = new AtomicInteger();
    AtomicInteger made = new AtomicInteger();
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService workers = Executors.newFixedThreadPool(config.workers());
    try (Progress.Task task = progress.begin("simulate", jobs.size())) {
      List<Future<?>> running = new ArrayList<>();
      for (int w = 0; w < config.workers(); w++) {
        running.add(
            workers.submit(
                () -> {
                  try {
                    int i = next.getAndIncrement();
                    while (i < entries.length && !stop.get()) {
                      Job job = jobs.get(i);
                      entries[i] = journal.find(job.id());
                      if (entries[i] == null) {
                        entries[i] =
                            journal.add(maker.make(job.id(), job.split(), job.want(), job.seed()));
                        made.incrementAndGet();
                      }
                      task.advance(1);
                      i = next.getAndIncrement();
                    }
                  } finally {
                    // Whoever ends first has found the end or failed; either way nobody starts
                    // anew.
                    stop.compareAndSet(false, next.get() < entries.length);
                  }
                }));
      }
      await(running, stop, entries);
    } finally {
      workers.shutdown();
    }
    progress.note("per scenario: " + times.perScenario(made.get()));
    return List.of(entries);
  }

  private void await(List<Future<?>> running, AtomicBoolean stop, Journal.Entry[] entries) {
    boolean interrupted = false;
    RuntimeException failure = null;
    for (Future<?> f : running) {
      while (true) {
        try {
          f.get();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
          stop.set(true);
        } catch (ExecutionException e) {
          failure = failure == null ? unchecked(e.getCause()) : failure;
          break;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
    long done = Stream.of(entries).filter(Objects::nonNull).count();
    if (done < entries.length) {
      throw new InputException(
          folder,
          "stopped after " + done + " of " + entries.length + " scenarios",
          "run the same command again to go on");
    }
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof Error e) {
      throw e;
    }
    return cause instanceof RuntimeException r ? r : new IllegalStateException(cause);
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
    generator.put("sounds", bank.fingerprint());
    ObjectNode provenance = JSON.createObjectNode();
    provenance.put("label_class_column", "index in the taxonomy above");
    provenance.put("full_scale_db_spl", Calibration.FULL_SCALE);
    provenance.put("preamp_gain", "drawn for each clip, dB, in draws.jsonl");
    provenance.put("location_at", "end of the clip");
    provenance.put("picture_at", "end of the clip");
    return new ScenarioStore.Header(
        ScenarioStore.FORMAT_VERSION, taxonomy, generator, config.seed(), provenance);
  }

  private void refuseOther(ScenarioStore.Header wanted) {
    Path file = folder.resolve(DATASET);
    JsonNode there;
    try {
      there = JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new InputException(file, "is no JSON", "choose another folder or delete this one", e);
    }
    ObjectNode plan = JSON.createObjectNode();
    plan.set("generator", wanted.generator());
    plan.put("seed", wanted.seed());
    for (Map.Entry<String, JsonNode> e : reread(plan).properties()) {
      JsonNode old = there.path(e.getKey());
      if (!old.equals(e.getValue())) {
        throw new InputException(
            file,
            difference(e.getKey(), old, e.getValue()),
            "give the same options to go on, or choose another folder");
      }
    }
  }

  /** Through text and back: only what was parsed the same way compares equal. */
  private static JsonNode reread(JsonNode node) {
    try {
      return JSON.readTree(node.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON just written does not parse", e);
    }
  }

  private static String difference(String name, JsonNode there, JsonNode wanted) {
    for (Map.Entry<String, JsonNode> e : wanted.properties()) {
      if (!e.getValue().asText().equals(there.path(e.getKey()).asText())) {
        return e.getKey()
            + ": was "
            + there.path(e.getKey()).asText()
            + ", now "
            + e.getValue().asText();
      }
    }
    return name + ": was " + there + ", now " + wanted;
  }

  private void refuseForeign() {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder, "is a file, expected a folder", "choose another folder");
    }
    try (Stream<Path> content = Files.list(folder)) {
      if (content.anyMatch(p -> !p.getFileName().toString().endsWith(".partial"))) {
        throw new InputException(
            folder, "is not empty and holds no data set", "choose an empty or new folder");
      }
    } catch (IOException e) {
      throw new InputException(folder, "cannot be listed", "check its permissions", e);
    }
  }
}
