package org.hearsight.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InnerPathTest {
  @ParameterizedTest
  @ValueSource(strings = {"a.wav", "a/b.wav", ".hidden", "a/..b/c", "a b/ü.png", "ab:c.wav"})
  void aPathInsideIsTaken(String path) {
    assertThat(InnerPath.require("file", path)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/a", "//a/b", "..", "../a", "a/..", "a/../b", "a/./b", ".", "./a", "a//b", "a/",
        "C:/a", "c:a", "..\\a", "a\\b", "a\0b", "a\nb"
      })
  void aPathThatLeadsOutIsNamed(String path) {
    assertThatThrownBy(() -> InnerPath.require("file", path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("file: ");
  }
}
