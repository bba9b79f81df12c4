package org.hearsight.learning.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * Bounds how long libtorch's OpenMP threads wait busily for one another.
 *
 * <p>By default they spin for milliseconds. On a machine that does something else as well, a
 * spinning thread holds the processor that the thread it waits for needs: on two loaded cores an
 * epoch took 11 to 27 s, and 2.0 to 2.2 s with {@value #COUNT} rounds. Read by libgomp when it is
 * loaded, so it is put into the process's environment before; what the user has set there stays.
 */
final class SpinLimit {
  private static final String VARIABLE = "GOMP_SPINCOUNT";
  private static final String COUNT = "100000";

  private SpinLimit() {}

  /** Sets the limit; must run before libtorch is loaded. Linux only. */
  static void set() {
    if (Platform.isLinux() && System.getenv("OMP_WAIT_POLICY") == null) {
      NativeLibrary.getInstance("c")
          .getFunction("setenv")
          .invokeInt(new Object[] {VARIABLE, COUNT, 0});
    }
  }
}
