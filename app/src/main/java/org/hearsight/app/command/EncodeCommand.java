package org.hearsight.app.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearsight.app.console.DeviceOption;
import org.hearsight.app.console.EncoderChoice;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.Writes;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.Inspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight encode}. */
@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    description = {
      "Runs an imported audio encoder on given features.",
      "Tensor 'input' [B, 7, T, bands] in; 'encoder' [B, T', D] and, where the checkpoint has a"
          + " head, 'output' out."
    })
public final class EncodeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Threads threads;
  @Mixin private DeviceOption device;

  @Option(
      names = "--seld",
      paramLabel = "DIR",
      description =
          "Folder that import seld or import avcrnn wrote (default: the encoder that ships).")
  @Reads
  private Path seld;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE",
      description = "Safetensors with tensor 'input', standardised as the checkpoint wants it.")
  @Reads
  private Path input;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "The safetensors file to write.")
  @Writes(Writes.Kind.FILE)
  private Path to;

  @Override
  public Integer call() {
    EncoderFolder folder =
        EncoderFolder.openAudio(EncoderChoice.standard().require(EncoderCard.SELDNET, seld));
    Safetensors in = Safetensors.read(input);
    Map<String, Tensor> out =
        Inspection.encode(TorchEngine.start(threads.count()), device.name(), folder, in);
    Safetensors.write(to, out, Map.of("seld", folder.card().source()));
    out.forEach(
        (name, t) -> spec.commandLine().getOut().println(name + " " + t.shapeText() + " in " + to));
    return 0;
  }
}
