package org.hearsight.simulator.sound;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Resampler;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.audio.WavReader;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * The WAV files of a folder of sounds: ESC-50 or UrbanSound8K as they are published, or one
 * sub-folder for each class, {@code ambience_…} or {@code harmless_…}, with or without a {@link
 * SourceList}.
 */
final class Recordings {
  static final String AMBIENCE = "ambience_";
  static final String HARMLESS = "harmless_";

  /** Of a recording: half an hour, for it is held in memory as a whole. */
  private static final int LONGEST_SECONDS = 1800;

  private final Map<String, List<Recording>> byFolder;
  private final String fingerprint;

  private Recordings(Map<String, List<Recording>> byFolder, String fingerprint) {
    this.byFolder = byFolder;
    this.fingerprint = fingerprint;
  }

  /**
   * Lists a folder; what is of no class is noted and left out.
   *
   * @throws InputException if it holds no usable sound or a file is not a WAV file
   */
  static Recordings list(Path folder, Taxonomy taxonomy, SoundUse use, Progress progress) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder, "is not a folder", "give a folder with one folder per class");
    }
    PublishedCollection collection = PublishedCollection.in(folder);
    List<Recording> all =
        collection == null
            ? inClassFolders(folder, taxonomy, progress)
            : collection.recordings(folder, progress);
    Map<String, List<Recording>> byFolder = new TreeMap<>();
    Sha256 digest = new Sha256();
    for (Recording recording : all) {
      if (!use.takes(recording)) {
        continue;
      }
      requireUsable(recording.file()); // now, not in an hour
      digest.add(recording.identity()).addContent(recording.file());
      byFolder.computeIfAbsent(recording.folder(), f -> new ArrayList<>()).add(recording);
    }
    if (byFolder.isEmpty() && !all.isEmpty()) {
      throw new InputException(
          folder, "use: none of " + all.size() + " sounds is " + use.label(), "ask for all");
    }
    if (byFolder.isEmpty()) {
      throw new InputException(
          folder,
          "holds no sound of any class",
          "put WAV files into folders named "
              + String.join(", ", taxonomy.classes().subList(1, taxonomy.size())));
    }
    return new Recordings(byFolder, digest.hex());
  }

  private static List<Recording> inClassFolders(Path folder, Taxonomy taxonomy, Progress progress) {
    SourceList sources = SourceList.read(folder);
    List<Recording> recordings = new ArrayList<>();
    for (Path sub : children(folder)) {
      String name = sub.getFileName().toString();
      if (!Files.isDirectory(sub)) {
        continue;
      }
      boolean hazard = taxonomy.classes().indexOf(name) > 0;
      if (!hazard && !name.startsWith(AMBIENCE) && !name.startsWith(HARMLESS)) {
        progress.note(sub + ": no class of this name, left out");
        continue;
      }
      for (Path file : children(sub)) {
        String relative = name + "/" + file.getFileName();
        if (relative.toLowerCase(Locale.ROOT).endsWith(".wav")) {
          recordings.add(
              new Recording(
                  file,
                  relative,
                  name,
                  sources.get(relative, "licence", "unknown"),
                  sources.onlyScores(relative),
                  sources.get(relative, "origin_group", relative)));
        }
      }
    }
    return recordings;
  }

  Map<String, List<Recording>> byFolder() {
    return byFolder;
  }

  /** SHA-256 over all names, licences and contents. */
  String fingerprint() {
    return fingerprint;
  }

  /** Refuses what is not a WAV file, or so long that a few such files would fill the memory. */
  private static void requireUsable(Path file) {
    try (WavReader wav = WavReader.open(file)) {
      double seconds = (double) wav.frames() / wav.sampleRate();
      if (seconds > LONGEST_SECONDS) {
        throw new InputException(
            file,
            String.format(
                Locale.ROOT, "length: %.0f s, expected at most %d s", seconds, LONGEST_SECONDS),
            Wav.CUT);
      }
    }
  }

  /** The mono signal at 24 kHz, without what lies below hearing. */
  static float[] read(Recording recording) {
    Audio audio = Wav.readMono(recording.file());
    float[] mono = audio.channels()[0];
    if (audio.sampleRate() != Foa.SAMPLE_RATE) {
      mono = new Resampler(audio.sampleRate(), Foa.SAMPLE_RATE).resample(mono);
    }
    double peak = 0;
    for (float v : mono) {
      peak = Math.max(peak, Math.abs(v));
    }
    if (!(peak > 1e-5) || mono.length < Sound.FRAME) {
      throw new InputException(
          recording.file(), "is silent or shorter than 0.1 s", "take it out of the folder");
    }
    return Synth.highPass(mono, 30);
  }

  private static List<Path> children(Path folder) {
    return FolderListing.entries(folder);
  }
}
