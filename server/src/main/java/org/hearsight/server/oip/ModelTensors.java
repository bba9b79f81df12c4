package org.hearsight.server.oip;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.file.Json;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.scene.HeadAnswer;
import org.hearsight.inference.scene.SceneTensors;
import org.hearsight.server.problem.Problem;

/**
 * The tensors of a model under the names that the graph of a whole model has ({@code export
 * --model}, {@code docs/export.md}): what they are, and from and to them.
 */
final class ModelTensors {
  /** A size that may be any; of shapes alone. */
  private static final int ANY = -1;

  private static final int MOST_SECONDS = 600;

  private final ModelCard card;
  private final AudioFeatures audio;
  private final Map<String, List<Integer>> inputs = new LinkedHashMap<>();
  private final Map<String, List<Integer>> outputs = new LinkedHashMap<>();

  ModelTensors(ModelCard card) {
    this.card = card;
    this.audio = card.audio().backbone().features();
    inputs.put("features", List.of(ANY, AudioFeatures.PLANES, ANY, audio.bands()));
    if (card.adapter().cues()) {
      inputs.put("cues", List.of(ANY, ANY, SpatialCues.WIDTH));
    }
    inputs.put("planes", List.of(ANY, VisualPlanes.COUNT, View.SIZE, View.SIZE));
    inputs.put("occlusion", List.of(ANY, 1));
    inputs.put("sight", List.of(ANY, 1));
    outputs.put("class_probabilities", List.of(ANY, card.taxonomy().size()));
    outputs.put("class_logits", List.of(ANY, card.taxonomy().size()));
    if (card.hasMap()) {
      inputs.put("heard", List.of(ANY, PlaceFeatures.HEARD, PlaceGrid.AZIMUTHS));
      inputs.put("seen", List.of(ANY, PlaceFeatures.SEEN, PlaceGrid.AZIMUTHS));
      inputs.put("known", List.of(ANY, PlaceFeatures.KNOWN));
      outputs.put("places", List.of(ANY, PlaceGrid.AZIMUTHS, PlaceGrid.DISTANCES));
      outputs.put("rise", List.of(ANY, 1));
    } else {
      outputs.put("direction", List.of(ANY, 3));
      outputs.put("distance", List.of(ANY, 1));
    }
    if (card.adapter().location() == LocationForm.SPHERICAL) {
      outputs.put("spread_degrees", List.of(ANY, 1));
      outputs.put("spread_factor", List.of(ANY, 1));
    }
    outputs.put("calibrated_confidence", List.of(ANY, 1));
    outputs.put("confidence", List.of(ANY, 1));
    outputs.put("reliability", List.of(ANY, 2));
    outputs.put("location", List.of(ANY, card.adapter().location().width()));
  }

  /** Inputs as the protocol describes them. */
  ArrayNode describeInputs() {
    return describe(inputs);
  }

  /** Outputs as the protocol describes them. */
  ArrayNode describeOutputs() {
    return describe(outputs);
  }

  private static ArrayNode describe(Map<String, List<Integer>> tensors) {
    ArrayNode all = Json.MAPPER.createArrayNode();
    tensors.forEach(
        (name, shape) -> {
          ArrayNode sizes =
              all.addObject().put("name", name).put("datatype", "FP32").putArray("shape");
          shape.forEach(sizes::add);
        });
    return all;
  }

  /** Is there such an output? */
  boolean hasOutput(String name) {
    return outputs.containsKey(name);
  }

  /** Names of the outputs. */
  List<String> outputNames() {
    return List.copyOf(outputs.keySet());
  }

