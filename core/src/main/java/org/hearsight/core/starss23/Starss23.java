package org.hearsight.core.starss23;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.seld.SeldFiles;

/**
 * A folder of the STARSS22 or STARSS23 recordings (Zenodo 6387880, 7709052), first-order ambisonic
 * version, as it unpacks.
 *
 * <pre>
 * foa_dev/dev-train-sony/fold3_room21_mix001.wav       4 channels W, Y, Z, X, 24 kHz
 * metadata_dev/dev-train-sony/fold3_room21_mix001.csv  frame,class,source,azimuth,elevation[,distance]
 * video_dev/dev-train-sony/fold3_room21_mix001.mp4     360°, 1920 x 960; may be missing
 * </pre>
 *
 * <p>Fold 3 is for training, fold 4 for testing; the folder {@code dev-train-…} or {@code
 * dev-test-…} has to say the same. Twelve recordings of STARSS23 (fold3_room21_mix001 to 012) come
 * without video; STARSS22 has none.
 */
public final class Starss23 {
  /** The names of classes 0 to 12, in the order of the data set. */
  public static final List<String> CLASSES = SeldDataset.STARSS23_CLASSES;

  private static final String AUDIO = "foa_dev";
  private static final String LABELS = "metadata_dev";
  private static final String VIDEO = "video_dev";
  private static final String WAV = ".wav";
  private static final String CSV = ".csv";
  private static final String MP4 = ".mp4";
  private static final Pattern PART = Pattern.compile("dev-(train|test)-(sony|tau)");
  private static final Pattern NAME = Pattern.compile("fold(\\d+)_room(\\d+)_mix(\\d+)");
  private static final Pattern NEVER_FILMED = Pattern.compile("fold3_room21_mix0(0[1-9]|1[0-2])");
  private static final int TRAIN_FOLD = Split.TRAIN.fold();
  private static final int TEST_FOLD = Split.TEST.fold();

  private final Path folder;
  private final List<Starss23Recording> recordings;

  private Starss23(Path folder, List<Starss23Recording> recordings) {
    this.folder = folder;
    this.recordings = List.copyOf(recordings);
  }

  /**
   * Opens a folder: lists its recordings and checks that each has labels. The files themselves are
   * read by {@link Starss23Recording}.
   *
   * @throws InputException naming what is missing or out of place
   */
  public static Starss23 open(Path folder) {
    DatasetFolder.requireFinished(folder);
    Path audio = folder.resolve(AUDIO);
    if (!Files.isDirectory(audio)) {
      boolean microphones = Files.isDirectory(folder.resolve("mic_dev"));
      throw new InputException(
          audio,
          microphones
              ? "is missing (mic_dev is there, but holds microphone signals)"
              : "is missing",
          "unpack foa_dev.zip of STARSS23 (zenodo.org/records/7709052) into " + folder);
    }
    if (!Files.isDirectory(folder.resolve(LABELS))) {
      throw new InputException(
          folder.resolve(LABELS), "is missing", "unpack metadata_dev.zip into " + folder);
    }
    SeldFiles files =
        SeldFiles.of(
            FolderListing.filesBelow(folder.resolve(LABELS), CSV), SeldFiles.Distances.unknown());
    List<Starss23Recording> recordings = new ArrayList<>();
    for (Path part : FolderListing.visible(audio)) {
      String name = part(part).getFileName().toString();
      Map<String, Path> labels = FolderListing.byStem(folder.resolve(LABELS).resolve(name), CSV);
      Map<String, Path> videos = FolderListing.byStem(folder.resolve(VIDEO).resolve(name), MP4);
      for (Path file : FolderListing.visible(part)) {
        recordings.add(recording(folder, name, file, labels, videos, files));
      }
    }
    if (recordings.isEmpty()) {
      throw new InputException(
          audio, "holds no recording", "unpack foa_dev.zip of STARSS23 into " + folder);
    }
    List<Path> labels = recordings.stream().map(Starss23Recording::labels).toList();
    requireRecordings(folder.resolve(LABELS), labels);
    if (Files.isDirectory(folder.resolve(VIDEO))) {
      List<Path> videos =
          recordings.stream().map(Starss23Recording::video).filter(Objects::nonNull).toList();
      requireRecordings(folder.resolve(VIDEO), videos);
    }
    return new Starss23(folder, recordings);
  }

