package org.hearsight.inference.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.Leftovers;

/**
 * Starts ONNX Runtime, once a process.
 *
 * <p>Left to itself it unpacks its library (22 MB) into the system's temporary folder, deletes it
 * when the process ends in order, and the folder never. Here the library is unpacked by us and
 * deleted as soon as it is loaded, which Linux and macOS allow: whatever ends the process then,
 * nothing stays. A cache would save a tenth of a second, and would be one more folder that somebody
 * else could write a library into.
 */
final class OnnxRuntimeLibrary {
  private static final String NATIVE_PATH = "onnxruntime.native.path";
  private static final String[] NAMES = {"onnxruntime", "onnxruntime4j_jni"};

  /** Runs of all networks: the process ends when they have. */
  private static final CallsInFlight RUNS = new CallsInFlight("ONNX Runtime");

  private static OrtEnvironment environment;

  private OnnxRuntimeLibrary() {}

  /**
   * One environment a process, whoever asks; the runtime keeps it until the process ends.
   *
   * @throws InputException if there is no ONNX Runtime for this platform, or the temporary folder
   *     cannot be written
   */
  static synchronized OrtEnvironment environment() {
    if (environment == null) {
      // Whoever names a folder has put the libraries there.
      environment = System.getProperty(NATIVE_PATH) == null ? unpackAndLoad() : load();
      keepToTheEnd();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNS.close(() -> {})));
    }
    return environment;
  }

  /**
   * Runs a network, which the end of the process waits for.
   *
   * @throws IllegalStateException if the process ends
   */
  static <T> T running(Supplier<T> run) {
    return RUNS.call(run);
  }

  /**
   * Takes a second reference to the environment. The runtime's own shutdown hook gives back the
   * first, and would destroy it under networks that still run in other threads, beside our hook,
   * which waits for them. Where a later version has no such method, the process may crash at its
   * end if it is ended in the middle of a run.
   */
  private static void keepToTheEnd() {
    try {
      Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      Method create =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      api.setAccessible(true);
      create.setAccessible(true);
      Object unused =
          create.invoke(
              null,
              api.getLong(null),
              OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR.getValue(),
              "hearsight");
    } catch (ReflectiveOperationException | LinkageError e) {
      return; // all else works without
    }
  }

  private static OrtEnvironment unpackAndLoad() {
    Path folder = unpack();
    System.setProperty(NATIVE_PATH, folder.toString());
    try {
      return load();
    } finally {
      System.clearProperty(NATIVE_PATH);
      // Where a loaded library cannot be deleted (Windows) it is tried again at the end.
      boolean unused = Leftovers.discard(folder);
      discardEmptyFolder();
    }
  }

  private static Path unpack() {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("hearsight-onnxruntime");
      Leftovers.add(folder);
      for (String name : NAMES) {
        String file = System.mapLibraryName(name);
        String resource = "/ai/onnxruntime/native/" + platform() + "/" + file;
        try (InputStream in = OrtEnvironment.class.getResourceAsStream(resource)) {
          if (in == null) {
            boolean unused = Leftovers.discard(folder);
            throw noRuntime("it has no library for this platform", null);
          }
          long unused = Files.copy(in, folder.resolve(file));
        }
      }
      return folder;
    } catch (IOException e) {
      if (folder != null) {
        boolean unused = Leftovers.discard(folder);
      }
      Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
      throw InputException.environment(
          temporary,
          AtomicFile.cannotWriteReason(e) + ", and ONNX Runtime's library is unpacked there",
          "make 30 MB of room there, or name another folder with"
              + " HEARSIGHT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
          e);
    }
  }

  /** As ONNX Runtime names its folders of libraries. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.startsWith("mac") ? "osx" : system.startsWith("win") ? "win" : "linux")
        + "-"
        + (processor.equals("aarch64") ? "aarch64" : "x64");
  }

  private static OrtEnvironment load() {
    try {
      return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "hearsight");
    } catch (LinkageError e) {
      throw noRuntime(String.valueOf(e.getMessage() == null ? e.getCause() : e.getMessage()), e);
    }
  }

  private static InputException noRuntime(String why, LinkageError e) {
    return InputException.environment(
        "ONNX Runtime",
        "does not start on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + " ("
            + why
            + ")",
        "run on Linux x86-64, macOS arm64 or Windows x86-64, with a java.io.tmpdir that programs"
            + " may be run from",
        e);
  }

  /**
   * The runtime makes a temporary folder of its own even where it has nothing to put there, and
   * removes it when the process ends in order. Its field is the only one who knows the name; where
   * a later version has no such field, it is left to the runtime.
   */
  private static void discardEmptyFolder() {
    try {
      Field field = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("tempDirectory");
      field.setAccessible(true);
      if (field.get(null) instanceof Path made) {
        boolean unused = Leftovers.discard(made);
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      return; // nothing is lost but an empty folder, and only where the process is cut off
    }
  }
}
