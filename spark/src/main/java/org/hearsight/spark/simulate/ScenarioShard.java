package org.hearsight.spark.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Json;
import org.hearsight.datasets.run.ScenarioEntry;

/**
 * Scenarios in one archive: their files under the names they have in a data set, not compressed
 * (sound and pictures would not shrink), and what is noted of each as a line of {@value #ENTRIES}.
 * The same scenarios give the same bytes.
 */
final class ScenarioShard implements AutoCloseable {
  private static final String ENTRIES = "entries.jsonl";

  private final Path file;
  private final ZipFile zip;
  private final Map<String, ScenarioEntry> entries = new LinkedHashMap<>();

  private ScenarioShard(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /** Opens an archive and reads what is noted. */
  static ScenarioShard open(Path file) {
    ScenarioShard shard = null;
    try {
      shard = new ScenarioShard(file, new ZipFile(file.toFile()));
      String text = new String(shard.bytes(ENTRIES), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        ScenarioEntry entry = Json.MAPPER.readValue(line, ScenarioEntry.class);
        shard.entries.put(entry.scenario().id(), entry);
      }
      return shard;
    } catch (InputException e) {
      shard.close();
      throw e;
    } catch (JsonProcessingException e) {
      shard.close();
      throw damaged(file, e);
    } catch (IOException e) {
      if (shard != null) {
        shard.close();
      }
      throw InputFile.cannotRead(file, e);
    }
  }

  private static InputException damaged(Path file, Exception cause) {
    return new InputException(
        file, "is damaged", "delete it and run the job again: it makes what is missing", cause);
  }

  /**
   * Writes the files of a scenario where they lie in a data set.
   *
   * @param folder of the data set
   * @return what is noted of it
   */
  ScenarioEntry extract(String id, Path folder) {
    ScenarioEntry entry = entries.get(id);
    if (entry == null) {
      throw damaged(file, null);
    }
    for (String name : entry.written()) {
      AtomicFile.write(folder.resolve(name), out -> out.write(bytes(name)));
    }
    return entry;
  }

  private byte[] bytes(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw damaged(file, null);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw InputFile.cannotRead(file, e);
    }
  }

  /**
   * Begins an archive.
   *
   * @param from folder that the scenarios' files are in; they are deleted once they are packed
   */
  static Writer write(Path file, Path from) throws IOException {
    return new Writer(
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file))), from);
  }

  /** Packs scenarios one after the other. */
  static final class Writer implements AutoCloseable {
    private final ZipOutputStream zip;
    private final Path from;
    private final StringBuilder noted = new StringBuilder();

    private Writer(ZipOutputStream zip, Path from) {
      this.zip = zip;
      this.from = from;
    }

    void add(ScenarioEntry entry) throws IOException {
      for (String name : entry.written()) {
        Path file = from.resolve(name);
        put(name, Files.readAllBytes(file));
        Files.delete(file);
      }
      noted.append(Json.line(entry)).append('\n');
    }

    private void put(String name, byte[] bytes) throws IOException {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      ZipEntry entry = new ZipEntry(name);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(crc.getValue());
      entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0)); // no clock in the bytes
      zip.putNextEntry(entry);
      zip.write(bytes);
      zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
      try (zip) {
        put(ENTRIES, noted.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
