package org.hearsight.learning.weights;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.Checksums;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.OutputFolder;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.text.TextTable;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.layer.LoadReport;
import org.hearsight.learning.layer.LoadRules;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.AvCrnn;
import org.hearsight.learning.model.ResNet50;
import org.hearsight.learning.model.SeldNet;

/**
 * Turns somebody's checkpoint into an {@link EncoderFolder}: every tensor is taken, left out for a
 * stated reason, or the import is refused.
 */
public final class EncoderImport {
  private EncoderImport() {}

  /**
   * What was imported.
   *
   * @param notes what the file holds beside tensors
   */
  public record Imported(
      EncoderFolder folder,
      LoadReport report,
      Map<String, Tensor> tensors,
      Map<String, String> notes) {}

  /**
   * Imports a SELD network of the DCASE 2023/2024 baselines' architecture, from a PyTorch or
   * safetensors file.
   *
   * @throws InputException if it is another network
   */
  public static Imported seld(TorchEngine engine, Path file, Path to) {
    return audio(AudioBackbone.SELDNET, engine, file, to);
  }

  /**
   * Imports an audio encoder, from a PyTorch or safetensors file.
   *
   * @throws InputException if it is another network
   */
  public static Imported audio(AudioBackbone kind, TorchEngine engine, Path file, Path to) {
    StateDict state = StateDict.read(file);
    try (NDManager manager = engine.newManager(Device.cpu())) {
      AudioEncoder net = network(kind, state.tensors(), factory(manager, 0));
      boolean head =
          state.tensors().keySet().stream().anyMatch(n -> n.startsWith(net.headPrefix()));
      LoadReport report =
          net.load(
              state.tensors(), file.toString(), rules(net, head, "the checkpoint has no head"));
      Map<String, Tensor> weights = head ? net.save() : net.saveEncoder();
      EncoderCard card = card(kind.kind(), net.width(), net.inChannels(), head, state);
      byte[] detector = head && kind == AudioBackbone.SELDNET ? DetectorGraph.of(net) : null;
      return new Imported(
          write(to, card, weights, detector), report, state.tensors(), state.notes());
    }
  }

  /**
   * Imports torchvision's ResNet-50, from a PyTorch or safetensors file. Its first convolution
   * keeps the RGB weights and starts the depth and occlusion planes at zero.
   *
   * @throws InputException if it is another network
   */
  public static Imported resnet50(TorchEngine engine, Path file, Path to) {
    StateDict state = StateDict.read(file);
    try (NDManager manager = engine.newManager(Device.cpu())) {
      ResNet50 net = new ResNet50(ResNet50.Config.encoder(VisualPlanes.COUNT), factory(manager, 0));
      LoadReport report = net.load(state.tensors(), file.toString());
      EncoderCard card = card(EncoderCard.RESNET50, net.width(), VisualPlanes.COUNT, false, state);
      return new Imported(write(to, card, net.save()), report, state.tensors(), state.notes());
    }
  }

  /** Draws an untrained SELD encoder of the baseline's sizes, with PyTorch's initialisation. */
  public static EncoderFolder untrainedSeld(TorchEngine engine, long seed, Path to) {
    return untrainedAudio(AudioBackbone.SELDNET, engine, seed, to);
  }

  /** Draws an untrained audio encoder of its published sizes, with PyTorch's initialisation. */
  public static EncoderFolder untrainedAudio(
      AudioBackbone kind, TorchEngine engine, long seed, Path to) {
    try (NDManager manager = engine.newManager(Device.cpu())) {
      AudioEncoder net = drawnAudio(kind, seed, manager);
      EncoderCard card = untrained(kind.kind(), net.width(), net.inChannels(), seed);
      return write(to, card, net.saveEncoder());
    }
  }

  /**
   * The network of {@link #untrainedAudio} before anything is written.
   *
   * @param manager owns it
   */
  public static AudioEncoder drawnAudio(AudioBackbone kind, long seed, NDManager manager) {
    ParameterFactory factory = factory(manager, seed);
    return switch (kind) {
      case SELDNET -> new SeldNet(SeldNet.Config.dcase2024(), factory);
      case AVCRNN -> new AvCrnn(AvCrnn.Config.starss23(), factory);
    };
  }

  /** Draws an untrained ResNet-50 with torchvision's initialisation. */
  public static EncoderFolder untrainedResnet50(TorchEngine engine, long seed, Path to) {
    try (NDManager manager = engine.newManager(Device.cpu())) {
      ResNet50 net =
          new ResNet50(ResNet50.Config.encoder(VisualPlanes.COUNT), factory(manager, seed));
      Map<String, Tensor> weights = net.save();
      weights.replaceAll((name, w) -> name.endsWith("bn3.weight") ? quiet(w) : w);
      EncoderCard card = untrained(EncoderCard.RESNET50, net.width(), VisualPlanes.COUNT, seed);
      return write(to, card, weights);
    }
  }

