package org.hearsight.spark.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.JsonProblem;
import org.hearsight.core.file.Json;
import org.hearsight.core.file.Sha256;

/**
 * A job's folder on whatever file system its address names, seen by the driver and all executors.
 */
public final class JobFolder {
  private static final String TEMPORARY = ".partial";

  private final Path root;
  private final FileSystem files;

  private JobFolder(Path root, FileSystem files) {
    this.root = root;
    this.files = files;
  }

  /**
   * Opens a folder, which need not be there yet.
   *
   * @param address a path of this machine or an address as {@code hdfs://…} and {@code s3a://…}
   * @throws InputException if no file system answers to it
   */
  public static JobFolder open(String address, Configuration configuration) {
    try {
      Path given = new Path(address);
      FileSystem files = given.getFileSystem(configuration);
      // Files that nobody changes have their SHA-256 in the manifest; no .crc beside each.
      files.setWriteChecksum(false);
      files.setVerifyChecksum(false);
      return new JobFolder(files.makeQualified(given), files);
    } catch (IOException | IllegalArgumentException e) {
      throw InputException.environment(
          address, "cannot be opened: " + e.getMessage(), "give a folder of this cluster", e);
    }
  }

  /** Its whole address. */
  public String address() {
    return root.toString();
  }

  /** Is it on the file system of this machine, or one that is mounted there? */
  boolean isLocal() {
    return "file".equals(root.toUri().getScheme());
  }

  /** Its path on this machine; only where {@link #isLocal}. */
  java.nio.file.Path local() {
    return java.nio.file.Path.of(root.toUri().getPath());
  }

  boolean exists(String name) throws IOException {
    return files.exists(path(name));
  }

  /** The size of a file in bytes; −1 if it is not there. */
  long size(String name) throws IOException {
    try {
      FileStatus status = files.getFileStatus(path(name));
      return status.isFile() ? status.getLen() : -1;
    } catch (FileNotFoundException e) {
      return -1;
    }
  }

  /** Names of what lies in a folder, sorted; none where there is no such folder. */
  List<String> list(String folder) throws IOException {
    try {
      return Arrays.stream(files.listStatus(folder.isEmpty() ? root : path(folder)))
          .map(s -> s.getPath().getName())
          .filter(n -> !n.endsWith(TEMPORARY))
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** A small text. */
  public String read(String name) throws IOException {
    try (InputStream in = files.open(path(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * A JSON document of ours.
   *
   * @throws InputException if it is missing or not one
   */
  public <T> T json(String name, Class<T> type) {
    try {
      return Json.MAPPER.readValue(read(name), type);
    } catch (FileNotFoundException e) {
      throw new InputException(
          address() + "/" + name, "is missing", "give the folder of a finished job", e);
    } catch (JsonProcessingException e) {
      throw new InputException(
          address() + "/" + name, JsonProblem.text(e), "run the job again into another folder", e);
    } catch (IOException e) {
      throw failed(name, "read", e);
    }
  }

  /** Writes a text in one step: whoever finds it finds all of it. */
  public void write(String name, String text) throws IOException {
    Path aside = path(name + TEMPORARY);
    try (OutputStream out = files.create(aside, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    move(aside, path(name));
  }

  /** Writes over a short text in place, for marks that may be torn. */
  void mark(String name, String text) throws IOException {
    try (OutputStream out = files.create(path(name), true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Copies a file of this machine into the folder. */
  void upload(java.nio.file.Path file, String name) throws IOException {
    files.copyFromLocalFile(false, true, new Path(file.toUri()), path(name));
  }

  /**
   * Copies a shard's file to this machine and holds it against what was noted of it.
   *
   * @throws InputException if it cannot be read, or is not the file that was written
   */
  public void fetch(ShardEntry.File file, java.nio.file.Path to) {
    try {
      files.copyToLocalFile(false, path(file.name()), new Path(to.toUri()), true);
    } catch (IOException e) {
      throw failed(file.name(), "read", e);
    }
    if (!Sha256.of(to).equals(file.sha256())) {
      throw new InputException(
          address() + "/" + file.name(),
          "is not the file that was written (SHA-256 differs)",
          "delete it and run the job again: it makes what is missing");
    }
  }

  /** Gives a file another name, in place of what has it. */
  void move(String from, String to) throws IOException {
    move(path(from), path(to));
  }

  private void move(Path from, Path to) throws IOException {
    if (!files.mkdirs(to.getParent())) {
      throw new IOException(to.getParent() + " cannot be made");
    }
    boolean unused = files.delete(to, false);
    if (!files.rename(from, to)) {
      throw new IOException(from + " cannot be renamed to " + to);
    }
  }

  /** Deletes a file, or a folder with all in it; nothing if it is not there. */
  void delete(String name) throws IOException {
    boolean unused = files.delete(path(name), true);
  }

  /** How many files lie in the folders of a folder. */
  long count(String folder) throws IOException {
    long count = 0;
    for (String inner : new ArrayList<>(list(folder))) {
      count += list(folder + "/" + inner).size();
    }
    return count;
  }

  private Path path(String name) {
    return new Path(root, name);
  }

  /** What went wrong, as people read it. */
  public InputException failed(String name, String what, IOException e) {
    return InputException.environment(
        address() + (name.isEmpty() ? "" : "/" + name),
        "cannot be " + what + ": " + e.getMessage(),
        "check the file system, and run the same command again to go on",
        e);
  }
}
