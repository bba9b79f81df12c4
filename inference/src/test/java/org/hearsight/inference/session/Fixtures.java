package org.hearsight.inference.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.tensor.Tensor;

/** Small graphs exported by PyTorch, and what PyTorch makes of them. */
public final class Fixtures {
  private Fixtures() {}

  public static Path file(String name) {
    try {
      return Path.of(Fixtures.class.getResource("/golden/onnx/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Input and outputs of {@code network} (seldnet or resnet) by name. */
  public static Map<String, Tensor> expected(String network) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    Safetensors.read(file("expected.safetensors"))
        .tensors()
        .forEach(
            (name, t) -> {
              if (name.startsWith(network + ".")) {
                found.put(name.substring(network.length() + 1), t);
              }
            });
    return found;
  }

  /** Asserts that the largest error is at most 1e-5 of the largest expected magnitude. */
  public static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double scale = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      error =
          Math.max(
              error,
              Double.isNaN(actual[i])
                  ? Double.POSITIVE_INFINITY
                  : Math.abs(actual[i] - expected[i]));
    }
    assertThat(scale).isPositive();
    assertThat(error / scale).as("relative error").isLessThanOrEqualTo(1e-5);
  }
}
