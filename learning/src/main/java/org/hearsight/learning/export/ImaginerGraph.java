package org.hearsight.learning.export;

import static org.hearsight.learning.export.GraphBuilder.fixed;
import static org.hearsight.learning.export.GraphBuilder.free;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.model.AudioEncoder;
import org.tribuo.util.onnx.ONNXRef;

/**
 * A whole model as one ONNX graph, from features and planes to the answer: both encoders, adapter,
 * head, and what the head's numbers mean.
 *
 * <p>Inputs; batch B, frames T and tokens T' are free, and T' is T over the frames of a token:
 *
 * <ul>
 *   <li>{@code features} [B, 7, T, bands], standardised;
 *   <li>{@code cues} [B, T', {@value SpatialCues#WIDTH}], only if the model has them;
 *   <li>{@code planes} [B, 5, 224, 224] of {@link VisualPlanes}; what each visual token covers
 *       follows from them in the graph;
 *   <li>{@code occlusion} [B, 1], the view's level, which may be given apart from the map and so
 *       does not follow from the planes;
 *   <li>{@code sight} [B, 1], 1, or 0 where there is no picture: planes and occlusion then do not
 *       matter, and the answer is that to {@link View#blind()}.
 * </ul>
 *
 * Outputs: {@code class_probabilities} and {@code class_logits} [B, classes], the first at the
 * model's temperature; {@code direction} [B, 3], a unit vector (x forward, y left, z up); {@code
 * distance} [B, 1] in metres; in the spherical form {@code spread_degrees} [B, 1], within which
 * half of the probability lies around the direction, and {@code spread_factor} [B, 1], one standard
 * deviation of the distance; {@code confidence} [B, 1]; {@code reliability} [B, 2] of hearing and
 * sight; {@code location} [B, numbers], raw.
 */
public final class ImaginerGraph {
  private static final Dimension BATCH = free("batch");
  private static final double LEAST_LENGTH = 1e-12;

  /** Planes of {@link VisualPlanes} in the order of a token's geometry. */
  private static final long[] OCCLUSION_AND_INVERSE_DEPTH = {4, 3};

  private final GraphBuilder graph = new GraphBuilder();
  private final Parts parts;
  private final AudioEncoder audio;
  private final ModelCard card;

