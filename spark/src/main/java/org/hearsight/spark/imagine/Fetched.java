package org.hearsight.spark.imagine;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;

/**
 * Files of a table as files of this machine: those it has are read where they lie, others ({@code
 * hdfs://…}, {@code s3a://…}) are copied once into a task's own folder.
 */
final class Fetched {
  private static final String REMOTE = "[A-Za-z][A-Za-z0-9+.-]+://.*";

  private final Path scratch;
  private final Map<String, Path> copies = new HashMap<>();

  Fetched(Path scratch) {
    this.scratch = scratch;
  }

  /**
   * A file to read.
   *
   * @throws InputException if it does not exist or cannot be copied
   */
  Path local(String address) {
    if (address.startsWith("file:")) {
      return Path.of(URI.create(address).getPath());
    }
    if (!address.matches(REMOTE)) {
      return Path.of(address);
    }
    return copies.computeIfAbsent(address, this::copy);
  }

  private Path copy(String address) {
    org.apache.hadoop.fs.Path from = new org.apache.hadoop.fs.Path(address);
    try {
      // The name's ending tells some decoders what it is.
      Path folder = Files.createDirectories(scratch.resolve("fetched-" + copies.size()));
      Path to = folder.resolve(from.getName());
      from.getFileSystem(SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf()))
          .copyToLocalFile(false, from, new org.apache.hadoop.fs.Path(to.toUri()), true);
      return to;
    } catch (FileNotFoundException e) {
      throw new InputException(address, "does not exist", "check the path", e);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(scratch, e);
    }
  }
}
