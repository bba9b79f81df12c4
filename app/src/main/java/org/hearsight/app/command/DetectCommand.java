package org.hearsight.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.Detectors;
import org.hearsight.app.console.EncoderChoice;
import org.hearsight.app.console.FoaFormatOption;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Swaps;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.Writes;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.DoubtfulRecordings;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.ClassNames;
import org.hearsight.core.seld.SeldCsv;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.inference.seld.SeldDetector;
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
  @Mixin private FoaFormatOption foaFormat;

  @Option(
      names = "--seld",
      paramLabel = "DIR",
      description =
          "Folder that pretrain or import seld wrote, with its head (default: the encoder that"
              + " ships).")
  @Reads
  private Path seld;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder with foa_dev and metadata_dev.")
  @Reads
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
          "JSON object from the network's class names to the data set's, for those that the data"
              + " set does not have; what has no name there is left out (default: STARSS23's to"
              + " those of simulated clips).")
  @Reads
  private Path map;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the event files.")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Override
  public Integer call() {
    Progress progress = ConsoleProgress.standard();
    SeldDataset dataset = SeldDataset.open(data, foaFormat.format());
    List<SeldDataset.Recording> recordings = dataset.required(split);
    recordings.forEach(this::requireNoLabels);
    Path folder = EncoderChoice.standard().require(EncoderCard.SELDNET, seld);
    Map<String, String> names =
        map == null ? ClassNames.starss23() : ClassNames.read(map, dataset.classes());
    try (SeldDetector detector =
        Detectors.open(folder, recordings, swaps.list(), threads.count(), progress)) {
      List<String> own = detector.card().classes();
      if (map != null) {
        ClassNames.requireUsed(map, names, own);
      }
      ClassNames classes = ClassNames.of(own, dataset.classes(), names);
      List<String> unknown = classes.requireSome(folder.toString(), own, dataset.classes());
      if (!unknown.isEmpty()) {
        progress.note("left out, as the data set does not know them: " + unknown);
      }
      DoubtfulRecordings doubtful = new DoubtfulRecordings();
      try (Progress.Task task = progress.begin("detect", recordings.size())) {
        for (SeldDataset.Recording r : recordings) {
          List<String> notes = new ArrayList<>();
          float[][] foa = r.sound(notes::add).channels();
          doubtful.add(r.audio(), notes, foa);
          List<SeldEvent> heard = detector.events(new Clip(r.audio().toString(), foa, List.of()));
          SeldCsv.write(file(r), classes.rename(heard, dataset.firstIndex()));
          task.advance(1);
        }
      }
      doubtful.tell(progress::note);
    }
    spec.commandLine().getOut().println(recordings.size() + " event files in " + to);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Path file(SeldDataset.Recording r) {
    return to.resolve(r.name() + ".csv");
  }

  /** What is heard must not take the place of the truth it will be scored with. */
  private void requireNoLabels(SeldDataset.Recording r) {
    try {
      if (Files.exists(file(r)) && Files.isSameFile(file(r), r.labels())) {
        throw new InputException(
            file(r), "holds the data set's own labels", "choose another folder for --to");
      }
    } catch (IOException e) {
      throw InputException.environment(file(r), "cannot be read", "check its permissions", e);
    }
  }
}
