package org.hearsight.learning.export;

import static org.hearsight.learning.export.GraphBuilder.fixed;
import static org.hearsight.learning.export.GraphBuilder.free;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import java.util.List;
import java.util.Map;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.tensor.Tensor;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXRef;

/**
 * Adapter and imagination head as an ONNX graph: what is trained, without the two encoders.
 *
 * <p>Inputs: {@code occlusion} [B, 1] and
 *
 * <ul>
 *   <li>{@link Fusion#SEED}: {@code audio} [B, D], {@code visual} [B, V], both pooled;
 *   <li>{@link Fusion#SPATIAL}: {@code audio} [B, T, D], {@code visual} [B, S, V] and {@code
 *       geometry} [B, S, 2] (occlusion and inverse depth of each visual token).
 * </ul>
 *
 * Outputs: {@code reliability} [B, 2] (audio, visual), {@code fused} [B, 2E], {@code class_logits}
 * [B, classes], {@code location} [B, numbers] (raw) and {@code confidence} [B, 1]. T and the batch
 * are free; every other width comes from the weights' shapes.
 */
public final class ImaginationGraph {
  private static final Dimension BATCH = free("batch");

  private final Weights weights;
  private final int heads;
  private final GraphBuilder graph;
  private final GraphLayers layers;

  private ImaginationGraph(GraphBuilder graph, Map<String, Tensor> weights, int heads) {
    this.graph = graph;
    this.weights = new Weights("imagination network", weights);
    this.heads = heads;
    this.layers = new GraphLayers(graph, this.weights, "");
  }

  /**
   * What goes in.
   *
   * @param geometry null for the seed's fusion
   */
  record Input(ONNXRef<?> audio, ONNXRef<?> visual, ONNXRef<?> geometry, ONNXRef<?> occlusion) {}

  /** What comes out, under the names of the outputs. */
  record Answer(
      ONNXRef<?> reliability,
      ONNXRef<?> fused,
      ONNXRef<?> classLogits,
      ONNXRef<?> location,
      ONNXRef<?> confidence) {}

  /**
   * Writes the graph.
   *
   * @param weights under the names {@code adapter.…} and {@code imagination_head.…}
   * @param heads heads of the cross-attention; without effect on {@link Fusion#SEED}, whose single
   *     key leaves the value path alone
   * @param metadata goes into the file as it is
   * @throws org.hearsight.core.error.InputException if a weight is missing or misshapen
   */
  public static OnnxGraph build(
      Map<String, Tensor> weights, Fusion fusion, int heads, Map<String, String> metadata) {
    return new ImaginationGraph(new GraphBuilder(), weights, heads).build(fusion, metadata);
  }

  /** Writes adapter and head into a graph that others share; their names are apart already. */
  static Answer append(
      GraphBuilder graph, Map<String, Tensor> weights, Fusion fusion, int heads, Input input) {
    return new ImaginationGraph(graph, weights, heads).answer(fusion, input);
  }

  private OnnxGraph build(Fusion fusion, Map<String, String> metadata) {
    Answer answer = answer(fusion, inputs(fusion));
    String head = "imagination_head.";
    graph.output("reliability", answer.reliability(), BATCH, fixed(2));
    graph.output("fused", answer.fused(), BATCH, fixed(2L * outputs("adapter.audio_projection")));
    graph.output(
        "class_logits", answer.classLogits(), BATCH, fixed(outputs(head + "classifier.2")));
    graph.output("location", answer.location(), BATCH, fixed(outputs(head + "localizer.2")));
    graph.output("confidence", answer.confidence(), BATCH, fixed(1));
    return graph.build("imagination", metadata);
  }

