package org.hearsight.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearsight.app.console.FoaFormatOption;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.MapPicture;
import org.hearsight.app.console.ModelOption;
import org.hearsight.app.console.MonitorOption;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.PlaceLines;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.ViewOptions;
import org.hearsight.app.console.Writes;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.drift.DriftFile;
import org.hearsight.core.drift.DriftVerdict;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.FreeSpace;
import org.hearsight.core.vision.ViewReader;
import org.hearsight.inference.Heard;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.Seen;
import org.hearsight.report.plan.PlacePlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight imagine}. */
@Command(
    name = "imagine",
    mixinStandardHelpOptions = true,
    description = "Imagines the hazard of one scene: what it is, where, and how sure that is.")
public final class ImagineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private ViewOptions view;
  @Mixin private Threads threads;
  @Mixin private ModelOption model;
  @Mixin private FoaFormatOption foaFormat;
  @Mixin private MonitorOption monitor;

  @Option(
      names = "--audio",
      required = true,
      paramLabel = "FILE",
      description = "First-order ambisonic recording; its end is judged.")
  @Reads
  private Path audio;

  @Option(
      names = "--map",
      paramLabel = "FILE",
      description =
          "Draw the map of places, as seen from above, into this file, PNG or SVG by its name.")
  @Writes(Writes.Kind.FILE)
  private Path map;

  @Override
  public Integer call() {
    // Values before files: wrong usage is said whatever the files hold.
    ViewReader.Options options = OptionValues.of(spec, this::values);
    FoaFormat format = foaFormat.format();
    long unused =
        Foa.length(audio, format); // refuses what is not a recording before the model is loaded
    ViewReader.Seen seen = view.read(options);
    try (Hearsight hearsight = model.load(threads.count());
        DriftFile drift = monitor.open(hearsight)) {
      if (map != null && !hearsight.card().hasMap()) {
        throw new InputException(
            "--map",
            "the model answers with one place and has no map",
            "leave it out, or give a model of train --location map");
      }
      Clip clip = hearsight.read(audio, format).noting(seen.notes());
      Heard heard = hearsight.hear(clip);
      Seen looked = hearsight.see(seen.view());
      Imagination answer = hearsight.answer(heard, looked);
      DriftVerdict verdict =
          drift == null
              ? null
              : drift.monitor().add(hearsight.traits(heard, looked, answer), audio.toString());
      print(answer, FreeSpace.of(seen.view()), verdict);
      // After the answer is printed: a full disk must not take it away.
      if (drift != null) {
        drift.write();
      }
      if (map != null) {
        MapPicture.of(answer, clip, seen.view()).write(map);
      }
    }
    return 0;
  }

  private void print(Imagination answer, FreeSpace space, DriftVerdict verdict) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      ObjectNode document = Json.tree(answer);
      if (verdict != null) {
        document.set("drift", Json.tree(verdict));
      }
      JsonOutput.print(out, document);
    } else {
      print(out, answer, space);
      if (verdict != null) {
        out.println("  drift       " + verdict.line());
      }
      out.flush();
    }
  }

  private ViewReader.Options values() {
    if (map != null && !PlacePlan.canWrite(map)) {
      throw new IllegalArgumentException("--map: " + map + " ends neither in .png nor in .svg");
    }
    monitor.check();
    return view.values();
  }

  private static void print(PrintWriter out, Imagination a, FreeSpace space) {
    out.printf(
        Locale.ROOT,
        "%s at azimuth %.0f°, elevation %.0f°, %.1f m; confidence %.2f%n",
        a.className(),
        a.location().azimuth(),
        a.location().elevation(),
        a.location().distance(),
        a.confidence());
    if (a.spread() != null) {
      out.printf(
          Locale.ROOT,
          "  spread      half of the probability within %.0f°; distance within a factor of %.2f%n",
          a.spread().degrees(),
          a.spread().distanceFactor());
    }
    if (a.places() != null) {
      PlaceLines.of(a.places(), space).forEach(line -> out.println("  place       " + line));
    }
    if (a.unknown() != null) {
      out.printf(
          Locale.ROOT,
          "  %-11s score %.2f, threshold %.2f%n",
          a.unknown().said() ? "unknown" : "known",
          a.unknown().score(),
          a.unknown().threshold());
    }
    out.printf(
        Locale.ROOT,
        "  reliability audio %.2f, visual %.2f at occlusion %.2f%n",
        a.reliability().audio(),
        a.reliability().visual(),
        a.occlusionLevel());
    a.probabilities().entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .forEach(e -> out.printf(Locale.ROOT, "  %-11s %.3f%n", e.getKey(), e.getValue()));
    for (String note : a.notes()) {
      out.println("  note: " + note);
    }
  }
}
