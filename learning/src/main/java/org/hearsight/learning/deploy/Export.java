package org.hearsight.learning.deploy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.progress.Progress;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.inference.session.OnnxPort;
import org.hearsight.learning.engine.TorchEngine;

/**
 * An ONNX file that was written, after its graph had been held against libtorch.
 *
 * @param bytes its size
 * @param sha256 its checksum, for whoever copies it: {@code sha256sum} says the same
 * @param inputs names to shapes, as in {@code [batch, 7, frames, 64]}
 * @param outputs the same
 * @param largestDifference over all outputs, see {@link GraphCheck}
 * @param worstOutput the output it was found in
 */
@JsonPropertyOrder({
  "file",
  "bytes",
  "sha256",
  "inputs",
  "outputs",
  "largest_difference",
  "worst_output",
  "allowed_difference"
})
public record Export(
    String file,
    long bytes,
    String sha256,
    Map<String, String> inputs,
    Map<String, String> outputs,
    @JsonProperty("largest_difference") double largestDifference,
    @JsonProperty("worst_output") String worstOutput,
    @JsonProperty("allowed_difference") double allowedDifference) {
  private static final int BATCH = 3;
  private static final long SEED = 1;

  /**
   * Writes the model of a bundle as one graph, from features and planes to the answer.
   *
   * @param version of the Hearsight that writes it
   * @throws InputException if the bundle is none or damaged, or as {@link #write}
   */
  public static Export model(Path folder, Path to, int threads, String version) {
    ModelBundle bundle = ModelBundle.open(folder);
    try (NDManager manager = TorchEngine.start(threads).newManager(Device.cpu())) {
      return write(ImaginerTwin.of(bundle, manager, version), to, threads);
    }
  }

  /** Writes an audio encoder, with its original head if it has one; as {@link #model}. */
  public static Export seld(Path folder, Path to, int threads, String version) {
    EncoderFolder encoder = EncoderFolder.openAudio(folder);
    try (NDManager manager = TorchEngine.start(threads).newManager(Device.cpu())) {
      return write(AudioTwin.of(encoder, manager, version), to, threads);
    }
  }

  /** Writes a picture encoder; as {@link #model}. */
  public static Export resnet50(Path folder, Path to, int threads, String version) {
    EncoderFolder encoder = EncoderFolder.open(folder, EncoderCard.RESNET50);
    try (NDManager manager = TorchEngine.start(threads).newManager(Device.cpu())) {
      return write(PictureTwin.of(encoder, manager, version), to, threads);
    }
  }

  /**
   * Writes a picture encoder in 8 bits; as {@link #model}.
   *
   * @param data folder of the data set whose pictures tell how far its numbers reach
   */
  public static Export resnet50In8Bits(
      Path folder, Path data, Path to, int threads, String version, Progress progress) {
    EncoderFolder encoder = EncoderFolder.open(folder, EncoderCard.RESNET50);
    ScenarioStore store = ScenarioStore.open(data);
    try (NDManager manager = TorchEngine.start(threads).newManager(Device.cpu())) {
      return write(
          PictureTwin.in8Bits(encoder, store, manager, threads, version, progress), to, threads);
    }
  }

  /**
   * Writes a network's graph, if ONNX Runtime says what libtorch says.
   *
   * @param threads of ONNX Runtime
   * @throws InputException if it does not, or the file cannot be written; a file that was there
   *     before stays
   */
  public static Export write(Twin twin, Path to, int threads) {
    byte[] graph = twin.graph().bytes();
    double allowed = twin.allowed();
    try (OnnxNetwork network = OnnxNetwork.open(graph, to.toString(), threads)) {
      GraphCheck check = GraphCheck.of(network, twin.sample(BATCH, SEED));
      if (!(check.largest() <= allowed)) {
        throw InputException.model(
            to,
            String.format(
                Locale.ROOT,
                "not written: %s on ONNX Runtime differs from libtorch by %.1e, allowed %.0e",
                check.worst(),
                check.largest(),
                allowed),
            "check that the weights are those of a trained network");
      }
      AtomicFile.write(to, out -> out.write(graph));
      return new Export(
          to.toString(),
          graph.length,
          Sha256.of(graph),
          shapes(network.inputs()),
          shapes(network.outputs()),
          check.largest(),
          check.worst(),
          allowed);
    }
  }

  private static Map<String, String> shapes(Map<String, OnnxPort> ports) {
    Map<String, String> shapes = new LinkedHashMap<>();
    ports.forEach((name, port) -> shapes.put(name, port.shapeText()));
    return shapes;
  }
}
