package org.hearsight.datasets.occlude;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.RecordingNotes;
import org.hearsight.core.audio.SoundFile;
import org.hearsight.core.audio.SoundReader;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.seld.SeldDataset.Recording;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.core.vision.VideoFrames;
import org.hearsight.datasets.run.DatasetRun;
import org.hearsight.datasets.run.Job;
import org.hearsight.datasets.run.PieceMaker;
import org.hearsight.datasets.run.Recipe;
import org.hearsight.datasets.run.ScenarioEntry;

/**
 * Makes a data set of occlusion scenarios out of the STARSS23 recordings.
 *
 * <p>From the recordings come sound, picture, class and place; occluders and depth are invented.
 * The sound is turned with the view and otherwise as recorded: what is pasted into the picture does
 * not shadow it.
 */
public final class OcclusionRun implements Recipe<WindowPlan.Want, ScenarioEntry> {
  /** Missing videos that are named. */
  private static final int MOST_NAMED = 5;

  /** Raised when the same seed gives other bytes than before. */
  private static final String GENERATOR_VERSION = "2";

  private final OccludeConfig config;
  private final Path folder;
  private final VideoFrames.Opener opener;
  private final Progress progress;
  private final RecordingNotes counted = new RecordingNotes();
  private final List<Recording> recordings;
  private final List<Job<WindowPlan.Want>> jobs;
  private final Map<String, RoomBox> rooms;

  private OcclusionRun(
      OccludeConfig config, Path folder, VideoFrames.Opener opener, Progress progress) {
    this.config = config;
    this.folder = folder;
    this.opener = opener;
    this.progress = progress;
    SeldDataset starss23 = SeldDataset.openStarss23(config.data(), config.format());
    noteMissing(starss23.withoutVideo());
    this.recordings = wanted(starss23.recordings());
    Map<Recording, List<SeldEvent>> events = events(starss23, recordings);
    List<Window> windows = new ArrayList<>();
    WindowSearch search =
        new WindowSearch(config.map(), config.windowFrames(), config.activeShare());
    events.forEach((r, e) -> windows.addAll(search.of(r, e)));
    this.jobs = WindowPlan.of(config, windows, progress);
    this.rooms = rooms(events);
  }

  /**
   * Makes the data set, as {@link DatasetRun#write}, and opens it.
   *
   * @param opener of the videos
   * @throws InputException as there, or if recordings are missing, wrong or too few
   */
  public static ScenarioStore generate(
      OccludeConfig config, Path folder, VideoFrames.Opener opener, Progress progress) {
    OcclusionRun run = new OcclusionRun(config, folder, opener, progress);
    DatasetRun.write(folder, run, config.run().workers(), progress);
    run.counted.tell(progress::note);
    return ScenarioStore.open(folder);
  }

  @Override
  public String command() {
    return "occlude";
  }

  @Override
  public String verb() {
    return "occlude";
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
  public List<Job<WindowPlan.Want>> jobs() {
    return jobs;
  }

  /** Those of the folds that are asked for; a test set needs no training recordings. */
  private List<Recording> wanted(List<Recording> all) {
    return all.stream()
        .filter(
            r ->
                r.split() == Split.TEST
                    ? config.run().test() > 0
                    : config.run().train() + config.run().validation() + config.run().calibration()
                        > 0)
        .toList();
  }

  private void noteMissing(List<Recording> withoutVideo) {
    if (!withoutVideo.isEmpty()) {
      String names =
          withoutVideo.stream()
              .limit(MOST_NAMED)
              .map(Recording::stem)
              .collect(Collectors.joining(", "));
      String rest = withoutVideo.size() > MOST_NAMED ? ", …" : "";
      progress.note(
          "video_dev lacks %d videos that STARSS23 has: %s%s"
              .formatted(withoutVideo.size(), names, rest));
    }
  }

  private Map<Recording, List<SeldEvent>> events(SeldDataset starss23, List<Recording> recordings) {
    Map<Recording, List<SeldEvent>> events = new LinkedHashMap<>();
    long blind = recordings.stream().filter(r -> r.video() == null).count();
    long flat = 0;
    for (Recording r : recordings) {
      requireRate(r);
      List<SeldEvent> own = starss23.events(r);
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

  /** Another rate is not what was published, so its labels may not be either. */
  private static void requireRate(Recording r) {
    try (SoundReader sound = SoundFile.open(r.audio())) {
      if (sound.sampleRate() != Foa.SAMPLE_RATE) {
        throw new InputException(
            sound.file(),
            "sample rate: " + sound.sampleRate() + " Hz, expected " + Foa.SAMPLE_RATE,
            "take the recording from foa_dev.zip of STARSS23");
      }
    }
  }

  private static Map<String, RoomBox> rooms(Map<Recording, List<SeldEvent>> events) {
    Map<String, List<SeldEvent>> byRoom = new TreeMap<>();
    events.forEach((r, e) -> byRoom.computeIfAbsent(room(r), k -> new ArrayList<>()).addAll(e));
    Map<String, RoomBox> boxes = new TreeMap<>();
    byRoom.forEach((name, own) -> boxes.put(name, RoomBox.around(own)));
    return boxes;
  }

  private static String room(Recording r) {
    return r.site() + " " + r.room();
  }

  /** A recording is a batch, in the order of its windows, so that it is opened once. */
  @Override
  public List<List<Integer>> batches(List<Job<WindowPlan.Want>> all) {
    Map<Path, List<Integer>> batches = new TreeMap<>();
    for (int i = 0; i < all.size(); i++) {
      Path audio = all.get(i).want().window().recording().audio();
      batches.computeIfAbsent(audio, r -> new ArrayList<>()).add(i);
    }
    batches
        .values()
        .forEach(b -> b.sort(Comparator.comparing(i -> all.get(i).want().window().firstFrame())));
    return List.copyOf(batches.values());
  }

  /** Of one recording, which is opened when the first of its scenarios has to be made. */
  @Override
  public PieceMaker<WindowPlan.Want, ScenarioEntry> maker() {
    OcclusionMaker maker = new OcclusionMaker(folder, config.map().taxonomy());
    return new PieceMaker<>() {
      private OpenRecording open;

      @Override
      public ScenarioEntry make(Job<WindowPlan.Want> job) {
        if (open == null) {
          Recording recording = job.want().window().recording();
          RoomBox room = rooms.get(room(recording));
          open = OpenRecording.open(recording, opener, room, config.windowFrames(), counted);
        }
        return maker.make(job, open);
      }

      @Override
      public void close() {
        if (open != null) {
          open.close();
        }
      }
    };
  }

  @Override
  public ObjectNode header() {
    ObjectNode generator = config.run().generator("hearsight-occlude", GENERATOR_VERSION);
    generator.put("window_seconds", config.windowSeconds());
    generator.put("active_share", config.activeShare());
    generator.put("class_map", new TreeMap<>(config.map().classes()).toString());
    generator.put("recordings", fingerprint(recordings));
    if (config.format() != null) {
      generator.put("foa_format", config.format().toString());
    }
    ObjectNode provenance = Json.object();
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
            config.run().seed(),
            provenance)
        .toJson();
  }

  /** Of the recordings' names, lengths and labels, and which have a video. */
  private static String fingerprint(List<Recording> recordings) {
    Sha256 sum = new Sha256();
    for (Recording r : recordings) {
      Sha256 unused = sum.add(r.stem() + " " + r.frames() + " " + (r.video() != null) + "\n");
      unused = sum.addContent(r.labels());
    }
    return sum.hex();
  }
}
