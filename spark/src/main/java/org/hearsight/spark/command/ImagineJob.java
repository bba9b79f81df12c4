package org.hearsight.spark.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.StopNotice;
import org.hearsight.spark.imagine.ImagineRun;
import org.hearsight.spark.session.ShippedModel;
import org.hearsight.spark.session.SparkOptions;
import org.hearsight.spark.shard.ShardedJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight spark imagine}. */
@Command(
    name = "imagine",
    mixinStandardHelpOptions = true,
    description =
        "Answers every clip of a table or folder, as 'hearsight imagine' answers one: answers/ and"
            + " quarantine/ in Parquet, and a manifest.")
public final class ImagineJob implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SparkOptions spark;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "URI",
      description =
          "Table of clips, .csv or Parquet, with the column audio and, where there are any, id,"
              + " rgb, depth, occlusion, occlusion_level, hfov, depth_hfov, depth_scale and"
              + " foa_format; a data set; or a folder of recordings.")
  private String input;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URI",
      description = "Folder that all executors can write; an unfinished one is gone on with.")
  private String to;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Folder that train wrote (default: the model that ships).")
  @Reads
  private Path model;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      description =
          "Answer windows all along each recording, one every so many seconds (default: the"
              + " recording's end alone).")
  private Double every;

  @Option(
      names = "--shard-size",
      defaultValue = "256",
      paramLabel = "N",
      description = "Clips or windows of a shard (default: ${DEFAULT-VALUE}).")
  private int shardSize;

  @Override
  public Integer call() {
    ImagineRun asked =
        OptionValues.of(
            spec, () -> new ImagineRun(input, to, ShippedModel.DEFAULT, every, shardSize));
    SparkSession session = spark.start("imagine");
    try {
      ImagineRun run = asked.with(ShippedModel.ship(session.sparkContext(), model));
      ShardedJob.Manifest done =
          StopNotice.during(
              "run the same command again to go on",
              () -> run.run(session, ConsoleProgress.standard()));
      spec.commandLine().getOut().println(ShardedJob.summary(done, "answers") + "; in " + to);
      return 0;
    } finally {
      session.stop();
    }
  }
}
