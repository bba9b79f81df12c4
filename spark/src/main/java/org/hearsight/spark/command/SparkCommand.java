package org.hearsight.spark.command;

import org.hearsight.app.Version;
import picocli.CommandLine.Command;

/** {@code hearsight spark JOB}. */
@Command(
    name = "hearsight spark",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Runs jobs on Apache Spark, on this machine or on a cluster (docs/cluster.md).",
    synopsisSubcommandLabel = "JOB",
    subcommands = {
      SimulateJob.class,
      UnpackCommand.class,
      EncodeJob.class,
      ImagineJob.class,
      EvaluateJob.class
    })
public final class SparkCommand {}
