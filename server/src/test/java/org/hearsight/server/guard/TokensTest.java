package org.hearsight.server.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
  @TempDir private Path folder;

  @Test
  void aTokenTellsWhoAsks() {
    Tokens tokens = Tokens.of(List.of("first-token-of-two", "second-token-of-two"));
    assertThat(tokens.areNeeded()).isTrue();
    assertThat(tokens.client("Bearer second-token-of-two")).isEqualTo("token 2");
    assertThat(tokens.client("bearer first-token-of-two")).isEqualTo("token 1");
    for (String wrong :
        new String[] {
          null, "", "Bearer ", "Basic first-token-of-two", "Bearer first-token-of-tw", "Bearer x"
        }) {
      assertThat(tokens.client(wrong)).as(String.valueOf(wrong)).isNull();
    }
    assertThat(Tokens.NONE.areNeeded()).isFalse();
  }

  @Test
  void aFileHasOneALine() throws IOException {
    Path file = folder.resolve("tokens");
    Files.writeString(file, "# of the robot\n0123456789abcdef\n\n  fedcba9876543210\n");
    Tokens tokens = Tokens.read(file);
    assertThat(tokens.client("Bearer fedcba9876543210")).isEqualTo("token 2");

    Files.writeString(file, "short\n");
    assertThatThrownBy(() -> Tokens.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("shorter than 16")
        .hasMessageNotContaining("short\n");
    Files.writeString(file, "# none\n");
    assertThatThrownBy(() -> Tokens.read(file)).hasMessageContaining("holds no token");
  }
}
