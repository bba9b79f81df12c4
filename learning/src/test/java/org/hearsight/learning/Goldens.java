package org.hearsight.learning;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearsight.core.tensor.DType;
import org.hearsight.core.tensor.Tensor;

/** Reference tensors: small ones from the test resources, large ones from the shared folder. */
public final class Goldens {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Goldens() {}

  /** A committed file, {@code golden/NAME.safetensors}. */
  public static Map<String, Tensor> committed(String name) {
    try (InputStream in = Goldens.class.getResourceAsStream("/golden/" + name + ".safetensors")) {
      return parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of the shared folder; the test is skipped without it. */
  public static Map<String, Tensor> shared(String relative) {
    try {
      return parse(Files.readAllBytes(sharedFile(relative)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The place of a file of the shared folder; the test is skipped without it. */
  public static Path sharedFile(String relative) {
    Path file = sharedFolder().resolve(relative);
    assumeTrue(Files.exists(file), "missing: " + file + " (set HEARSIGHT_SHARED)");
    return file;
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

  private static Map<String, Tensor> parse(byte[] file) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int headerBytes = Math.toIntExact(all.getLong());
    JsonNode header = JSON.readTree(new String(file, 8, headerBytes, StandardCharsets.UTF_8));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    header
        .properties()
        .forEach(
            e -> {
              if (!e.getKey().equals("__metadata__")) {
                tensors.put(e.getKey(), tensor(e.getValue(), all, 8 + headerBytes));
              }
            });
    return tensors;
  }

  private static Tensor tensor(JsonNode entry, ByteBuffer all, int dataStart) {
    int[] shape = JSON.convertValue(entry.get("shape"), int[].class);
    int[] span = JSON.convertValue(entry.get("data_offsets"), int[].class);
    return new Tensor(
        DType.valueOf(entry.get("dtype").asText()),
        shape,
        all.duplicate().slice(dataStart + span[0], span[1] - span[0]));
  }
}
