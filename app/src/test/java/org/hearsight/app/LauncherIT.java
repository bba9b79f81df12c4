package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script in checkouts of a few files whose build is a script that counts: it copies a
 * jar which names this test's class path.
 */
class LauncherIT {
  private static final Path LAUNCHER = Path.of("..", "hearsight");

  @TempDir private Path folder;
  private Path builds;

  @BeforeEach
  void onlyWithShell() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
    builds = folder.resolve("builds");
  }

  private Path checkout(String name) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.copy(LAUNCHER, home.resolve("hearsight"));
    Files.writeString(home.resolve("pom.xml"), "<project/>\n");
    for (String module : new String[] {"core", "app"}) {
      Path sources = Files.createDirectories(home.resolve(module).resolve("src/main"));
      Files.writeString(home.resolve(module).resolve("pom.xml"), "<project/>\n");
      Files.writeString(sources.resolve("A.java"), "class A {}\n");
      Files.writeString(sources.resolve("B.java"), "class B {}\n");
    }
    Path jar = folder.resolve("application.jar");
    writeJar(jar);
    Path build = home.resolve("mvnw");
    Files.writeString(
        build,
        """
        #!/bin/sh
        echo built >> '%s'
        sleep 1
        mkdir -p app/target && cp '%s' app/target/hearsight-app.jar
        """
            .formatted(builds, jar));
    for (Path script : List.of(build, home.resolve("hearsight"))) {
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }
    return home;
  }

  private static void writeJar(Path jar) throws IOException {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, Hearsight.class.getName());
    main.put(
        Attributes.Name.CLASS_PATH,
        Arrays.stream(path.split(Pattern.quote(File.pathSeparator)))
            .map(entry -> Path.of(entry).toAbsolutePath().toUri().toString())
            .collect(Collectors.joining(" ")));
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
  }

  private Process start(Path home, Map<String, String> environment, String... words)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("hearsight").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().putAll(environment);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("said").toFile()))
        .start();
  }

  private String run(Path home, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    Files.deleteIfExists(folder.resolve("said"));
    end(start(home, environment, words));
    return Files.readString(folder.resolve("said"));
  }

  private void end(Process process) throws IOException, InterruptedException {
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("said"))).isZero();
  }

  private long builds() throws IOException {
    return Files.readAllLines(builds).size();
  }

  @Test
  void itBuildsWhatHasChangedAndNothingElse() throws IOException, InterruptedException {
    Path home = checkout("plain");
    Path source = home.resolve("core/src/main/B.java");

    assertThat(run(home, Map.of(), "--version")).contains("hearsight ");
    assertThat(builds()).isEqualTo(1);

    Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    assertThat(run(home, Map.of(), "--version")).startsWith("hearsight ");
    assertThat(builds()).as("another time is not a change").isEqualTo(1);

    FileTime before = Files.getLastModifiedTime(source);
    Files.writeString(source, "class B { }\n");
    Files.setLastModifiedTime(source, before);
    run(home, Map.of(), "--version");
    assertThat(builds()).as("other content of the same time is one").isEqualTo(2);

    Files.delete(source);
    run(home, Map.of(), "--version");
    assertThat(builds()).as("so is a file that is gone").isEqualTo(3);
  }

  @Test
  void twoFirstRunsBuildOnce() throws IOException, InterruptedException {
    Path home = checkout("twice");

    Process one = start(home, Map.of(), "--version");
    Process other = start(home, Map.of(), "--version");
    end(one);
    end(other);

    assertThat(builds()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("said")))
        .containsOnlyOnce("waiting for another build of ");
  }

  @Test
  void anyPathInAnyLocale() throws IOException, InterruptedException {
    Path home = checkout("a:b ü");
    Map<String, String> plain = new HashMap<>(Map.of("LC_ALL", "C"));
    plain.put("LANG", "C");

    assertThat(run(home, plain, "--version")).contains("hearsight ");
    assertThat(run(home, plain, "--version")).startsWith("hearsight ").hasLineCount(1);
    String refused = refusal(home, plain, "features", "--audio", "ü.wav", "--to", "ö");
    assertThat(refused).startsWith("hearsight: ü.wav: ").hasLineCount(1);
  }

  private String refusal(Path home, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    Files.deleteIfExists(folder.resolve("said"));
    Process process = start(home, environment, words);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    return Files.readString(folder.resolve("said"));
  }

  @Test
  void aFailedBuildIsTriedAgain() throws IOException, InterruptedException {
    Path home = checkout("failing");
    String good = Files.readString(home.resolve("mvnw"));
    Files.writeString(home.resolve("mvnw"), "#!/bin/sh\necho '[ERROR] no'; exit 1\n");

    assertThat(refusal(home, Map.of(), "--version")).contains("the build failed", "[ERROR] no");

    Files.writeString(home.resolve("mvnw"), good);
    assertThat(run(home, Map.of(), "--version")).contains("hearsight ");
  }
}
