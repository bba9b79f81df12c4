package org.hearsight.core.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hearsight.core.error.InputException;

/**
 * The one door through which folders are listed: in an order that every file system gives, endings
 * alike in capitals and small letters, and whatever cannot be listed (a link that leads back to
 * itself, a folder without permission) refused by its name.
 *
 * <p>Java's own streams throw {@link UncheckedIOException} in the middle of a listing; here it is
 * caught, once.
 */
public final class FolderListing {
  private FolderListing() {}

  /**
   * What lies in a folder, sorted by name.
   *
   * @throws InputException if it cannot be listed
   */
  public static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (UncheckedIOException e) {
      throw InputFile.cannotRead(folder, e.getCause());
    } catch (IOException e) {
      throw InputFile.cannotRead(folder, e);
    }
  }

  /** As {@link #entries}, without the hidden files of file managers and of writers at work. */
  public static List<Path> visible(Path folder) {
    return entries(folder).stream().filter(p -> !isHidden(p)).toList();
  }

  /**
   * The visible entries of a folder that have an ending, sorted by name. Pipes and links to nowhere
   * are among them: whoever reads them through {@link InputFile} refuses them by name, where
   * passing them over would be as if they had never been there.
   *
   * @param ending as in {@code ".csv"}; {@code ".CSV"} is the same
   * @throws InputException if the folder cannot be listed
   */
  public static List<Path> files(Path folder, String ending) {
    return visible(folder).stream().filter(p -> isFile(p, ending)).toList();
  }

  /**
   * As {@link #files}, by the name without its ending; none where there is no such folder.
   *
   * @throws InputException if the folder cannot be listed, or two differ in the ending alone
   */
  public static SortedMap<String, Path> byStem(Path folder, String ending) {
    return byStem(folder, List.of(ending));
  }

  /**
   * As {@link #byStem(Path, String)}, of files with any of several endings.
   *
   * @param endings in small letters, each with its dot
   */
  public static SortedMap<String, Path> byStem(Path folder, List<String> endings) {
    SortedMap<String, Path> byStem = new TreeMap<>();
    for (Path file : Files.isDirectory(folder) ? visible(folder) : List.<Path>of()) {
      String stem = stem(file, endings);
      Path twin = stem == null || Files.isDirectory(file) ? null : byStem.put(stem, file);
      if (twin != null) {
        throw new InputException(
            file, "has the name of " + twin, "rename or remove one of the two");
      }
    }
    return byStem;
  }

  /**
   * As {@link #files}, in a folder and all its visible sub-folders, linked ones too.
   *
   * @throws InputException if one cannot be listed, or is a link that leads back to itself
   */
  public static List<Path> filesBelow(Path folder, String ending) {
    return walk(folder, FileVisitOption.FOLLOW_LINKS).stream()
        .filter(p -> isFile(p, ending) && !isBelowHidden(folder, p))
        .toList();
  }

  /**
   * A folder and all that is in it, sub-folders after what they hold, as they can be deleted. Links
   * are not followed.
   *
   * @throws InputException if it cannot be listed
   */
  public static List<Path> deepestFirst(Path folder) {
    return walk(folder).stream().sorted(Collections.reverseOrder()).toList();
  }

  /**
   * Does a name end so, in capitals or small letters?
   *
   * @param ending in small letters, as in {@code ".csv"}
   */
  public static boolean hasEnding(Path file, String ending) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /**
   * A file's name without its ending, in capitals or small letters; null if it has none of these.
   *
   * @param endings in small letters, each with its dot
   */
  public static String stem(Path file, List<String> endings) {
    String name = file.getFileName().toString();
    return endings.stream()
        .filter(ending -> hasEnding(file, ending))
        .findFirst()
        .map(ending -> name.substring(0, name.length() - ending.length()))
        .orElse(null);
  }

  private static boolean isFile(Path file, String ending) {
    return hasEnding(file, ending) && !Files.isDirectory(file);
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  /** Is anything on the way from a folder to what lies below it hidden? */
  private static boolean isBelowHidden(Path folder, Path below) {
    for (Path name : folder.relativize(below)) {
      if (isHidden(name)) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> walk(Path folder, FileVisitOption... options) {
    try (Stream<Path> all = Files.walk(folder, options)) {
      return all.sorted().toList();
    } catch (UncheckedIOException e) {
      throw InputFile.cannotRead(folder, e.getCause());
    } catch (IOException e) {
      throw InputFile.cannotRead(folder, e);
    }
  }
}
