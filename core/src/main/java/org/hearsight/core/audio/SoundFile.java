package org.hearsight.core.audio;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderListing;

/**
 * The one door through which sound files are read: WAV by {@link WavReader}, anything else by a
 * {@link SoundDecoder}. What a file is, its content says; the name only says what is looked for in
 * folders.
 */
public final class SoundFile {
  /** Of files that are taken for sounds in a folder, in small letters. */
  public static final List<String> ENDINGS =
      List.of(
          ".wav", ".wave", ".amb", ".w64", ".rf64", ".bw64", ".flac", ".ogg", ".oga", ".opus",
          ".mp3", ".m4a", ".aac", ".caf", ".aif", ".aiff", ".aifc", ".au", ".snd", ".wv", ".mka",
          ".wma");

  private static final String ADD_DECODER =
      "convert it to PCM, for example with: ffmpeg -i IN -c:a pcm_s16le OUT.wav; or add the"
          + " artifact org.hearsight:hearsight-datasets, which reads FLAC, Ogg, MP3, CAF, AIFF"
          + " and M4A";

  private SoundFile() {}

  /** Has a file a name of a sound, in capitals or small letters? */
  public static boolean isNamedSo(Path file) {
    return FolderListing.stem(file, ENDINGS) != null;
  }

  /**
   * Is this a sound that is read without a {@link SoundDecoder}, which is native code?
   *
   * @throws InputException as {@link #open(Path)}, if it is but cannot be read
   */
  public static boolean isOwn(Path file) {
    try {
      WavReader.openOwn(file).close();
      return true;
    } catch (ForeignSound e) {
      return false;
    }
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws InputException if it is not a regular file, holds no sound that is known, or is cut
   *     short or empty
   */
  public static SoundReader open(Path file) {
    return open(file, SoundFile::installed);
  }

  /**
   * As {@link #open(Path)}.
   *
   * @param decoder of what is not WAV, asked for only if it is needed
   */
  static SoundReader open(Path file, Supplier<Optional<SoundDecoder>> decoder) {
    try {
      return WavReader.openOwn(file);
    } catch (ForeignSound e) {
      return decoder
          .get()
          .orElseThrow(() -> new InputException(file, e.getMessage(), ADD_DECODER, e))
          .open(file);
    }
  }

  private static Optional<SoundDecoder> installed() {
    return ServiceLoader.load(SoundDecoder.class, SoundDecoder.class.getClassLoader()).findFirst();
  }
}
