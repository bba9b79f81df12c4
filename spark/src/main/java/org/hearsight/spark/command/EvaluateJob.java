package org.hearsight.spark.command;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.StopNotice;
import org.hearsight.core.dataset.Split;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.inference.evaluate.Foreign;
import org.hearsight.spark.evaluate.EvaluateRun;
import org.hearsight.spark.session.ShippedModel;
import org.hearsight.spark.session.SparkOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight spark evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description =
        "Scores a model on a data set, as 'hearsight evaluate': answers/ in Parquet and"
            + " scores.json.")
public final class EvaluateJob implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SparkOptions spark;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Data set, under the same path on every machine.")
  @Reads
  private Path data;

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
      names = "--split",
      defaultValue = "test",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Split split;

  @Option(
      names = "--pictures-of-another",
      description = "Score the model also with another scene's picture: does it look?")
  private boolean picturesOfAnother;

  @Option(
      names = "--sounds-of-another",
      description = "Score the model also with another scene's sound: does it listen?")
  private boolean soundsOfAnother;

  @Option(
      names = "--shard-size",
      defaultValue = "64",
      paramLabel = "N",
      description = "Scenarios of a shard (default: ${DEFAULT-VALUE}).")
  private int shardSize;

  @Override
  public Integer call() {
    Set<Foreign> foreign = EnumSet.noneOf(Foreign.class);
    if (picturesOfAnother) {
      foreign.add(Foreign.PICTURE);
    }
    if (soundsOfAnother) {
      foreign.add(Foreign.SOUND);
    }
    EvaluateRun asked =
        OptionValues.of(
            spec, () -> new EvaluateRun(data, to, ShippedModel.DEFAULT, split, foreign, shardSize));
    SparkSession session = spark.start("evaluate");
    try {
      EvaluateRun run = asked.with(ShippedModel.ship(session.sparkContext(), model));
      Evaluation evaluation =
          StopNotice.during(
              "run the same command again to go on",
              () -> run.run(session, ConsoleProgress.standard()));
      spec.commandLine().getOut().println(evaluation.table());
      return 0;
    } finally {
      session.stop();
    }
  }
}
