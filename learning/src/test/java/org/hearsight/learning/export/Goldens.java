package org.hearsight.learning.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.model.SeldNet;

/** Reference values and how near to them a result must be. */
final class Goldens {
  private Goldens() {}

  /** Tensors of a committed file under {@code golden/onnx}. */
  static Map<String, Tensor> committed(String name) {
    try {
      Path file = Path.of(Goldens.class.getResource("/golden/onnx/" + name).toURI());
      return Safetensors.read(file).tensors();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What {@code seldnet.safetensors} cannot tell of its network but for the heads. */
  static SeldNet.Config seldnet(int heads) {
    SeldNet.Config c = SeldNet.Config.dcase2024();
    return new SeldNet.Config(
        c.inChannels(),
        c.bands(),
        c.filters(),
        c.timePools(),
        c.bandPools(),
        c.hidden(),
        c.gruLayers(),
        c.attentions(),
        heads,
        c.headWidth(),
        c.outputs(),
        c.dropout());
  }

  /** A file too big or not free to commit; the test is skipped where it is missing. */
  static Path shared(String name) {
    String folder = System.getenv("HEARSIGHT_SHARED");
    Path root = folder == null ? besideCheckout() : Path.of(folder);
    Path file = root.resolve(name);
    assumeTrue(Files.exists(file), () -> "missing " + file + "; set HEARSIGHT_SHARED");
    return file;
  }

  private static Path besideCheckout() {
    Path at = Path.of("").toAbsolutePath();
    while (at.getParent() != null && !Files.isDirectory(at.resolveSibling("shared/golden"))) {
      at = at.getParent();
    }
    return at.resolveSibling("shared");
  }

  /** The tensors whose names begin with a prefix, without it. */
  static Map<String, Tensor> under(String prefix, Map<String, Tensor> tensors) {
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
   * Asserts that shapes agree and that the largest error is at most {@code tolerance} times the
   * largest expected magnitude.
   */
  static void assertClose(String name, Tensor actual, Tensor expected, double tolerance) {
    assertThat(actual.shape()).as(name).isEqualTo(expected.shape());
    float[] a = actual.floats();
    float[] e = expected.floats();
    double scale = 0;
    double error = 0;
    for (int i = 0; i < e.length; i++) {
      scale = Math.max(scale, Math.abs(e[i]));
      error =
          Math.max(error, Double.isNaN(a[i]) ? Double.POSITIVE_INFINITY : Math.abs(a[i] - e[i]));
    }
    assertThat(scale).as(name + ": expected values").isPositive();
    assertThat(error / scale).as(name + ": relative error").isLessThanOrEqualTo(tolerance);
  }
}
