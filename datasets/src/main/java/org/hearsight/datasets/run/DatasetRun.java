package org.hearsight.datasets.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Json;
import org.hearsight.core.progress.Progress;

/**
 * The way every writer makes a data set: one process at a time, in pieces, so that one that was
 * stopped or killed, or whose machine lost its power, is gone on with to the same bytes, and that
 * no reader takes what is there before for a data set.
 *
 * <pre>
 * 1. the folder's lock, then the mark with the plan: .unfinished/run.json
 * 2. for each piece its files, then its entry in the journal: .unfinished/ID.json
 * 3. the lists, the header, the checksums
 * 4. the mark is taken away, and the lock given back
 * </pre>
 *
 * Each step is on the disk before the next one begins.
 *
 * @param <E> what is noted of a piece
 */
public final class DatasetRun<E extends Piece> implements AutoCloseable {
  private static final String OTHER = "choose another folder";

  private final Path folder;
  private final ObjectNode header;
  private final Journal<E> journal;
  private final FolderLock lock;
  private final boolean wasEmpty;
  private List<Journal.Noted<E>> made = List.of();
  private boolean finished;

  private DatasetRun(
      Path folder,
      ObjectNode header,
      Journal<E> journal,
      FolderLock lock,
      boolean wasEmpty,
      boolean finished) {
    this.folder = folder;
    this.header = header;
    this.journal = journal;
    this.lock = lock;
    this.wasEmpty = wasEmpty;
    this.finished = finished;
  }

  /**
   * Makes a data set, or completes one of the same generator and seed; a finished one is left as it
   * is. If the calling thread is interrupted, the pieces in work are finished and the rest is left
   * for the next call.
   *
   * @param workers threads; does not change what comes out
   * @throws InputException if the folder holds something else, is in use or cannot be written, or
   *     the work was stopped before its end
   */
  public static <W, E extends Piece> void write(
      Path folder, Recipe<W, E> recipe, int workers, Progress progress) {
    try (DatasetRun<E> run = begin(folder, recipe)) {
      if (!run.isFinished()) {
        run.finish(recipe.more(run.make(recipe, workers, progress)));
      }
    }
  }

  /** Takes the folder for this process alone and marks it, or finds what was begun. */
  static <E extends Piece> DatasetRun<E> begin(Path folder, Recipe<?, E> recipe) {
    String command = recipe.command();
    ObjectNode header = recipe.header();
    Journal<E> journal = new Journal<>(folder, recipe.type());
    if (isFinished(folder)) {
      refuseOther(folder.resolve(DatasetFolder.HEADER), header);
      removeOldLock(folder, command);
      return new DatasetRun<>(folder, header, journal, null, false, true);
    }
    refuseForeign(folder);
    FolderLock lock = FolderLock.take(folder, command);
    boolean begun = false;
    try {
      boolean empty = isEmpty(folder);
      boolean complete = claim(folder, command, header);
      if (complete) {
        journal.delete();
      }
      begun = true;
      return new DatasetRun<>(folder, header, journal, lock, empty, complete);
    } finally {
      if (!begun) {
        lock.close();
      }
    }
  }

  /** Of a run that was killed as it gave the lock back. */
  private static void removeOldLock(Path folder, String command) {
    if (Files.exists(folder.resolve(FolderLock.NAME))) {
      try {
        FolderLock.take(folder, command).close();
      } catch (InputException e) {
        // Whoever holds it is giving it back; and a set that may only be read is whole with it.
      }
    }
  }

  private static boolean isFinished(Path folder) {
    return Files.exists(folder.resolve(DatasetFolder.HEADER))
        && !Files.exists(folder.resolve(DatasetFolder.UNFINISHED));
  }

  /**
   * Marks a free folder, or finds what this command began.
   *
   * @return is all there, the mark included? Then the run before ended while it took it away
   */
  private static boolean claim(Path folder, String command, ObjectNode header) {
    Path dataset = folder.resolve(DatasetFolder.HEADER);
    Path plan = folder.resolve(DatasetFolder.UNFINISHED).resolve(DatasetFolder.RUN);
    if (isFinished(folder)) { // by whoever held the lock before
      refuseOther(dataset, header);
      return true;
    }
    if (isWhole(folder)) {
      refuseOther(dataset, header);
      return true;
    }
    if (Files.exists(plan)) {
      refuseOther(plan, header);
      return false;
    }
    if (!isEmpty(folder)) {
      throw new InputException(
          folder,
          "is an unfinished data set of an older version",
          "delete the folder and run the command again");
    }
    AtomicFile.writeText(plan, Json.page(header.deepCopy().put("command", "hearsight " + command)));
    return false;
  }

