package org.hearsight.learning.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.hearsight.learning.export.GraphBuilder.fixed;
import static org.hearsight.learning.export.GraphBuilder.free;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.InputException.Fault;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.deploy.ServingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights in half precision, and the folder of a model that has them. */
class HalfWeightsIT {
  private static final int WIDTH = 64;

  @TempDir private Path folder;

  /** y = x · W + b, with all weights times {@code scale}. */
  private static byte[] linear(float scale) {
    SplittableRandom random = new SplittableRandom(3);
    float[] weights = new float[WIDTH * WIDTH];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = scale * (float) random.nextGaussian();
    }
    float[] offset = new float[WIDTH];
    Arrays.fill(offset, scale * 0.1f);
    try (GraphBuilder graph = new GraphBuilder()) {
      var x = graph.input("input", free("batch"), fixed(WIDTH));
      var y = x.matMul(graph.numbers("weight", weights, WIDTH, WIDTH));
      graph.output("output", y.add(graph.numbers("offset", offset, WIDTH)), "batch");
      return graph.build("linear", Map.of("kind", "linear")).bytes();
    }
  }

  private static float[] run(byte[] graph) {
    float[] ones = new float[WIDTH];
    Arrays.fill(ones, 1);
    try (OnnxNetwork network = OnnxNetwork.open(graph, "linear", 1)) {
      assertThat(network.metadata()).containsEntry("kind", "linear");
      return network.run(Map.of("input", Tensor.of(ones, 1, WIDTH))).get("output").floats();
    }
  }

  @Test
  void theyAreRoundedAndTheGraphIsHalfAsLarge() {
    byte[] whole = linear(1);
    byte[] halved = HalfWeights.of(whole, "linear");

    assertThat(halved.length).isBetween(whole.length / 2, whole.length / 2 + 500);
    float[] expected = run(whole);
    float[] actual = run(halved);
    assertThat(actual).isNotEqualTo(expected);
    for (int i = 0; i < expected.length; i++) {
      // 64 numbers of size 1, each rounded to 2^-11 of itself.
      assertThat(actual[i]).isCloseTo(expected[i], within(0.01f));
    }
    assertThat(HalfWeights.of(halved, "linear")).as("nothing is left to halve").isEqualTo(halved);
  }

  @Test
  void weightsBeyondHalfPrecisionStay() {
    byte[] large = linear(1e6f);
    assertThat(run(HalfWeights.of(large, "linear"))).isEqualTo(run(large));
  }

  @Test
  void whatIsNotAGraphIsRefused() {
    assertThatThrownBy(() -> HalfWeights.of(new byte[] {1, 2, 3}, "a.onnx"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.onnx: is not an ONNX graph; ");
  }

  @Test
  void weightsThatAreNotFiniteAreNotWritten() {
    for (float number : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> new GraphBuilder().numbers("weight", new float[] {1, number}, 2))
          .isInstanceOfSatisfying(
              InputException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MODEL))
          .hasMessageStartingWith("weight: holds NaN or infinity; ");
    }
  }

  /** A trained model's folder, with graphs that are not a model's but have its names. */
  private Path model(float scale) throws IOException {
    Path model = folder.resolve("model");
    Files.createDirectories(ModelBundle.training(model));
    for (Path part :
        new Path[] {
          ModelBundle.seldEncoder(model),
          ModelBundle.visualEncoder(model),
          ModelBundle.imagination(model)
        }) {
      Files.write(part, linear(scale));
    }
    Files.writeString(ModelBundle.weights(model), "weights");
    ModelBundle written =
        ModelBundle.finish(
            model,
            new ModelCard(
                ModelCard.FORMAT_VERSION,
                Taxonomy.hazards(),
                5,
                new EncoderCard(1, EncoderCard.SELDNET, 128, 7, true, false, "a", ""),
                new EncoderCard(1, EncoderCard.RESNET50, 2048, 5, true, false, "b", ""),
                new ModelCard.AdapterCard(
                    Fusion.SEED, false, LocationForm.SEED, ConfidenceTarget.SEED, 512, 8),
                1,
                null,
                null,
                null,
                FeatureScaler.none(new FoaFeatures()),
                JsonNodeFactory.instance.objectNode()));
    return written.folder();
  }

  @Test
  void aModelThatOnlyAnswersHasThreeGraphsAndACard() throws IOException {
    Path model = model(1);
    Path to = folder.resolve("small");
    ServingModel small = ServingModel.write(model, to, 1);

    assertThat(to.toFile().list())
        .containsExactlyInAnyOrder(
            "model.json", "seld_encoder.onnx", "visual_encoder.onnx", "imagination.onnx");
    ModelBundle bundle = ModelBundle.open(to);
    assertThat(bundle.card()).isEqualTo(ModelBundle.open(model).card());
    assertThat(bundle.requireWhole()).isEqualTo(4);
    assertThat(ModelBundle.open(model).requireWhole()).isEqualTo(5);
    assertThat(small.largestDifference()).isBetween(1e-7, 1e-3);
    assertThat(small.worstOutput()).endsWith(".onnx, output");
    long bytes = 0;
    for (String name : to.toFile().list()) {
      bytes += Files.size(to.resolve(name));
    }
    assertThat(small.bytes()).isEqualTo(bytes);
    assertThatThrownBy(bundle::weights)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(to + ": holds a model that only answers, without weights; ");

    assertThat(ServingModel.write(to, folder.resolve("again"), 1).largestDifference()).isZero();
    assertThat(ServingModel.write(model, to, 1)).as("replaced").isEqualTo(small);
  }

  @Test
  void whatCannotBeHalvedOrIsDamagedIsNotWritten() throws IOException {
    Path to = folder.resolve("small");
    Path tiny = model(1e-9f); // half precision ends at 6e-8
    assertThatThrownBy(() -> ServingModel.write(tiny, to, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not written: seld_encoder.onnx, output with weights in half");
    assertThat(to).doesNotExist();

    Path model = model(1);
    byte[] part = Files.readAllBytes(ModelBundle.imagination(model));
    part[part.length / 2] ^= 1;
    Files.write(ModelBundle.imagination(model), part);
    assertThatThrownBy(() -> ServingModel.write(model, to, 1))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(ModelBundle.imagination(model) + ": is damaged: ");
    assertThat(to).doesNotExist();
  }

  /** As of an older version: without checksums, so that what is damaged is found by reading it. */
  private Path older(Path part, byte[] content) throws IOException {
    Path model = part.getParent();
    Path card = model.resolve("model.json");
    Files.writeString(
        card, Files.readString(card).replaceFirst("(?s),\\s*\"checksums\" : \\{.*?\\}", ""));
    Files.write(part, content);
    return model;
  }

  /** The first graph answers NaN; those that follow are right. */
  @Test
  void aGraphThatAnswersNanIsNotWritten() throws IOException {
    Path to = folder.resolve("small");
    Path part = ModelBundle.seldEncoder(model(1));
    ModelProto whole = ModelProto.parseFrom(Files.readAllBytes(part));
    ModelProto.Builder nan = whole.toBuilder();
    for (var weight : nan.getGraphBuilder().getInitializerBuilderList()) {
      byte[] raw = weight.getRawData().toByteArray();
      ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).putFloat(Float.NaN);
      weight.setRawData(ByteString.copyFrom(raw));
    }
    Path model = older(part, nan.build().toByteArray());

    assertThatThrownBy(() -> ServingModel.write(model, to, 1))
        .isInstanceOfSatisfying(
            InputException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MODEL))
        .hasMessageContaining("not written: seld_encoder.onnx, output with weights in half")
        .hasMessageContaining("differs by Infinity");
    assertThat(to).doesNotExist();
  }

  @Test
  void aTruncatedGraphOfAnOlderModelIsNamed() throws IOException {
    Path part = ModelBundle.visualEncoder(model(1));
    byte[] whole = Files.readAllBytes(part);
    Path model = older(part, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> ServingModel.write(model, folder.resolve("small"), 1))
        .isInstanceOfSatisfying(
            InputException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MODEL))
        .hasMessageStartingWith(part + ": is not an ONNX graph; ");
  }

  @Test
  void afterAFailureWhatOthersWroteIsStillThere() throws IOException {
    Path to = folder.resolve("small");
    Path hinders = Files.createDirectories(ModelBundle.visualEncoder(to)).resolve("file");
    Files.writeString(hinders, "others'");
    Files.writeString(to.resolve("training.safetensors"), "others'");
    Path model = model(1);
    assertThatThrownBy(() -> ServingModel.write(model, to, 1)).isInstanceOf(InputException.class);
    assertThat(to.toFile().list())
        .containsExactlyInAnyOrder("visual_encoder.onnx", "training.safetensors");
    assertThat(hinders).exists();
  }

  @Test
  void aTrainingIsNotWrittenOver() throws IOException {
    Path model = model(1);
    assertThatThrownBy(() -> ServingModel.write(model, model, 1))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(model + ": holds a training, which would be lost; ");
    assertThat(ModelBundle.open(model).requireWhole()).isEqualTo(5);
  }
}
