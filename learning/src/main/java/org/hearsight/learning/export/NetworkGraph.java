package org.hearsight.learning.export;

import static org.hearsight.learning.export.GraphBuilder.fixed;
import static org.hearsight.learning.export.GraphBuilder.free;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.bundle.ActivationRanges;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.learning.layer.Value;
import org.hearsight.learning.model.Adapter;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.ImaginationModel;
import org.hearsight.learning.model.PlaceHead;
import org.hearsight.learning.model.ResNet50;

/**
 * Each network as an ONNX graph of its own: the names and shapes of its inputs and outputs. What
 * lies between is the network itself, run on {@link GraphValue}s. Metadata goes into the file as it
 * is.
 */
public final class NetworkGraph {
  /** Ends of the names of {@link #measuring}'s outputs. */
  public static final String LEAST = ".least";

  public static final String MOST = ".most";

  private static final String BATCH = "batch";
  private static final String TOKENS = "tokens";
  private static final Dimension ANY = free(BATCH);

  private NetworkGraph() {}

  /**
   * An audio encoder without its original head: {@code input} [B, planes, T, bands] to {@code
   * encoder} [B, T', width], T' being T over the frames of a token.
   *
   * @param stages stage boundaries that become outputs under their names
   */
  public static OnnxGraph audio(
      AudioEncoder encoder, Set<String> stages, Map<String, String> metadata) {
    return audio(encoder, false, stages, metadata);
  }

  /** The same with the original head's numbers, {@code output} [B, T', numbers]. */
  public static OnnxGraph audioWithHead(AudioEncoder encoder, Map<String, String> metadata) {
    return audio(encoder, true, Set.of(), metadata);
  }

  static OnnxGraph audio(
      AudioEncoder encoder, boolean head, Set<String> stages, Map<String, String> metadata) {
    List<String> names = encoder.stageNames();
    if (!names.containsAll(stages)) {
      throw new IllegalArgumentException("stages: " + stages + ", expected some of " + names);
    }
    try (GraphBuilder graph = new GraphBuilder()) {
      graph.add(encoder, "");
      Value x =
          graph.input(
              "input", ANY, fixed(encoder.inChannels()), free("frames"), fixed(encoder.bands()));
      for (int i = 0; i < names.size(); i++) {
        x = encoder.encode(x, i, i + 1);
        if (stages.contains(names.get(i))) {
          boolean tokens = encoder.widthAfter(i) > 0;
          graph.output(names.get(i), x, BATCH, tokens ? TOKENS : "frames_after_" + names.get(i));
        }
      }
      graph.output("encoder", x, BATCH, TOKENS);
      if (head) {
        graph.output("output", encoder.head(x), BATCH, TOKENS);
      }
      return graph.build("audio_encoder", metadata);
    }
  }

  /**
   * A picture encoder: {@code input} [B, planes, H, W] to {@code features} [B, 2048, H/32, W/32]
   * and {@code pooled} [B, 2048].
   *
   * @param int8 how far its numbers reach, to write it in 8 bits; null: as it is
   */
  public static OnnxGraph picture(
      ResNet50 encoder, ActivationRanges int8, Map<String, String> metadata) {
    try (GraphBuilder graph = new GraphBuilder()) {
      add(graph, encoder, "", int8);
      Value features = features(graph, encoder);
      graph.output("features", features, BATCH, "rows", "columns");
      graph.output("pooled", encoder.pooled(features), BATCH);
      return graph.build("resnet", metadata);
    }
  }

  /** Adds a picture encoder, as it is or in 8 bits. */
  static void add(GraphBuilder graph, ResNet50 encoder, String prefix, ActivationRanges int8) {
    graph.add(
        encoder,
        int8 == null
            ? new Precision(graph, prefix)
            : new EightBits(graph, prefix, int8, encoder.lastConvolution()));
  }

  /**
   * A picture encoder that tells how far its numbers reach: of every place {@code PLACE.least} and
   * {@code PLACE.most}.
   */
  public static OnnxGraph measuring(ResNet50 encoder) {
    try (GraphBuilder graph = new GraphBuilder()) {
      graph.add(encoder, new Measured(graph, encoder.lastConvolution()));
      features(graph, encoder);
      return graph.build("resnet", Map.of());
    }
  }

  private static Value features(GraphBuilder graph, ResNet50 encoder) {
    Dimension planes = fixed(encoder.config().inChannels());
    return encoder.features(graph.input("input", ANY, planes, free("height"), free("width")));
  }

  /**
   * The inputs of a map, {@link PlaceFeatures}: {@code heard} [B, {@value PlaceFeatures#HEARD},
   * {@value PlaceGrid#AZIMUTHS}], {@code seen} [B, {@value PlaceFeatures#SEEN}, {@value
   * PlaceGrid#AZIMUTHS}] and {@code known} [B, {@value PlaceFeatures#KNOWN}].
   *
   * @return null of a model without one
   */
  static PlaceHead.Input<Value> places(GraphBuilder graph, ImaginationModel model) {
    if (model.places() == null) {
      return null;
    }
    Dimension azimuths = fixed(PlaceGrid.AZIMUTHS);
    return new PlaceHead.Input<>(
        graph.input("heard", ANY, fixed(PlaceFeatures.HEARD), azimuths),
        graph.input("seen", ANY, fixed(PlaceFeatures.SEEN), azimuths),
        graph.input("known", ANY, fixed(PlaceFeatures.KNOWN)));
  }

  /**
   * Adapter and imagination head: what is trained, without the two encoders.
   *
   * <p>Inputs: {@code occlusion} [B, 1] and
   *
   * <ul>
   *   <li>{@link Fusion#SEED}: {@code audio} [B, D], {@code visual} [B, V], both pooled;
   *   <li>{@link Fusion#SPATIAL}: {@code audio} [B, T, D], {@code visual} [B, S, V] and {@code
   *       geometry} [B, S, 2] (occlusion and inverse depth of each visual token).
   * </ul>
   *
   * and, of a model with a map, those of {@link #places}.
   *
   * <p>Outputs: {@code reliability} [B, 2] (audio, visual), {@code fused} [B, 2E], {@code
   * class_logits} [B, classes], {@code location} [B, numbers] (raw) and {@code confidence} [B, 1].
   */
  public static OnnxGraph imagination(ImaginationModel model, Map<String, String> metadata) {
    try (GraphBuilder graph = new GraphBuilder()) {
      graph.add(model, "");
      Adapter.Config c = model.config().adapter();
      boolean spatial = c.fusion() == Fusion.SPATIAL;
      Dimension heard = fixed(c.audioWidth());
      Dimension seen = fixed(c.visualWidth());
      Dimension places = fixed(c.visualTokens());
      Adapter.Input<Value> in =
          new Adapter.Input<>(
              spatial
                  ? graph.input("audio", ANY, free(TOKENS), heard)
                  : graph.input("audio", ANY, heard),
              spatial ? graph.input("visual", ANY, places, seen) : graph.input("visual", ANY, seen),
              spatial ? graph.input("geometry", ANY, places, fixed(2)) : null,
              graph.input("occlusion", ANY, fixed(1)));
      ImaginationModel.Output<Value> out = model.forward(in, places(graph, model));
      graph.output("reliability", out.reliability(), BATCH);
      graph.output("fused", out.fused(), BATCH);
      graph.output("class_logits", out.classLogits(), BATCH);
      graph.output("location", out.location(), BATCH);
      graph.output("confidence", out.confidence(), BATCH);
      return graph.build("imagination", metadata);
    }
  }
}
