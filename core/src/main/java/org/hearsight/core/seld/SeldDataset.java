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
import java.util.stream.Collectors;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.SetApart;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.InputFile;

/**
 * Recordings with event labels in the STARSS23 layout, whoever made them: STARSS22 and 23
 * themselves, simulated SELD clips, or a scenario store.
 *
 * <pre>
 * foa_dev/dev-train-sony/fold3_room21_mix001.wav        the part after "dev-" names the split
 * metadata_dev/dev-train-sony/fold3_room21_mix001.csv
 * dataset.json                                          classes or taxonomy; absent in STARSS23
 * </pre>
 *
 * <p>Where there is no validation split, as in STARSS23, about a tenth of the training recordings
 * is set apart, so that training can be stopped without looking at the test split: whole rooms, the
 * choice that comes closest to a tenth, or, where none comes near, the last recordings of a room.
 *
 * @param folder of the data set
 * @param classes names in index order, without background
 * @param recordings sorted by name within each split
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

  private static final String AUDIO = "foa_dev";
  private static final String LABELS = "metadata_dev";
  private static final double VALIDATION_SHARE = 0.1;

  public SeldDataset {
    classes = List.copyOf(classes);
    recordings = List.copyOf(recordings);
  }

  /**
   * One recording.
   *
   * @param name sub-folder and file name without ending, as in {@code
   *     dev-train-sony/fold3_room21_mix001}
   * @param audio its WAV file
   * @param labels its event file
   * @param set the folder it lies in, which knows what its files should be
   */
  public record Recording(String name, Split split, Path audio, Path labels, DatasetFolder set) {
    /**
     * Its whole sound.
     *
     * @return four channels W, Y, Z, X at 24 kHz
     * @throws InputException if it has another form, is damaged, or not as it was when the set was
     *     made
     */
    public Audio sound() {
      return Foa.read(set.file(relative(audio)));
    }

    private Path checkedLabels() {
      return set.file(relative(labels));
    }

    private String relative(Path file) {
      return set.folder().relativize(file).toString().replace('\\', '/');
    }

    /** Recordings of one room of one sub-folder share this. */
    private String room() {
      int mix = name.lastIndexOf("_mix");
      return mix < 0 ? name : name.substring(0, mix);
    }
  }

  /**
   * Lists a folder's recordings.
   *
   * @throws InputException if it has no {@code foa_dev}, a recording has no labels, or a sub-folder
   *     names no split
   */
  public static SeldDataset open(Path folder) {
    DatasetFolder set = DatasetFolder.open(folder);
    Path audio = folder.resolve(AUDIO);
    if (!Files.isDirectory(audio)) {
      throw new InputException(
          folder, AUDIO + ": missing", "give a folder that holds foa_dev and metadata_dev");
    }
    if (!Files.isDirectory(folder.resolve(LABELS))) {
      throw new InputException(
          folder, LABELS + ": missing", "give a folder that holds foa_dev and metadata_dev");
    }
    List<Recording> found = new ArrayList<>();
    for (Path part : FolderListing.entries(audio)) {
      if (Files.isDirectory(part)) {
        addPart(set, part, found);
      }
    }
    if (found.isEmpty()) {
      throw new InputException(
          audio, "holds no recording", "expected foa_dev/dev-train-…/fold3_room1_mix001.wav");
    }
    requireSounds(folder.resolve(LABELS), found);
    requireAll(set, found);
    Names names = names(set);
    SeldFiles files =
        set.isOurs()
            ? SeldFiles.written()
            : SeldFiles.of(
                found.stream().map(Recording::labels).toList(), SeldFiles.Distances.unknown());
    return new SeldDataset(
        folder, names.classes(), withValidation(found), names.firstIndex(), files);
  }

  /** A set of ours with more or fewer recordings than were made is another set. */
  private static void requireAll(DatasetFolder set, List<Recording> found) {
    Set<String> there = found.stream().map(r -> r.relative(r.audio())).collect(Collectors.toSet());
    for (String name : set.files()) {
      if (name.startsWith(AUDIO + "/") && !there.contains(name)) {
        Path unused = set.file(name); // says that it is missing
      }
    }
    found.forEach(r -> set.requireListed(r.relative(r.audio())));
    set.requireCounts(
        found.stream().collect(Collectors.groupingBy(Recording::split, Collectors.counting())));
  }

  /** Labels without a recording are half an unpacking: less to train on, without a word. */
  private static void requireSounds(Path labels, List<Recording> found) {
    Set<Path> known = found.stream().map(Recording::labels).collect(Collectors.toSet());
    for (Path file : FolderListing.filesBelow(labels, ".csv")) {
      if (!known.contains(file)) {
        throw new InputException(
            file, "has no recording of its name in " + AUDIO, "add the sound or move it away");
      }
    }
  }

  /** STARSS23's fold 4 tests and its fold 3 does not, whatever folder they were unpacked into. */
  private static void requireFold(Path wav, String name, Split split) {
    Split own =
        name.startsWith("fold" + Split.TEST.fold() + "_")
            ? Split.TEST
            : name.startsWith("fold" + Split.TRAIN.fold() + "_") ? Split.TRAIN : split;
    if ((own == Split.TEST) != (split == Split.TEST)) {
      throw new InputException(
          wav,
          "its fold is for the " + own.label() + " split, its folder for " + split.label(),
          "move it to dev-" + own.label() + "-…, or rename it");
    }
  }

  private static void addPart(DatasetFolder set, Path part, List<Recording> found) {
    String partName = part.getFileName().toString();
    Split split = split(part, partName);
    set.requireHeader(partName);
    Path folder = set.folder();
    Map<String, Path> labels =
        FolderListing.byStem(folder.resolve(LABELS).resolve(partName), ".csv");
    FolderListing.byStem(part, ".wav")
        .forEach(
            (stem, wav) -> {
              requireFold(wav, stem, split);
              String name = partName + "/" + stem;
              Path own = labels.get(stem);
              if (own == null) {
                throw new InputException(
                    folder.resolve(LABELS).resolve(name + ".csv"),
                    "is missing, but " + wav + " is there",
                    "add the labels or remove the sound");
              }
              found.add(new Recording(name, split, wav, own, set));
            });
  }

  private static Split split(Path part, String name) {
    if (name.startsWith("dev-train")) {
      return Split.TRAIN;
    }
    if (name.startsWith("dev-val")) {
      return Split.VALIDATION;
    }
    if (name.startsWith("dev-test")) {
      return Split.TEST;
    }
    throw new InputException(
        part, "names no split", "call it dev-train-…, dev-validation-… or dev-test-…");
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
        .forEach(r -> rooms.computeIfAbsent(r.room(), k -> new ArrayList<>()).add(r));
    List<List<Recording>> single =
        rooms.values().stream().flatMap(List::stream).map(List::of).toList();
    Set<Recording> apart =
        SetApart.of(List.copyOf(rooms.values()), single, r -> 1, VALIDATION_SHARE).items();
    return found.stream()
        .map(
            r ->
                apart.contains(r)
                    ? new Recording(r.name(), Split.VALIDATION, r.audio(), r.labels(), r.set())
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
        recordings(Split.TRAIN).stream().map(Recording::room).collect(Collectors.toSet());
    Set<String> both =
        recordings(Split.VALIDATION).stream()
            .map(Recording::room)
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
   * The events of a recording, with class indices that count from the first of {@link #classes}.
   *
   * @throws InputException if a class is none of them, or the distance is missing
   */
  public List<SeldEvent> events(Recording recording) {
    Path labels = recording.checkedLabels();
    if (recording.set().isOurs() && isCut(labels)) {
      throw new InputException(
          labels, "its last line is cut off", "delete the folder and make the data set again");
    }
    List<SeldEvent> events = new ArrayList<>();
    for (SeldEvent e : files.read(labels)) {
      int index = e.classIndex() - firstIndex;
      if (index < 0 || index >= classes.size()) {
        throw new InputException(
            recording.labels(),
            "frame " + e.frame() + ", class: " + e.classIndex() + " is none of " + classes.size(),
            "give labels of the classes in dataset.json, or of STARSS23 without that file");
      }
      if (!e.hasDistance()) {
        throw new InputException(
            recording.labels(),
            "frame " + e.frame() + ": no distance",
            "give labels with a sixth column, whole centimetres, as STARSS23 has them");
      }
      events.add(
          new SeldEvent(e.frame(), index, e.source(), e.azimuth(), e.elevation(), e.distance()));
    }
    return events;
  }
}
