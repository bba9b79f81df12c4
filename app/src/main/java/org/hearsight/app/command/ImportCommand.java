package org.hearsight.app.command;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.Writes;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.Download;
import org.hearsight.learning.weights.EncoderImport;
import org.hearsight.learning.weights.KnownCheckpoint;
import org.hearsight.learning.weights.TorchCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hearsight import seld|avcrnn|resnet50} and {@code hearsight import --download NAME}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Takes over a pretrained checkpoint (PyTorch or safetensors).",
      "With --download it fetches an official one first."
    },
    synopsisSubcommandLabel = "[seld | avcrnn | resnet50]",
    subcommands = {
      ImportCommand.Seld.class,
      ImportCommand.AvCrnn.class,
      ImportCommand.ResNet50.class
    })
public final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Threads threads;

  @Option(
      names = "--download",
      paramLabel = "NAME",
      description =
          "The checkpoint to fetch: resnet50, resnet50-v2 (torchvision's IMAGENET1K_V1 and V2) or"
              + " dcase2024 (the baseline's audio model).")
  private String download;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Fetch the same file from another place; its checksum must still be right.")
  private URI url;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Folder of fetched files (default: PyTorch's, ~/.cache/torch/hub/checkpoints).")
  @Writes(Writes.Kind.CACHE)
  private Path cache;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Folder of the imported encoder; without it the file is only fetched.")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Override
  public Integer call() {
    if (download == null) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing required subcommand seld, avcrnn or resnet50, or --download NAME");
    }
    KnownCheckpoint known = OptionValues.of(spec, () -> KnownCheckpoint.of(download));
    Path folder = cache == null ? TorchCache.folder() : cache;
    URI from = url == null ? known.uri() : url;
    Path file =
        StopNotice.during(
            "run the same command again to fetch it",
            () -> Download.fetch(known, from, folder, ConsoleProgress.standard()));
    PrintWriter out = spec.commandLine().getOut();
    if (to == null) {
      out.println(known.label() + " in " + file);
      out.flush();
    } else {
      TorchEngine engine = TorchEngine.start(threads.count());
      boolean seld = known.kind().equals(EncoderCard.SELDNET);
      print(
          out,
          seld ? EncoderImport.seld(engine, file, to) : EncoderImport.resnet50(engine, file, to),
          to);
    }
    return 0;
  }

  private static void print(PrintWriter out, EncoderImport.Imported imported, Path to) {
    out.print(EncoderImport.table(imported));
    out.println(imported.folder().card().kind() + " in " + to);
    out.flush();
  }

  /** What imports of a file share: where to, and what is printed. */
  abstract static class OfFile implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Threads threads;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "DIR",
        description = "Folder of the imported encoder.")
    @Writes(Writes.Kind.FOLDER)
    private Path to;

    /** The file, given or found. */
    abstract Path file();

    abstract EncoderImport.Imported take(TorchEngine engine, Path file, Path to);

    @Override
    public Integer call() {
      Path from = file();
      EncoderImport.Imported imported = take(TorchEngine.start(threads.count()), from, to);
      print(spec.commandLine().getOut(), imported, to);
      return 0;
    }
  }

  /** Imports whose file has to be given. */
  abstract static class OfGivenFile extends OfFile {
    @Parameters(paramLabel = "FILE", description = "The checkpoint.")
    @Reads
    private Path file;

    @Override
    Path file() {
      return file;
    }
  }

  @Command(
      name = "seld",
      mixinStandardHelpOptions = true,
      description = "A SELD network of the DCASE 2023/2024 baselines' architecture.")
  static final class Seld extends OfGivenFile {
    @Override
    EncoderImport.Imported take(TorchEngine engine, Path from, Path to) {
      return EncoderImport.seld(engine, from, to);
    }
  }

  @Command(
      name = "avcrnn",
      mixinStandardHelpOptions = true,
      description = "The audio-visual network of the STARSS23 baseline; it will see no boxes.")
  static final class AvCrnn extends OfGivenFile {
    @Override
    EncoderImport.Imported take(TorchEngine engine, Path from, Path to) {
      return EncoderImport.audio(AudioBackbone.AVCRNN, engine, from, to);
    }
  }

  @Command(
      name = "resnet50",
      mixinStandardHelpOptions = true,
      description = "torchvision's ResNet-50; depth and occlusion planes start at zero.")
  static final class ResNet50 extends OfFile {
    @Parameters(
        arity = "0..1",
        paramLabel = "FILE",
        description =
            "The checkpoint (default: resnet50-*.pth where PyTorch keeps what it downloads,"
                + " $TORCH_HOME or ~/.cache/torch, hub/checkpoints).")
    @Reads
    private Path file;

    @Option(
        names = "--cache",
        paramLabel = "DIR",
        description = "Look for resnet50-*.pth in another folder.")
    @Reads
    private Path cache;

    @Override
    Path file() {
      if (file != null) {
        return file;
      }
      Path found = TorchCache.resnet50(cache == null ? TorchCache.folder() : cache);
      ConsoleProgress.standard().note("importing " + found);
      return found;
    }

    @Override
    EncoderImport.Imported take(TorchEngine engine, Path from, Path to) {
      return EncoderImport.resnet50(engine, from, to);
    }
  }
}
