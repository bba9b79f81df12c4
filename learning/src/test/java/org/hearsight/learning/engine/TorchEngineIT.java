package org.hearsight.learning.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import com.sun.jna.Platform;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchEngineIT {
  private final TorchEngine engine = TorchEngine.start(2);

  @Test
  void startsOnceOfflineWithTheThreadsAsked() {
    assertThat(TorchEngine.start(1)).isSameAs(engine);
    assertThat(engine.threads()).isEqualTo(1);
    TorchEngine.start(2);
    assertThat(engine.threads()).isEqualTo(2);
    assertThat(Utils.isOfflineMode()).isTrue();
    assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
    assertThat(engine.version()).startsWith("2.7.1");
  }

  @Test
  void tunesTheAllocatorWhereItCan() {
    NativeMemory.Outcome outcome = engine.memory();
    assertThat(outcome.applied()).isEqualTo(outcome.detail().startsWith("glibc"));
    if (!Platform.isLinux()) {
      assertThat(outcome.detail()).startsWith("skipped");
    }
    assertThat(NativeMemory.tune()).isSameAs(outcome);
  }

  @Test
  void findsTheCpu() {
    assertThat(engine.device("CPU")).isEqualTo(Device.cpu());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu:977", "tpu", "gpu:", "cpu:0", ""})
  void refusesOtherDevicesInOneLine(String name) {
    assertThatThrownBy(() -> engine.device(name))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("device: ")
        .hasMessageContaining("use cpu");
  }

  @Test
  void gradientModeComesBack() {
    boolean inside =
        Gradients.infer(
            () -> {
              try (Gradients g = Gradients.record()) {
                assertThat(g).isNotNull();
                return JniUtils.isGradMode();
              }
            });
    assertThat(inside).isTrue();
    assertThat(Gradients.infer(JniUtils::isGradMode)).isFalse();
  }
}
