package org.hearsight.learning.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.layer.LoadRules;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.model.Adapter;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.ImaginationModel;

/**
 * Single networks on tensors from a file, so that anyone can compare them with another system
 * number by number.
 */
public final class Inspection {
  private static final int VISUAL_WIDTH = 2048;

  private Inspection() {}

  /**
   * Runs an audio encoder.
   *
   * @param in with {@code input} [B, 7, T, bands]
   * @return {@code encoder} [B, T', D], and {@code output} if the checkpoint has a head
   */
  public static Map<String, Tensor> encode(
      TorchEngine engine, String device, EncoderFolder folder, Safetensors in) {
    try (NDManager manager = engine.newManager(engine.device(device))) {
      AudioEncoder net = EncoderImport.loadAudio(folder, manager);
      Tensor input = floats(in, "input", -1, net.inChannels(), -1, net.bands());
      if (input.shape()[0] < 1 || input.shape()[2] < net.framesPerToken()) {
        throw new InputException(
            in.path(),
            "input: " + input.shapeText() + " holds no whole token",
            "give at least one clip of " + net.framesPerToken() + " frames");
      }
      Map<String, Tensor> out = new LinkedHashMap<>();
      Gradients.pause(
          () -> {
            NDArray encoded = net.encode(TensorBridge.toArray(manager, input));
            out.put("encoder", TensorBridge.toTensor(encoded));
            if (folder.card().hasHead()) {
              out.put("output", TensorBridge.toTensor(net.head(encoded)));
            }
          });
      requireFinite(folder.weights(), out);
      return out;
    }
  }

  /**
   * Runs the seed's adapter and head; widths and classes follow from the weights.
   *
   * @param state with {@code adapter.*} and {@code imagination_head.*}; other names are left out
   * @param in with {@code audio} [B, D], {@code visual} [B, 2048] and {@code occlusion} [B, 1]
   */
  public static Map<String, Tensor> adapt(
      TorchEngine engine, String device, StateDict state, Safetensors in) {
    int audioWidth = state.require("adapter.audio_projection.weight", -1, -1).shape()[1];
    int classes = state.require("imagination_head.classifier.2.weight", -1, -1).shape()[0];
    Tensor audio = floats(in, "audio", -1, audioWidth);
    int batch = audio.shape()[0];
    Tensor visual = floats(in, "visual", batch, VISUAL_WIDTH);
    Tensor occlusion = floats(in, "occlusion", batch, 1);
    try (NDManager manager = engine.newManager(engine.device(device))) {
      ImaginationModel model =
          new ImaginationModel(
              ImaginationModel.Config.of(Fusion.SEED, audioWidth, classes, LocationForm.SEED),
              new ParameterFactory(manager, new SplittableRandom(0)));
      model.load(
          state.tensors(),
          state.path().toString(),
          LoadRules.strict()
              .skip("seld_encoder.", "not part of the adapter")
              .skip("visual_encoder.", "not part of the adapter"));
      Map<String, Tensor> out = new LinkedHashMap<>();
      Gradients.pause(
          () -> {
            ImaginationModel.Output<NDArray> o =
                model.answer(
                    new Adapter.Input<>(
                        TensorBridge.toArray(manager, audio),
                        TensorBridge.toArray(manager, visual),
                        null,
                        TensorBridge.toArray(manager, occlusion)));
            out.put("reliability", TensorBridge.toTensor(o.reliability()));
            out.put("fused", TensorBridge.toTensor(o.fused()));
            out.put("class_logits", TensorBridge.toTensor(o.classLogits()));
            out.put("location", TensorBridge.toTensor(o.location()));
            out.put("confidence", TensorBridge.toTensor(o.confidence()));
          });
      requireFinite(state.path(), out);
      return out;
    }
  }

  private static void requireFinite(Path weights, Map<String, Tensor> out) {
    out.forEach(
        (name, tensor) -> {
          if (!tensor.isFinite()) {
            throw InputException.model(
                weights,
                "'" + name + "' would hold NaN or infinity",
                "check the input's sizes, or give weights that are whole");
          }
        });
  }

  /** The tensor of that name and shape; integers, which the networks cannot take, are refused. */
  private static Tensor floats(Safetensors in, String name, int... shape) {
    Tensor tensor = in.require(name, shape);
    if (!tensor.dtype().isFloating()) {
      throw new InputException(
          in.path(),
          "tensor \"%s\" is of type %s, expected floating point".formatted(name, tensor.dtype()),
          "write it as F32");
    }
    return tensor;
  }
}
