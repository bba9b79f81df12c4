package org.hearsight.learning;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.tensor.Tensor;

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
