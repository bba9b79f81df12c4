package org.hearsight.simulator.occlude;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.core.starss23.Starss23;
import org.hearsight.core.starss23.Starss23Recording;
import org.hearsight.core.vision.VideoFrames;
import org.hearsight.simulator.work.Journal;
import org.hearsight.simulator.work.ScenarioEntry;
import org.hearsight.simulator.work.StoreFolder;

/**
 * Makes a data set of occlusion scenarios out of the STARSS23 recordings.
 *
 * <p>From the recordings come sound, picture, class and place; occluders and depth are invented.
 * The sound is turned with the view and otherwise as recorded: what is pasted into the picture does
 * not shadow it.
 */
public final class OcclusionRun {
  /** Raised when the same seed gives other bytes than before. */
  /** Missing videos that are told by name. */
  private static final int MOST_NAMED = 5;

  private static final String GENERATOR_VERSION = "1";

  private static final String DRAWS = "draws.jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OccludeConfig config;
  private final Path folder;
  private final VideoFrames.Opener opener;
  private final Progress progress;
  private final Journal<ScenarioEntry> journal;

  private OcclusionRun(
      OccludeConfig config, Path folder, VideoFrames.Opener opener, Progress progress) {
    this.config = config;
    this.folder = folder;
    this.opener = opener;
    this.progress = progress;
    this.journal = ScenarioEntry.journal(folder);
  }

  /**
   * Makes the data set and opens it.
   *
   * <p>An unfinished folder of the same configuration and recordings is completed; a finished one
   * is opened as it is. If the calling thread is interrupted, the scenario in work is finished and
   * the rest is left for the next call.
   *
   * @param opener of the videos
   * @throws InputException if recordings are missing, wrong or too few, or the folder holds
   *     something else or cannot be written
   */
  public static ScenarioStore generate(
      OccludeConfig config, Path folder, VideoFrames.Opener opener, Progress progress) {
    return new OcclusionRun(config, folder, opener, progress).run();
  }

  private ScenarioStore run() {
    Starss23 starss23 = Starss23.open(config.data());
    noteMissing(starss23.withoutVideo());
    List<Starss23Recording> recordings = wanted(starss23.recordings());
    Map<Starss23Recording, List<SeldEvent>> events = events(recordings);
    ScenarioStore.Header header = header(recordings);
    List<Window> windows = new ArrayList<>();
    WindowSearch search =
        new WindowSearch(config.map(), config.windowFrames(), config.activeShare());
    events.forEach((r, e) -> windows.addAll(search.of(r, e)));
    List<WindowPlan.Job> jobs = WindowPlan.of(config, windows, progress);
    if (StoreFolder.begin(folder, header)) {
      journal.delete();
      return ScenarioStore.open(folder);
    }
    List<ScenarioEntry> entries = make(jobs, rooms(events));
    StringBuilder draws = new StringBuilder();
    List<Scenario> scenarios = new ArrayList<>();
    for (ScenarioEntry e : entries) {
      scenarios.add(e.scenario());
      draws.append(e.draw()).append('\n');
    }
    AtomicFile.writeText(folder.resolve(DRAWS), draws.toString());
    ScenarioStore store = ScenarioStore.write(folder, header, scenarios);
    journal.delete();
    return store;
  }

  /** Those of the folds that are asked for; a test set needs no training recordings. */
  private List<Starss23Recording> wanted(List<Starss23Recording> all) {
    return all.stream()
        .filter(
            r ->
                r.split() == Split.TEST
                    ? config.test() > 0
                    : config.train() + config.validation() > 0)
        .toList();
  }

  private void noteMissing(List<Starss23Recording> withoutVideo) {
    if (!withoutVideo.isEmpty()) {
      String names =
          withoutVideo.stream()
              .limit(MOST_NAMED)
              .map(Starss23Recording::name)
              .collect(Collectors.joining(", "));
      String rest = withoutVideo.size() > MOST_NAMED ? ", …" : "";
      progress.note(
          "video_dev lacks %d videos that STARSS23 has: %s%s"
              .formatted(withoutVideo.size(), names, rest));
    }
  }

  private Map<Starss23Recording, List<SeldEvent>> events(List<Starss23Recording> recordings) {
    Map<Starss23Recording, List<SeldEvent>> events = new LinkedHashMap<>();
    long blind = recordings.stream().filter(r -> r.video() == null).count();
    long flat = 0;
    for (Starss23Recording r : recordings) {
      List<SeldEvent> own = r.events();
      flat += !own.isEmpty() && own.stream().noneMatch(SeldEvent::hasDistance) ? 1 : 0;
      events.put(r, own);
    }
    if (blind > 0) {
      progress.note(
          blind
              + " of "
              + recordings.size()
              + " recordings have no video: their scenarios come without pictures");
    }
    if (flat > 0) {
      progress.note(
          flat
              + " of "
              + recordings.size()
              + " recordings have labels without distance: no hazards are taken from them");
    }
    return events;
  }

