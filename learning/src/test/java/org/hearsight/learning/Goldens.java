package org.hearsight.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.layer.Layer;

/** Reference tensors: small ones from the test resources, large ones from the shared folder. */
public final class Goldens {
  private Goldens() {}

  /** A committed file, {@code golden/NAME.safetensors}. */
  public static Map<String, Tensor> committed(String name) {
    try {
      return StateDict.read(
              Path.of(Goldens.class.getResource("/golden/" + name + ".safetensors").toURI()))
          .tensors();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file of the shared folder; the test is skipped without it. */
  public static Map<String, Tensor> shared(String relative) {
    Path file = sharedFolder().resolve(relative);
    assumeTrue(Files.exists(file), "missing: " + file + " (set HEARSIGHT_SHARED)");
    return StateDict.read(file).tensors();
  }

  /** The tensors whose names begin with a prefix, without it. */
  public static Map<String, Tensor> under(String prefix, Map<String, Tensor> tensors) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    tensors.forEach(
        (name, t) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), t);
          }
        });
    return found;
  }

  /**
   * A network with a golden's weights, in the corners of larger tensors of zeros where the golden's
   * layers are narrower: what lies beyond stays zero all the way.
   */
  public static <N extends Layer> N load(N network, Map<String, Tensor> weights) {
    Map<String, Tensor> fitted = network.save();
    Map<String, Tensor> floating = new LinkedHashMap<>(fitted);
    floating.values().removeIf(own -> !own.dtype().isFloating());
    // Goldens leave out how many batches batch norm has seen.
    assertThat(weights.keySet()).isEqualTo(floating.keySet());
    floating.replaceAll(
        (name, own) -> {
          int[] golden = weights.get(name).shape();
          assertThat(golden).as(name).hasSameSizeAs(own.shape());
          for (int axis = 0; axis < golden.length; axis++) {
            assertThat(golden[axis]).as(name).isLessThanOrEqualTo(own.shape()[axis]);
          }
          return corner(weights.get(name), own.shape());
        });
    fitted.putAll(floating);
    network.load(fitted, "golden");
    return network;
  }

  /** A tensor cut off or filled up with zeros at the end of each axis. */
  public static Tensor corner(Tensor t, int... shape) {
    if (!t.dtype().isFloating() || Arrays.equals(t.shape(), shape)) {
      return t;
    }
    float[] from = t.floats();
    float[] to = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < to.length; i++) {
      int at = 0;
      int rest = i;
      int step = 1;
      boolean inside = true;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        int index = rest % shape[axis];
        rest /= shape[axis];
        inside &= index < t.shape()[axis];
        at += index * step;
        step *= t.shape()[axis];
      }
      to[i] = inside ? from[at] : 0;
    }
    return Tensor.of(to, shape);
  }

  private static Path sharedFolder() {
    String set = System.getenv("HEARSIGHT_SHARED");
    if (set != null) {
      return Path.of(set);
    }
    Path at = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    while (at.getParent() != null && !Files.isDirectory(at.resolveSibling("shared/golden"))) {
      at = at.getParent();
    }
    return at.resolveSibling("shared");
  }
}
