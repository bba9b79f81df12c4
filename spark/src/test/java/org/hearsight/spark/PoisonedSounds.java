package org.hearsight.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.audio.SoundDecoder;
import org.hearsight.core.audio.SoundReader;
import org.hearsight.core.error.InputException;

/**
 * Reads no sound, and ends the JVM at a file of {@link #POISON}, as a crash in native code does: no
 * handler runs, nothing is closed. Each time it leaves a file beside it, to be counted.
 */
public final class PoisonedSounds implements SoundDecoder {
  static final String POISON = "poison";
  static final String DEATH = "death-";

  private static final int SIGSEGV = 139;

  @Override
  public SoundReader open(Path file) {
    try {
      if (Files.readString(file, StandardCharsets.ISO_8859_1).equals(POISON)) {
        Path unused = Files.createTempFile(file.toAbsolutePath().getParent(), DEATH, "");
        Runtime.getRuntime().halt(SIGSEGV);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new InputException(file, "is not WAV", "give the file that this test made");
  }

  /**
   * Options of a job whose executors read sounds that are not WAV by this class.
   *
   * @param folder for the class and its entry as a service; nothing else of the tests gets there
   */
  static String[] options(Path folder) throws IOException {
    String name = PoisonedSounds.class.getName();
    String file = "/" + name.replace('.', '/') + ".class";
    Path there = folder.resolve(file.substring(1));
    Files.createDirectories(there.getParent());
    try (InputStream own = PoisonedSounds.class.getResourceAsStream(file)) {
      Files.write(there, own.readAllBytes());
    }
    Path service = folder.resolve("META-INF/services/" + SoundDecoder.class.getName());
    Files.createDirectories(service.getParent());
    Files.writeString(service, name);
    // First on the class path, so it is the first that is found.
    String path = folder + ":" + SparkProcess.JAR;
    return new String[] {"--conf", "spark.executor.extraClassPath=" + path};
  }

  /** How many JVMs ended at files in a folder. */
  static long deaths(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().startsWith(DEATH)).count();
    }
  }
}
