package org.hearsight.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import org.hearsight.core.bundle.FolderKind;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;

/**
 * Where the model that ships lies: in the folder {@code weights/default} of the checkout or the
 * installation that {@code hearsight.home} names, else in the artifact {@code hearsight-model} on
 * the class path.
 *
 * <p>The artifact is read where it lies, as a file system, and ONNX Runtime takes its graphs from
 * memory. Nothing is unpacked, so there is no cache to be filled by several processes at once, none
 * that somebody else could write to, and no room needed on the disk. It costs one copy of the
 * graphs in memory while they are loaded.
 *
 * <p>Closing it closes the artifact; a model that was loaded from it goes on.
 */
public final class DefaultModel implements AutoCloseable {
  /** In {@code hearsight.home}. */
  private static final String FOLDER = "weights/default";

  private static final String HOME = "hearsight.home";
  private static final String CARD = FolderKind.MODEL.card();

  /** In the artifact. */
  private static final String PACKED = "org/hearsight/model";

  private static final String PACKED_CARD = PACKED + "/" + CARD;

  private final Path folder;
  private final FileSystem artifact; // null where the folder is on the disk

  private DefaultModel(Path folder, FileSystem artifact) {
    this.folder = folder;
    this.artifact = artifact;
  }

  /**
   * Finds this process's.
   *
   * @throws InputException if there is none, with what can be done about it
   */
  public static DefaultModel find() {
    return find(home(), DefaultModel.class.getClassLoader());
  }

  /** Does {@link #find()} find one, whole or not? */
  static boolean isThere() {
    return isIn(home()) || DefaultModel.class.getClassLoader().getResource(PACKED_CARD) != null;
  }

  private static Path home() {
    String home = System.getProperty(HOME);
    return home == null ? null : Path.of(home);
  }

  private static boolean isIn(Path home) {
    return home != null && FolderKind.MODEL.isIn(home.resolve(FOLDER));
  }

  /**
   * Finds one.
   *
   * @param home of the checkout or the installation; null where nobody says
   * @param loader of the class path
   */
  static DefaultModel find(Path home, ClassLoader loader) {
    Path folder = home == null ? null : home.resolve(FOLDER);
    if (isIn(home)) {
      return new DefaultModel(folder, null);
    }
    URL card = loader.getResource(PACKED_CARD);
    if (card == null) {
      throw InputException.environment(
          folder == null ? "default model" : folder,
          "is missing: no model ships with this build",
          "give the folder of one (--model=DIR, in Java Hearsight.load(DIR)), or add the artifact"
              + " org.hearsight:hearsight-model");
    }
    return packed(card);
  }

  private static DefaultModel packed(URL card) {
    try {
      if (card.getProtocol().equals("file")) {
        return new DefaultModel(Path.of(card.toURI()).getParent(), null);
      }
      if (card.openConnection() instanceof JarURLConnection jar) {
        return inJar(Path.of(jar.getJarFileURL().toURI()));
      }
      throw notInPlace(card, null);
    } catch (URISyntaxException
        | IllegalArgumentException
        | FileSystemNotFoundException
        | ProviderNotFoundException e) {
      throw notInPlace(card, e);
    } catch (IOException e) {
      throw InputException.environment(
          card, "cannot be opened: " + e.getMessage(), "check that you may read it", e);
    }
  }

  private static DefaultModel inJar(Path jar) {
    try {
      FileSystem artifact = FileSystems.newFileSystem(jar);
      return new DefaultModel(artifact.getPath("/").resolve(PACKED), artifact);
    } catch (IOException e) {
      throw InputFile.cannotRead(jar, e);
    }
  }

  private static InputException notInPlace(URL card, Exception e) {
    return InputException.environment(
        card,
        "lies where Java can read no folder (a jar in a jar?)",
        "unpack the model and give its folder: Hearsight.load(DIR)",
        e);
  }

  /** Its folder, which can be read until this is closed. */
  public Path folder() {
    return folder;
  }

  /** What messages call it. */
  String name() {
    return artifact == null ? folder.toString() : "default model";
  }

  /**
   * Opens it.
   *
   * @throws InputException as {@link ModelBundle#open}
   */
  ModelBundle bundle() {
    return ModelBundle.open(folder);
  }

  @Override
  public void close() {
    if (artifact == null) {
      return;
    }
    try {
      artifact.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
