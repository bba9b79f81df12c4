package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hearsight.app.Version;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.Writes;
import org.hearsight.app.page.StaticPage;
import org.hearsight.inference.DefaultModel;
import org.hearsight.learning.deploy.Export;
import org.hearsight.learning.deploy.ServingModel;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hearsight export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a network as one ONNX file that runs without Hearsight; docs/export.md says how.",
      "The file is kept only if ONNX Runtime and libtorch agree on it.",
      "With --serving: a model's folder without what only training needs, half as large.",
      "With --page: a folder for any web host, whose page answers in the browser (docs/page.md)."
    })
public final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private Threads threads;

  @ArgGroup(multiplicity = "0..1")
  private Network network;

  @ArgGroup(multiplicity = "1")
  private Output output;

  @Option(
      names = "--int8",
      paramLabel = "DATA",
      description =
          "With --resnet50: in 8 bits, calibrated with pictures of this data set. A model that was"
              + " trained with --int8 is in 8 bits anyway.")
  @Reads
  private Path int8;

  /** What is written: one of three. */
  private static final class Output {
    @Option(names = "--to", paramLabel = "FILE", description = "The ONNX file to write.")
    @Writes(Writes.Kind.FILE)
    private Path to;

    @Option(
        names = "--serving",
        paramLabel = "DIR",
        description =
            "With --model: the folder of a model to write that only answers: its graphs, with"
                + " weights in half precision, and its card.")
    @Writes(Writes.Kind.FOLDER)
    private Path serving;

    @Option(
        names = "--page",
        paramLabel = "DIR",
        description =
            "The folder of a page to write, with a model that answers in the browser: that of"
                + " --model, else the one that ships.")
    @Writes(Writes.Kind.FOLDER)
    private Path page;
  }

  /** Which network: one of three. */
  private static final class Network {
    @Option(
        names = "--model",
        paramLabel = "DIR",
        description = "Folder that train wrote: the whole model, from features and planes on.")
    @Reads
    private Path model;

    @Option(
        names = "--seld",
        paramLabel = "DIR",
        description =
            "Folder that pretrain or import wrote: an audio encoder alone, with its head if it has"
                + " one.")
    @Reads
    private Path seld;

    @Option(
        names = "--resnet50",
        paramLabel = "DIR",
        description =
            "Folder that pretrain-vision or import resnet50 wrote: the picture encoder alone.")
    @Reads
    private Path resnet50;

    Export export(Path to, Path int8, int threads) {
      String version = Version.text();
      if (int8 != null) {
        return Export.resnet50In8Bits(
            resnet50, int8, to, threads, version, ConsoleProgress.standard());
      }
      if (model != null) {
        return Export.model(model, to, threads, version);
      }
      return seld != null
          ? Export.seld(seld, to, threads, version)
          : Export.resnet50(resnet50, to, threads, version);
    }
  }

  @Override
  public Integer call() {
    if (network == null && output.page == null) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing required argument (specify one of these): (--model=DIR | --seld=DIR |"
              + " --resnet50=DIR)");
    }
    if (int8 != null && (network == null || network.resnet50 == null)) {
      throw new ParameterException(
          spec.commandLine(), "--int8 goes with --resnet50; train --int8 makes a model in 8 bits");
    }
    if (output.to == null && network != null && network.model == null) {
      throw new ParameterException(
          spec.commandLine(),
          (output.page == null ? "--serving" : "--page") + " goes with --model");
    }
    Object written = StopNotice.during("run the same command again", this::write);
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      JsonOutput.print(out, written);
    } else if (written instanceof ServingModel model) {
      print(out, model);
    } else if (written instanceof StaticPage page) {
      print(out, page);
    } else {
      print(out, (Export) written);
    }
    return 0;
  }

  private Object write() {
    if (output.page != null) {
      return page();
    }
    return output.serving == null
        ? network.export(output.to, int8, threads.count())
        : ServingModel.write(network.model, output.serving, threads.count());
  }

  private StaticPage page() {
    if (network != null) {
      return StaticPage.write(network.model, output.page, threads.count());
    }
    try (DefaultModel ships = DefaultModel.find()) {
      return StaticPage.write(ships.folder(), output.page, threads.count());
    }
  }

  private static void print(PrintWriter out, StaticPage page) {
    out.printf(Locale.ROOT, "%s: %.1f MB%n", page.folder(), page.bytes() / 1e6);
    out.println("any web server can serve it, from any path");
    out.flush();
  }

  private static void print(PrintWriter out, ServingModel model) {
    out.printf(Locale.ROOT, "%s: %.1f MB%n", model.folder(), model.bytes() / 1e6);
    out.printf(
        Locale.ROOT,
        "half precision against single: largest difference %.1e in %s, allowed %.0e%n",
        model.largestDifference(),
        model.worstOutput(),
        model.allowedDifference());
    out.flush();
  }

  private static void print(PrintWriter out, Export export) {
    out.printf(Locale.ROOT, "%s: %.1f MB%n", export.file(), export.bytes() / 1e6);
    out.printf("  SHA-256 %s%n", export.sha256());
    export.inputs().forEach((name, shape) -> out.printf("  in   %s %s%n", name, shape));
    export.outputs().forEach((name, shape) -> out.printf("  out  %s %s%n", name, shape));
    out.printf(
        Locale.ROOT,
        "ONNX Runtime against libtorch: largest difference %.1e in %s, allowed %.0e%n",
        export.largestDifference(),
        export.worstOutput(),
        export.allowedDifference());
    out.flush();
  }
}
