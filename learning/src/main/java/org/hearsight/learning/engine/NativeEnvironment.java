package org.hearsight.learning.engine;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.file.Path;

/**
 * What libtorch's libraries read from the process's environment when they are loaded, so it is put
 * there before, Linux only; what the user has set stays. And the one switch that has no variable,
 * see {@link #silence}.
 *
 * <p>{@value #SPIN} bounds how long OpenMP's threads wait busily for one another. By default they
 * spin for milliseconds. On a machine that does something else as well, a spinning thread holds the
 * processor that the thread it waits for needs: on two loaded cores an epoch took 11 to 27 s, and
 * 2.0 to 2.2 s with {@value #SPINS} rounds.
 *
 * <p>{@value #REPRODUCIBLE} asks MKL for deterministic reductions and a static schedule
 * ("Conditional Numerical Reproducibility" in its guide). Without it products may be summed in the
 * order in which threads come, and a resumed run then differs from an uninterrupted one in the last
 * bit. No cost was seen: a training step of the SELD encoder took 205 to 223 ms with it, 219 to 250
 * ms without.
 */
final class NativeEnvironment {
  private static final String SPIN = "GOMP_SPINCOUNT";
  private static final String SPINS = "100000";
  private static final String REPRODUCIBLE = "MKL_CBWR";

  private NativeEnvironment() {}

  /** Sets the variables; must run before libtorch is loaded. */
  static void set() {
    if (!Platform.isLinux()) {
      return;
    }
    Function setenv = NativeLibrary.getInstance("c").getFunction("setenv");
    if (System.getenv("OMP_WAIT_POLICY") == null) {
      setenv.invokeInt(new Object[] {SPIN, SPINS, 0});
    }
    setenv.invokeInt(new Object[] {REPRODUCIBLE, "AUTO", 0});
  }

  /**
   * Switches NNPACK off, as {@code torch.backends.nnpack.set_flags(False)} does; must run after
   * libtorch was loaded.
   *
   * <p>libtorch asks at every convolution that oneDNN leaves to it whether NNPACK is there, and
   * where the processor is none of NNPACK's prints "Could not initialize NNPACK" each time,
   * thousands of times in a training. Nothing is lost: NNPACK would take batches of 16 and more,
   * and those oneDNN takes before. Where libtorch has no such switch, as on Windows, it has no
   * NNPACK either.
   *
   * @param folder of libtorch's libraries
   */
  static void silence(Path folder) {
    try {
      NativeLibrary torch =
          NativeLibrary.getInstance(folder.resolve(System.mapLibraryName("torch_cpu")).toString());
      Pointer context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
      torch
          .getFunction("_ZN2at7Context20setUserEnabledNNPACKEb")
          .invokeVoid(new Object[] {context, 0});
    } catch (UnsatisfiedLinkError e) {
      return; // no such library or switch: there is nothing to be switched off
    }
  }
}
