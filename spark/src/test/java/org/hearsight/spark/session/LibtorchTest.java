package org.hearsight.spark.session;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;

class LibtorchTest {
  @Test
  void aDriverWithoutItIsToldWhereItLies() {
    assertThatThrownBy(() -> Libtorch.require(ClassLoader.getPlatformClassLoader()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("libtorch: is not on the driver's class path; give spark-submit");
    assertThatCode(Libtorch::require).doesNotThrowAnyException();
  }
}
