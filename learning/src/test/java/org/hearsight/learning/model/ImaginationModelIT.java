package org.hearsight.learning.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.hearsight.learning.Close.assertClose;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.Goldens;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.Torch;
import org.hearsight.learning.layer.Parameter;
import org.hearsight.learning.loss.HazardTarget;
import org.hearsight.learning.loss.ImaginationLoss;
import org.hearsight.learning.optim.Adam;
import org.junit.jupiter.api.Test;

/** Adapter, head, loss, gradients and optimizer against PyTorch. */
class ImaginationModelIT extends NativeTest {
  private static final List<String> OUTPUTS =
      List.of("reliability", "fused", "class_logits", "location", "confidence");

  @Test
  void seedFormAgrees() {
    Map<String, Tensor> golden = Goldens.committed("imagination_small");
    ImaginationModel model = small(Fusion.SEED, LocationForm.SEED, 20);
    ImaginationLoss loss = loss(LocationForm.SEED, ConfidenceTarget.SEED);
    List<HazardTarget> targets = targets(golden);
    model.load(Goldens.under("weights.", golden), "golden");

    try (Adam adam = adam(model)) {
      step(model, loss, golden, targets);
      checkGradients(model, golden, 1e-4);
      adam.step();
      for (int i = 1; i < 3; i++) {
        adam.zeroGradients();
        step(model, loss, Map.of(), golden, targets);
        adam.step();
      }
      Goldens.under("after.", golden)
          .forEach((name, t) -> assertClose(name, model.state().get(name).tensor(), t, 1e-5));
      Map<String, Tensor> state = adam.save();
      for (String moment : List.of("exp_avg", "exp_avg_sq")) {
        Goldens.under(moment + ".", golden)
            .forEach((name, t) -> assertClose(name, state.get(name + "." + moment), t, 2e-4));
      }
      assertThat(state.get("adapter.audio_projection.bias.step").longs()).containsExactly(3);
    }
  }

  @Test
  void spatialFormAgrees() {
    Map<String, Tensor> golden = Goldens.committed("spatial_small");
    ImaginationModel model = small(Fusion.SPATIAL, LocationForm.SPHERICAL, 20);
    assertThat(model.state().keySet())
        .containsExactlyElementsOf(Goldens.under("weights.", golden).keySet());
    model.load(Goldens.under("weights.", golden), "golden");

    step(
        model, loss(LocationForm.SPHERICAL, ConfidenceTarget.CORRECTNESS), golden, targets(golden));

    checkGradients(model, golden, 1e-4);
  }

  @Test
  void fullSizeAgrees() {
    Map<String, Tensor> golden = Goldens.shared("golden/imagination/forward.safetensors");
    ImaginationModel model =
        new ImaginationModel(
            ImaginationModel.Config.of(Fusion.SEED, 128, 10, LocationForm.SEED), factory(1));
    model.load(Goldens.shared("golden/imagination/weights.pth"), "weights.pth");

    try (Adam adam = adam(model)) {
      step(
          model, loss(LocationForm.SEED, ConfidenceTarget.SEED), golden, normalisedTargets(golden));
      checkGradients(model, golden, 1e-4);
      adam.step();
    }
    Map<String, Tensor> after = Goldens.under("after_step.", golden);
    assertThat(after).hasSize(20);
    // The first step divides each gradient by its size, so noise in the smallest shows here.
    after.forEach((name, t) -> assertClose(name, model.state().get(name).tensor(), t, 1e-4));
  }

  @Test
  void seedWeightsAreBroadcastOverEveryRow() {
    ImaginationModel model = small(Fusion.SEED, LocationForm.SEED, 20);
    NDArray audio = ramp(5, 12);
    NDArray visual = ramp(5, 20);
    NDArray occlusion = ramp(5, 1);
    float[] batch =
        model.answer(new Adapter.Input<>(audio, visual, null, occlusion)).fused().toFloatArray();

    for (int i = 0; i < 5; i++) {
      Adapter.Input<NDArray> row =
          new Adapter.Input<>(
              Torch.slice(audio, 0, i, i + 1),
              Torch.slice(visual, 0, i, i + 1),
              null,
              Torch.slice(occlusion, 0, i, i + 1));
      assertClose(
          "row " + i,
          model.answer(row).fused(),
          Tensor.of(Arrays.copyOfRange(batch, 64 * i, 64 * (i + 1)), 1, 64),
          1e-5);
    }
  }

  @Test
  void frozenHeadDropsNothing() {
    ImaginationModel model = small(Fusion.SEED, LocationForm.SEED, 20);
    model.train(true);
    Adapter.Input<NDArray> in = new Adapter.Input<>(ramp(5, 12), ramp(5, 20), null, ramp(5, 1));
    float[] first = model.answer(in).classLogits().toFloatArray();
    assertThat(model.answer(in).classLogits().toFloatArray()).isNotEqualTo(first);

    model.head().freeze();
    float[] frozen = model.answer(in).classLogits().toFloatArray();
    model.train(false);
    assertThat(model.answer(in).classLogits().toFloatArray()).isEqualTo(frozen);
  }

