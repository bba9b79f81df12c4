package org.hearsight.core.seld;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.statistics.descriptive.Median;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderListing;

/**
 * A folder of reference event files and one of predictions, paired by file name; either may have
 * sub-folders.
 *
 * <p>A clip that has no prediction file counts as one in which nothing was heard: leaving it out,
 * as DCASE's scorer does, would reward a system for skipping what it finds hard.
 *
 * <p>The truth is read first: whole numbers that are a hundredth of the true distances are metres
 * that would be scored as centimetres.
 *
 * @param clips by name
 * @param withoutPrediction names of the clips that have no prediction file
 */
public record SeldFolders(List<ScoredClip> clips, List<String> withoutPrediction) {
  private static final String ENDING = ".csv";
  private static final int NAMED = 5;

  /** Of all files together: what they hold stays in memory. */
  private static final long MOST_EVENTS = 5_000_000;

  /**
   * One side, the true or the predicted events.
   *
   * @param folder of event files
   * @param unit of their distances; null to judge it
   * @param option that names the unit, for messages
   */
  public record Side(Path folder, DistanceUnit unit, String option) {
    private SeldFiles files(Collection<Path> files, SeldMetrics metrics, double reference) {
      return SeldFiles.of(
          files,
          metrics.needsDistance()
              ? new SeldFiles.Distances(
                  unit, true, reference, "say " + option + " metres or " + option + " centimetres")
              : SeldFiles.Distances.unused());
    }
  }

  /**
   * Reads both folders.
   *
   * @throws InputException naming what is wrong: a folder without event files, a prediction of an
   *     unknown clip, a class that is not scored, a distance that is missing or of an unknown unit,
   *     columns that cannot be distinguished
   */
  public static SeldFolders read(
      Side reference, Side prediction, SeldMetrics metrics, SeldClasses classes) {
    Map<String, Path> truths = files(reference.folder());
    Map<String, Path> guesses = files(prediction.folder());
    List<String> unknown = guesses.keySet().stream().filter(n -> !truths.containsKey(n)).toList();
    if (!unknown.isEmpty()) {
      throw new InputException(
          prediction.folder(),
          list(unknown) + ": not in " + reference.folder(),
          "give the reference of the same clips, or remove what was not asked for");
    }
    Map<String, List<SeldEvent>> there =
        events(reference.files(truths.values(), metrics, Double.NaN), truths, metrics, classes);
    Map<String, List<SeldEvent>> heard =
        events(
            prediction.files(guesses.values(), metrics, medianDistance(there)),
            guesses,
            metrics,
            classes);
    List<ScoredClip> clips = new ArrayList<>();
    there.forEach(
        (name, events) ->
            clips.add(new ScoredClip(name, events, heard.getOrDefault(name, List.of()))));
    return new SeldFolders(
        List.copyOf(clips), truths.keySet().stream().filter(n -> !guesses.containsKey(n)).toList());
  }

  /** The first few names, and how many more there are. */
  public static String list(List<String> names) {
    String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() <= NAMED ? some : some + " and " + (names.size() - NAMED) + " more";
  }

  /** By name, its ending in small letters: {@code a.CSV} is the prediction of {@code a.csv}. */
  private static Map<String, Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder, "is not a folder", "give a folder of event files");
    }
    DatasetFolder.requireWholeAround(folder, ".csv");
    Map<String, Path> byName = new TreeMap<>();
    for (Path file : FolderListing.filesBelow(folder, ENDING)) {
      String name = file.getFileName().toString();
      Path twin = byName.put(name.substring(0, name.length() - ENDING.length()) + ENDING, file);
      if (twin != null) {
        throw new InputException(
            file, "has the name of " + twin, "clips are paired by name; rename or remove one");
      }
    }
    if (byName.isEmpty()) {
      throw new InputException(
          folder, "holds no .csv file", "give a folder with one event file per clip");
    }
    return byName;
  }

  private static Map<String, List<SeldEvent>> events(
      SeldFiles reader, Map<String, Path> files, SeldMetrics metrics, SeldClasses classes) {
    Map<String, List<SeldEvent>> events = new TreeMap<>();
    long all = 0;
    for (Map.Entry<String, Path> e : files.entrySet()) {
      List<SeldEvent> some = events(reader, e.getValue(), metrics, classes);
      all += some.size();
      if (all > MOST_EVENTS) {
        throw new InputException(
            e.getValue(),
            "is one of files with more than " + MOST_EVENTS + " events together",
            "score fewer clips at a time");
      }
      events.put(e.getKey(), some);
    }
    return events;
  }

  private static List<SeldEvent> events(
      SeldFiles reader, Path file, SeldMetrics metrics, SeldClasses classes) {
    List<SeldEvent> events = new ArrayList<>();
    for (SeldEvent e : reader.read(file)) {
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

  /** Metres, of those above 0; NaN if there is none. */
  private static double medianDistance(Map<String, List<SeldEvent>> events) {
    double[] distances =
        events.values().stream()
            .flatMap(List::stream)
            .mapToDouble(SeldEvent::distance)
            .filter(d -> d > 0)
            .toArray();
    return Median.withDefaults().evaluate(distances);
  }
}
