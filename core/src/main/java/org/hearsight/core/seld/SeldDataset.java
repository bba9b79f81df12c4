package org.hearsight.core.seld;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.SetApart;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.dataset.Starss23Layout;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;

/**
 * Recordings with event labels in the {@link Starss23Layout}, whoever made them: STARSS22 and 23
 * themselves (Zenodo 6387880, 7709052), simulated SELD clips, or a scenario store.
 *
 * <p>Where there is no validation split, as in STARSS23, about a tenth of the training recordings
 * is set apart, so that training can be stopped without looking at the test split: whole rooms, the
 * choice that comes closest to a tenth, or, where none comes near, the last recordings of a room.
 *
 * @param folder of the data set
 * @param classes names in index order, without background
 * @param recordings sorted by name within each part
 * @param firstIndex that the files give the first class: 1 where 0 is background
 * @param files what reads the labels
 */
public record SeldDataset(
    Path folder,
    List<String> classes,
    List<Recording> recordings,
    int firstIndex,
    SeldFiles files) {
  /** STARSS22 and STARSS23. */
  public static final List<String> STARSS23_CLASSES =
      List.of(
          "female_speech",
          "male_speech",
          "clapping",
          "telephone",
          "laughter",
          "domestic_sounds",
          "footsteps",
          "door",
          "music",
          "musical_instrument",
          "water_tap",
          "bell",
          "knock");

  private static final double VALIDATION_SHARE = 0.1;

  public SeldDataset {
    classes = List.copyOf(classes);
    recordings = List.copyOf(recordings);
  }

  /**
   * One recording.
   *
   * @param name part and file name without ending, as in {@code dev-train-sony/fold3_room21_mix001}
   * @param audio its sound file
   * @param labels its event file
   * @param video null if there is none
   * @param set the folder it lies in, which knows what its files should be
   * @param format of its channels; null to believe what its file says of itself
   */
  public record Recording(
      String name,
      Split split,
      Path audio,
      Path labels,
      Path video,
      DatasetFolder set,
      FoaFormat format) {
    /** Its file's name without ending, as in {@code fold3_room21_mix001}. */
    public String stem() {
      return name.substring(name.indexOf('/') + 1);
    }

    /** Who recorded or made it, as in {@code sony}: the last word of its part. */
    public String site() {
      return name.substring(name.lastIndexOf('-', name.indexOf('/')) + 1, name.indexOf('/'));
    }

    /**
     * Number of the room it was recorded in; a room of one site is in one split only.
     *
     * @throws InputException if its name does not say it
     */
    public int room() {
      Starss23Layout.Name parsed = Starss23Layout.Name.of(stem());
      if (parsed == null) {
        throw new InputException(
            audio, "is not called as foldF_roomR_mixNNN.wav", "move it elsewhere or rename it");
      }
      return parsed.room();
    }

    /**
     * Its length in label frames of 100 ms, by its header; a last piece of at least half a frame
     * counts as one.
     *
     * @throws InputException if it is not four-channel sound
     */
    public int frames() {
      return Math.toIntExact(
          Math.round((double) Foa.length(audio, format) / Foa.LABEL_FRAME_SAMPLES));
    }

    /**
     * Its whole sound.
     *
     * @return four channels W, Y, Z, X at 24 kHz
     * @throws InputException if it has another form, is damaged, or not as it was when the set was
     *     made
     */
    public Audio sound() {
      return sound(note -> {});
    }

    /**
     * As {@link #sound()}.
     *
     * @param notes takes one line for everything done to the sound on its way
     */
    public Audio sound(Consumer<String> notes) {
      return Foa.read(set.file(relative(audio)), format, notes);
    }

    private Path checkedLabels() {
      return set.file(relative(labels));
    }

    private String relative(Path file) {
      return set.folder().relativize(file).toString().replace('\\', '/');
    }

    /** Recordings of one room of one part share this. */
    private String roomOfPart() {
      int mix = name.lastIndexOf("_mix");
      return mix < 0 ? name : name.substring(0, mix);
    }
  }

  /**
   * Lists a folder's recordings.
   *
   * @throws InputException naming what is missing or out of place
   */
  public static SeldDataset open(Path folder) {
    return open(folder, null);
  }

  /**
   * As {@link #open(Path)}, of sounds in a format that somebody said.
   *
   * @param format of every recording; null to believe what they say of themselves
   * @throws InputException as there, or if the set is one of ours and it is another format
   */
  public static SeldDataset open(Path folder, FoaFormat format) {
    DatasetFolder set = open(DatasetFolder.open(folder), format);
    List<Recording> found = new RecordingFinder(set, format).all();
    requireAll(set, found);
    Names names = names(set);
    return new SeldDataset(
        folder, names.classes(), withValidation(found), names.firstIndex(), files(set, found));
  }

  /**
   * Lists the recordings of STARSS22 or STARSS23 as they were published: in folds 3 and 4, without
   * a validation split, and with nothing else between them. The twelve recordings of STARSS23
   * fold3_room21_mix001 to 012 come without video; STARSS22 has none.
   *
   * @throws InputException naming what is missing or out of place
   */
  public static SeldDataset openStarss23(Path folder) {
    return openStarss23(folder, null);
  }

  /**
   * As {@link #openStarss23(Path)}, of sounds in a format that somebody said: with {@code
   * a-format:starss23-mic} those of {@code mic_dev}.
   *
   * @param format of every recording; null to believe what they say of themselves
   */
  public static SeldDataset openStarss23(Path folder, FoaFormat format) {
    DatasetFolder set = open(DatasetFolder.open(folder), format);
    List<Recording> found = new RecordingFinder(set, format).published();
    return new SeldDataset(folder, STARSS23_CLASSES, found, 0, files(set, found));
  }

  private static DatasetFolder open(DatasetFolder set, FoaFormat format) {
    if (set.isOurs() && format != null && !format.equals(FoaFormat.AMBIX)) {
      throw new InputException(
          set.folder(),
          "is a data set of ours, whose recordings are ambix, not " + format.name(),
          "leave the format out");
    }
    return set;
  }

  private static SeldFiles files(DatasetFolder set, List<Recording> found) {
    return set.isOurs()
        ? SeldFiles.written()
        : SeldFiles.of(
            found.stream().map(Recording::labels).toList(), SeldFiles.Distances.unknown());
  }

  /** A set of ours with more or fewer recordings than were made is another set. */
  private static void requireAll(DatasetFolder set, List<Recording> found) {
    Set<String> there = found.stream().map(r -> r.relative(r.audio())).collect(Collectors.toSet());
    for (String name : set.files()) {
      if (name.startsWith(Starss23Layout.AUDIO + "/") && !there.contains(name)) {
        Path unused = set.file(name); // says that it is missing
      }
    }
    found.forEach(r -> set.requireListed(r.relative(r.audio())));
    set.requireCounts(
        found.stream().collect(Collectors.groupingBy(Recording::split, Collectors.counting())));
  }

  private static List<Recording> withValidation(List<Recording> found) {
    long train = found.stream().filter(r -> r.split() == Split.TRAIN).count();
    if (found.stream().anyMatch(r -> r.split() == Split.VALIDATION) || train < 2) {
      return found;
    }
    Map<String, List<Recording>> rooms = new TreeMap<>(Comparator.reverseOrder());
    found.stream()
        .filter(r -> r.split() == Split.TRAIN)
        .sorted(Comparator.comparing(Recording::name).reversed())
        .forEach(r -> rooms.computeIfAbsent(r.roomOfPart(), k -> new ArrayList<>()).add(r));
    List<List<Recording>> single =
        rooms.values().stream().flatMap(List::stream).map(List::of).toList();
    Set<Recording> apart =
        SetApart.of(List.copyOf(rooms.values()), single, r -> 1, VALIDATION_SHARE).items();
    return found.stream()
        .map(
            r ->
                apart.contains(r)
                    ? new Recording(
                        r.name(),
                        Split.VALIDATION,
                        r.audio(),
                        r.labels(),
                        r.video(),
                        r.set(),
                        r.format())
                    : r)
        .toList();
  }

  /**
   * What is to be known of the validation split: a room that is in training, too.
   *
   * @return null if there is none
   */
  public String validationNote() {
    Set<String> trained =
        recordings(Split.TRAIN).stream().map(Recording::roomOfPart).collect(Collectors.toSet());
    Set<String> both =
        recordings(Split.VALIDATION).stream()
            .map(Recording::roomOfPart)
            .filter(trained::contains)
            .collect(Collectors.toCollection(TreeSet::new));
    return both.isEmpty()
        ? null
        : "no choice of whole rooms comes near a tenth: validation shares "
            + String.join(", ", both)
            + " with training";
  }

  private record Names(List<String> classes, int firstIndex) {}

  private static Names names(DatasetFolder set) {
    JsonNode json = set.header();
    if (json == null) {
      return new Names(STARSS23_CLASSES, 0);
    }
    Path file = set.folder().resolve(DatasetFolder.HEADER);
    boolean background = json.path("taxonomy").path("classes").isArray();
    JsonNode list = background ? json.path("taxonomy").path("classes") : json.path("classes");
    List<String> classes = new ArrayList<>();
    list.forEach(n -> classes.add(n.asText()));
    if (background && !classes.isEmpty()) {
      classes.remove(0);
    }
    if (classes.isEmpty()) {
      throw new InputException(
          file, "classes: missing", "list the classes' names in the order of their indices");
    }
    return new Names(classes, background ? 1 : 0);
  }

  /** The recordings of one split. */
  public List<Recording> recordings(Split split) {
    return recordings.stream().filter(r -> r.split() == split).toList();
  }

  /**
   * The recordings of one split, of which there is one or more.
   *
   * @throws InputException if there is none
   */
  public List<Recording> required(Split split) {
    List<Recording> some = recordings(split);
    if (some.isEmpty()) {
      throw new InputException(
          folder,
          "split " + split.label() + ": holds no recording",
          "give recordings in foa_dev/dev-" + split.label() + "-…, or choose another split");
    }
    return some;
  }

  /** Our writers end every line; half a number would be read as another distance. */
  private static boolean isCut(Path labels) {
    try (FileChannel channel = InputFile.channel(labels)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      long size = channel.size();
      return size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n';
    } catch (IOException e) {
      throw InputFile.cannotRead(labels, e);
    }
  }

  /**
   * Recordings without a video that STARSS23 has one of; none where there are no videos at all, as
   * in STARSS22.
   */
  public List<Recording> withoutVideo() {
    if (!Files.isDirectory(folder.resolve(Starss23Layout.VIDEO))) {
      return List.of();
    }
    return recordings.stream()
        .filter(r -> r.video() == null && Starss23Layout.isFilmed(r.stem()))
        .toList();
  }

  /**
   * The events of a recording, in the order of its file, with class indices that count from the
   * first of {@link #classes}. STARSS22 has no distances.
   *
   * @throws InputException if labels or sound are malformed, a class is none of them, or the labels
   *     go on after the end of the sound
   */
  public List<SeldEvent> events(Recording recording) {
    Path labels = recording.checkedLabels();
    if (recording.set().isOurs() && isCut(labels)) {
      throw new InputException(
          labels, "its last line is cut off", "delete the folder and make the data set again");
    }
    List<SeldEvent> events = files.read(labels);
    SeldFiles.requireWithin(labels, events, recording.frames());
    return events.stream().map(e -> counted(e, labels)).toList();
  }

  private SeldEvent counted(SeldEvent e, Path labels) {
    int index = e.classIndex() - firstIndex;
    if (index < 0 || index >= classes.size()) {
      throw new InputException(
          labels,
          "class: %d in frame %d, expected %d to %d"
              .formatted(e.classIndex(), e.frame(), firstIndex, firstIndex + classes.size() - 1),
          "give labels of the classes in dataset.json, or of STARSS23 without that file");
    }
    return new SeldEvent(e.frame(), index, e.source(), e.azimuth(), e.elevation(), e.distance());
  }

  /**
   * As {@link #events}, of labels that say how far every event is.
   *
   * @throws InputException as there, or if a distance is missing
   */
  public List<SeldEvent> eventsWithDistance(Recording recording) {
    List<SeldEvent> events = events(recording);
    for (SeldEvent e : events) {
      if (!e.hasDistance()) {
        throw new InputException(
            recording.labels(),
            "frame " + e.frame() + ": no distance",
            "give labels with a sixth column, whole centimetres, as STARSS23 has them");
      }
    }
    return events;
  }
}
