package org.hearsight.core.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.tensor.Tensor;

/**
 * Weights to import, from whatever file they come in.
 *
 * @param path where they were read, for messages
 * @param sha256 of the whole file, lower-case hex, for provenance
 * @param tensors in the file's order
 * @param notes what else the file says: safetensors' metadata, or what a PyTorch checkpoint holds
 *     beside its {@code state_dict}
 */
public record StateDict(
    Path path, String sha256, Map<String, Tensor> tensors, Map<String, String> notes) {

  public StateDict {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
  }

  /**
   * Reads somebody's safetensors or PyTorch file; its content decides, not its name. What programs
   * that trained the network put around it is taken off ({@link Wrappers}).
   *
   * @throws InputException if it is neither, is damaged, or asks for more than data
   */
  public static StateDict read(Path file) {
    return switch (FileFormat.of(file)) {
      case SAFETENSORS -> {
        Safetensors s = Safetensors.read(file);
        Map<String, String> notes = new LinkedHashMap<>(s.metadata());
        yield new StateDict(file, Sha256.of(file), Wrappers.takeOff(s.tensors(), notes), notes);
      }
      case TORCH_ZIP, TORCH_LEGACY -> {
        TorchCheckpoint t = TorchCheckpoint.read(file);
        yield new StateDict(file, Sha256.of(file), t.tensors(), t.ignored());
      }
    };
  }

  /**
   * Reads a safetensors file of our own, as it is.
   *
   * @param remedy what to do if it is damaged
   * @throws InputException if it is
   */
  public static StateDict ours(Path file, String remedy) {
    Safetensors s = Safetensors.read(file, remedy);
    return new StateDict(file, Sha256.of(file), s.tensors(), s.metadata());
  }

  /**
   * The tensor of that name.
   *
   * @param shape the sizes it must have, −1 where any will do
   * @throws InputException if it is missing, of another shape, or holds NaN or infinity
   */
  public Tensor require(String name, int... shape) {
    return NamedTensors.require(path, tensors, name, shape);
  }
}
