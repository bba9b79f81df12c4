package org.hearsight.core.seld;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.error.InputException;

/**
 * A folder of reference event files and one of predictions, paired by file name; either may have
 * sub-folders.
 *
 * <p>A clip that has no prediction file counts as one in which nothing was heard: leaving it out,
 * as DCASE's scorer does, would reward a system for skipping what it finds hard.
 *
 * @param clips by name
 * @param withoutPrediction names of the clips that have no prediction file
 */
public record SeldFolders(List<SeldClip> clips, List<String> withoutPrediction) {
  private static final int NAMED = 5;

  /**
   * Reads both folders.
   *
   * @throws InputException naming what is wrong: a folder without event files, a prediction of an
   *     unknown clip, a class that is not scored, a distance that is missing
   */
  public static SeldFolders read(
      Path reference, Path prediction, SeldMetrics metrics, SeldClasses classes) {
    Map<String, Path> truths = files(reference);
    Map<String, Path> guesses = files(prediction);
    List<String> unknown = guesses.keySet().stream().filter(n -> !truths.containsKey(n)).toList();
    if (!unknown.isEmpty()) {
      throw new InputException(
          prediction,
          list(unknown) + ": not in " + reference,
          "give the reference of the same clips, or remove what was not asked for");
    }
    List<SeldClip> clips = new ArrayList<>();
    List<String> without = new ArrayList<>();
    truths.forEach(
        (name, file) -> {
          Path guess = guesses.get(name);
          if (guess == null) {
            without.add(name);
          }
          clips.add(
              new SeldClip(
                  name,
                  events(file, metrics, classes),
                  guess == null ? List.of() : events(guess, metrics, classes)));
        });
    return new SeldFolders(List.copyOf(clips), List.copyOf(without));
  }

  /** The first few names, and how many more there are. */
  public static String list(List<String> names) {
    String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() <= NAMED ? some : some + " and " + (names.size() - NAMED) + " more";
  }

  private static Map<String, Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder, "is no folder", "give a folder of event files");
    }
    DatasetFolder.requireFinishedAround(folder);
    Map<String, Path> byName = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : all.filter(SeldFolders::isEventFile).sorted().toList()) {
        Path twin = byName.put(file.getFileName().toString(), file);
        if (twin != null) {
          throw new InputException(
              file, "has the name of " + twin, "clips are paired by name; rename or remove one");
        }
      }
    } catch (IOException e) {
      throw new InputException(folder, "cannot be read", "check the path", e);
    }
    if (byName.isEmpty()) {
      throw new InputException(
          folder, "holds no .csv file", "give a folder with one event file per clip");
    }
    return byName;
  }

  private static boolean isEventFile(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".csv") && !name.startsWith(".") && Files.isRegularFile(file);
  }

  private static List<SeldEvent> events(Path file, SeldMetrics metrics, SeldClasses classes) {
    List<SeldEvent> events = new ArrayList<>();
    for (SeldEvent e : SeldCsv.read(file)) {
      if (e.classIndex() >= classes.end()) {
        throw new InputException(
            file,
            "class: "
                + e.classIndex()
                + " in frame "
                + e.frame()
                + ", but there are "
                + classes.end(),
            "give --classes or --taxonomy as the files have them");
      }
      if (metrics.needsDistance() && !e.hasDistance()) {
        throw new InputException(
            file, "distance: missing", "write it, or score without distance: --metrics 2023");
      }
      if (e.classIndex() >= classes.first()) {
        events.add(e);
      }
    }
    return List.copyOf(events);
  }
}
