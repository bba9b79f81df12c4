package org.hearsight.learning.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hearsight.learning.Close.assertClose;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.Goldens;
import org.hearsight.learning.NativeTest;
import org.junit.jupiter.api.Test;

/** The published DCASE 2024 FOA checkpoint against the baseline's own code. */
class OfficialSeldNetIT extends NativeTest {
  private static final double TOLERANCE = 1e-4;
  private static final List<String> GOLDEN_OF_STAGE =
      List.of("pool1", "pool2", "pool3", "", "gated", "attention1", "attention2");

  @Test
  void everyStageAgrees() {
    Map<String, Tensor> golden = Goldens.shared("golden/seldnet/seldnet.safetensors");
    SeldNet net = new SeldNet(SeldNet.Config.dcase2024(), factory(1));
    var report =
        net.load(Goldens.shared("checkpoints/dcase2024_foa_multiaccddoa.h5"), "checkpoint");
    assertThat(report.taken()).hasSize(53);

    NDArray x = array(golden.get("input"));
    for (int i = 0; i < GOLDEN_OF_STAGE.size(); i++) {
      x = net.encode(x, i, i + 1);
      if (!GOLDEN_OF_STAGE.get(i).isEmpty()) {
        assertClose(net.stageNames().get(i), x, golden.get(GOLDEN_OF_STAGE.get(i)), TOLERANCE);
      }
    }
    assertClose("encoder", x, golden.get("encoder"), TOLERANCE);
    assertClose("output", net.head(x), golden.get("output"), TOLERANCE);
  }
}
