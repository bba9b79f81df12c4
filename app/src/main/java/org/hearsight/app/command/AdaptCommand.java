package org.hearsight.app.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearsight.app.console.DeviceOption;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.Writes;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.Inspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight adapt}. */
@Command(
    name = "adapt",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the seed's adapter and head on given vectors, dropout off.",
      "Tensors 'audio' [B, D], 'visual' [B, 2048], 'occlusion' [B, 1] in; 'reliability', 'fused',"
          + " 'class_logits', 'location', 'confidence' out."
    })
public final class AdaptCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Threads threads;
  @Mixin private DeviceOption device;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description = "adapter.* and imagination_head.*, safetensors or PyTorch.")
  @Reads
  private Path weights;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE",
      description = "Safetensors with the three tensors.")
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
    StateDict state = StateDict.read(weights);
    Safetensors in = Safetensors.read(input);
    Map<String, Tensor> out =
        Inspection.adapt(TorchEngine.start(threads.count()), device.name(), state, in);
    Safetensors.write(to, out, Map.of("weights", state.sha256()));
    out.forEach(
        (name, t) -> spec.commandLine().getOut().println(name + " " + t.shapeText() + " in " + to));
    return 0;
  }
}
