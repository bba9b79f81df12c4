package org.hearsight.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.hearsight.spark.imagine.TableAnswers;
import org.hearsight.spark.session.ShippedModel;

/**
 * Answers as functions of tables, for programs that have Spark already.
 *
 * <pre>{@code
 * Dataset<Row> clips = spark.read().parquet("clips"); // column audio; rgb, depth, … where there are
 * Dataset<Row> answered = HearsightFunctions.imagine(clips);
 * answered.select("audio", "answer.class", "answer.azimuth", "refused").show();
 * }</pre>
 *
 * <p>The job jar must be with the executors ({@code spark-submit --jars hearsight-spark-jobs.jar}).
 */
public final class HearsightFunctions {
  private HearsightFunctions() {}

  /**
   * Answers every row with the model that ships.
   *
   * @param clips with the column {@code audio} and, where there are any, {@code id}, {@code rgb},
   *     {@code depth}, {@code occlusion}, {@code occlusion_level}, {@code hfov}, {@code
   *     depth_hfov}, {@code depth_scale} and {@code foa_format}, as {@code hearsight spark imagine}
   *     reads them; others are handed on. Paths are absolute, or addresses
   * @return the same columns, {@code answer} (see docs/cluster.md) and {@code refused}: of each row
   *     one of the two is null
   * @throws org.hearsight.core.error.InputException if there is no column {@code audio}, or there
   *     is one {@code answer} or {@code refused}
   */
  public static Dataset<Row> imagine(Dataset<Row> clips) {
    return imagine(clips, ShippedModel.DEFAULT);
  }

  /**
   * As {@link #imagine(Dataset)}, with another model.
   *
   * @param model as {@link ShippedModel#ship} gives it, once a program
   */
  public static Dataset<Row> imagine(Dataset<Row> clips, ShippedModel model) {
    return TableAnswers.of(clips, model);
  }
}
