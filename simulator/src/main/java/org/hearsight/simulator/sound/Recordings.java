package org.hearsight.simulator.sound;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hearsight.core.audio.SoundFile;
import org.hearsight.core.audio.SoundReader;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.progress.Progress;

/**
 * The sound files of a folder: ESC-50 or UrbanSound8K as they are published, or one {@link
 * SoundFolder} for each class and kind of background, with or without a {@link SourceList}.
 *
 * @param all in a fixed order
 * @param fingerprint SHA-256 over all names, licences and contents
 */
record Recordings(Path folder, List<Recording> all, String fingerprint) {
  /** Of a recording: half an hour, for it is held in memory as a whole. */
  private static final int LONGEST_SECONDS = 1800;

  /**
   * Lists a folder; what is neither of a class nor background is noted and left out.
   *
   * @param use those that are taken
   * @throws InputException if none is taken, or one that is is not a usable sound file
   */
  static Recordings list(Path folder, Set<SoundClass> classes, SoundUse use, Progress progress) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder, "is not a folder", "give a folder with one folder per class");
    }
    PublishedCollection collection = PublishedCollection.in(folder);
    List<Recording> found =
        collection == null
            ? inClassFolders(folder, progress)
            : collection.recordings(folder, progress);
    if (found.isEmpty()) {
      throw new InputException(
          folder,
          "holds no sound of any class",
          "put sound files into folders named "
              + classes.stream().map(SoundClass::label).collect(Collectors.joining(", ")));
    }
    List<Recording> taken = taken(folder, found, use);
    Sha256 digest = new Sha256();
    for (Recording recording : taken) {
      requireUsable(recording.file(), progress); // now, not in an hour
      digest.add(recording.identity()).addContent(recording.file());
    }
    return new Recordings(folder, taken, digest.hex());
  }

  private static List<Recording> taken(Path folder, List<Recording> found, SoundUse use) {
    List<Recording> taken = found.stream().filter(use::takes).toList();
    if (taken.isEmpty()) {
      throw new InputException(
          folder, "use: none of " + found.size() + " sounds is " + use.label(), "ask for all");
    }
    return taken;
  }

  /**
   * Those of a use, folder by folder.
   *
   * @throws InputException if there is none
   */
  SortedMap<SoundFolder, List<Recording>> byFolder(SoundUse use) {
    return taken(folder, all, use).stream()
        .collect(Collectors.groupingBy(Recording::folder, TreeMap::new, Collectors.toList()));
  }

  private static List<Recording> inClassFolders(Path folder, Progress progress) {
    SourceList sources = SourceList.read(folder);
    List<Recording> recordings = new ArrayList<>();
    for (Path sub : FolderListing.entries(folder)) {
      if (!Files.isDirectory(sub)) {
        continue;
      }
      SoundFolder kind = SoundFolder.of(sub.getFileName().toString());
      if (kind == null) {
        progress.note(sub + ": no class of this name, left out");
        continue;
      }
      for (Path file : FolderListing.entries(sub)) {
        String relative = kind.name() + "/" + file.getFileName();
        if (SoundFile.isNamedSo(file)) {
          recordings.add(
              new Recording(
                  file,
                  relative,
                  kind,
                  sources.get(relative, "licence", "unknown"),
                  sources.onlyScores(relative),
                  sources.get(relative, "origin_group", relative)));
        }
      }
    }
    return recordings;
  }

  /** Refuses what is not a sound file, or so long that a few such files would fill the memory. */
  private static void requireUsable(Path file, Progress progress) {
    try (SoundReader sound = SoundFile.open(file)) {
      if (sound.note() != null) {
        progress.note(file + ": " + sound.note());
      }
      double seconds = (double) sound.frames() / sound.sampleRate();
      if (seconds > LONGEST_SECONDS) {
        throw new InputException(
            file,
            String.format(
                Locale.ROOT, "length: %.0f s, expected at most %d s", seconds, LONGEST_SECONDS),
            Wav.CUT);
      }
    }
  }
}