  /**
   * Without training, batch norm's statistics are still 0 and 1, and sixteen residual branches at
   * full strength would double the variance sixteen times.
   */
  private static Tensor quiet(Tensor scale) {
    float[] values = scale.floats();
    Arrays.fill(values, 0.25f);
    return Tensor.of(values, scale.shape());
  }

  /** The published sizes with as many outputs as the checkpoint's own task had. */
  private static AudioEncoder network(
      AudioBackbone kind, Map<String, Tensor> state, ParameterFactory factory) {
    return switch (kind) {
      case SELDNET -> {
        SeldNet.Config c = SeldNet.Config.dcase2024();
        yield new SeldNet(c.withOutputs(outputs(state, "fnn_list.1.weight", c.outputs())), factory);
      }
      case AVCRNN -> {
        AvCrnn.Config c = AvCrnn.Config.starss23();
        yield new AvCrnn(c.withOutputs(outputs(state, "fc_xyz.weight", c.outputs())), factory);
      }
    };
  }

  private static int outputs(Map<String, Tensor> state, String name, int published) {
    Tensor output = state.get(name);
    return output == null || output.shape().length != 2 || output.shape()[0] < 1
        ? published
        : output.shape()[0];
  }

  private static LoadRules rules(AudioEncoder net, boolean head, String reason) {
    return head ? LoadRules.strict() : LoadRules.strict().skip(net.headPrefix(), reason);
  }

  private static ParameterFactory factory(NDManager manager, long seed) {
    return new ParameterFactory(manager, new SplittableRandom(seed));
  }

  private static EncoderFolder write(Path to, EncoderCard card, Map<String, Tensor> weights) {
    return write(to, card, weights, null);
  }

  /**
   * @param detector the whole network as a graph; null where it has no head to listen with
   */
  private static EncoderFolder write(
      Path to, EncoderCard card, Map<String, Tensor> weights, byte[] detector) {
    OutputFolder.forEncoder(to);
    return FolderLock.holding(
        to,
        "import",
        () -> {
          Safetensors.write(
              to.resolve("weights.safetensors"),
              weights,
              Map.of("kind", card.kind(), "source", card.source()));
          return detector == null
              ? EncoderFolder.finish(to, card)
              : EncoderFolder.finish(to, card, detector);
        });
  }

  private static EncoderCard card(
      String kind, int width, int inputs, boolean head, StateDict state) {
    String source = String.valueOf(state.path().getFileName());
    return new EncoderCard(
        EncoderCard.FORMAT_VERSION, kind, width, inputs, true, head, source, state.sha256());
  }

  private static EncoderCard untrained(String kind, int width, int inputs, long seed) {
    return new EncoderCard(
        EncoderCard.FORMAT_VERSION,
        kind,
        width,
        inputs,
        false,
        false,
        "drawn from seed " + seed,
        "");
  }

  /** Loads an imported SELD encoder; its head too, if it has one. */
  public static SeldNet load(EncoderFolder folder, NDManager manager) {
    return (SeldNet) loadAudio(folder, manager);
  }

  /** Loads an imported audio encoder, whichever it is; its head too, if it has one. */
  public static AudioEncoder loadAudio(EncoderFolder folder, NDManager manager) {
    StateDict state = StateDict.ours(folder.weights(), Checksums.REMEDY);
    AudioEncoder net = network(folder.card().backbone(), state.tensors(), factory(manager, 0));
    LoadRules rules = rules(net, folder.card().hasHead(), "the encoder has no head");
    net.load(state.tensors(), folder.weights().toString(), rules);
    return net;
  }

  /**
   * Loads an audio encoder of published sizes, without its original head.
   *
   * @param source what messages call the weights
   */
  public static AudioEncoder loadAudio(
      AudioBackbone kind, Map<String, Tensor> weights, String source, NDManager manager) {
    AudioEncoder net = network(kind, weights, factory(manager, 0));
    net.load(weights, source, rules(net, false, "the bundle keeps no head"));
    return net;
  }

  /** Loads a picture encoder of torchvision's sizes. */
  public static ResNet50 loadResnet50(
      Map<String, Tensor> weights, String source, NDManager manager) {
    ResNet50 net = new ResNet50(ResNet50.Config.encoder(VisualPlanes.COUNT), factory(manager, 0));
    net.load(weights, source);
    return net;
  }

  /** What became of every tensor, a row each, for people. */
  public static String table(Imported imported) {
    TextTable table = TextTable.ofWords(List.of("tensor", "shape", "what became of it"));
    imported
        .tensors()
        .forEach(
            (name, t) ->
                table.row(
                    name,
                    t.shapeText(),
                    imported.report().taken().contains(name)
                        ? "taken"
                        : "ignored: " + imported.report().ignored().get(name)));
    List<String> missing = imported.report().missing();
    imported.notes().forEach((k, v) -> table.row(k, "", "ignored: " + v));
    StringBuilder text = new StringBuilder(table.aligned());
    text.append(
        "%d tensors: %d taken, %d ignored, %d missing%n"
            .formatted(
                imported.tensors().size(),
                imported.report().taken().size(),
                imported.report().ignored().size(),
                missing.size()));
    return text.toString();
  }
}
