package org.hearsight.app.console;

import java.nio.file.Path;
import java.util.Iterator;
import org.hearsight.core.audio.CapsuleArray;
import org.hearsight.core.audio.FoaFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** In what format a recording's channels are, where somebody says so. */
public final class FoaFormatOption {
  /**
   * What was said.
   *
   * @param words as given
   * @param file that describes a microphone; null if the words need none
   */
  record Said(String words, Path file) implements GivenPaths.NamesFile {}

  /** Reads no file, which is the command's work. */
  static final class Words implements ITypeConverter<Said> {
    @Override
    public Said convert(String words) {
      try {
        return new Said(words, FoaFormat.file(words).orElse(null));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Microphones that are known. */
  static final class Known implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return CapsuleArray.presets().iterator();
    }
  }

  @Option(
      names = "--foa-format",
      completionCandidates = Known.class,
      converter = Words.class,
      paramLabel = "ambix|acn-n3d|fuma|a-format:FILE",
      description =
          "Order and weights of the recording's channels. FILE describes a microphone's capsules"
              + " (docs/inputs.md) or is the name of a known one: ${COMPLETION-CANDIDATES}"
              + " (default: what the file says of itself, else ambix).")
  @Reads
  private Said said;

  /**
   * What was said; null if nothing was.
   *
   * @throws org.hearsight.core.error.InputException if a file describes no microphone
   */
  public FoaFormat format() {
    return said == null ? null : FoaFormat.of(said.words());
  }
}
