package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.Writes;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.drift.DriftReference;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.progress.Progress;
import org.hearsight.inference.evaluate.ModelCalibration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight calibrate}. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description =
        "Makes a trained model's probabilities mean what they say, by scenes it was not trained on:"
            + " classes, places, confidence and regions. Rewrites the model's card; train does the"
            + " same as its last step.")
public final class CalibrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private Threads threads;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the model; its model.json is written anew.")
  @Writes(Writes.Kind.FOLDER)
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder that simulate or occlude wrote.")
  @Reads
  private Path data;

  @Option(
      names = "--split",
      defaultValue = "calibration",
      description =
          "One of ${COMPLETION-CANDIDATES}, but not the training split (default:"
              + " ${DEFAULT-VALUE}).")
  private Split split;

  @Option(
      names = "--drift-only",
      description =
          "Leave probabilities as they are, and only add what the scenes are like, which imagine"
              + " --monitor asks for (docs/drift.md): for a model that was calibrated on these"
              + " scenes before that was kept.")
  private boolean driftOnly;

  @Override
  public Integer call() {
    ModelBundle opened = ModelBundle.open(model);
    ScenarioStore store = ScenarioStore.open(data);
    ConsoleProgress progress = ConsoleProgress.standard();
    PrintWriter out = spec.commandLine().getOut();
    if (driftOnly) {
      DriftReference drift =
          StopNotice.during(
              "the model is as it was; run the same command again",
              () -> FolderLock.holding(opened.folder(), "calibrate", () -> drift(store, progress)));
      if (json.wanted()) {
        JsonOutput.print(out, drift.scenesOf());
      } else {
        out.printf(
            "what %d scenarios of %s are like is in %s now; all else stayed%n",
            drift.scenesOf().scenarios(), data, model);
        out.flush();
      }
      return 0;
    }
    ModelCalibration done =
        StopNotice.during(
            "the model is as it was; run the same command again",
            () ->
                FolderLock.holding(opened.folder(), "calibrate", () -> calibrate(store, progress)));
    if (json.wanted()) {
      JsonOutput.print(out, done.report());
    } else {
      out.print(done.report().text());
      out.printf(
          "calibrated on %d scenarios of %s; model in %s%n",
          done.card().calibration().fittedOn().scenarios(), data, model);
      out.flush();
    }
    return 0;
  }

  /** The card is read again under the lock: another process may have written it. */
  private ModelCalibration calibrate(ScenarioStore store, Progress progress) {
    ModelBundle bundle = ModelBundle.open(model);
    ModelCalibration done = ModelCalibration.run(bundle, store, split, threads.count(), progress);
    ModelBundle unused = bundle.rewrite(done.card());
    return done;
  }

  private DriftReference drift(ScenarioStore store, Progress progress) {
    ModelBundle bundle = ModelBundle.open(model);
    ModelCard card = ModelCalibration.withDrift(bundle, store, split, threads.count(), progress);
    ModelBundle unused = bundle.rewrite(card);
    return card.drift();
  }
}
