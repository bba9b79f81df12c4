package org.hearsight.app.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.console.Threads;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.EncoderImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hearsight import seld|avcrnn|resnet50}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Takes over a pretrained checkpoint (PyTorch or safetensors).",
    synopsisSubcommandLabel = "(seld | avcrnn | resnet50)",
    subcommands = {
      ImportCommand.Seld.class,
      ImportCommand.AvCrnn.class,
      ImportCommand.ResNet50.class
    })
public final class ImportCommand {

  /** Where from and where to. */
  private abstract static class Import implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Threads threads;

    @Parameters(paramLabel = "FILE", description = "The checkpoint.")
    private Path file;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "DIR",
        description = "Folder of the imported encoder.")
    private Path to;

    abstract EncoderImport.Imported read(TorchEngine engine, Path from, Path folder);

    @Override
    public Integer call() {
      EncoderImport.Imported imported = read(TorchEngine.start(threads.count()), file, to);
      spec.commandLine().getOut().print(EncoderImport.table(imported));
      spec.commandLine().getOut().println(imported.folder().card().kind() + " in " + to);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  @Command(
      name = "seld",
      mixinStandardHelpOptions = true,
      description = "A SELD network of the DCASE 2023/2024 baselines' architecture.")
  static final class Seld extends Import {
    @Override
    EncoderImport.Imported read(TorchEngine engine, Path from, Path folder) {
      return EncoderImport.seld(engine, from, folder);
    }
  }

  @Command(
      name = "avcrnn",
      mixinStandardHelpOptions = true,
      description = "The audio-visual network of the STARSS23 baseline; it will see no boxes.")
  static final class AvCrnn extends Import {
    @Override
    EncoderImport.Imported read(TorchEngine engine, Path from, Path folder) {
      return EncoderImport.audio(AudioBackbone.AVCRNN, engine, from, folder);
    }
  }

  @Command(
      name = "resnet50",
      mixinStandardHelpOptions = true,
      description = "torchvision's ResNet-50; depth and occlusion planes start at zero.")
  static final class ResNet50 extends Import {
    @Override
    EncoderImport.Imported read(TorchEngine engine, Path from, Path folder) {
      return EncoderImport.resnet50(engine, from, folder);
    }
  }
}
