package org.hearsight.learning.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

  /** The environment reached MKL before it decided how to add. */
  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  @DisabledIfEnvironmentVariable(named = "MKL_CBWR", matches = ".*")
  void mklReducesInAFixedOrder() throws IOException {
    // MKL_CBWR_BRANCH and MKL_CBWR_OFF of mkl_types.h are both 1.
    int branch = libtorch().getFunction("mkl_serv_cbwr_get").invokeInt(new Object[] {1});
    assertThat(branch).isNotEqualTo(1);
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

  /** Where it is on and the processor is none of its, each convolution prints a warning. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void libtorchDoesNotAskForNnpack() throws IOException {
    NativeLibrary torch = libtorch();
    Pointer context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
    int enabled =
        torch.getFunction("_ZNK2at7Context17userEnabledNNPACKEv").invokeInt(new Object[] {context});
    assertThat(enabled & 0xff).isZero();
  }

  /** The library that this process has loaded. */
  private static NativeLibrary libtorch() throws IOException {
    String torch =
        Files.readAllLines(Path.of("/proc/self/maps")).stream()
            .filter(line -> line.endsWith("/libtorch_cpu.so"))
            .findFirst()
            .orElseThrow();
    return NativeLibrary.getInstance(torch.substring(torch.indexOf('/')));
  }
}
