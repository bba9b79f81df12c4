package org.hearsight.app.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.FoaFormatOption;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.Previews;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Writes;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.taxonomy.ClassMap;
import org.hearsight.datasets.occlude.OccludeConfig;
import org.hearsight.datasets.occlude.OcclusionRun;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.datasets.scenario.SceneSummary;
import org.hearsight.datasets.video.FfmpegFrames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hearsight occlude}. */
@Command(
    name = "occlude",
    mixinStandardHelpOptions = true,
    description =
        "Makes a data set of occlusion scenarios out of the STARSS23 recordings: real sound,"
            + " picture and labels, pasted occluders.")
public final class OccludeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private FoaFormatOption foaFormat;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder of STARSS23 with foa_dev, metadata_dev and, if possible, video_dev.")
  @Reads
  private Path data;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the data set; an unfinished one is gone on with.")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Option(
      names = "--train",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Training scenarios, from fold 3 (default: ${DEFAULT-VALUE}).")
  private int train;

  @Option(
      names = "--validation",
      defaultValue = "200",
      paramLabel = "N",
      description =
          "Validation scenarios, from rooms of fold 3 set apart (default: ${DEFAULT-VALUE}).")
  private int validation;

  @Option(
      names = "--test",
      defaultValue = "300",
      paramLabel = "N",
      description = "Test scenarios, from fold 4 (default: ${DEFAULT-VALUE}).")
  private int test;

  @Option(
      names = "--calibration",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Scenarios that a trained model's probabilities are fitted on, from the recordings of"
              + " validation under other views and occluders; the other splits do not depend on it"
              + " (default: ${DEFAULT-VALUE}).")
  private int calibration;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "The same seed and recordings give the same bytes (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--taxonomy-map",
      paramLabel = "FILE",
      description =
          "Which labelled class is which hazard, {\"name\": …, \"classes\": {\"knock\":"
              + " \"impact\"}}, with a \"taxonomy\" of its own if wanted (default: voices,"
              + " footsteps, impacts).")
  @Reads
  private Path map;

  @Option(
      names = "--window",
      defaultValue = "5",
      paramLabel = "SECONDS",
      description = "Length of a scenario (default: ${DEFAULT-VALUE}).")
  private double window;

  @Option(
      names = "--active",
      defaultValue = "0.5",
      paramLabel = "SHARE",
      description =
          "How much of the window the event has to sound; less finds more short events, as knocks"
              + " (default: ${DEFAULT-VALUE}).")
  private double active;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Recordings worked on at once; each is in memory as a whole (default: one a processor, at"
              + " most 4).")
  private Integer workers;

  @Option(
      names = "--preview",
      paramLabel = "N",
      description = "Also write preview.png: picture, depth and occlusion of N scenarios.")
  private int preview;

  @Override
  public Integer call() {
    if (preview < 0) {
      throw new ParameterException(
          spec.commandLine(), "--preview: " + preview + " is negative; choose 0 or more");
    }
    ClassMap classes =
        map == null ? ClassMap.starss23() : ClassMap.read(map, SeldDataset.STARSS23_CLASSES);
    FoaFormat format = foaFormat.format();
    OccludeConfig config =
        OptionValues.of(
            spec,
            () ->
                new OccludeConfig(
                    data,
                    format,
                    new RunOptions(
                        train,
                        validation,
                        test,
                        calibration,
                        seed,
                        workers == null ? OccludeConfig.usualWorkers() : workers),
                    classes,
                    window,
                    active));
    ScenarioStore store =
        StopNotice.during(
            "run the same command again to go on",
            () ->
                OcclusionRun.generate(config, to, FfmpegFrames::open, ConsoleProgress.standard()));
    Previews.scenarios(store, preview, to);
    if (json.wanted()) {
      JsonOutput.print(spec.commandLine().getOut(), store.header());
    } else {
      spec.commandLine().getOut().println(SceneSummary.of(store));
      spec.commandLine().getOut().println("data set in " + to);
    }
    return 0;
  }
}
