package org.hearsight.learning.encode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.zip.CRC32C;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.progress.Progress;

/**
 * All that computed numbers follow from, in one line: the one rule by which what was kept of an
 * earlier run, encoded scenes, features or the state of a training, is known to be still true.
 *
 * <p>Whoever keeps something adds everything it depends on: the data's content, not their names,
 * the weights, the scaler, the options, and a version that is raised when the same inputs give
 * other numbers. What follows from the rest, as a scaler fitted to the data, need not be added
 * itself; that it is fitted must.
 */
public final class Fingerprint {
  private static final int PIECE = 1 << 17;

  private final Sha256 sum = new Sha256();

  /**
   * @param of what is kept, so that two kinds never share one
   * @param version of how it is computed
   */
  public Fingerprint(String of, int version) {
    Fingerprint unused = and(of, version);
  }

  /** Adds something by its text, which must say all of it. */
  public Fingerprint and(String name, Object value) {
    String text = value.toString();
    // The lengths keep apart what would read the same when strung together.
    Sha256 unused = sum.add(name.length() + " " + text.length() + " ").add(name).add(text);
    return this;
  }

  /**
   * Adds the content of files, by CRC-32C, which is many times faster than a secure hash.
   *
   * @param remedy for a file that is missing
   * @throws InputException if one cannot be read
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Fingerprint andContents(List<Path> files, String remedy, int threads, Progress progress) {
    for (long content : contents(files, remedy, threads, progress)) {
      Fingerprint unused = and("content", content);
    }
    return this;
  }

  private static List<Long> contents(
      List<Path> files, String remedy, int threads, Progress progress) {
    List<Callable<Long>> tasks = new ArrayList<>();
    for (Path file : files) {
      tasks.add(() -> content(file, remedy));
    }
    List<Long> contents = new ArrayList<>();
    try (Progress.Task task = progress.begin("check data", tasks.size());
        OrderedTasks ordered = new OrderedTasks(threads)) {
      ordered.run(
          tasks,
          one -> {
            contents.add(one);
            task.advance(1);
          });
    }
    return contents;
  }

  /**
   * Adds a data set: its header and list, and of every scenario of {@link EncodedScenes#order} the
   * files that are used. One that was mended under its old name makes another fingerprint.
   *
   * @param sounds whether they are used beside the pictures
   */
  public Fingerprint andScenes(
      ScenarioStore store, boolean sounds, int threads, Progress progress) {
    return and(Scenes.of(store, EncodedScenes.order(store), sounds, threads, progress));
  }

  /** Adds scenes of a data set whose files were read before. */
  public Fingerprint and(Scenes scenes) {
    scenes.lists().forEach(this::and);
    for (long content : scenes.contents()) {
      Fingerprint unused = and("content", content);
    }
    return this;
  }

  /**
   * Scenes of a data set by the content of its files, read once for any number of fingerprints.
   *
   * @param lists SHA-256 of header and list, by name
   * @param contents CRC-32C of the files that are used, scene after scene
   */
  public record Scenes(Map<String, String> lists, List<Long> contents) {
    /**
     * Reads them.
     *
     * @param sounds whether they are used beside the pictures
     * @throws InputException if a file cannot be read
     */
    public static Scenes of(
        ScenarioStore store,
        List<Scenario> scenes,
        boolean sounds,
        int threads,
        Progress progress) {
      Map<String, String> lists = new LinkedHashMap<>();
      for (String name : List.of("dataset.json", "scenarios.jsonl")) {
        lists.put(name, Sha256.of(store.folder().resolve(name)));
      }
      List<Path> files = new ArrayList<>();
      for (Scenario s : scenes) {
        Scenario.Files f = s.files();
        Arrays.asList(sounds ? f.audio() : null, f.rgb(), f.depth(), f.occlusion()).stream()
            .filter(Objects::nonNull)
            .map(store::resolve)
            .forEach(files::add);
      }
      return new Scenes(
          lists, Fingerprint.contents(files, "simulate the data set again", threads, progress));
    }
  }

  private static long content(Path file, String remedy) {
    if (!Files.exists(file)) {
      throw new InputException(file, "does not exist", remedy);
    }
    CRC32C crc = new CRC32C();
    try (FileChannel channel = InputFile.channel(file)) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE);
      while (channel.read(piece) >= 0) {
        crc.update(piece.flip());
        piece.clear();
      }
    } catch (IOException e) {
      throw InputFile.cannotRead(file, e);
    }
    return crc.getValue();
  }

  /** 64 hexadecimal digits of all that was added; to be asked for once. */
  public String hex() {
    return sum.hex();
  }
}