  /**
   * The scenes of a request.
   *
   * @param most of them
   * @throws Problem 400 naming the tensor that is wrong; 413 if there are too many scenes
   */
  List<SceneTensors> scenes(Map<String, Tensor> given, int most) {
    for (String name : given.keySet()) {
      if (!inputs.containsKey(name)) {
        throw bad(
            "%s: is not an input; there are %s"
                .formatted(name, String.join(", ", inputs.keySet())));
      }
    }
    int count = requireShapes(given);
    if (count > most) {
      throw new Problem(
          Problem.Kind.TOO_LARGE, "%d scenes in one request, at most %d".formatted(count, most));
    }
    requireLengths(given);
    List<SceneTensors> scenes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      scenes.add(
          new SceneTensors(
              given.get("features").row(i),
              card.adapter().cues() ? given.get("cues").row(i) : new float[0],
              given.get("planes").row(i),
              share(given, "occlusion", i),
              share(given, "sight", i) >= 0.5f,
              card.hasMap() ? given.get("heard").row(i) : null,
              card.hasMap() ? given.get("seen").row(i) : null,
              card.hasMap() ? given.get("known").row(i) : null));
    }
    return scenes;
  }

  private int requireShapes(Map<String, Tensor> given) {
    int count = 0;
    for (Map.Entry<String, List<Integer>> input : inputs.entrySet()) {
      Tensor tensor = given.get(input.getKey());
      if (tensor == null) {
        throw bad(input.getKey() + ": missing");
      }
      count = count == 0 ? tensor.shape().get(0) : count;
      if (!fits(tensor.shape(), input.getValue()) || tensor.shape().get(0) != count) {
        throw bad(
            "%s: shape %s, expected %s with as many scenes in all tensors"
                .formatted(input.getKey(), tensor.shape(), input.getValue()));
      }
    }
    return count;
  }

  private static boolean fits(List<Integer> shape, List<Integer> expected) {
    if (shape.size() != expected.size()) {
      return false;
    }
    for (int d = 0; d < shape.size(); d++) {
      if (expected.get(d) != ANY && !expected.get(d).equals(shape.get(d))) {
        return false;
      }
    }
    return true;
  }

  /** A token stands for so many frames, and has cues of its own. */
  private void requireLengths(Map<String, Tensor> given) {
    int frames = given.get("features").shape().get(2);
    int tokens = frames / audio.framesPerToken();
    if (tokens < 1 || tokens > 10 * MOST_SECONDS) {
      throw bad(
          "features: %d frames, expected %d to %d"
              .formatted(
                  frames, audio.framesPerToken(), 10 * MOST_SECONDS * audio.framesPerToken()));
    }
    if (card.adapter().cues() && given.get("cues").shape().get(1) != tokens) {
      throw bad(
          "cues: %d tokens, but the features are of %d"
              .formatted(given.get("cues").shape().get(1), tokens));
    }
  }

  private static float share(Map<String, Tensor> given, String name, int scene) {
    float value = given.get(name).data()[scene];
    if (!(value >= 0 && value <= 1)) {
      throw bad("%s: %s, expected 0 to 1".formatted(name, value));
    }
    return value;
  }

  /** One scene's numbers of an output. */
  static float[] output(String name, HeadAnswer answer) {
    Imagination said = answer.imagination();
    return switch (name) {
      case "class_probabilities" ->
          floats(said.probabilities().values().stream().mapToDouble(p -> p).toArray());
      case "places" -> floats(said.places().probabilities());
      case "rise" -> floats(said.places().rise());
      case "direction" -> {
        Vec3 direction = said.location().direction().unit();
        yield floats(direction.x(), direction.y(), direction.z());
      }
      case "distance" -> floats(said.location().distance());
      case "spread_degrees" -> floats(said.spread().degrees());
      case "spread_factor" -> floats(said.spread().distanceFactor());
      case "calibrated_confidence" -> floats(said.confidence());
      default -> answer.numbers().get(name);
    };
  }

  /** Shape of an output of so many scenes. */
  List<Integer> shape(String name, int scenes) {
    List<Integer> shape = new ArrayList<>(outputs.get(name));
    shape.set(0, scenes);
    return shape;
  }

  private static float[] floats(double... values) {
    float[] all = new float[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) values[i];
    }
    return all;
  }

  private static Problem bad(String detail) {
    return new Problem(Problem.Kind.BAD_REQUEST, detail);
  }
}
