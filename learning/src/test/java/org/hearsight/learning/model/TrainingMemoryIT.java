package org.hearsight.learning.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.layer.Parameter;
import org.hearsight.learning.loss.HazardTarget;
import org.hearsight.learning.loss.ImaginationLoss;
import org.hearsight.learning.optim.Adam;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Training gives back what it takes. */
class TrainingMemoryIT extends NativeTest {
  private static final int WARM_UP = 50;
  private static final int STEPS = 200;
  private static final long ALLOWED_GROWTH_KB = 16 * 1024;

  @Test
  @Tag("memory")
  @EnabledOnOs(OS.LINUX)
  void twoHundredStepsLeaveNothingBehind() throws IOException {
    SeldNet encoder =
        new SeldNet(
            new SeldNet.Config(
                7, 64, 16, List.of(5, 1, 1), List.of(4, 4, 2), 32, 2, 1, 4, 16, 24, 0.05),
            factory(1));
    ImaginationModel model =
        new ImaginationModel(
            new ImaginationModel.Config(
                new Adapter.Config(Fusion.SPATIAL, 32, 64, 32, 4, 8, 49),
                ImaginationHead.Config.of(64, 4, LocationForm.SPHERICAL)),
            factory(2));
    Map<String, Parameter> all = new LinkedHashMap<>();
    encoder.encoderParameters().forEach(p -> all.put("encoder" + all.size(), p));
    all.putAll(model.parameters());
    encoder.train(true);
    model.train(true);
    try (Adam adam = new Adam(manager, List.of(new Adam.Group(all, 1e-3)))) {
      engine.seed(1);
      float first = step(encoder, model, adam);
      for (int i = 0; i < WARM_UP; i++) {
        step(encoder, model, adam);
      }
      int arrays = liveArrays();
      long resident = residentKb();
      float last = first;
      for (int i = 0; i < STEPS; i++) {
        last = step(encoder, model, adam);
      }

      assertThat(liveArrays()).isEqualTo(arrays);
      // A step's activations take some 3 MB: without release this would be 600 MB.
      assertThat(residentKb() - resident).as("growth in kB").isLessThan(ALLOWED_GROWTH_KB);
      assertThat(last).as("and it learned").isLessThan(first);
    }
  }

  private float step(SeldNet encoder, ImaginationModel model, Adam adam) {
    try (NDManager batch = manager.newSubManager();
        Gradients g = Gradients.record()) {
      adam.zeroGradients();
      NDArray audio = batch.ones(new Shape(2, 7, 100, 64));
      NDArray visual = batch.ones(new Shape(2, 49, 64));
      NDArray geometry = batch.ones(new Shape(2, 49, 2));
      NDArray occlusion = batch.ones(new Shape(2, 1));
      ImaginationModel.Output<NDArray> out =
          model.answer(new Adapter.Input<>(encoder.encode(audio), visual, geometry, occlusion));
      ImaginationLoss loss =
          new ImaginationLoss(
              ImaginationLoss.Config.of(LocationForm.SPHERICAL, ConfidenceTarget.CORRECTNESS));
      HazardTarget target = new HazardTarget(1, new Location(30, 5, 8));
      ImaginationLoss.Parts parts = loss.compute(out, List.of(target, target));
      g.backward(parts.total());
      adam.step();
      return parts.total().toFloatArray()[0];
    }
  }

  /** Arrays of this test's manager and of libtorch's root manager, where strays end up. */
  private int liveArrays() {
    return manager.getParentManager().getManagedArrays().size();
  }

  private static long residentKb() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .getAsLong();
  }
}
