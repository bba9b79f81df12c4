package org.hearsight.app.validation;

import java.nio.file.Path;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.ScratchFolder;
import org.hearsight.core.progress.Progress;
import org.hearsight.report.chart.Chart;

/** Holds the simulator's physics to theory and writes the plots and numbers of its document. */
public final class ValidationReport {
  private ValidationReport() {}

  /**
   * Writes nine plots (SVG) and {@code numbers.md} into a folder, which is made if need be.
   *
   * @param sounds folder of recordings to try as ambience beside the generated ones, or null
   * @return did every claim hold?
   */
  public static boolean write(Path folder, Path sounds, Progress progress) {
    Numbers numbers = new Numbers();
    StringBuilder split = new StringBuilder();
    try (Progress.Task task = progress.begin("validate", 3)) {
      plot(folder, "distance", PathChecks.distance(numbers));
      plot(folder, "diffraction", PathChecks.edge(numbers));
      plot(folder, "air", PathChecks.air(numbers));
      task.advance(1);
      plot(folder, "decay", SignalChecks.decay(numbers));
      plot(folder, "doppler", SignalChecks.doppler(numbers));
      SignalChecks.direction(numbers);
      task.advance(1);
      plot(folder, "ambience", AmbienceChecks.levels(sounds, numbers));
      task.advance(1);
    }
    plot(folder, "order", ScenarioChecks.order());
    plot(folder, "occluders", ScenarioChecks.occluders());
    try (ScratchFolder scratch = ScratchFolder.create()) {
      plot(folder, "apparent", ScenarioChecks.apparent(scratch.path(), progress, numbers, split));
    }
    AtomicFile.writeText(
        folder.resolve("numbers.md"),
        "# The simulator in numbers\n\nWritten by `./hearsight validate-simulator`.\n\n"
            + numbers.markdown()
            + "\n"
            + ScenarioChecks.split(split));
    return numbers.good();
  }

  private static void plot(Path folder, String name, Chart chart) {
    AtomicFile.writeText(folder.resolve(name + ".svg"), chart.document());
  }
}
