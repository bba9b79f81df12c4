package org.hearsight.core.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.tensor.Tensor;

/**
 * What programs put around a network while they train it, and leave in its tensors' names.
 *
 * <p>{@code DataParallel} puts {@code module.} before every name, {@code torch.compile} {@code
 * _orig_mod.}, Lightning the name of the field that holds the network; they nest in any order.
 * Weight averaging adds a count of its own, Lightning whatever else the training had: neither is
 * the network's, both are noted.
 */
final class Wrappers {
  /** Before every name, any number of times. */
  private static final List<String> PREFIXES =
      List.of("module.", "_orig_mod.", "model.", "net.", "network.", "_forward_module.");

  /** Anywhere in a name: no layer is called so. */
  private static final List<String> INNER =
      List.of("_orig_mod.", "_fsdp_wrapped_module.", "_checkpoint_wrapped_module.");

  /** Single numbers beside the network. */
  private static final Set<String> COUNTS = Set.of("n_averaged", "num_updates", "decay");

  private static final String OUTSIDE = "a tensor beside the network";

  private Wrappers() {}

  /**
   * The network's tensors by their own names.
   *
   * @param notes of what is left out, by name; added to
   */
  static Map<String, Tensor> takeOff(Map<String, Tensor> tensors, Map<String, String> notes) {
    Map<String, Tensor> current = withoutInner(tensors);
    while (true) {
      current = withoutCounts(current, notes);
      String prefix = prefix(current);
      if (prefix == null) {
        return current;
      }
      current = within(current, prefix, notes);
    }
  }

  /** That of all names; or of most of them, where the others have none of these. */
  private static String prefix(Map<String, Tensor> tensors) {
    String found = null;
    for (String prefix : PREFIXES) {
      long with = tensors.keySet().stream().filter(n -> n.startsWith(prefix)).count();
      if (with == 0) {
        continue;
      }
      if (found != null || 2 * with <= tensors.size()) {
        return null;
      }
      found = prefix;
    }
    return found;
  }

  private static Map<String, Tensor> within(
      Map<String, Tensor> tensors, String prefix, Map<String, String> notes) {
    Map<String, Tensor> shorter = new LinkedHashMap<>();
    tensors.forEach(
        (name, t) -> {
          if (name.startsWith(prefix)) {
            shorter.put(name.substring(prefix.length()), t);
          } else {
            notes.put(NamedTensors.shorten(name), OUTSIDE);
          }
        });
    return shorter;
  }

  private static Map<String, Tensor> withoutCounts(
      Map<String, Tensor> tensors, Map<String, String> notes) {
    Map<String, Tensor> rest = new LinkedHashMap<>(tensors);
    for (String name : COUNTS) {
      Tensor count = rest.get(name);
      if (count != null && count.size() == 1 && rest.size() > 1) {
        rest.remove(name);
        notes.put(name, OUTSIDE);
      }
    }
    return rest;
  }

  private static Map<String, Tensor> withoutInner(Map<String, Tensor> tensors) {
    Map<String, Tensor> shorter = new LinkedHashMap<>();
    tensors.forEach(
        (name, t) -> {
          String own = name;
          for (String inner : INNER) {
            own = own.replace("." + inner, ".");
          }
          shorter.put(own, t);
        });
    // Two of one name would be one: then they are what they say they are.
    return shorter.size() == tensors.size() ? shorter : tensors;
  }
}
