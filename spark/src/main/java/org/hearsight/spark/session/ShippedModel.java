package org.hearsight.spark.session;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.Json;
import org.hearsight.core.file.ScratchFolder;
import org.hearsight.core.file.Sha256;
import org.hearsight.inference.Hearsight;

/**
 * The model a job answers with, as its executors find it: the one that ships lies in the job's jar,
 * any other goes with the job as an archive that Spark unpacks once on each executor.
 *
 * @param archive name of the archive; null for the model that ships
 */
public record ShippedModel(String archive) implements Serializable {
  /**
   * One a JVM, for all tasks and for as long as it lives: the sessions' weights are in memory once,
   * whatever number of cores an executor has.
   */
  private static final Map<ShippedModel, Hearsight> OPEN = new ConcurrentHashMap<>();

  /** A task has one core; two tasks do more with two than one with both. */
  private static final int THREADS = 1;

  /** The one that ships. */
  public static final ShippedModel DEFAULT = new ShippedModel(null);

  /**
   * Ships a model.
   *
   * @param folder that {@code train} or {@code export --serving} wrote; null for the one that ships
   * @throws org.hearsight.core.error.InputException if it is not a model, or none ships
   */
  public static ShippedModel ship(SparkContext spark, Path folder) {
    if (folder == null) {
      Hearsight.load(THREADS).close(); // refused here, and not by each of a hundred executors
      return DEFAULT;
    }
    ModelBundle bundle = ModelBundle.open(folder);
    try {
      Path scratch = ScratchFolder.create().path(); // goes with the process, which serves it
      Path packed = scratch.resolve("model.zip");
      pack(bundle.folder(), packed);
      Path named =
          scratch.resolve("hearsight-model-" + Sha256.of(packed).substring(0, 16) + ".zip");
      Files.move(packed, named);
      spark.addArchive(named.toString());
      return new ShippedModel(named.getFileName().toString());
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(folder, e);
    }
  }

  /** Card and graphs; what training left beside them stays behind. */
  private static void pack(Path folder, Path into) throws IOException {
    try (OutputStream out = Files.newOutputStream(into);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(1); // weights hardly shrink
      for (Path file : FolderListing.visible(folder)) {
        String name = file.getFileName().toString();
        if (Files.isRegularFile(file) && (name.endsWith(".json") || name.endsWith(".onnx"))) {
          ZipEntry entry = new ZipEntry(name);
          entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0)); // one name, one content
          zip.putNextEntry(entry);
          Files.copy(file, zip);
          zip.closeEntry();
        }
      }
    }
  }

  /** The model, loaded once in this JVM; not to be closed by who asks. */
  public Hearsight model() {
    return OPEN.computeIfAbsent(this, ShippedModel::load);
  }

  /** Tells it from every other model, for plans of jobs. */
  public String fingerprint() {
    return Sha256.of(Json.line(model().card()).getBytes(StandardCharsets.UTF_8));
  }

  private static Hearsight load(ShippedModel model) {
    return model.archive == null
        ? Hearsight.load(THREADS)
        : Hearsight.load(Path.of(SparkFiles.get(model.archive)), THREADS);
  }
}
