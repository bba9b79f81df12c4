package org.hearsight.learning.deploy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.bundle.Checksums;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.imagination.ConfidenceScaling;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.Torch;
import org.hearsight.learning.export.GraphMetadata;
import org.hearsight.learning.export.ImaginerGraph;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.export.OnnxGraph;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.model.Adapter;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.ImaginationModel;
import org.hearsight.learning.model.PlaceHead;
import org.hearsight.learning.model.ResNet50;
import org.hearsight.learning.weights.EncoderImport;

/** A whole model, from features and planes to the answer. */
public final class ImaginerTwin implements Twin {
  private static final int TOKENS = 12;

  private final NDManager manager;
  private final ModelCard card;
  private final Map<String, String> metadata;
  private final AudioEncoder hearing;
  private final ResNet50 sight;
  private final ImaginationModel imagination;

  /**
   * A bundle's weights by network, each under the names of its own checkpoint.
   *
   * @param imagination names begin with {@code adapter.} or {@code imagination_head.}
   */
  public record Parts(
      Map<String, Tensor> audio, Map<String, Tensor> visual, Map<String, Tensor> imagination) {
    /** Sorts what a bundle's {@code weights.safetensors} holds. */
    public static Parts of(Map<String, Tensor> bundle) {
      Parts parts = new Parts(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
      bundle.forEach(
          (name, t) -> {
            if (name.startsWith(ImaginerGraph.AUDIO)) {
              parts.audio().put(name.substring(ImaginerGraph.AUDIO.length()), t);
            } else if (name.startsWith(ImaginerGraph.VISUAL)) {
              parts.visual().put(name.substring(ImaginerGraph.VISUAL.length()), t);
            } else {
              parts.imagination().put(name, t);
            }
          });
      return parts;
    }
  }

  /**
   * @param manager of all arrays
   * @param parts the weights
   * @param source what messages call them
   * @param version of the Hearsight that writes the file
   * @throws InputException if weights and card do not fit
   */
  public ImaginerTwin(
      NDManager manager, Parts parts, ModelCard card, String source, String version) {
    this.manager = manager;
    this.card = card;
    this.metadata = GraphMetadata.model(card, version);
    hearing = EncoderImport.loadAudio(card.audio().backbone(), parts.audio(), source, manager);
    sight = EncoderImport.loadResnet50(parts.visual(), source, manager);
    ModelCard.AdapterCard a = card.adapter();
    int audioWidth = hearing.width() + (a.cues() ? SpatialCues.WIDTH : 0);
    ImaginationModel.Config config =
        ImaginationModel.Config.of(a.fusion(), audioWidth, card.taxonomy().size(), a.location())
            .without(a.withheld(), a.cues());
    if (config.adapter().width() != a.width() || config.adapter().heads() != a.heads()) {
      throw InputException.model(
          source,
          "adapter: width %d with %d heads, expected %d with %d"
              .formatted(a.width(), a.heads(), config.adapter().width(), config.adapter().heads()),
          "train the model again with this version");
    }
    imagination =
        new ImaginationModel(config, new ParameterFactory(manager, new SplittableRandom(0)));
    imagination.load(parts.imagination(), source);
  }

  /** A bundle's. */
  public static ImaginerTwin of(ModelBundle bundle, NDManager manager, String version) {
    bundle.checksums().require(bundle.weights());
    Parts parts = Parts.of(StateDict.ours(bundle.weights(), Checksums.REMEDY).tensors());
    return new ImaginerTwin(manager, parts, bundle.card(), bundle.weights().toString(), version);
  }

  @Override
  public OnnxGraph graph() {
    return ImaginerGraph.build(
        new ImaginerGraph.Networks(hearing, sight, imagination), card, metadata);
  }

  /** The last of several clips comes without its picture, but with planes that must not matter. */
  @Override
  public Sample sample(int batch, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int frames = TOKENS * hearing.framesPerToken() + 1;
    List<View> given = SampleInputs.views(random, batch);
    List<View> seen = new ArrayList<>(given);
    float[] occlusion = new float[batch];
    float[] sees = new float[batch];
    for (int i = 0; i < batch; i++) {
      boolean blind = i > 0 && i == batch - 1;
      occlusion[i] = given.get(i).occlusionLevel();
      sees[i] = blind ? 0 : 1;
      if (blind) {
        seen.set(i, View.blind());
      }
    }
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    inputs.put(
        "features",
        SampleInputs.features(random, batch, hearing.inChannels(), frames, hearing.bands()));
    if (card.adapter().cues()) {
      inputs.put("cues", SampleInputs.features(random, batch, TOKENS, SpatialCues.WIDTH));
    }
    inputs.put("planes", SampleInputs.planes(given));
    inputs.put("occlusion", Tensor.of(occlusion, batch, 1));
    inputs.put("sight", Tensor.of(sees, batch, 1));
    if (card.hasMap()) {
      inputs.putAll(SampleInputs.places(random, batch));
    }
    try (NDManager own = manager.newSubManager()) {
      return new Sample(inputs, Gradients.infer(() -> answer(own, inputs, seen)));
    }
  }

  /** What libtorch says, place and spread decoded by {@link LocationForm}. */
  private Map<String, Tensor> answer(NDManager own, Map<String, Tensor> inputs, List<View> views) {
    boolean spatial = card.adapter().fusion() == Fusion.SPATIAL;
    NDArray heard = hearing.encode(TensorBridge.toArray(own, inputs.get("features")));
    if (card.adapter().cues()) {
      heard = heard.concat(TensorBridge.toArray(own, inputs.get("cues")), 2);
    }
    NDArray map = look(own, inputs.get("planes"));
    NDArray visible = TensorBridge.toArray(own, inputs.get("sight").floats(), views.size(), 1, 1);
    NDArray seen = map.flatten(2, 3).transpose(0, 2, 1).mul(visible); // [B, 49, 2048]
    ImaginationModel.Output<NDArray> out =
        imagination.answer(
            new Adapter.Input<>(
                spatial ? heard : heard.mean(new int[] {1}),
                spatial ? seen : seen.mean(new int[] {1}),
                spatial ? geometry(own, views) : null,
                occlusion(own, views)),
            card.hasMap() ? places(own, inputs) : null);
    Map<String, Tensor> answer = new LinkedHashMap<>();
    NDArray tempered = Torch.over(out.classLogits(), card.temperature());
    answer.put("class_probabilities", TensorBridge.toTensor(Torch.softmax(tempered, 1)));
    answer.put("class_logits", TensorBridge.toTensor(out.classLogits()));
    answer.put("confidence", TensorBridge.toTensor(out.confidence()));
    answer.put("reliability", TensorBridge.toTensor(out.reliability()));
    Tensor location = TensorBridge.toTensor(out.location());
    answer.put("location", location);
    answer.putAll(
        card.hasMap()
            ? map(out.location(), (float) card.placesTemperature())
            : places(location.floats(), views.size()));
    answer.put("calibrated_confidence", calibrated(answer, views));
    return answer;
  }

  /**
   * Libtorch does not know 8 bits: an encoder that runs in them is looked through as it runs, on
   * ONNX Runtime, and the rest of the model on libtorch.
   */
  private NDArray look(NDManager own, Tensor planes) {
    if (card.visual().int8() == null) {
      return sight.features(TensorBridge.toArray(own, planes));
    }
    byte[] graph = NetworkGraph.picture(sight, card.visual().int8(), Map.of()).bytes();
    try (OnnxNetwork network = OnnxNetwork.open(graph, "picture encoder", 1)) {
      return TensorBridge.toArray(own, network.run(Map.of("input", planes)).get("features"));
    }
  }

  private static NDArray geometry(NDManager own, List<View> views) {
    int each = 2 * VisualPlanes.TOKENS;
    float[] all = new float[views.size() * each];
    for (int i = 0; i < views.size(); i++) {
      System.arraycopy(VisualPlanes.tokenGeometry(views.get(i)), 0, all, i * each, each);
    }
    return TensorBridge.toArray(own, all, views.size(), VisualPlanes.TOKENS, 2);
  }

  private static NDArray occlusion(NDManager own, List<View> views) {
    float[] levels = new float[views.size()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = views.get(i).occlusionLevel();
    }
    return TensorBridge.toArray(own, levels, levels.length, 1);
  }

  /** What the map needs beside; where there is no picture nothing is seen. */
  private static PlaceHead.Input<NDArray> places(NDManager own, Map<String, Tensor> inputs) {
    float[] heard = inputs.get("heard").floats();
    float[] seen = inputs.get("seen").floats().clone();
    float[] known = inputs.get("known").floats().clone();
    float[] sight = inputs.get("sight").floats();
    int n = sight.length;
    PlaceFeatures.Sight nothing = PlaceFeatures.see(View.blind());
    for (int i = 0; i < n; i++) {
      if (sight[i] == 0) {
        System.arraycopy(nothing.seen(), 0, seen, i * (seen.length / n), seen.length / n);
        known[(i + 1) * PlaceFeatures.KNOWN - 1] = nothing.cameraHeight();
      }
    }
    int azimuths = PlaceGrid.AZIMUTHS;
    return new PlaceHead.Input<>(
        TensorBridge.toArray(own, heard, n, PlaceFeatures.HEARD, azimuths),
        TensorBridge.toArray(own, seen, n, PlaceFeatures.SEEN, azimuths),
        TensorBridge.toArray(own, known, n, PlaceFeatures.KNOWN));
  }

  private Tensor calibrated(Map<String, Tensor> answer, List<View> views) {
    float[] said = answer.get("confidence").floats();
    float[] scaled = new float[said.length];
    for (int i = 0; i < said.length; i++) {
      PlacePosterior places =
          card.hasMap() ? new PlacePosterior(row(answer.get("places"), i, said.length), 0) : null;
      scaled[i] =
          (float)
              card.confidence(
                  ConfidenceScaling.Evidence.of(
                      said[i],
                      views.get(i).occlusionLevel(),
                      row(answer.get("class_probabilities"), i, said.length),
                      places));
    }
    return Tensor.of(scaled, said.length, 1);
  }

  private static double[] row(Tensor batch, int i, int rows) {
    float[] all = batch.floats();
    int width = all.length / rows;
    double[] row = new double[width];
    for (int k = 0; k < width; k++) {
      row[k] = all[i * width + k];
    }
    return row;
  }

  private static Map<String, Tensor> map(NDArray raw, float temperature) {
    int cells = PlaceGrid.CELLS;
    NDArray likely = Torch.softmax(Torch.over(Torch.slice(raw, 1, 0, cells), temperature), 1);
    return Map.of(
        "places",
        TensorBridge.toTensor(likely.reshape(-1, PlaceGrid.AZIMUTHS, PlaceGrid.DISTANCES)),
        "rise",
        TensorBridge.toTensor(Torch.slice(raw, 1, cells, cells + 1)));
  }

  private Map<String, Tensor> places(float[] raw, int batch) {
    LocationForm form = card.adapter().location();
    float[] direction = new float[3 * batch];
    float[] distance = new float[batch];
    float[] degrees = new float[batch];
    float[] factor = new float[batch];
    boolean spreads = false;
    for (int i = 0; i < batch; i++) {
      float[] one = new float[form.width()];
      System.arraycopy(raw, i * one.length, one, 0, one.length);
      LocationForm.Estimate estimate = form.decode(one);
      Vec3 unit = estimate.location().direction().unit();
      direction[3 * i] = (float) unit.x();
      direction[3 * i + 1] = (float) unit.y();
      direction[3 * i + 2] = (float) unit.z();
      distance[i] = (float) estimate.location().distance();
      Imagination.Spread spread = Imagination.Spread.of(estimate);
      if (spread != null) {
        spreads = true;
        degrees[i] = (float) spread.degrees();
        factor[i] = (float) spread.distanceFactor();
      }
    }
    Map<String, Tensor> places = new LinkedHashMap<>();
    places.put("direction", Tensor.of(direction, batch, 3));
    places.put("distance", Tensor.of(distance, batch, 1));
    if (spreads) {
      places.put("spread_degrees", Tensor.of(degrees, batch, 1));
      places.put("spread_factor", Tensor.of(factor, batch, 1));
    }
    return places;
  }
}
