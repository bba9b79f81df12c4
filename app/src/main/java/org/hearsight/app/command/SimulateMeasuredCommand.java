package org.hearsight.app.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.FoaFormatOption;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Writes;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.datasets.seld.MeasuredConfig;
import org.hearsight.datasets.seld.MeasuredRoom;
import org.hearsight.simulator.sound.SoundUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight simulate-measured}. */
@Command(
    name = "simulate-measured",
    mixinStandardHelpOptions = true,
    description =
        "Makes SELD test clips of a real room: dry recordings convolved with measured responses.")
public final class SimulateMeasuredCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FoaFormatOption foaFormat;

  @Option(
      names = "--sounds",
      required = true,
      paramLabel = "DIR",
      description = "Dry recordings, one folder a class.")
  @Reads
  private Path sounds;

  @Option(
      names = "--sounds-use",
      defaultValue = "evaluation",
      paramLabel = "USE",
      description =
          "Which of them, by column 'use' of DIR/SOURCES.csv: permissive, evaluation or all"
              + " (default: ${DEFAULT-VALUE}).")
  private SoundUse use;

  @Option(
      names = "--responses",
      required = true,
      paramLabel = "DIR",
      description =
          "First-order room responses and a CSV file with the header"
              + " file,azimuth_deg,elevation_deg,distance_m.")
  @Reads
  private Path responses;

  @Option(
      names = "--directions",
      defaultValue = "listed",
      paramLabel = "WHICH",
      description =
          "What the labels say: listed, where the CSV file puts the loudspeaker, or heard, where"
              + " the direct sound in the response comes from (default: ${DEFAULT-VALUE}).")
  private MeasuredConfig.Directions directions;

  @Option(
      names = "--snr",
      paramLabel = "DB",
      description =
          "Add a room's ambience from all around, so many decibels below the source (default:"
              + " none).")
  private Double snr;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the data set; an unfinished one is gone on with.")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Option(
      names = "--clips",
      defaultValue = "300",
      paramLabel = "N",
      description = "Clips of 5 s (default: ${DEFAULT-VALUE}).")
  private int clips;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "The same seed gives the same bytes (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Clips made at once (default: one a processor).")
  private Integer workers;

  @Override
  public Integer call() {
    FoaFormat format = foaFormat.format();
    MeasuredConfig config =
        OptionValues.of(
            spec,
            () ->
                new MeasuredConfig(
                    RunOptions.test(
                        "clips",
                        clips,
                        seed,
                        workers == null ? Runtime.getRuntime().availableProcessors() : workers),
                    sounds,
                    use,
                    responses,
                    format,
                    directions,
                    snr == null ? Double.POSITIVE_INFINITY : snr));
    StopNotice.during(
        "run the same command again to go on",
        () -> {
          MeasuredRoom.generate(config, to, ConsoleProgress.standard());
          return 0;
        });
    spec.commandLine().getOut().println("data set in " + to);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
