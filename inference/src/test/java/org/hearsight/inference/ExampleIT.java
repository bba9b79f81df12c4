package org.hearsight.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.vision.View;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code examples/library} as somebody else's project: built by Maven against our artifacts in a
 * local repository of their own, then run. Every other library comes from the repository that this
 * test's own class path came from. The model artifact is packed with a tiny model.
 */
class ExampleIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final long LONGEST_SECONDS = 240;

  @TempDir private static Path folder;
  private static Path project;
  private static Path model;
  private static List<Path> libraries;

  @BeforeAll
  static void build() throws IOException, InterruptedException, URISyntaxException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
    Path repository = folder.resolve("repository");
    String version = install(repository);
    project = folder.resolve("project");
    copy(HOME.resolve("examples/library/pom.xml"), project.resolve("pom.xml"));
    String source = "src/main/java/org/example/Hears.java";
    copy(HOME.resolve("examples/library").resolve(source), project.resolve(source));

    Ran built =
        run(
            HOME.resolve("mvnw").toString(),
            "-B",
            "-q",
            "-f",
            project.resolve("pom.xml").toString(),
            "-Dmaven.repo.local=" + repository,
            "-Dmaven.repo.local.tail=" + repositoryOf(OrtEnvironment.class),
            "compile");
    assertThat(built.exit()).as(built.said()).isZero();
    try (Stream<Path> files = Files.list(project.resolve("target/lib"))) {
      libraries = files.sorted().toList();
    }
    assertThat(libraries.stream().map(p -> p.getFileName().toString()))
        .contains(
            "hearsight-core-" + version + ".jar",
            "hearsight-inference-" + version + ".jar",
            "hearsight-model-" + version + ".jar");
  }

  /** Puts our artifacts into a local repository, as {@code ./mvnw install} does. */
  private static String install(Path repository) throws IOException, URISyntaxException {
    Matcher parent =
        Pattern.compile("<artifactId>hearsight</artifactId>\\s*<version>(.*?)</version>")
            .matcher(Files.readString(HOME.resolve("pom.xml")));
    assertThat(parent.find()).isTrue();
    String version = parent.group(1);
    model = TinyModel.write(folder.resolve("packed/org/hearsight/model"), 1);
    copy(HOME.resolve("pom.xml"), place(repository, "hearsight", version, "pom"));
    copy(HOME.resolve("bom/pom.xml"), place(repository, "hearsight-bom", version, "pom"));
    for (String module : List.of("core", "inference", "model")) {
      String name = "hearsight-" + module;
      copy(HOME.resolve(module).resolve("pom.xml"), place(repository, name, version, "pom"));
      Path jar = place(repository, name, version, "jar");
      switch (module) {
        case "core" -> install(Clip.class, "org/hearsight/core", jar);
        case "inference" -> install(Hearsight.class, "org/hearsight/inference", jar);
        default -> Jars.pack(folder.resolve("packed"), "org/hearsight/model", jar);
      }
    }
    return version;
  }

  /** The jar of a class, or one made of its folder where it is not packed yet. */
  private static void install(Class<?> member, String classes, Path jar)
      throws IOException, URISyntaxException {
    Path source = sourceOf(member);
    if (Files.isDirectory(source)) {
      Jars.pack(source, classes, jar);
    } else {
      copy(source, jar);
    }
  }

  private static Path place(Path repository, String name, String version, String type) {
    return repository
        .resolve("org/hearsight")
        .resolve(name)
        .resolve(version)
        .resolve(name + "-" + version + "." + type);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to);
  }

  private static Path sourceOf(Class<?> member) throws URISyntaxException {
    return Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** A jar lies in {@code REPOSITORY/com/microsoft/onnxruntime/NAME/VERSION/}. */
  private static Path repositoryOf(Class<?> member) throws URISyntaxException {
    Path at = sourceOf(member).getParent();
    for (int i = member.getPackageName().split("\\.").length + 3; i > 0; i--) {
      at = at.getParent();
    }
    return at;
  }

  private record Ran(int exit, String said) {}

  private static Ran run(String... command) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("MAVEN_OPTS", "-Xmx512m -XX:TieredStopAtLevel=1");
    Process process = builder.start();
    boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    assertThat(ended).as("ended in time: " + Files.readString(said)).isTrue();
    return new Ran(process.exitValue(), Files.readString(said));
  }

  private static Ran hear(List<Path> libraries, Path... files)
      throws IOException, InterruptedException {
    List<String> path = new ArrayList<>(List.of(project.resolve("target/classes").toString()));
    libraries.forEach(jar -> path.add(jar.toString()));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-Djava.awt.headless=true"));
    command.addAll(List.of("-cp", String.join(File.pathSeparator, path), "org.example.Hears"));
    Stream.of(files).forEach(file -> command.add(file.toString()));
    return run(command.toArray(String[]::new));
  }

  private static Path sound() {
    Path file = folder.resolve("foa.wav");
    float[][] foa = TinyModel.clip(1, Foa.SAMPLE_RATE).foa();
    Wav.write(file, new Audio(Foa.SAMPLE_RATE, foa), Encoding.FLOAT_32);
    return file;
  }

  private static Path picture(String name, int type) throws IOException {
    BufferedImage picture = new BufferedImage(64, 48, type);
    for (int i = 0; i < 64 * 48; i++) {
      for (int band = 0; band < picture.getRaster().getNumBands(); band++) {
        picture.getRaster().setSample(i % 64, i / 64, band, 100 + i % 64);
      }
    }
    Path file = folder.resolve(name);
    assertThat(ImageIO.write(picture, "png", file.toFile())).isTrue();
    return file;
  }

  @Test
  void fiveLinesAnswerAsTheLibraryDoes() throws IOException, InterruptedException {
    Path sound = sound();
    Path picture = picture("view.png", BufferedImage.TYPE_INT_RGB);
    Path depth = picture("depth.png", BufferedImage.TYPE_USHORT_GRAY);

    Ran ran = hear(libraries, sound, picture, depth);

    Imagination expected;
    try (Hearsight hearsight = Hearsight.load(model)) {
      expected = hearsight.imagine(Clip.read(sound), View.read(picture, depth));
    }
    assertThat(ran.exit()).as(ran.said()).isZero();
    assertThat(ran.said().strip())
        .isEqualTo(expected.className() + " at " + expected.location().azimuth() + "°");
  }

  @Test
  void withoutTheModelsArtifactItSaysWhatIsMissing() throws IOException, InterruptedException {
    List<Path> bare =
        libraries.stream().filter(p -> !p.getFileName().toString().contains("-model-")).toList();

    Ran ran = hear(bare, folder, folder, folder);

    assertThat(ran.exit()).isNotZero();
    assertThat(ran.said())
        .contains("default model: is missing", "add the artifact org.hearsight:hearsight-model");
  }

  @Test
  void theDocumentNamesEveryLibraryItBrings() throws IOException {
    String document = Files.readString(HOME.resolve("docs/library.md"));
    List<String> unnamed =
        libraries.stream()
            .map(library -> library.getFileName().toString().replaceFirst("-\\d.*", ""))
            .filter(name -> !Pattern.compile("[ `:]" + name + "[ `\n,]").matcher(document).find())
            .toList();
    assertThat(unnamed).isEmpty();
    assertThat(libraries).hasSizeGreaterThan(3);
  }
}