  private Input inputs(Fusion fusion) {
    boolean spatial = fusion == Fusion.SPATIAL;
    Dimension places = spatial ? fixed(weights.shape("adapter.token_position", 2)[0]) : null;
    Dimension heard = fixed(inputs("adapter.audio_projection"));
    Dimension seen = fixed(inputs("adapter.visual_projection"));
    return new Input(
        spatial
            ? graph.input("audio", BATCH, free("tokens"), heard)
            : graph.input("audio", BATCH, heard),
        spatial ? graph.input("visual", BATCH, places, seen) : graph.input("visual", BATCH, seen),
        spatial
            ? graph.input("geometry", BATCH, places, fixed(inputs("adapter.token_geometry")))
            : null,
        graph.input("occlusion", BATCH, fixed(1)));
  }

  private Answer answer(Fusion fusion, Input input) {
    Sides sides =
        switch (fusion) {
          case SEED -> pooledSides(input);
          case SPATIAL -> spatialSides(input);
        };
    ONNXRef<?> hidden = graph.relu(layers.linear(input.occlusion(), "adapter.reliability_net.0"));
    ONNXRef<?> reliability = graph.softmax(layers.linear(hidden, "adapter.reliability_net.2"), -1);
    List<ONNXNode> each = graph.halves(reliability, 1); // [B, 1] each
    ONNXRef<?> fused =
        graph.concat(
            graph.mul(each.get(0), sides.heard()), graph.mul(each.get(1), sides.attended()), 1);
    return head(reliability, fused);
  }

  /**
   * Both [B, E].
   *
   * @param heard the audio side
   * @param attended the visual side, as the audio attends to it
   */
  private record Sides(ONNXRef<?> heard, ONNXRef<?> attended) {}

  private Sides pooledSides(Input input) {
    ONNXRef<?> seen = layers.linear(input.visual(), "adapter.visual_projection");
    return new Sides(
        layers.linear(input.audio(), "adapter.audio_projection"),
        layers.attentionToOne(seen, "adapter.cross_attention"));
  }

  private Sides spatialSides(Input input) {
    int[] place = weights.shape("adapter.token_position", 2);
    ONNXRef<?> position =
        layers.constant(
            "adapter.token_position", weights.floats("adapter.token_position", place), place);
    ONNXRef<?> heard = layers.linear(input.audio(), "adapter.audio_projection");
    ONNXRef<?> seen =
        graph.add(
            graph.add(
                layers.linear(input.visual(), "adapter.visual_projection"),
                layers.linear(input.geometry(), "adapter.token_geometry")),
            position);
    ONNXRef<?> attended = layers.attention(heard, seen, "adapter.cross_attention", heads);
    return new Sides(
        attentionPool(heard, "adapter.audio_pool"),
        attentionPool(attended, "adapter.attended_pool"));
  }

  /** Mean over the tokens, weighted by the softmax of a linear score: [B, T, E] → [B, E]. */
  private ONNXRef<?> attentionPool(ONNXRef<?> x, String name) {
    ONNXRef<?> share = graph.softmax(layers.linear(x, name), 1); // [B, T, 1]
    return graph.sum(graph.mul(x, share), 1);
  }

  private Answer head(ONNXRef<?> reliability, ONNXRef<?> fused) {
    String head = "imagination_head.";
    ONNXRef<?> shared = graph.relu(layers.linear(fused, head + "shared.0"));
    ONNXRef<?> logits = twoLayers(shared, head + "classifier");
    ONNXRef<?> location = twoLayers(shared, head + "localizer");
    if (weights.has(head + "localizer_shortcut.weight")) {
      location = graph.add(location, layers.linear(fused, head + "localizer_shortcut"));
    }
    ONNXRef<?> confidence = graph.sigmoid(twoLayers(shared, head + "confidence"));
    return new Answer(reliability, fused, logits, location, confidence);
  }

  private ONNXRef<?> twoLayers(ONNXRef<?> x, String name) {
    return layers.linear(graph.relu(layers.linear(x, name + ".0")), name + ".2");
  }

  private int inputs(String linear) {
    return weights.shape(linear + ".weight", 2)[1];
  }

  private int outputs(String linear) {
    return weights.shape(linear + ".weight", 2)[0];
  }
}
