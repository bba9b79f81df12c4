package org.hearsight.core.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.checkpoint.TorchGlobals.Opaque;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.tensor.Tensor;

/**
 * The tensors of a PyTorch {@code state_dict} file, zip or legacy, read without native code and
 * without running anything the file asks for.
 *
 * <p>A {@code state_dict} may lie within a larger checkpoint, under one of the usual names; what
 * training put around the network is taken off ({@link Wrappers}).
 *
 * @param path where it was read, for messages
 * @param tensors in the file's order
 * @param ignored what else the file holds (epoch, optimizer, …), and in short what it is
 */
public record TorchCheckpoint(Path path, Map<String, Tensor> tensors, Map<String, String> ignored) {
  private static final List<String> WRAPPERS =
      List.of(
          "state_dict",
          "model_state_dict",
          "model_state",
          "model",
          "net",
          "network",
          "module",
          "state_dict_ema",
          "ema_state_dict",
          "model_ema",
          "ema_model",
          "ema");
  private static final int MOST_LEVELS = 4;

  public TorchCheckpoint {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    ignored = Collections.unmodifiableMap(new LinkedHashMap<>(ignored));
  }

  /**
   * Reads a file written by {@code torch.save(model.state_dict(), …)}.
   *
   * @throws InputException if it is not such a file, is damaged, or asks for anything but tensors
   *     and plain data
   */
  public static TorchCheckpoint read(Path file) {
    return switch (FileFormat.of(file)) {
      case TORCH_ZIP -> {
        try (TorchZip zip = TorchZip.open(file)) {
          yield of(file, new TorchUnpickler(file, "data.pkl").read(zip.pickle()), zip);
        } catch (IOException e) {
          throw InputFile.cannotRead(file, e);
        }
      }
      case TORCH_LEGACY -> {
        TorchLegacy legacy = new TorchLegacy(file);
        yield of(file, legacy.root(), legacy);
      }
      case SAFETENSORS ->
          throw new InputException(
              file, "is a safetensors file, expected one of PyTorch", "read it as safetensors");
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

  private static TorchCheckpoint of(Path file, Object root, TorchStorages storages) {
    Map<String, String> ignored = new LinkedHashMap<>();
    Map<String, Object> stateDict = stateDict(file, root, ignored);
    TensorLoader loader = new TensorLoader(file, storages);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    stateDict.forEach(
        (name, value) -> {
          if (value instanceof TensorRef ref) {
            tensors.put(name, loader.load(name, ref));
          } else {
            ignored.put(NamedTensors.shorten(name), describe(value));
          }
        });
    return new TorchCheckpoint(file, Wrappers.takeOff(tensors, ignored), ignored);
  }

  /** Follows the wrappers down to the first dict that holds tensors itself. */
  private static Map<String, Object> stateDict(
      Path file, Object root, Map<String, String> ignored) {
    Object at = root;
    for (int level = 0; level < MOST_LEVELS && at instanceof Map; level++) {
      Map<String, Object> dict = dict(at);
      String wrapper = wrapper(dict);
      if (wrapper == null) {
        if (holdsTensors(dict)) {
          return dict;
        }
        break;
      }
      dict.forEach(
          (key, value) -> {
            if (!wrapper.equals(key)) {
              ignored.put(NamedTensors.shorten(key), describe(value));
            }
          });
      at = dict.get(wrapper);
    }
    throw new InputException(
        file, "holds no state_dict: found " + contents(at), FileFormat.SAVE_AGAIN);
  }

  /** The entry to look into: one that holds tensors, or any unless there are tensors here. */
  private static String wrapper(Map<String, Object> dict) {
    List<String> dicts = WRAPPERS.stream().filter(w -> dict.get(w) instanceof Map).toList();
    return dicts.stream()
        .filter(w -> holdsTensors(dict(dict.get(w))))
        .findFirst()
        .orElse(dicts.isEmpty() || holdsTensors(dict) ? null : dicts.get(0));
  }

  private static boolean holdsTensors(Map<String, Object> dict) {
    return dict.values().stream().anyMatch(TensorRef.class::isInstance);
  }

  private static String contents(Object value) {
    return value instanceof Map
        ? describe(value) + " with " + NamedTensors.some(dict(value).keySet())
        : describe(value);
  }

  /** The unpickler makes no other maps. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> dict(Object value) {
    return (Map<String, Object>) value;
  }

  /** In a few words and without looking inside: hostile values hold themselves. */
  private static String describe(Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof Number || value instanceof Boolean) {
      return NamedTensors.shorten(value.toString());
    }
    if (value instanceof String s) {
      return NamedTensors.quote(s);
    }
    if (value instanceof Map<?, ?> m) {
      return "a dict of " + m.size();
    }
    if (value instanceof List<?> l) {
      return "a list of " + l.size();
    }
    if (value instanceof Object[] a) {
      return "a tuple of " + a.length;
    }
    if (value instanceof TensorRef) {
      return "a tensor";
    }
    return value instanceof Opaque o ? o.name() : "bytes or a class";
  }
}
