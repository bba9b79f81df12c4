package org.hearsight.learning.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;

/**
 * What became of each name when tensors met a {@link Layer}.
 *
 * @param taken names whose values the layer has now
 * @param ignored names left out by {@link LoadRules}, with the reason
 * @param missing names the layer has and the tensors lack
 * @param surplus names the tensors have and the layer lacks
 * @param misshapen name, shape or type found and expected
 * @param notFinite names whose values hold NaN or infinity
 */
public record LoadReport(
    List<String> taken,
    Map<String, String> ignored,
    List<String> missing,
    List<String> surplus,
    List<String> misshapen,
    List<String> notFinite) {

  private static final int SHOWN = 4;

  static LoadReport compare(
      Map<String, Parameter> own, Map<String, Tensor> tensors, LoadRules rules) {
    LoadReport r =
        new LoadReport(
            new ArrayList<>(),
            new LinkedHashMap<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    own.forEach((name, parameter) -> r.judge(name, parameter, tensors.get(name), rules));
    for (String name : tensors.keySet()) {
      Optional<String> reason = rules.reason(name);
      if (reason.isPresent()) {
        r.ignored.put(name, reason.get());
      } else if (!own.containsKey(name)) {
        r.surplus.add(name);
      }
    }
    return r;
  }

  private void judge(String name, Parameter parameter, Tensor tensor, LoadRules rules) {
    if (rules.reason(name).isPresent()) {
      return;
    }
    if (tensor == null) {
      // Files from before PyTorch 0.4.1 lack batch norm's counter, which no result depends on.
      if (!name.endsWith(BatchNorm2d.COUNTER)) {
        missing.add(name);
      }
    } else if (!Arrays.equals(tensor.shape(), parameter.shape())) {
      misshapen.add(
          "%s %s (expected %s)"
              .formatted(name, tensor.shapeText(), Arrays.toString(parameter.shape())));
    } else if (parameter.isFloating() && !tensor.dtype().isFloating()) {
      misshapen.add("%s %s (expected a floating type)".formatted(name, tensor.dtype()));
    } else if (!tensor.isFinite()) {
      notFinite.add(name);
    } else {
      taken.add(name);
    }
  }

  /**
   * Refuses anything but a complete match.
   *
   * @throws InputException one line with what is missing, surplus, misshapen and not finite
   */
  void requireComplete(String source) {
    List<String> problems = new ArrayList<>();
    describe(problems, "missing", missing);
    describe(problems, "surplus", surplus);
    describe(problems, "misshapen", misshapen);
    describe(problems, "not finite", notFinite);
    if (!problems.isEmpty()) {
      throw new InputException(
          source, String.join("; ", problems), "give weights of this architecture and size");
    }
  }

  private static void describe(List<String> problems, String what, List<String> names) {
    if (!names.isEmpty()) {
      String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
      int hidden = names.size() - SHOWN;
      problems.add(what + ": " + shown + (hidden > 0 ? " and " + hidden + " more" : ""));
    }
  }
}
