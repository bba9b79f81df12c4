package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.Reads;
import org.hearsight.core.seld.Average;
import org.hearsight.core.seld.DistanceUnit;
import org.hearsight.core.seld.SeldClasses;
import org.hearsight.core.seld.SeldFolders;
import org.hearsight.core.seld.SeldMetrics;
import org.hearsight.core.seld.SeldReport;
import org.hearsight.core.seld.SeldTable;
import org.hearsight.core.taxonomy.Taxonomy;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code hearsight evaluate seld}. */
@Command(
    name = "seld",
    mixinStandardHelpOptions = true,
    description = "Scores the event files of any SELD system as the DCASE challenges do.",
    footer = {
      "",
      "Event files: frame,class,source,azimuth,elevation[,distance in cm], one per clip and paired"
          + " by name; or frame,class,source,x,y,z[,distance in m], as the DCASE baselines predict."
          + " A first line may name the columns (distance_m or distance_cm, too); without one they"
          + " are distinguished by what all files of a folder hold, and refused where that leaves a"
          + " doubt. A clip without a prediction file counts as one in which nothing was heard.",
      "As in DCASE's scorer, every class counts in the macro average, whether it occurs or not, and"
          + " scoring ends before the frame of a clip's last reference event."
    })
public final class EvaluateSeldCommand implements Callable<Integer> {
  private static final int MOST_CLASSES = 10_000;

  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;

  @Option(
      names = "--reference",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the true events, as STARSS23's metadata_dev; sub-folders too.")
  @Reads
  private Path reference;

  @Option(
      names = "--prediction",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the predicted events.")
  @Reads
  private Path prediction;

  @Option(
      names = "--distance",
      paramLabel = "metres|centimetres",
      description =
          "What the predicted distances are in (default: judged by the numbers). Predictions"
              + " written for DCASE 2024's scorer are in metres.")
  private DistanceUnit predictedUnit;

  @Option(
      names = "--reference-distance",
      paramLabel = "metres|centimetres",
      description = "What the true distances are in (default: judged as well).")
  private DistanceUnit trueUnit;

  @Option(
      names = "--metrics",
      defaultValue = "2024",
      paramLabel = "YEAR",
      converter = YearConverter.class,
      description =
          "2024: per frame, with distance; 2023: per second, without (default: ${DEFAULT-VALUE}).")
  private SeldMetrics metrics;

  @Option(
      names = "--average",
      defaultValue = "MACRO",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Average average;

  @ArgGroup private ClassChoice choice;

  /** Which classes there are. */
  private static final class ClassChoice {
    @Option(
        names = "--classes",
        paramLabel = "N",
        description = "Classes 0 to N - 1 are scored (default: 13, STARSS23's).")
    private Integer count;

    @Option(
        names = "--taxonomy",
        paramLabel = "FILE",
        description = "Score the hazards of this taxonomy; its background is passed over.")
    @Reads
    private Path taxonomy;
  }

  @Override
  public Integer call() {
    SeldClasses classes = classes();
    SeldFolders folders =
        SeldFolders.read(
            new SeldFolders.Side(reference, trueUnit, "--reference-distance"),
            new SeldFolders.Side(prediction, predictedUnit, "--distance"),
            metrics,
            classes);
    SeldReport report = SeldReport.of(folders, metrics, average, classes);
    note(report);
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      JsonOutput.print(out, report);
    } else {
      out.print(SeldTable.text(report));
      out.flush();
    }
    return 0;
  }

  private SeldClasses classes() {
    if (choice == null) {
      return SeldClasses.numbered(SeldClasses.STARSS);
    }
    if (choice.taxonomy != null) {
      return SeldClasses.of(Taxonomy.read(choice.taxonomy));
    }
    if (choice.count < 1 || choice.count > MOST_CLASSES) {
      throw new ParameterException(
          spec.commandLine(), "--classes: " + choice.count + ", expected 1 to " + MOST_CLASSES);
    }
    return SeldClasses.numbered(choice.count);
  }

  /** What a reader of the scores should know, on standard error. */
  private void note(SeldReport report) {
    PrintWriter err = spec.commandLine().getErr();
    List<String> without = report.withoutPrediction();
    if (!without.isEmpty()) {
      err.println(
          "hearsight: note: %d of %d clips have no prediction file and count as nothing heard: %s"
              .formatted(without.size(), report.clips(), SeldFolders.list(without)));
    }
    List<String> absent =
        report.classes().stream()
            .filter(c -> c.references() == 0)
            .map(SeldReport.OfClass::name)
            .toList();
    if (average == Average.MACRO && !absent.isEmpty()) {
      err.println(
          "hearsight: note: not in the reference, but in the macro average with F20 = 0, as in"
              + " DCASE's scorer: class "
              + SeldFolders.list(absent));
    }
  }

  /** A year as its definitions. */
  private static final class YearConverter implements ITypeConverter<SeldMetrics> {
    @Override
    public SeldMetrics convert(String text) {
      for (SeldMetrics m : SeldMetrics.values()) {
        if (text.equals(Integer.toString(m.year()))) {
          return m;
        }
      }
      throw new TypeConversionException("expected 2024 or 2023 but was '" + text + "'");
    }
  }
}
