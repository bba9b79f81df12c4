package org.hearsight.spark.session;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.file.Json;
import org.hearsight.core.file.Sha256;
import org.hearsight.inference.Hearsight;

/**
 * The model a job answers with, as its executors find it: the one that ships lies in the job's jar,
 * any other goes with the job.
 *
 * @param folder of the model; null for the one that ships
 */
public record ShippedModel(ShippedFolder folder) implements Serializable {
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
    // Card and graphs; what training left beside them stays behind.
    Path model = ModelBundle.open(folder).folder();
    return new ShippedModel(
        ShippedFolder.ship(
            spark, model, "model", name -> name.endsWith(".json") || name.endsWith(".onnx")));
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
    return model.folder == null
        ? Hearsight.load(THREADS)
        : Hearsight.load(model.folder.path(), THREADS);
  }
}