  public Path folder() {
    return folder;
  }

  /** All recordings, sorted by part and name. */
  public List<Starss23Recording> recordings() {
    return recordings;
  }

  /** The recordings of the training or the test split; the data set has no validation split. */
  public List<Starss23Recording> recordings(Split split) {
    return recordings.stream().filter(r -> r.split() == split).toList();
  }

  /**
   * Recordings without a video that STARSS23 has one of; none where there are no videos at all, as
   * in STARSS22.
   */
  public List<Starss23Recording> withoutVideo() {
    if (!Files.isDirectory(folder.resolve(VIDEO))) {
      return List.of();
    }
    return recordings.stream()
        .filter(r -> r.video() == null)
        .filter(r -> !NEVER_FILMED.matcher(r.name()).matches())
        .toList();
  }

  private static Path part(Path part) {
    if (!Files.isDirectory(part) || !PART.matcher(part.getFileName().toString()).matches()) {
      throw new InputException(
          part,
          "is no part of STARSS23",
          "keep only dev-train-sony, dev-train-tau, dev-test-sony and dev-test-tau there");
    }
    return part;
  }

  private static Starss23Recording recording(
      Path folder,
      String part,
      Path audio,
      Map<String, Path> labels,
      Map<String, Path> videos,
      SeldFiles files) {
    String fileName = audio.getFileName().toString();
    String stem =
        FolderListing.hasEnding(audio, WAV)
            ? fileName.substring(0, fileName.length() - WAV.length())
            : null;
    Matcher name = stem == null ? null : NAME.matcher(stem);
    if (name == null || !name.matches()) {
      throw new InputException(
          audio, "is not called as foldF_roomR_mixNNN.wav", "move it elsewhere or rename it");
    }
    int fold = number(audio, name.group(1));
    if (fold != TRAIN_FOLD && fold != TEST_FOLD) {
      throw new InputException(
          audio,
          "fold: " + fold + ", expected 3 (training) or 4 (test)",
          "move it elsewhere or rename it");
    }
    Split split = fold == TRAIN_FOLD ? Split.TRAIN : Split.TEST;
    Matcher place = PART.matcher(part);
    if (!place.matches() || !place.group(1).equals(split.label())) {
      throw new InputException(
          audio,
          "fold: " + fold + " does not belong into " + part,
          "move it to dev-" + split.label() + "-…, or rename it");
    }
    if (!labels.containsKey(stem)) {
      throw new InputException(
          folder.resolve(LABELS).resolve(part).resolve(stem + CSV),
          "is missing, but " + fileName + " is there",
          "unpack metadata_dev.zip");
    }
    return new Starss23Recording(
        stem,
        split,
        place.group(2),
        number(audio, name.group(2)),
        number(audio, name.group(3)),
        audio,
        labels.get(stem),
        videos.get(stem),
        files);
  }

  /** Labels and videos without a recording are half an unpacking, or misplaced. */
  private static void requireRecordings(Path folder, List<Path> known) {
    for (Path part : FolderListing.visible(folder)) {
      for (Path file : FolderListing.visible(part(part))) {
        if (!known.contains(file)) {
          throw new InputException(
              file, "has no recording of its name in " + AUDIO, "unpack foa_dev.zip or move it");
        }
      }
    }
  }

  private static int number(Path file, String digits) {
    if (digits.length() > 6) {
      throw new InputException(file, "number: " + digits + " is too long", "rename it");
    }
    return Integer.parseInt(digits);
  }
}