  /** Were header, lists and checksums all written? If not, they are put together again. */
  private static boolean isWhole(Path folder) {
    try {
      return !DatasetFolder.read(folder).files().isEmpty();
    } catch (InputException e) {
      return false;
    }
  }

  /** Refuses a folder with anything in it but a data set, finished or not. */
  private static void refuseForeign(Path folder) {
    if (!Files.exists(folder) || Files.exists(folder.resolve(DatasetFolder.UNFINISHED))) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder, "is a file, expected a folder", OTHER);
    }
    if (!isEmpty(folder)) {
      throw new InputException(
          folder, "is not empty and holds no data set", "choose an empty or new folder");
    }
  }

  /** But for leftovers of killed runs: a lock nobody holds, half files, a mark without a plan. */
  private static boolean isEmpty(Path folder) {
    for (Path p : FolderListing.entries(folder)) {
      String name = p.getFileName().toString();
      boolean mark = name.equals(DatasetFolder.UNFINISHED) && Files.isDirectory(p) && isEmpty(p);
      if (!mark && !name.equals(FolderLock.NAME) && !name.endsWith(AtomicFile.PARTIAL)) {
        return false;
      }
    }
    return true;
  }

  private static void refuseOther(Path file, ObjectNode wanted) {
    JsonNode there;
    JsonNode ours;
    try {
      there = Json.MAPPER.readTree(InputFile.text(file, InputFile.SMALL));
      // Through text and back: only what was parsed the same way compares equal.
      ours = Json.MAPPER.readTree(wanted.toString());
    } catch (JsonProcessingException e) {
      throw new InputException(file, "is not JSON", OTHER + " or delete this one", e);
    }
    for (String field : List.of("generator", "seed")) {
      JsonNode old = there.path(field);
      if (old.isMissingNode()) {
        throw new InputException(
            file,
            field + ": missing, expected " + ours.path(field),
            OTHER + ": this one holds a data set of another kind");
      }
      if (!old.equals(ours.path(field))) {
        throw new InputException(
            file,
            difference(field, old, ours.path(field)),
            "give the same options to go on, or choose another folder");
      }
    }
  }

  private static String difference(String name, JsonNode there, JsonNode wanted) {
    for (Map.Entry<String, JsonNode> e : wanted.properties()) {
      JsonNode old = there.path(e.getKey());
      if (!e.getValue().equals(old)) {
        String before = old.isMissingNode() ? "none" : old.asText();
        return e.getKey() + ": was " + before + ", now " + e.getValue().asText();
      }
    }
    return name + ": was " + there + ", now " + wanted;
  }

  /** Was it finished before? Then there is nothing to make. */
  boolean isFinished() {
    return finished;
  }

  /**
   * Makes the pieces that are missing.
   *
   * @throws InputException if it was stopped before the end
   */
  <W> List<E> make(Recipe<W, E> recipe, int workers, Progress progress) {
    List<Job<W>> jobs = recipe.jobs();
    try (Progress.Task task = progress.begin(recipe.verb(), jobs.size())) {
      made =
          new Batches<>(folder, journal, jobs, recipe.batches(jobs), recipe::maker)
              .run(recipe.pieces(), workers, task);
    }
    return made.stream().map(Journal.Noted::entry).toList();
  }

  /**
   * Ends a data set whose pieces are all made: lists, header, checksums.
   *
   * @param more fields of the header that are known only now
   */
  void finish(ObjectNode more) {
    SortedMap<String, String> checksums = new TreeMap<>();
    Map<Split, Integer> counts = new EnumMap<>(Split.class);
    SortedMap<String, StringBuilder> lists = new TreeMap<>();
    for (Journal.Noted<E> noted : made) {
      checksums.putAll(noted.checksums());
      int unused = counts.merge(noted.entry().part(), 1, Integer::sum);
      noted
          .entry()
          .lines()
          .forEach(
              (list, line) ->
                  lists.computeIfAbsent(list, l -> new StringBuilder()).append(line).append('\n'));
    }
    SortedMap<String, String> texts = new TreeMap<>();
    lists.forEach((list, text) -> texts.put(list, text.toString()));
    ObjectNode full = header.deepCopy();
    ObjectNode unused = full.setAll(more);
    DatasetFolder.write(folder, full, counts, texts, checksums);
    journal.delete();
    finished = true;
  }

  /** Gives the folder back; if not even one piece was made in a free one, it is free again. */
  @Override
  public void close() {
    if (lock == null) {
      return;
    }
    try {
      if (!finished && wasEmpty && journal.isEmpty()) {
        clear();
      }
    } finally {
      lock.close();
    }
  }

  private void clear() {
    FolderListing.deepestFirst(folder).stream()
        .filter(p -> !p.equals(folder) && !p.getFileName().toString().equals(FolderLock.NAME))
        .forEach(DatasetRun::delete);
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(path, e);
    }
  }
}
