package org.hearsight.core.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearsight.core.error.InputException;
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
   * Reads a safetensors or PyTorch file; its content decides, not its name.
   *
   * @throws InputException if it is neither, is damaged, or asks for more than data
   */
  public static StateDict read(Path file) {
    return switch (FileFormat.of(file)) {
      case SAFETENSORS -> {
        Safetensors s = Safetensors.read(file);
        yield new StateDict(file, sha256(file), s.tensors(), s.metadata());
      }
      case TORCH_ZIP, TORCH_LEGACY -> {
        TorchCheckpoint t = TorchCheckpoint.read(file);
        yield new StateDict(file, sha256(file), t.tensors(), t.ignored());
      }
    };
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

  private static String sha256(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (IOException e) {
      throw FileBytes.cannotRead(file, e);
    }
  }
}
