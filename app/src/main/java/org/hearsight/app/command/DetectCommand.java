package org.hearsight.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.EncoderChoice;
import org.hearsight.app.console.Swaps;
import org.hearsight.app.console.Threads;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.ClassNames;
import org.hearsight.core.seld.SeldCsv;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.inference.seld.SeldDetector;
import org.hearsight.learning.weights.SeldDetectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight detect}. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    description =
        "Writes what a SELD network hears in the recordings of a data set, an event file each, for"
            + " evaluate seld.")
public final class DetectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Threads threads;
  @Mixin private Swaps swaps;

  @Option(
      names = "--seld",
      paramLabel = "DIR",
      description =
          "Folder that pretrain or import seld wrote, with its head (default: the encoder that"
              + " ships).")
  private Path seld;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder with foa_dev and metadata_dev.")
  private Path data;

  @Option(
      names = "--split",
      defaultValue = "test",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Split split;

  @Option(
      names = "--class-map",
      paramLabel = "FILE",
      description =
          "JSON object from the network's class names to the data set's; classes that the data set"
              + " does not know are left out (default: STARSS23's to those of simulated clips).")
  private Path map;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the event files.")
  private Path to;

  @Override
  public Integer call() {
    Progress progress = ConsoleProgress.standard();
    SeldDataset dataset = SeldDataset.open(data);
    List<SeldDataset.Recording> recordings = dataset.recordings(split);
    Path folder = EncoderChoice.standard().require(EncoderCard.SELDNET, seld);
    Map<String, String> names = map == null ? ClassNames.starss23() : ClassNames.read(map);
    try (SeldDetector detector =
            SeldDetectors.open(
                EncoderFolder.open(folder, EncoderCard.SELDNET),
                recordings,
                swaps.list(),
                threads.count(),
                progress);
        Progress.Task task = progress.begin("detect", recordings.size())) {
      ClassNames classes = ClassNames.of(detector.card().classes(), dataset.classes(), names);
      for (SeldDataset.Recording r : recordings) {
        List<SeldEvent> heard = detector.events(Foa.read(r.audio()).channels());
        AtomicFile.writeText(
            to.resolve(r.name() + ".csv"), SeldCsv.text(named(heard, classes, dataset)));
        task.advance(1);
      }
    }
    spec.commandLine().getOut().println(recordings.size() + " event files in " + to);
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** Events under the data set's own class indices. */
  private static List<SeldEvent> named(
      List<SeldEvent> heard, ClassNames classes, SeldDataset dataset) {
    return heard.stream()
        .filter(e -> classes.of(e.classIndex()) >= 0)
        .map(
            e ->
                new SeldEvent(
                    e.frame(),
                    classes.of(e.classIndex()) + dataset.firstIndex(),
                    e.source(),
                    e.azimuth(),
                    e.elevation(),
                    e.distance()))
        .toList();
  }
}
