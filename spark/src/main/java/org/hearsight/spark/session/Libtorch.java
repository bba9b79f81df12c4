package org.hearsight.spark.session;

import org.hearsight.core.error.InputException;

/**
 * libtorch where a driver needs it. The job jar is without it, as it weighs more than all the rest
 * and executors do without.
 */
public final class Libtorch {
  /** Says for which machine the libraries beside it are. */
  private static final String PROPERTIES = "native/lib/pytorch.properties";

  private Libtorch() {}

  /**
   * Requires it before anything begins.
   *
   * @throws InputException if the class path lacks it
   */
  public static void require() {
    require(Libtorch.class.getClassLoader());
  }

  static void require(ClassLoader classes) {
    if (classes.getResource(PROPERTIES) == null) {
      throw InputException.environment(
          "libtorch",
          "is not on the driver's class path",
          "give spark-submit --driver-class-path pytorch-native-cpu-….jar, which a build leaves in"
              + " app/target/lib, or use ./hearsight spark");
    }
  }
}
