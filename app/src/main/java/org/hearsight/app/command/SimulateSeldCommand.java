package org.hearsight.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Writes;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.datasets.seld.SeldConfig;
import org.hearsight.datasets.seld.SeldSimulator;
import org.hearsight.simulator.sound.SoundUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight simulate-seld}. */
@Command(
    name = "simulate-seld",
    mixinStandardHelpOptions = true,
    description =
        "Makes clips of overlapping sound sources in the STARSS23 layout, to pretrain a SELD"
            + " encoder.")
public final class SimulateSeldCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the data set; an unfinished one is gone on with.")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Option(
      names = "--train",
      defaultValue = "10000",
      paramLabel = "N",
      description = "Training clips (default: ${DEFAULT-VALUE}).")
  private int train;

  @Option(
      names = "--validation",
      defaultValue = "500",
      paramLabel = "N",
      description = "Validation clips (default: ${DEFAULT-VALUE}).")
  private int validation;

  @Option(
      names = "--test",
      defaultValue = "500",
      paramLabel = "N",
      description = "Test clips (default: ${DEFAULT-VALUE}).")
  private int test;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "The same seed gives the same bytes (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--sounds",
      paramLabel = "DIR",
      description =
          "Recordings, one folder a class (DIR/siren/a.wav); ambience_* folders are background."
              + " Without it all sounds are procedural.")
  @Reads
  private Path sounds;

  @Option(
      names = "--sounds-use",
      defaultValue = "permissive",
      paramLabel = "USE",
      description =
          "Recordings for training and validation, by column 'use' of DIR/SOURCES.csv: permissive,"
              + " evaluation or all (default: ${DEFAULT-VALUE}).")
  private SoundUse use;

  @Option(
      names = "--test-sounds-use",
      paramLabel = "USE",
      description = "Recordings for the test split (default: as --sounds-use).")
  private SoundUse testUse;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Clips made at once (default: one a processor).")
  private Integer workers;

  @Option(
      names = "--clip-seconds",
      defaultValue = "5",
      paramLabel = "S",
      description = "Length of a clip (default: ${DEFAULT-VALUE}).")
  private double clipSeconds;

  @Override
  public Integer call() {
    SeldConfig config =
        OptionValues.of(
            spec,
            () ->
                new SeldConfig(
                    new RunOptions(
                        train,
                        validation,
                        test,
                        seed,
                        workers == null ? Runtime.getRuntime().availableProcessors() : workers),
                    sounds,
                    use,
                    testUse == null ? use : testUse,
                    clipSeconds));
    JsonNode header =
        StopNotice.during(
            "run the same command again to go on",
            () -> SeldSimulator.generate(config, to, ConsoleProgress.standard()));
    if (json.wanted()) {
      JsonOutput.print(spec.commandLine().getOut(), header);
    } else {
      spec.commandLine().getOut().println("data set in " + to);
    }
    return 0;
  }
}
