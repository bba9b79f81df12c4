package org.hearsight.spark.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.hearsight.app.console.ConfigOptions;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.EncodedData;
import org.hearsight.app.console.EncoderChoice;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Sets;
import org.hearsight.app.console.StopNotice;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.learning.train.TrainConfig;
import org.hearsight.spark.encode.EncodeRun;
import org.hearsight.spark.session.Libtorch;
import org.hearsight.spark.session.SparkOptions;
import org.hearsight.spark.shard.ShardedJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight spark encode}. */
@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    description =
        "Encodes the scenes of a data set for 'hearsight train' with the same configuration and"
            + " encoders, which finds them in its cache and trains at once.")
// Options marked with @Sets are read by ConfigOptions.
@SuppressWarnings("UnusedVariable")
public final class EncodeJob implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SparkOptions spark;
  @Mixin private ConfigOptions configuration;
  @Mixin private EncodedData data;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URI",
      description = "Folder that all executors can write; an unfinished one is gone on with.")
  private String to;

  @Option(
      names = "--seld",
      paramLabel = "DIR",
      description =
          "Folder that import seld, import avcrnn or pretrain wrote (default: the one that ships).")
  @Reads
  private Path seld;

  @Option(
      names = "--resnet50",
      paramLabel = "DIR",
      description =
          "Folder that import resnet50 or pretrain-vision wrote (default: the one that ships).")
  @Reads
  private Path resnet50;

  @Option(names = "--int8", description = "Encode pictures in 8 bits, as 'train --int8' does.")
  @Sets("data.int8")
  private Boolean int8;

  @Option(
      names = "--shard-size",
      defaultValue = "64",
      paramLabel = "N",
      description = "Scenes of a shard, a multiple of 8 (default: ${DEFAULT-VALUE}).")
  private int shardSize;

  @Override
  public Integer call() {
    Libtorch.require();
    TrainConfig config = configuration.training();
    EncoderChoice choice = EncoderChoice.standard();
    Path audio = choice.require(AudioBackbone.SELDNET.kind(), seld);
    Path pictures = choice.require(EncoderCard.RESNET50, resnet50);
    EncodeRun run =
        OptionValues.of(
            spec,
            () ->
                new EncodeRun(
                    config, data.folder(), audio, pictures, data.encoded(), to, shardSize));
    SparkSession session = spark.start("encode");
    try {
      ShardedJob.Manifest done =
          StopNotice.during(
              "run the same command again to go on",
              () -> run.run(session, ConsoleProgress.standard()));
      spec.commandLine()
          .getOut()
          .println(ShardedJob.summary(done, "encoded scenes") + "; in " + data.encoded());
      return 0;
    } finally {
      session.stop();
    }
  }
}