  private static Map<String, RoomBox> rooms(Map<Starss23Recording, List<SeldEvent>> events) {
    Map<String, List<SeldEvent>> byRoom = new TreeMap<>();
    events.forEach((r, e) -> byRoom.computeIfAbsent(room(r), k -> new ArrayList<>()).addAll(e));
    Map<String, RoomBox> boxes = new TreeMap<>();
    byRoom.forEach((name, own) -> boxes.put(name, RoomBox.around(own)));
    return boxes;
  }

  private static String room(Starss23Recording r) {
    return r.site() + " " + r.room();
  }

  /** One recording after the other, so that each is opened once. */
  private List<ScenarioEntry> make(List<WindowPlan.Job> jobs, Map<String, RoomBox> rooms) {
    ScenarioEntry[] entries = new ScenarioEntry[jobs.size()];
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < entries.length; i++) {
      order.add(i);
    }
    order.sort(
        Comparator.comparing((Integer i) -> jobs.get(i).window().recording().audio())
            .thenComparing(i -> jobs.get(i).window().firstFrame()));
    OcclusionMaker maker = new OcclusionMaker(folder, config.map().taxonomy());
    OpenRecording open = null;
    int done = 0;
    try (Progress.Task task = progress.begin("occlude", entries.length)) {
      for (int i : order) {
        if (Stop.isAsked()) {
          throw new InputException(
              folder,
              "stopped after " + done + " of " + entries.length + " scenarios",
              "run the same command again to go on");
        }
        WindowPlan.Job job = jobs.get(i);
        entries[i] = journal.find(job.id());
        if (entries[i] == null) {
          Starss23Recording recording = job.window().recording();
          if (open == null || !open.recording().equals(recording)) {
            close(open);
            open = null;
            open =
                OpenRecording.open(
                    recording, opener, rooms.get(room(recording)), config.windowFrames());
          }
          OcclusionMaker.Made made =
              maker.make(job.id(), job.split(), job.window(), job.cover(), job.seed(), open);
          entries[i] = ScenarioEntry.of(made.scenario(), made.drawn());
          journal.add(job.id(), entries[i]);
        }
        done++;
        task.advance(1);
      }
    } finally {
      close(open);
    }
    return List.of(entries);
  }

  private static void close(OpenRecording open) {
    if (open != null) {
      open.close();
    }
  }

  private ScenarioStore.Header header(List<Starss23Recording> recordings) {
    ObjectNode generator = JSON.createObjectNode();
    generator.put("name", "hearsight-occlude");
    generator.put("version", GENERATOR_VERSION);
    generator.put("train", config.train());
    generator.put("validation", config.validation());
    generator.put("test", config.test());
    generator.put("window_seconds", config.windowSeconds());
    generator.put("active_share", config.activeShare());
    generator.put("class_map", new TreeMap<>(config.map().classes()).toString());
    generator.put("recordings", fingerprint(recordings));
    ObjectNode provenance = JSON.createObjectNode();
    provenance.put("label_class_column", "index in the taxonomy above");
    provenance.put("recordings", "STARSS23 (zenodo.org/records/7709052), MIT licence");
    provenance.put("sound", "as recorded, turned with the view; occluders do not change it");
    provenance.put("location", "labels, last frame of the event in the window");
    provenance.put("picture", "360° video, last label frame of the window");
    provenance.put("apparent", "intensity vector over the window; nothing else knows it");
    provenance.put("occluders", "invented and rendered");
    provenance.put("depth", "invented: a box around all labels of the room, and the occluders");
    provenance.put("visibility", "a body of typical size at the labelled place, as rendered");
    return new ScenarioStore.Header(
        ScenarioStore.FORMAT_VERSION,
        config.map().taxonomy(),
        generator,
        config.seed(),
        provenance);
  }

  /** Of the recordings' names, lengths and labels, and which have a video. */
  private static String fingerprint(List<Starss23Recording> recordings) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Starss23Recording r : recordings) {
        String line = r.name() + " " + r.frames() + " " + (r.video() != null) + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(r.labels()));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (IOException e) {
      throw new InputException("labels", "cannot be read: " + e.getMessage(), "check the disk", e);
    }
  }
}
