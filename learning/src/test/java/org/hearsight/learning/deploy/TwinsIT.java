package org.hearsight.learning.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Calibration;
import org.hearsight.core.imagination.ConfidenceScaling;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.place.ConformalLevels;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.export.GraphMetadata;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.export.OnnxGraph;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.model.Adapter;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.AvCrnn;
import org.hearsight.learning.model.ImaginationModel;
import org.hearsight.learning.model.PlaceHead;
import org.hearsight.learning.model.ResNet50;
import org.hearsight.learning.model.SeldNet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of graph that is exported, on ONNX Runtime against libtorch. */
class TwinsIT extends NativeTest {
  private static final SeldNet.Config SMALL_SELD =
      new SeldNet.Config(7, 64, 4, List.of(5, 1, 1), List.of(4, 4, 2), 8, 2, 2, 2, 6, 24, 0.05);
  private static final AvCrnn.Config SMALL_AV =
      new AvCrnn.Config(7, 257, List.of(4, 2, 2), List.of(4, 4, 2), 6, 12, 5, 8, 18);
  private static final ResNet50.Config SMALL_RESNET =
      new ResNet50.Config(5, 4, List.of(1, 2, 1, 1), 0);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void seldnet(boolean head) {
    agrees(new AudioTwin(manager, used(new SeldNet(SMALL_SELD, factory(1))), head, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void avcrnn(boolean head) {
    agrees(new AudioTwin(manager, used(new AvCrnn(SMALL_AV, factory(2))), head, Map.of()));
  }

  @Test
  void resnet50() {
    agrees(new PictureTwin(manager, used(new ResNet50(SMALL_RESNET, factory(3))), Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"SEED, SPHERICAL", "SPATIAL, SPHERICAL", "SEED, MAP", "SPATIAL, MAP"})
  void adapterAndHead(Fusion fusion, LocationForm location) {
    ImaginationModel model = imagination(fusion, 128, location);
    agrees(
        new Twin() {
          @Override
          public OnnxGraph graph() {
            return NetworkGraph.imagination(model, Map.of());
          }

          @Override
          public Sample sample(int batch, long seed) {
            boolean spatial = fusion == Fusion.SPATIAL;
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, Tensor> in = new LinkedHashMap<>();
            in.put(
                "audio",
                spatial
                    ? SampleInputs.features(random, batch, 7, 128)
                    : SampleInputs.features(random, batch, 128));
            in.put(
                "visual",
                spatial
                    ? SampleInputs.features(random, batch, 49, 2048)
                    : SampleInputs.features(random, batch, 2048));
            if (spatial) {
              in.put("geometry", SampleInputs.features(random, batch, 49, 2));
            }
            in.put("occlusion", SampleInputs.features(random, batch, 1));
            NDArray cells = spatial ? array(in.get("geometry")) : null;
            if (location == LocationForm.MAP) {
              in.putAll(SampleInputs.places(random, batch));
            }
            ImaginationModel.Output<NDArray> out =
                model.answer(
                    new Adapter.Input<>(
                        array(in.get("audio")),
                        array(in.get("visual")),
                        cells,
                        array(in.get("occlusion"))),
                    location == LocationForm.MAP
                        ? new PlaceHead.Input<>(
                            array(in.get("heard")), array(in.get("seen")), array(in.get("known")))
                        : null);
            return new Sample(
                in,
                Map.of(
                    "reliability", TensorBridge.toTensor(out.reliability()),
                    "fused", TensorBridge.toTensor(out.fused()),
                    "class_logits", TensorBridge.toTensor(out.classLogits()),
                    "location", TensorBridge.toTensor(out.location()),
                    "confidence", TensorBridge.toTensor(out.confidence())));
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "SELDNET, SEED, SEED, false",
    "SELDNET, SPATIAL, SPHERICAL, true",
    "AVCRNN, SEED, SPHERICAL, true",
    "AVCRNN, SPATIAL, SEED, false",
    "SELDNET, SPATIAL, MAP, true",
    "AVCRNN, SEED, MAP, false"
  })
  void theWholeModel(AudioBackbone backbone, Fusion fusion, LocationForm location, boolean cues)
      throws IOException {
    ImaginerTwin twin = model(backbone, fusion, location, cues);
    agrees(twin);

    try (OnnxNetwork network = OnnxNetwork.open(twin.graph().bytes(), "model", 1)) {
      int bands = backbone.features().bands();
      assertThat(network.inputs().get("features").shapeText())
          .isEqualTo("[batch, 7, frames, " + bands + "]");
      assertThat(network.inputs().containsKey("cues")).isEqualTo(cues);
      assertThat(network.outputs().containsKey("spread_degrees"))
          .isEqualTo(location == LocationForm.SPHERICAL);
      Map<String, String> about = network.metadata();
      assertThat(about)
          .containsEntry("kind", "imaginer")
          .containsEntry("hearsight_version", "1.2.3")
          .containsEntry("temperature", "1.7");
      ObjectMapper json = new ObjectMapper();
      assertThat(GraphMetadata.card(about, "model").calibration()).isEqualTo(calibration(location));
      assertThat(json.readValue(about.get("scaler"), FeatureScaler.class).bands()).isEqualTo(bands);
      assertThat(json.readTree(about.get("features")).get("hop").asInt())
          .isEqualTo(backbone.features().hop());
      assertThat(json.readTree(about.get("taxonomy")).get("classes").get(1).asText())
          .isEqualTo("siren");
      assertThat(json.readTree(about.get("adapter")).get("cues").asBoolean()).isEqualTo(cues);
    }
  }

  @Test
  void aFileIsWrittenWithWhatItsHeadMeans() throws IOException {
    EncoderFolder encoder = withHead();
    Path file = folder.resolve("new/seld.onnx");

    Export export = Export.seld(encoder.folder(), file, 1, "1.2.3");

    assertThat(export.bytes()).isEqualTo(Files.size(file));
    assertThat(export.outputs())
        .containsEntry("encoder", "[batch, tokens, 128]")
        .containsEntry("output", "[batch, tokens, 156]");
    assertThat(export.largestDifference()).isLessThan(GraphCheck.ALLOWED);
    try (OnnxNetwork network = OnnxNetwork.open(file, 1)) {
      assertThat(new ObjectMapper().readTree(network.metadata().get("head")).toString())
          .startsWith("{\"order\":[\"track\",\"axis\",\"class\"],\"tracks\":3,")
          .contains("\"female_speech\",")
          .endsWith("\"distance\":\"metres\"}");
      // The official checkpoint comes without a scaler, so its file does.
      assertThat(network.metadata()).containsEntry("kind", "seldnet").doesNotContainKey("scaler");
    }
  }

  /** Thirteen classes in three tracks of x, y and z, as in DCASE 2023. */
  @Test
  void aHeadWithoutDistanceIsNotTakenForOneWithIt() {
    EncoderFolder encoder = withHead(SeldNet.Config.dcase2024().withOutputs(3 * 3 * 13));
    Path file = folder.resolve("new/seld.onnx");

    assertThatThrownBy(() -> Export.seld(encoder.folder(), file, 1, "1.2.3"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("head: 117 numbers a token, expected a multiple of 12");
    assertThat(file).doesNotExist();
  }

  @Test
  void aGraphThatSaysSomethingElseIsNotKept() throws IOException {
    AudioTwin right = new AudioTwin(manager, new SeldNet(SMALL_SELD, factory(1)), true, Map.of());
    AudioTwin other = new AudioTwin(manager, new SeldNet(SMALL_SELD, factory(2)), true, Map.of());
    Twin wrong =
        new Twin() {
          @Override
          public OnnxGraph graph() {
            return other.graph();
          }

          @Override
          public Sample sample(int batch, long seed) {
            return right.sample(batch, seed);
          }
        };
    Path file = folder.resolve("wrong.onnx");

    assertThatThrownBy(() -> Export.write(wrong, file, 1))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": not written: ")
        .hasMessageContaining("on ONNX Runtime differs from libtorch by ");
    assertThat(folder).isEmptyDirectory();

    Files.writeString(file, "before");
    assertThatThrownBy(() -> Export.write(wrong, file, 1)).isInstanceOf(InputException.class);
    assertThat(file).hasContent("before");
  }

  private static void agrees(Twin twin) {
    try (OnnxNetwork network = OnnxNetwork.open(twin.graph().bytes(), "twin", 1)) {
      for (int batch : new int[] {1, 3}) {
        Twin.Sample sample = twin.sample(batch, 10 + batch);
        GraphCheck check = GraphCheck.of(network, sample);
        assertThat(check.differences().keySet()).isEqualTo(network.outputs().keySet());
        assertThat(check.largest()).as(check.worst()).isLessThanOrEqualTo(GraphCheck.ALLOWED);
      }
    }
  }

  private ImaginerTwin model(
      AudioBackbone backbone, Fusion fusion, LocationForm location, boolean cues) {
    AudioEncoder hearing =
        used(
            switch (backbone) {
              case SELDNET -> new SeldNet(SeldNet.Config.dcase2024(), factory(4));
              case AVCRNN -> new AvCrnn(AvCrnn.Config.starss23(), factory(5));
            });
    ResNet50 sight = used(new ResNet50(ResNet50.Config.encoder(5), factory(6)));
    int width = hearing.width() + (cues ? SpatialCues.WIDTH : 0);
    ModelCard card =
        new ModelCard(
            ModelCard.FORMAT_VERSION,
            TinyStore.TAXONOMY,
            1,
            card(backbone.kind(), hearing.width(), false),
            card(EncoderCard.RESNET50, 2048, false),
            new ModelCard.AdapterCard(fusion, cues, location, ConfidenceTarget.CORRECTNESS, 512, 8),
            1.7,
            calibration(location),
            null,
            null,
            FeatureScaler.none(backbone.features()),
            JsonNodeFactory.instance.objectNode());
    return new ImaginerTwin(
        manager,
        new ImaginerTwin.Parts(
            hearing.saveEncoder(), sight.save(), imagination(fusion, width, location).save()),
        card,
        "weights",
        "1.2.3");
  }

  private static Calibration calibration(LocationForm location) {
    boolean map = location == LocationForm.MAP;
    return new Calibration(
        map ? (Double) 2.5 : null,
        new ConfidenceScaling(0.6, 1.25, -2, 0.8),
        map
            ? new Calibration.Regions(ConformalLevels.of(new double[] {0.25, 0.5}), List.of())
            : null,
        new Calibration.FittedOn("calibration", 3, 2, 1, "abc"));
  }

  private ImaginationModel imagination(Fusion fusion, int width, LocationForm location) {
    return new ImaginationModel(
        ImaginationModel.Config.of(fusion, width, TinyStore.TAXONOMY.size(), location), factory(7));
  }

  private static EncoderCard card(String kind, int width, boolean head) {
    return new EncoderCard(EncoderCard.FORMAT_VERSION, kind, width, 7, true, head, "test", "");
  }

  private EncoderFolder withHead() {
    return withHead(SeldNet.Config.dcase2024());
  }

  private EncoderFolder withHead(SeldNet.Config config) {
    Path encoder = folder.resolve("seld");
    Safetensors.write(
        encoder.resolve("weights.safetensors"), new SeldNet(config, factory(8)).save(), Map.of());
    return EncoderFolder.finish(encoder, card(EncoderCard.SELDNET, 128, true));
  }

  /** As after training: batch norm's statistics are no longer 0 and 1. */
  private static <L extends Layer> L used(L net) {
    SplittableRandom random = new SplittableRandom(9);
    Map<String, Tensor> weights = new LinkedHashMap<>(net.save());
    weights.replaceAll(
        (name, t) -> {
          if (!name.contains("running_")) {
            return t;
          }
          float[] values = t.floats();
          for (int i = 0; i < values.length; i++) {
            values[i] +=
                (float) (name.endsWith("var") ? random.nextDouble() : 0.2 * random.nextGaussian());
          }
          return Tensor.of(values, t.shape());
        });
    net.load(weights, "used");
    return net;
  }
}
