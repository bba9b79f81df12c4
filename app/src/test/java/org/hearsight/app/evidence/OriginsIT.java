package org.hearsight.app.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginsIT {
  private static final String HOME = "hearsight.home";

  private final String before = System.getProperty(HOME);

  @TempDir private Path repository;

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, before);
    }
  }

  @Test
  void theCommitIsThatOfTheCheckoutAndNotOfOneAround() throws Exception {
    git("init", "-q");
    Path inside = Files.createDirectory(repository.resolve("download"));
    Files.writeString(inside.resolve("file"), "x");
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "first");

    System.setProperty(HOME, repository.toString());
    assertThat(Origins.commit()).matches("[0-9a-f]{40}");
    System.setProperty(HOME, inside.toString());
    assertThat(Origins.commit()).isNull();
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process git =
        new ProcessBuilder(command)
            .directory(repository.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).as(said).isZero();
  }
}
