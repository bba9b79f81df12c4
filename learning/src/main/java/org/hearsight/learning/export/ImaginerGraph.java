package org.hearsight.learning.export;

import static org.hearsight.learning.export.GraphBuilder.fixed;
import static org.hearsight.learning.export.GraphBuilder.free;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import java.util.Map;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.imagination.ConfidenceScaling;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.place.RightPlaces;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.layer.Value;
import org.hearsight.learning.model.Adapter;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.ImaginationModel;
import org.hearsight.learning.model.PlaceHead;
import org.hearsight.learning.model.ResNet50;

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
 *   <li>{@code heard}, {@code seen} and {@code known} of {@link PlaceFeatures}, only if the model
 *       has a map;
 *   <li>{@code sight} [B, 1], 1, or 0 where there is no picture: planes, occlusion, what is seen
 *       and the camera's height then do not matter, and the answer is that to {@link View#blind()}.
 * </ul>
 *
 * Outputs: {@code class_probabilities} and {@code class_logits} [B, classes], the first at the
 * model's temperature; {@code direction} [B, 3], a unit vector (x forward, y left, z up), and
 * {@code distance} [B, 1] in metres, or of a map {@code places} [B, {@value PlaceGrid#AZIMUTHS},
 * {@value PlaceGrid#DISTANCES}], a probability for each place of the {@link PlaceGrid}, and {@code
 * rise} [B, 1], metres above the microphone; in the spherical form {@code spread_degrees} [B, 1],
 * within which half of the probability lies around the direction, and {@code spread_factor} [B, 1],
 * one standard deviation of the distance; {@code confidence} [B, 1]; {@code reliability} [B, 2] of
 * hearing and sight; {@code location} [B, numbers], raw. {@code class_logits}, {@code location} and
 * {@code confidence} are what the networks say, as the head's own graph has them; {@code
 * class_probabilities}, {@code places} and {@code calibrated_confidence} [B, 1] are calibrated as
 * the card says. Regions are left to the reader, with the levels in the metadata.
 */
public final class ImaginerGraph {
  /** What the names of the encoders' weights begin with. */
  public static final String AUDIO = "seld_encoder.";

  public static final String VISUAL = "visual_encoder.";

  private static final Dimension ANY = free("batch");
  private static final double LEAST_LENGTH = 1e-12;

  private final GraphBuilder graph;
  private final Networks networks;
  private final ModelCard card;

  /** The three networks of a model. */
  public record Networks(AudioEncoder audio, ResNet50 visual, ImaginationModel imagination) {}

  private ImaginerGraph(GraphBuilder graph, Networks networks, ModelCard card) {
    this.graph = graph;
    this.networks = networks;
    this.card = card;
    graph.add(networks.audio(), AUDIO);
    NetworkGraph.add(graph, networks.visual(), VISUAL, card.visual().int8());
    graph.add(networks.imagination(), "");
  }

  /**
   * Writes the graph.
   *
   * @param metadata goes into the file as it is
   */
  public static OnnxGraph build(Networks networks, ModelCard card, Map<String, String> metadata) {
    try (GraphBuilder graph = new GraphBuilder()) {
      return new ImaginerGraph(graph, networks, card).build(metadata);
    }
  }

  private OnnxGraph build(Map<String, String> metadata) {
    boolean spatial = card.adapter().fusion() == Fusion.SPATIAL;
    Value heard = hear();
    GraphValue planes =
        graph.input("planes", ANY, fixed(VisualPlanes.COUNT), fixed(View.SIZE), fixed(View.SIZE));
    GraphValue occlusion = graph.input("occlusion", ANY, fixed(1));
    GraphValue sight = graph.input("sight", ANY, fixed(1));
    GraphValue visible = sight.reshape(0, 1, 1);
    GraphValue occluded = occlusion.mul(sight).add(blindness(sight)); // [B, 1]
    Value seen = tokens(networks.visual().features(planes)).mul(visible); // [B, 49, 2048]
    ImaginationModel.Output<Value> answer =
        networks
            .imagination()
            .forward(
                new Adapter.Input<>(
                    spatial ? heard : heard.mean(1),
                    spatial ? seen : seen.mean(1),
                    spatial ? geometry(planes, visible) : null,
                    occluded),
                places(sight));
    GraphValue classes = classes(answer.classLogits());
    GraphValue places = place((GraphValue) answer.location());
    output("confidence", answer.confidence());
    output(
        "calibrated_confidence",
        calibrated((GraphValue) answer.confidence(), occluded, own(classes, places)));
    output("reliability", answer.reliability());
    output("location", answer.location());
    return graph.build("imaginer", metadata);
  }

  private void output(String name, Value value) {
    graph.output(name, value, "batch");
  }

  /** Tokens with their cues, [B, T', D]. */
  private Value hear() {
    AudioEncoder audio = networks.audio();
    GraphValue features =
        graph.input(
            "features", ANY, fixed(AudioFeatures.PLANES), free("frames"), fixed(audio.bands()));
    Value tokens = audio.encode(features);
    return card.adapter().cues()
        ? tokens.concat(graph.input("cues", ANY, free("tokens"), fixed(SpatialCues.WIDTH)), 2)
        : tokens;
  }

  /** Planes of 7 x 7 as tokens row by row, [B, 49, planes]. */
  private static Value tokens(Value map) {
    return map.reshape(0, 0, VisualPlanes.TOKENS).swapAxes(1, 2);
  }

  private static GraphValue blindness(GraphValue sight) {
    return sight.mul(-1).add(1);
  }

  /** Mean occlusion and inverse depth of each token's pixels, [B, 49, 2]; 1 and 0 when blind. */
  private Value geometry(GraphValue planes, GraphValue visible) {
    Value means = tokens(planes.averagePool(View.SIZE / VisualPlanes.TOKENS_PER_SIDE));
    Value cells =
        means
            .slice(2, VisualPlanes.OCCLUSION, VisualPlanes.OCCLUSION + 1)
            .concat(means.slice(2, VisualPlanes.INVERSE_DEPTH, VisualPlanes.INVERSE_DEPTH + 1), 2);
    GraphValue blind = graph.numbers("blind", new float[] {1, 0}, 2);
    return cells.mul(visible).add(blind.mul(blindness(visible)));
  }

  private GraphValue classes(Value logits) {
    GraphValue probabilities = (GraphValue) logits.mul(1 / card.temperature()).softmax(1);
    output("class_probabilities", probabilities);
    output("class_logits", logits);
    return probabilities;
  }

  /** As {@link ConfidenceScaling#of}. */
  private Value calibrated(GraphValue said, GraphValue occluded, GraphValue own) {
    ConfidenceScaling scaling = card.calibration() == null ? null : card.calibration().confidence();
    if (scaling == null) {
      return said;
    }
    GraphValue shift = occluded.mul(scaling.occlusion()).add(scaling.term());
    return logit(said)
        .mul(scaling.factor())
        .add(logit(own).mul(scaling.own()))
        .add(shift)
        .sigmoid();
  }

  private static GraphValue logit(GraphValue said) {
    GraphValue p = said.clip(ConfidenceScaling.MARGIN, 1 - ConfidenceScaling.MARGIN);
    return p.each(OnnxOp.LOG).add(p.mul(-1).add(1).each(OnnxOp.LOG).mul(-1));
  }

  /** As {@link ConfidenceScaling.Evidence#of}, [B, 1]. */
  private GraphValue own(GraphValue classes, GraphValue places) {
    int n = card.taxonomy().size();
    GraphValue background = classes.slice(1, 0, 1);
    GraphValue hazard = classes.slice(1, 1, n).max(1);
    GraphValue right = places == null ? hazard : hazard.mul(rightness(places));
    return background.ifAtLeast(hazard, background, right);
  }

  /** As {@link PlacePosterior#rightness}, [B, 1]. */
  private GraphValue rightness(GraphValue places) {
    int azimuths = PlaceGrid.AZIMUTHS;
    int distances = PlaceGrid.DISTANCES;
    GraphValue near = graph.numbers("right_azimuths", RightPlaces.azimuths(), azimuths, azimuths);
    GraphValue far =
        graph.numbers("right_distances", RightPlaces.distances(), distances, distances);
    return near.matMul(places.matMul(far)).reshape(0, PlaceGrid.CELLS).max(1);
  }

  /** As {@link LocationForm#decode}; the map, where there is one. */
  private GraphValue place(GraphValue raw) {
    switch (card.adapter().location()) {
      case SEED -> seedPlace(raw);
      case SPHERICAL -> sphericalPlace(raw);
      case MAP -> {
        return map(raw);
      }
    }
    return null;
  }

  private GraphValue map(GraphValue raw) {
    int cells = PlaceGrid.CELLS;
    GraphValue likely =
        raw.slice(1, 0, cells)
            .mul(1 / card.placesTemperature())
            .softmax(1)
            .reshape(0, PlaceGrid.AZIMUTHS, PlaceGrid.DISTANCES);
    output("places", likely);
    output("rise", raw.slice(1, cells, cells + 1));
    return likely;
  }

  /** What the map needs beside, as {@link PlaceFeatures#blind()} where there is no picture. */
  private PlaceHead.Input<Value> places(GraphValue sight) {
    PlaceHead.Input<Value> given = NetworkGraph.places(graph, networks.imagination());
    if (given == null) {
      return null;
    }
    int last = PlaceFeatures.KNOWN - 1;
    Value unknown = blindness(sight).mul(PlaceFeatures.see(View.blind()).cameraHeight());
    Value height = given.known().slice(1, last, last + 1).mul(sight).add(unknown);
    return new PlaceHead.Input<>(
        given.heard(),
        given.seen().mul(sight.reshape(0, 1, 1)),
        given.known().slice(1, 0, last).concat(height, 1));
  }

  private void seedPlace(GraphValue raw) {
    GraphValue azimuth = raw.slice(1, 0, 1).mul(Math.PI);
    GraphValue elevation = raw.slice(1, 1, 2).mul(Math.PI / 2).clip(-Math.PI / 2, Math.PI / 2);
    GraphValue level = elevation.each(OnnxOp.COS);
    GraphValue x = level.mul(azimuth.each(OnnxOp.COS));
    GraphValue y = level.mul(azimuth.each(OnnxOp.SIN));
    output("direction", x.concat(y, 1).concat(elevation.each(OnnxOp.SIN), 1));
    distance(raw.slice(1, 2, 3).mul(LocationForm.SEED_DISTANCE));
  }

  private void sphericalPlace(GraphValue raw) {
    GraphValue vector = raw.slice(1, 0, 3);
    output("direction", vector.div(vector.norm(1).clip(LEAST_LENGTH, Float.MAX_VALUE)));
    distance(raw.slice(1, 4, 5).each(OnnxOp.EXP));
    GraphValue logKappa =
        raw.slice(1, 3, 4).clip(LocationForm.MIN_LOG_KAPPA, LocationForm.MAX_LOG_KAPPA);
    output("spread_degrees", medianDegrees(logKappa.each(OnnxOp.EXP)));
    GraphValue logVariance =
        raw.slice(1, 5, 6).clip(LocationForm.MIN_LOG_VARIANCE, LocationForm.MAX_LOG_VARIANCE);
    output("spread_factor", logVariance.mul(0.5).each(OnnxOp.EXP).each(OnnxOp.EXP));
  }

  private void distance(GraphValue metres) {
    output("distance", metres.clip(LocationForm.NEAREST, LocationForm.FARTHEST));
  }

  /**
   * The angle within which half of a von Mises–Fisher density lies. Its cosine is 1 + ln(½ + ½
   * e^−2κ) / κ; half its sine's square keeps float's precision where the cosine is near 1.
   */
  private static GraphValue medianDegrees(GraphValue kappa) {
    GraphValue log = kappa.mul(-2).each(OnnxOp.EXP).mul(0.5).add(0.5).each(OnnxOp.LOG);
    GraphValue square = log.mul(-0.5).div(kappa);
    return square.each(OnnxOp.SQRT).each(OnnxOp.ASIN).mul(Math.toDegrees(2));
  }
}
