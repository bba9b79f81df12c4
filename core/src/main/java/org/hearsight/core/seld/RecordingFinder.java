package org.hearsight.core.seld;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.audio.SoundFile;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.dataset.Starss23Layout;
import org.hearsight.core.dataset.Starss23Layout.Name;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.seld.SeldDataset.Recording;

/**
 * Finds the recordings of a folder in the {@link Starss23Layout} and names what is out of place.
 */
final class RecordingFinder {
  private static final String CSV = ".csv";
  private static final String MP4 = ".mp4";

  private final DatasetFolder set;
  private final FoaFormat format;
  private final Path audio;
  private final Path labels;
  private final Path video;

  /**
   * @param format of the sounds; null to believe what they say of themselves. Capsules are looked
   *     for in {@link Starss23Layout#CAPSULES}, for what lies in the other folder is not theirs
   * @throws InputException if sounds or labels are missing as a whole
   */
  RecordingFinder(DatasetFolder set, FoaFormat format) {
    this.set = set;
    this.format = format;
    Path capsules = set.folder().resolve(Starss23Layout.CAPSULES);
    boolean ofCapsules = format != null && format.isCapsules();
    this.audio = ofCapsules ? capsules : set.folder().resolve(Starss23Layout.AUDIO);
    this.labels = set.folder().resolve(Starss23Layout.LABELS);
    this.video = set.folder().resolve(Starss23Layout.VIDEO);
    if (!Files.isDirectory(audio)) {
      throw missing(
          audio,
          !ofCapsules && Files.isDirectory(capsules)
              ? " (mic_dev is there, but holds microphone signals: --foa-format"
                  + " a-format:starss23-mic reads them)"
              : "");
    }
    if (!Files.isDirectory(labels)) {
      throw missing(labels, "");
    }
  }

  private InputException missing(Path part, String more) {
    return new InputException(
        part,
        "is missing" + more,
        "unpack %s.zip of STARSS23 (zenodo.org/records/7709052) into %s, or give a folder that holds"
                .formatted(part.getFileName(), set.folder())
            + " %s and metadata_dev".formatted(audio.getFileName()));
  }

  /**
   * All recordings, by part and name.
   *
   * @throws InputException if there is none, one has no labels, labels have no recording, or a part
   *     names no split or another one than its recordings
   */
  List<Recording> all() {
    List<Recording> found = new ArrayList<>();
    for (Path part : FolderListing.visible(audio)) {
      if (Files.isDirectory(part)) {
        addPart(part, found);
      }
    }
    if (found.isEmpty()) {
      throw new InputException(
          audio,
          "holds no recording",
          "expected %s/dev-train-…/fold3_room1_mix001.wav".formatted(audio.getFileName()));
    }
    requireKnown(FolderListing.filesBelow(labels, CSV), Recording::labels, found);
    return found;
  }

  private void addPart(Path folder, List<Recording> found) {
    String part = folder.getFileName().toString();
    Split split = Starss23Layout.split(part);
    if (split == null) {
      throw new InputException(
          folder, "names no split", "call it dev-train-…, dev-validation-… or dev-test-…");
    }
    set.requireHeader(part);
    Map<String, Path> events = FolderListing.byStem(labels.resolve(part), CSV);
    Map<String, Path> videos = FolderListing.byStem(video.resolve(part), MP4);
    FolderListing.byStem(folder, SoundFile.ENDINGS)
        .forEach(
            (stem, sound) -> {
              requireFold(sound, stem, split);
              Path own = events.get(stem);
              if (own == null) {
                throw new InputException(
                    set.folder().resolve(Starss23Layout.labels(part, stem)),
                    "is missing, but " + sound.getFileName() + " is there",
                    "add the labels (metadata_dev.zip of STARSS23) or remove the sound");
              }
              found.add(
                  new Recording(
                      part + "/" + stem, split, sound, own, videos.get(stem), set, format));
            });
  }

  /** STARSS23's fold 4 tests and its fold 3 does not, whatever folder they were unpacked into. */
  private static void requireFold(Path sound, String stem, Split split) {
    Split own =
        Stream.of(Split.TRAIN, Split.TEST)
            .filter(s -> stem.startsWith("fold" + s.fold() + "_"))
            .findFirst()
            .orElse(split);
    if ((own == Split.TEST) != (split == Split.TEST)) {
      throw new InputException(
          sound,
          "its fold is for the " + own.label() + " split, its folder for " + split.label(),
          "move it to dev-" + own.label() + "-…, or rename it");
    }
  }

  /**
   * Labels or videos without a recording are half an unpacking: without a refusal there would be
   * less to train on and nobody would know.
   */
  private static void requireKnown(
      List<Path> files, Function<Recording, Path> of, List<Recording> found) {
    Set<Path> known = found.stream().map(of).filter(f -> f != null).collect(Collectors.toSet());
    for (Path file : files) {
      if (!known.contains(file)) {
        throw new InputException(
            file,
            "has no recording of its name in " + Starss23Layout.AUDIO,
            "add the sound (foa_dev.zip of STARSS23) or move it away");
      }
    }
  }

  /**
   * As {@link #all}, of STARSS22 or STARSS23 themselves: nothing but their parts, every sound under
   * a name of theirs, and no video without a sound.
   */
  List<Recording> published() {
    for (Path file : filesOfParts(audio)) {
      String stem = FolderListing.stem(file, SoundFile.ENDINGS);
      Name parsed = stem == null ? null : Name.of(stem);
      if (parsed == null) {
        throw new InputException(
            file, "is not called as foldF_roomR_mixNNN.wav", "move it elsewhere or rename it");
      }
      if (parsed.fold() != Split.TRAIN.fold() && parsed.fold() != Split.TEST.fold()) {
        throw new InputException(
            file,
            "fold: " + parsed.fold() + ", expected 3 (training) or 4 (test)",
            "move it elsewhere or rename it");
      }
    }
    List<Recording> found = all();
    requireKnown(filesOfParts(labels), Recording::labels, found);
    requireKnown(filesOfParts(video), Recording::video, found);
    return found;
  }

  private static List<Path> filesOfParts(Path folder) {
    List<Path> files = new ArrayList<>();
    for (Path part : Files.isDirectory(folder) ? FolderListing.visible(folder) : List.<Path>of()) {
      if (!Files.isDirectory(part) || !Starss23Layout.isPublished(part.getFileName().toString())) {
        throw new InputException(
            part,
            "is not a part of STARSS23",
            "keep only dev-train-sony, dev-train-tau, dev-test-sony and dev-test-tau there");
      }
      files.addAll(FolderListing.visible(part));
    }
    return files;
  }
}
