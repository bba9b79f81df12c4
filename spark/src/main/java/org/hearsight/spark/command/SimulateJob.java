package org.hearsight.spark.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.SimulateOptions;
import org.hearsight.app.console.StopNotice;
import org.hearsight.core.file.Json;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.spark.session.SparkOptions;
import org.hearsight.spark.shard.JobFolder;
import org.hearsight.spark.shard.ShardedJob;
import org.hearsight.spark.simulate.SimulatePlan;
import org.hearsight.spark.simulate.SimulateTask;
import org.hearsight.spark.simulate.Unpack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight spark simulate}. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description =
        "Simulates scenarios in shards: archives of files, a Parquet table of all of them, and a"
            + " manifest. 'unpack' makes the data set of them that 'hearsight simulate' makes.")
public final class SimulateJob implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SparkOptions spark;
  @Mixin private SimulateOptions options;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URI",
      description =
          "Folder that all executors can write, as hdfs://…, s3a://… or a path they share; an"
              + " unfinished one is gone on with.")
  private String to;

  @Option(
      names = "--shard-size",
      defaultValue = "64",
      paramLabel = "N",
      description = "Scenarios of a shard, about 1 MB each (default: ${DEFAULT-VALUE}).")
  private int shardSize;

  @Override
  public Integer call() {
    SimulatorConfig config = options.config();
    SimulatePlan plan = OptionValues.of(spec, () -> SimulatePlan.of(config, shardSize));
    ConsoleProgress progress = ConsoleProgress.standard();
    ObjectNode page = Json.object().put("job", "simulate");
    page.set(Unpack.PLAN, Json.tree(plan));
    page.set(Unpack.HEADER, Simulator.recipe(plan.config(), progress).header());
    SparkSession session = spark.start("simulate");
    try {
      JobFolder folder = JobFolder.open(to, session.sparkContext().hadoopConfiguration());
      ShardedJob job = new ShardedJob(folder, page, plan.shards());
      ShardedJob.Manifest done =
          StopNotice.during(
              "run the same command again to go on",
              () -> job.run(session.sparkContext(), new SimulateTask(plan), progress));
      spec.commandLine().getOut().println(ShardedJob.summary(done, "scenarios") + "; in " + to);
      return 0;
    } finally {
      session.stop();
    }
  }
}
