package org.hearsight.learning.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.bundle.FolderKind;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.OutputFolder;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.View;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.inference.session.OnnxPort;
import org.hearsight.learning.export.HalfWeights;

/**
 * A model folder that was made small enough to ship: the three graphs with their {@link HalfWeights
 * weights in half precision}, each held against the graph it was made of, and the card. It needs
 * neither libtorch nor the weights, so models of older versions can be shipped as well.
 *
 * @param folder of the model
 * @param bytes of all of it
 * @param largestDifference over all outputs of all graphs, see {@link GraphCheck}
 * @param worstOutput the graph and the output it was found in
 */
@JsonPropertyOrder({"folder", "bytes", "largest_difference", "worst_output", "allowed_difference"})
public record ServingModel(
    String folder,
    long bytes,
    @JsonProperty("largest_difference") double largestDifference,
    @JsonProperty("worst_output") String worstOutput,
    @JsonProperty("allowed_difference") double allowedDifference) {
  private static final long LARGEST_GRAPH = 1L << 30;
  private static final long SEED = 1;
  private static final int BATCH = 2;

  /** Frames or tokens. */
  private static final int LENGTH = 64;

  /**
   * Writes the folder; one that holds such a model already is replaced.
   *
   * @param model folder of a trained model, or of one like this
   * @param threads of ONNX Runtime
   * @throws InputException if the model is damaged, {@code to} holds something else, or a graph in
   *     half precision differs too much; nothing is written then
   */
  public static ServingModel write(Path model, Path to, int threads) {
    ModelBundle bundle = ModelBundle.open(model);
    OutputFolder.forModel(to);
    if (Files.exists(ModelBundle.weights(to)) || Files.exists(ModelBundle.training(to))) {
      throw new InputException(
          to, "holds a training, which would be lost", "choose another folder");
    }
    return FolderLock.holding(to, "export", () -> write(bundle, to, threads));
  }

  private static ServingModel write(ModelBundle bundle, Path to, int threads) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    double largest = 0;
    String worst = "";
    for (Path part : bundle.graphs()) {
      bundle.checksums().require(part);
      byte[] whole = InputFile.bytes(part, LARGEST_GRAPH);
      byte[] halved = HalfWeights.of(whole, part.toString());
      String name = part.getFileName().toString();
      GraphCheck check = check(whole, halved, part.toString(), threads);
      if (worst.isEmpty() || check.largest() > largest) {
        largest = check.largest();
        worst = name + ", " + check.worst();
      }
      parts.put(name, halved);
    }
    if (!(largest <= GraphCheck.ALLOWED_IN_HALF)) {
      throw InputException.model(
          to,
          String.format(
              Locale.ROOT,
              "not written: %s with weights in half precision differs by %.1e, allowed %.0e",
              worst,
              largest,
              GraphCheck.ALLOWED_IN_HALF),
          "check that the weights are those of a trained network");
    }
    try {
      ModelBundle.begin(to);
      parts.forEach((name, graph) -> AtomicFile.write(to.resolve(name), out -> out.write(graph)));
      ModelBundle.finishServing(to, bundle.card());
    } catch (RuntimeException e) {
      try {
        ModelBundle.deleteServing(to);
      } catch (RuntimeException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
    long bytes = InputFile.size(to.resolve(FolderKind.MODEL.card()));
    bytes += parts.values().stream().mapToLong(graph -> graph.length).sum();
    return new ServingModel(to.toString(), bytes, largest, worst, GraphCheck.ALLOWED_IN_HALF);
  }

  /** Both graphs on the same numbers, as {@link GraphCheck} compares a graph with libtorch. */
  private static GraphCheck check(byte[] whole, byte[] halved, String source, int threads) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    Map<String, Tensor> expected;
    try (OnnxNetwork network = OnnxNetwork.open(whole, source, threads)) {
      SplittableRandom random = new SplittableRandom(SEED);
      network.inputs().forEach((name, port) -> inputs.put(name, drawn(random, port)));
      expected = network.run(inputs);
    }
    try (OnnxNetwork network = OnnxNetwork.open(halved, source, threads)) {
      return GraphCheck.of(network, new Twin.Sample(inputs, expected));
    }
  }

  private static Tensor drawn(SplittableRandom random, OnnxPort port) {
    int[] shape = new int[port.rank()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] =
          port.sizes().get(i) >= 0
              ? port.sizes().get(i)
              : switch (port.axes().get(i)) {
                case "batch" -> BATCH;
                case "height", "width" -> View.SIZE;
                default -> LENGTH;
              };
    }
    return SampleInputs.features(random, shape);
  }
}
