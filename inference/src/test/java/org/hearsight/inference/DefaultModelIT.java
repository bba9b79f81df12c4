package org.hearsight.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.vision.View;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that ships: as a folder, as a jar, and where there is none. */
class DefaultModelIT {
  private static final String PACKED = "org/hearsight/model";

  private final Clip clip = TinyModel.clip(1, Foa.SAMPLE_RATE);
  private final View view = TinyModel.view(1);

  private final List<URLClassLoader> loaders = new ArrayList<>();

  @TempDir private Path folder;
  private Imagination expected;

  @BeforeEach
  void write() {
    Path model = TinyModel.write(folder.resolve("home/weights/default"), 1);
    try (Hearsight hearsight = Hearsight.load(model, 1)) {
      expected = hearsight.imagine(clip, view);
    }
  }

  private Path jar(String name, long seed) throws IOException {
    Path classes = folder.resolve("classes of " + name);
    Path unused = TinyModel.write(classes.resolve(PACKED), seed);
    return Jars.pack(classes, PACKED, folder.resolve(name));
  }

  private ClassLoader loader(Path... path) throws IOException {
    URL[] urls = new URL[path.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = path[i].toUri().toURL();
    }
    URLClassLoader loader = new URLClassLoader(urls, null);
    loaders.add(loader);
    return loader;
  }

  @AfterEach
  void close() throws IOException {
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
    loaders.clear();
  }

  /** Does this process hold a file open? Only Linux says so. */
  private static boolean isOpen(Path file) throws IOException {
    Path held = Path.of("/proc/self/fd");
    if (!Files.isDirectory(held)) {
      return false;
    }
    try (Stream<Path> links = Files.list(held)) {
      return links.anyMatch(link -> leadsTo(link, file));
    }
  }

  private static boolean leadsTo(Path link, Path file) {
    try {
      return Files.readSymbolicLink(link).equals(file.toAbsolutePath());
    } catch (NoSuchFileException e) {
      return false; // closed since it was listed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Imagination answer(DefaultModel found) {
    Hearsight hearsight;
    try (found) {
      hearsight = Hearsight.load(found, 1);
    }
    try (hearsight) { // after the jar is closed
      return hearsight.imagine(clip, view);
    }
  }

  @Test
  void theFolderOfTheCheckoutComesFirst() throws IOException {
    ClassLoader packed = loader(jar("m.jar", 2));

    assertThat(answer(DefaultModel.find(folder.resolve("home"), packed))).isEqualTo(expected);
    assertThat(answer(DefaultModel.find(folder.resolve("elsewhere"), packed)))
        .isNotEqualTo(expected);
  }

  @Test
  void aJarAnswersAsItsFolder() throws IOException {
    Path jar = jar("a jar ü+%.jar", 1);

    assertThat(answer(DefaultModel.find(null, loader(jar)))).isEqualTo(expected);
    close(); // the loader holds it as well
    assertThat(isOpen(jar)).isFalse();
  }

  @Test
  void classesThatAreNotPackedYetAnswerAsWell() throws IOException {
    Path classes = folder.resolve("classes");
    Path unused = TinyModel.write(classes.resolve(PACKED), 1);

    assertThat(answer(DefaultModel.find(null, loader(classes)))).isEqualTo(expected);
  }

  @Test
  void loadedTwiceItHasOneSetOfSessions() throws IOException {
    Path jar = jar("m.jar", 1);
    int before = SharedModel.count();
    try (DefaultModel one = DefaultModel.find(null, loader(jar));
        DefaultModel other = DefaultModel.find(null, loader(jar));
        Hearsight first = Hearsight.load(one, 1);
        Hearsight second = Hearsight.load(other, 1)) {
      assertThat(SharedModel.count()).isEqualTo(before + 1);
      assertThat(second.answer(first.hear(clip), first.see(view))).isEqualTo(expected);
    }
  }

  @Test
  void aDamagedGraphInTheJarIsRefused() throws IOException {
    Path classes = folder.resolve("classes");
    Path damaged = ModelBundle.imagination(TinyModel.write(classes.resolve(PACKED), 1));
    byte[] graph = Files.readAllBytes(damaged);
    graph[graph.length / 2] ^= 1;
    Files.write(damaged, graph);
    Path jar = Jars.pack(classes, PACKED, folder.resolve("m.jar"));

    try (DefaultModel found = DefaultModel.find(null, loader(jar))) {
      assertThatThrownBy(() -> Hearsight.load(found, 1))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("imagination.onnx: is damaged");
    }
  }

  @Test
  void whereThereIsNoneItSaysWhatToDo() throws IOException {
    Path home = folder.resolve("bare");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    for (Path known : new Path[] {home, null}) {
      assertThatThrownBy(() -> DefaultModel.find(known, loader(empty)))
          .isInstanceOfSatisfying(
              InputException.class,
              e -> assertThat(e.fault()).isEqualTo(InputException.Fault.ENVIRONMENT))
          .hasMessageStartingWith(
              (known == null ? "default model" : home.resolve("weights/default").toString())
                  + ": is missing: no model ships with this build; ")
          .hasMessageContaining("Hearsight.load(DIR)")
          .hasMessageContaining("org.hearsight:hearsight-model");
    }
  }

  /** As a container that keeps jars in jars gives addresses of its own. */
  @Test
  void whatCannotBeReadInPlaceIsRefused() throws IOException {
    URL odd = new URL(null, "odd:/model.json", new OddHandler());
    ClassLoader loader =
        new ClassLoader(null) {
          @Override
          public URL getResource(String name) {
            return odd;
          }
        };
    assertThatThrownBy(() -> DefaultModel.find(null, loader))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("odd:/model.json: lies where Java can read no folder")
        .hasMessageContaining("Hearsight.load(DIR)");
  }

  private static final class OddHandler extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}
      };
    }
  }
}
