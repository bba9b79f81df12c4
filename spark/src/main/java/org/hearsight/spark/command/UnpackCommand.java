package org.hearsight.spark.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Writes;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.spark.shard.JobFolder;
import org.hearsight.spark.simulate.Unpack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight spark unpack}. */
@Command(
    name = "unpack",
    mixinStandardHelpOptions = true,
    description =
        "Puts the shards of 'simulate' together: the data set that 'hearsight simulate' makes, to"
            + " the byte. On this machine, without Spark's help.")
public final class UnpackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "URI",
      description = "Folder that simulate wrote.")
  private String from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the data set; an unfinished one is gone on with.")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Override
  public Integer call() {
    JobFolder folder =
        JobFolder.open(from, SparkHadoopUtil.get().newConfiguration(new SparkConf()));
    int workers = Runtime.getRuntime().availableProcessors();
    ScenarioStore store =
        StopNotice.during(
            "run the same command again to go on",
            () -> Unpack.run(folder, to, workers, ConsoleProgress.standard()));
    spec.commandLine()
        .getOut()
        .println("data set of " + store.scenarios().size() + " scenarios in " + to);
    return 0;
  }
}
