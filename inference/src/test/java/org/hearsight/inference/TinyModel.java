package org.hearsight.inference;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.imagination.UnknownDetector;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.vision.View;

/**
 * A whole model folder in a few kilobytes, whose networks take and give what real ones do: means
 * and one multiplication each, with drawn weights. It loads in milliseconds.
 */
public final class TinyModel {
  /** Of a token that its audio encoder gives. */
  private static final int WIDTH = 8;

  private static final int CLASSES = 3;

  /** Seconds it judges. */
  public static final double CLIP_SECONDS = 1;

  private TinyModel() {}

  /** Writes the model; another seed has other weights. */
  public static Path write(Path folder, long seed) {
    return write(folder, seed, EncoderCard.SELDNET);
  }

  private static Path write(Path folder, long seed, String kind) {
    SplittableRandom random = new SplittableRandom(seed);
    try {
      Files.createDirectories(folder);
      Files.write(ModelBundle.seldEncoder(folder), seldEncoder(random));
      Files.write(ModelBundle.visualEncoder(folder), visualEncoder());
      Files.write(ModelBundle.imagination(folder), imagination(random));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    EncoderCard audio = new EncoderCard(1, kind, WIDTH, 7, false, false, "drawn", "");
    EncoderCard visual = new EncoderCard(1, EncoderCard.RESNET50, 5, 5, false, false, "drawn", "");
    ModelCard card =
        new ModelCard(
            ModelCard.FORMAT_VERSION,
            new Taxonomy("tiny", List.of(Taxonomy.BACKGROUND, "siren", "horn")),
            CLIP_SECONDS,
            audio,
            visual,
            new ModelCard.AdapterCard(
                Fusion.SPATIAL, false, LocationForm.SPHERICAL, ConfidenceTarget.SEED, 8, 1),
            1,
            null,
            new UnknownDetector(
                0,
                Collections.nCopies(2 * WIDTH, 1f),
                List.of(Collections.nCopies(2 * WIDTH, 0f)),
                List.of(Collections.nCopies(2 * WIDTH, 1f))),
            null,
            new FeatureScaler(Collections.nCopies(7 * 64, 0f), Collections.nCopies(7 * 64, 10f)),
            JsonNodeFactory.instance.objectNode().put("seed", seed));
    return ModelBundle.finishServing(folder, card).folder();
  }

  /** Noise of one seed, so many samples long. */
  public static Clip clip(long seed, int samples) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] foa = new float[Foa.CHANNELS][samples];
    for (float[] channel : foa) {
      for (int i = 0; i < samples; i++) {
        channel[i] = (float) (0.1 * random.nextGaussian());
      }
    }
    return Clip.of(foa, Foa.SAMPLE_RATE);
  }

  /** A wall at a drawn distance in a drawn light. */
  public static View view(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rgb = new float[3 * View.SIZE * View.SIZE];
    float[] depth = new float[View.SIZE * View.SIZE];
    float[] occlusion = new float[View.SIZE * View.SIZE];
    Arrays.fill(rgb, (float) random.nextDouble(0.1, 0.9));
    Arrays.fill(depth, (float) random.nextDouble(1, 20));
    Arrays.fill(occlusion, 0, occlusion.length / 2, 1);
    return new View(rgb, depth, occlusion, 0.5f);
  }

  private static byte[] seldEncoder(SplittableRandom random) {
    return model(
        GraphProto.newBuilder()
            .setName("seld")
            .addInput(value("input", "batch", 7, "frames", 64))
            .addNode(pool("input", "pooled", 5, 1))
            .addNode(
                node("Transpose", "frames_first", "pooled").addAttribute(ints("perm", 0, 2, 1, 3)))
            .addInitializer(shape("rows", 0, 0, 7 * 64))
            .addNode(node("Reshape", "flat", "frames_first", "rows"))
            .addInitializer(weights("w", random, 0.02, 7 * 64, WIDTH))
            .addNode(node("MatMul", "encoder", "flat", "w"))
            .addOutput(value("encoder", "batch", "tokens", WIDTH)));
  }

  private static byte[] visualEncoder() {
    return model(
        GraphProto.newBuilder()
            .setName("visual")
            .addInput(value("input", "batch", 5, "height", "width"))
            .addNode(pool("input", "features", 32, 32))
            .addNode(
                node("ReduceMean", "pooled", "input")
                    .addAttribute(ints("axes", 2, 3))
                    .addAttribute(number("keepdims", 0)))
            .addOutput(value("features", "batch", 5, "rows", "columns"))
            .addOutput(value("pooled", "batch", 5)));
  }

  private static byte[] imagination(SplittableRandom random) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("imagination")
            .addInput(value("audio", "batch", "tokens", WIDTH))
            .addInput(value("visual", "batch", 49, 5))
            .addInput(value("geometry", "batch", 49, 2))
            .addInput(value("occlusion", "batch", 1));
    for (String sense : List.of("audio", "visual", "geometry")) {
      graph.addNode(
          node("ReduceMean", sense + "_mean", sense)
              .addAttribute(ints("axes", 1))
              .addAttribute(number("keepdims", 0)));
    }
    return model(
        graph
            .addNode(
                node("Concat", "all", "audio_mean", "visual_mean", "geometry_mean", "occlusion")
                    .addAttribute(number("axis", 1)))
            .addInitializer(weights("logits_w", random, 1, WIDTH + 8, CLASSES))
            .addNode(node("MatMul", "class_logits", "all", "logits_w"))
            .addInitializer(weights("location_w", random, 0.1, WIDTH + 8, 6))
            .addNode(node("MatMul", "location", "all", "location_w"))
            .addInitializer(weights("confidence_w", random, 1, WIDTH + 8, 1))
            .addNode(node("MatMul", "confidence_raw", "all", "confidence_w"))
            .addNode(node("Sigmoid", "confidence", "confidence_raw"))
            .addInitializer(weights("reliability_w", random, 1, WIDTH + 8, 2))
            .addNode(node("MatMul", "reliability_raw", "all", "reliability_w"))
            .addNode(node("Softmax", "reliability", "reliability_raw"))
            .addOutput(value("class_logits", "batch", CLASSES))
            .addOutput(value("location", "batch", 6))
            .addOutput(value("confidence", "batch", 1))
            .addOutput(value("reliability", "batch", 2)));
  }

  private static byte[] model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto.Builder node(String type, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .addOutput(output)
        .addAllInput(Arrays.asList(inputs));
  }

  private static NodeProto.Builder pool(String input, String output, int rows, int columns) {
    return node("AveragePool", output, input)
        .addAttribute(ints("kernel_shape", rows, columns))
        .addAttribute(ints("strides", rows, columns));
  }

  private static AttributeProto ints(String name, long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(Arrays.stream(values).boxed().toList())
        .build();
  }

  private static AttributeProto number(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static TensorProto shape(String name, long... sizes) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT64.getNumber())
        .addDims(sizes.length)
        .addAllInt64Data(Arrays.stream(sizes).boxed().toList())
        .build();
  }

  private static TensorProto weights(
      String name, SplittableRandom random, double scale, int rows, int columns) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(rows)
            .addDims(columns);
    for (int i = 0; i < rows * columns; i++) {
      tensor.addFloatData((float) (scale * random.nextGaussian()));
    }
    return tensor.build();
  }

  /** A float tensor; sizes are numbers, or names where they are free. */
  private static ValueInfoProto value(String name, Object... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object size : sizes) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          size instanceof Integer fixed
              ? dimension.setDimValue(fixed)
              : dimension.setDimParam(size.toString()));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