  @Test
  void spatialFormNeedsGeometry() {
    ImaginationModel model = small(Fusion.SPATIAL, LocationForm.SEED, 20);
    Adapter.Input<NDArray> in =
        new Adapter.Input<>(ramp(2, 3, 12), ramp(2, 9, 20), null, ramp(2, 1));
    assertThatThrownBy(() -> model.answer(in))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("geometry");
  }

  private ImaginationModel small(Fusion fusion, LocationForm location, int visual) {
    return new ImaginationModel(
        new ImaginationModel.Config(
            new Adapter.Config(fusion, 12, visual, 32, 4, 8, 9),
            new ImaginationHead.Config(64, 16, 12, 8, 4, location, 0.3, false)),
        factory(1));
  }

  private static ImaginationLoss loss(LocationForm location, ConfidenceTarget confidence) {
    return new ImaginationLoss(ImaginationLoss.Config.of(location, confidence));
  }

  private Adam adam(ImaginationModel model) {
    Map<String, Parameter> all = model.parameters();
    Map<String, Parameter> head = model.parameters();
    all.keySet().removeIf(name -> name.startsWith("imagination_head."));
    head.keySet().removeIf(name -> name.startsWith("adapter."));
    return new Adam(manager, List.of(new Adam.Group(all, 1e-3), new Adam.Group(head, 1e-4)));
  }

  private void step(
      ImaginationModel model,
      ImaginationLoss loss,
      Map<String, Tensor> golden,
      List<HazardTarget> targets) {
    step(model, loss, golden, golden, targets);
  }

  /** Forward and backward; {@code expected} may hold outputs and losses to compare. */
  private void step(
      ImaginationModel model,
      ImaginationLoss loss,
      Map<String, Tensor> expected,
      Map<String, Tensor> inputs,
      List<HazardTarget> targets) {
    Adapter.Input<NDArray> in =
        new Adapter.Input<>(
            array(inputs.get("audio")),
            array(inputs.get("visual")),
            inputs.containsKey("geometry") ? array(inputs.get("geometry")) : null,
            array(inputs.get("occlusion")));
    try (Gradients g = Gradients.record()) {
      ImaginationModel.Output<NDArray> out = model.answer(in);
      ImaginationLoss.Parts parts = loss.compute(out, targets);
      g.backward(parts.total());
      if (expected.isEmpty()) {
        return;
      }
      List<NDArray> found =
          List.of(
              out.reliability(), out.fused(), out.classLogits(), out.location(), out.confidence());
      for (int i = 0; i < OUTPUTS.size(); i++) {
        assertClose(OUTPUTS.get(i), found.get(i), expected.get(OUTPUTS.get(i)), 1e-5);
      }
      assertClose("loss_class", parts.classification(), expected.get("loss_class"), 1e-5);
      assertClose("loss_location", parts.location(), expected.get("loss_location"), 1e-5);
      assertClose("loss_confidence", parts.confidence(), expected.get("loss_confidence"), 1e-5);
      assertClose("loss_total", parts.total(), expected.get("loss_total"), 1e-5);
    }
  }

  private static void checkGradients(
      ImaginationModel model, Map<String, Tensor> golden, double tolerance) {
    Map<String, Tensor> expected = Goldens.under("grad.", golden);
    assertThat(expected).hasSizeGreaterThanOrEqualTo(20);
    expected.forEach(
        (name, t) -> {
          Tensor found = TensorBridge.toTensor(Torch.gradient(model.state().get(name).array()));
          if (name.endsWith("_pool.bias")) {
            // A softmax does not feel a common shift: both sides hold rounding noise around 0.
            assertThat(found.doubles()[0]).isCloseTo(0, within(1e-5));
          } else {
            assertClose("gradient of " + name, found, t, tolerance);
          }
        });
  }

  private static List<HazardTarget> targets(Map<String, Tensor> golden) {
    long[] classes = golden.get("class").longs();
    double[] azimuth = golden.get("azimuth").doubles();
    double[] elevation = golden.get("elevation").doubles();
    double[] distance = golden.get("distance").doubles();
    List<HazardTarget> targets = new ArrayList<>();
    for (int i = 0; i < classes.length; i++) {
      Location location = new Location(azimuth[i], elevation[i], distance[i]);
      targets.add(new HazardTarget((int) classes[i], classes[i] == 0 ? null : location));
    }
    return targets;
  }

  private static List<HazardTarget> normalisedTargets(Map<String, Tensor> golden) {
    long[] classes = golden.get("target_class").longs();
    double[] t = golden.get("target_location").doubles();
    List<HazardTarget> targets = new ArrayList<>();
    for (int i = 0; i < classes.length; i++) {
      Location location = new Location(t[3 * i] * 180, t[3 * i + 1] * 90, t[3 * i + 2] * 30);
      targets.add(new HazardTarget((int) classes[i], classes[i] == 0 ? null : location));
    }
    return targets;
  }
}
