package org.hearsight.spark.session;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.ScratchFolder;
import org.hearsight.core.file.Sha256;

/**
 * A folder that goes with a job as an archive, which Spark unpacks once on each executor.
 *
 * @param archive its name, which no other content has
 */
public record ShippedFolder(String archive) implements Serializable {
  /**
   * Ships the files of a folder.
   *
   * @param what it is, in a word for the archive's name
   * @param taken which files go with the job, by their names
   * @throws org.hearsight.core.error.InputException if the archive cannot be written
   */
  public static ShippedFolder ship(
      SparkContext spark, Path folder, String what, Predicate<String> taken) {
    Path scratch = ScratchFolder.create().path(); // goes with the process, which serves it
    try {
      Path packed = scratch.resolve("packed.zip");
      pack(folder, packed, taken);
      String name = "hearsight-" + what + "-" + Sha256.of(packed).substring(0, 16) + ".zip";
      Path named = scratch.resolve(name);
      Files.move(packed, named);
      spark.addArchive(named.toString());
      return new ShippedFolder(name);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(scratch, e);
    }
  }

  private static void pack(Path folder, Path into, Predicate<String> taken) throws IOException {
    try (OutputStream out = Files.newOutputStream(into);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(1); // weights hardly shrink
      for (Path file : FolderListing.visible(folder)) {
        String name = file.getFileName().toString();
        if (Files.isRegularFile(file) && taken.test(name)) {
          ZipEntry entry = new ZipEntry(name);
          entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0)); // one name, one content
          zip.putNextEntry(entry);
          Files.copy(file, zip);
          zip.closeEntry();
        }
      }
    }
  }

  /** Where it lies on this machine, once the job runs. */
  public Path path() {
    return Path.of(SparkFiles.get(archive));
  }
}