  /**
   * A bundle's weights by network, each under the names of its own checkpoint.
   *
   * @param imagination names begin with {@code adapter.} or {@code imagination_head.}
   */
  public record Parts(
      Map<String, Tensor> audio, Map<String, Tensor> visual, Map<String, Tensor> imagination) {
    private static final String AUDIO = "seld_encoder.";
    private static final String VISUAL = "visual_encoder.";

    /** Sorts what a bundle's {@code weights.safetensors} holds. */
    public static Parts of(Map<String, Tensor> bundle) {
      Parts parts = new Parts(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
      bundle.forEach(
          (name, t) -> {
            if (name.startsWith(AUDIO)) {
              parts.audio().put(name.substring(AUDIO.length()), t);
            } else if (name.startsWith(VISUAL)) {
              parts.visual().put(name.substring(VISUAL.length()), t);
            } else {
              parts.imagination().put(name, t);
            }
          });
      return parts;
    }
  }

  private ImaginerGraph(Parts parts, AudioEncoder audio, ModelCard card) {
    this.parts = parts;
    this.audio = audio;
    this.card = card;
  }

  /**
   * Writes the graph.
   *
   * @param audio the network that the parts' audio weights are in
   * @param metadata goes into the file as it is
   * @throws org.hearsight.core.error.InputException if a weight is missing or misshapen
   */
  public static OnnxGraph build(
      Parts parts, AudioEncoder audio, ModelCard card, Map<String, String> metadata) {
    return new ImaginerGraph(parts, audio, card).build(metadata);
  }

  private OnnxGraph build(Map<String, String> metadata) {
    boolean spatial = card.adapter().fusion() == Fusion.SPATIAL;
    ONNXRef<?> heard = hear();
    ONNXRef<?> planes =
        graph.input("planes", BATCH, fixed(VisualPlanes.COUNT), fixed(View.SIZE), fixed(View.SIZE));
    ONNXRef<?> occlusion = graph.input("occlusion", BATCH, fixed(1));
    ONNXRef<?> sight = graph.input("sight", BATCH, fixed(1));
    ONNXRef<?> visible = graph.reshape(sight, 0, 1, 1);
    ONNXRef<?> seen = graph.mul(look(planes), visible); // [B, 49, 2048]
    ONNXRef<?> blindness = graph.shift(graph.scale(sight, -1), 1);
    ImaginationGraph.Answer answer =
        ImaginationGraph.append(
            graph,
            parts.imagination(),
            card.adapter().fusion(),
            card.adapter().heads(),
            new ImaginationGraph.Input(
                spatial ? heard : graph.mean(heard, 1),
                spatial ? seen : graph.mean(seen, 1),
                spatial ? geometry(planes, visible) : null,
                graph.add(graph.mul(occlusion, sight), blindness)));
    classes(answer.classLogits());
    place(answer.location());
    graph.output("confidence", answer.confidence(), BATCH, fixed(1));
    graph.output("reliability", answer.reliability(), BATCH, fixed(2));
    graph.output("location", answer.location(), BATCH, fixed(card.adapter().location().width()));
    return graph.build("imaginer", metadata);
  }

  /** Tokens with their cues, [B, T', D]. */
  private ONNXRef<?> hear() {
    ONNXRef<?> features =
        graph.input(
            "features", BATCH, fixed(AudioFeatures.PLANES), free("frames"), fixed(audio.bands()));
    ONNXRef<?> tokens = AudioEncoderGraph.append(graph, Parts.AUDIO, audio, features);
    return card.adapter().cues()
        ? graph.concat(
            tokens, graph.input("cues", BATCH, free("tokens"), fixed(SpatialCues.WIDTH)), 2)
        : tokens;
  }

  /** Visual tokens row by row, [B, 49, 2048]. */
  private ONNXRef<?> look(ONNXRef<?> planes) {
    ONNXRef<?> features =
        ResNet50Graph.append(graph, Parts.VISUAL, parts.visual(), card.visual().int8(), planes);
    return graph.transpose(graph.reshape(features, 0, 0, VisualPlanes.TOKENS), 0, 2, 1);
  }

  /** Mean occlusion and inverse depth of each token's pixels, [B, 49, 2]; 1 and 0 when blind. */
  private ONNXRef<?> geometry(ONNXRef<?> planes, ONNXRef<?> visible) {
    ONNXRef<?> means = graph.averagePool(planes, View.SIZE / VisualPlanes.TOKENS_PER_SIDE);
    ONNXRef<?> byToken =
        graph.transpose(graph.reshape(means, 0, 0, VisualPlanes.TOKENS), 0, 2, 1); // [B, 49, 5]
    ONNXRef<?> cells = graph.pick(byToken, 2, OCCLUSION_AND_INVERSE_DEPTH);
    ONNXRef<?> blind = graph.constant("blind", new float[] {1, 0}, 2);
    ONNXRef<?> blindness = graph.shift(graph.scale(visible, -1), 1);
    return graph.add(graph.mul(cells, visible), graph.mul(blind, blindness));
  }

  private void classes(ONNXRef<?> logits) {
    Dimension classes = fixed(card.taxonomy().size());
    ONNXRef<?> shares = graph.softmax(graph.scale(logits, 1 / card.temperature()), 1);
    graph.output("class_probabilities", shares, BATCH, classes);
    graph.output("class_logits", logits, BATCH, classes);
  }

  /** As {@link LocationForm#decode}. */
  private void place(ONNXRef<?> raw) {
    switch (card.adapter().location()) {
      case SEED -> seedPlace(raw);
      case SPHERICAL -> sphericalPlace(raw);
    }
  }

  private void seedPlace(ONNXRef<?> raw) {
    ONNXRef<?> azimuth = graph.scale(graph.pick(raw, 1, 0), Math.PI);
    ONNXRef<?> elevation =
        graph.clip(graph.scale(graph.pick(raw, 1, 1), Math.PI / 2), -Math.PI / 2, Math.PI / 2);
    ONNXRef<?> level = graph.each(OnnxOp.COS, elevation);
    ONNXRef<?> x = graph.mul(level, graph.each(OnnxOp.COS, azimuth));
    ONNXRef<?> y = graph.mul(level, graph.each(OnnxOp.SIN, azimuth));
    ONNXRef<?> z = graph.each(OnnxOp.SIN, elevation);
    graph.output("direction", graph.concat(graph.concat(x, y, 1), z, 1), BATCH, fixed(3));
    distance(graph.scale(graph.pick(raw, 1, 2), LocationForm.SEED_DISTANCE));
  }

  private void sphericalPlace(ONNXRef<?> raw) {
    ONNXRef<?> vector = graph.pick(raw, 1, 0, 1, 2);
    ONNXRef<?> length = graph.clip(graph.norm(vector, 1), LEAST_LENGTH, Float.MAX_VALUE);
    graph.output("direction", graph.div(vector, length), BATCH, fixed(3));
    distance(graph.each(OnnxOp.EXP, graph.pick(raw, 1, 4)));
    ONNXRef<?> logKappa =
        graph.clip(graph.pick(raw, 1, 3), LocationForm.MIN_LOG_KAPPA, LocationForm.MAX_LOG_KAPPA);
    graph.output(
        "spread_degrees", medianDegrees(graph.each(OnnxOp.EXP, logKappa)), BATCH, fixed(1));
    ONNXRef<?> logVariance =
        graph.clip(
            graph.pick(raw, 1, 5), LocationForm.MIN_LOG_VARIANCE, LocationForm.MAX_LOG_VARIANCE);
    ONNXRef<?> deviation = graph.each(OnnxOp.EXP, graph.scale(logVariance, 0.5));
    graph.output("spread_factor", graph.each(OnnxOp.EXP, deviation), BATCH, fixed(1));
  }

  private void distance(ONNXRef<?> metres) {
    ONNXRef<?> bounded = graph.clip(metres, LocationForm.NEAREST, LocationForm.FARTHEST);
    graph.output("distance", bounded, BATCH, fixed(1));
  }

  /**
   * The angle within which half of a von Mises–Fisher density lies. Its cosine is 1 + ln(½ + ½
   * e^−2κ) / κ; half its sine's square keeps float's precision where the cosine is near 1.
   */
  private ONNXRef<?> medianDegrees(ONNXRef<?> kappa) {
    ONNXRef<?> far = graph.each(OnnxOp.EXP, graph.scale(kappa, -2));
    ONNXRef<?> log = graph.each(OnnxOp.LOG, graph.shift(graph.scale(far, 0.5), 0.5));
    ONNXRef<?> square = graph.div(graph.scale(log, -0.5), kappa);
    ONNXRef<?> half = graph.each(OnnxOp.ASIN, graph.each(OnnxOp.SQRT, square));
    return graph.scale(half, Math.toDegrees(2));
  }
}
