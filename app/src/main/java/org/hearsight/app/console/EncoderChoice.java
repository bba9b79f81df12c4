package org.hearsight.app.console;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.FolderKind;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;

/**
 * Which encoder a command takes: the one a person gives, else the one that ships with the checkout,
 * {@code weights/seld} or {@code weights/resnet50}; one drawn from a seed where {@code none} is
 * given or nothing ships.
 *
 * @param shipped folder of the encoders that ship; null where the launcher did not say
 */
public record EncoderChoice(Path shipped) {
  /** What a person gives to go without a pretrained encoder. */
  public static final String NONE = "none";

  /** The one of this process: the launcher sets {@code hearsight.home}. */
  public static EncoderChoice standard() {
    String home = System.getProperty("hearsight.home");
    return new EncoderChoice(home == null ? null : Path.of(home).resolve("weights"));
  }

  /**
   * The file or folder to take; empty where the encoder is to be drawn from a seed. Says which.
   *
   * @param kind as on its card: {@link EncoderCard#RESNET50} or that of an audio encoder
   * @param given by a person; null if nothing was
   */
  public Optional<Path> choose(String kind, Path given, Progress progress) {
    boolean seld = !kind.equals(EncoderCard.RESNET50);
    String what = seld ? "the SELD encoder" : "the picture encoder";
    if (given != null && !given.toString().equals(NONE)) {
      return Optional.of(given);
    }
    if (given != null) {
      progress.note(what + " is untrained, as asked");
      return Optional.empty();
    }
    Optional<Path> found = shipped(kind);
    progress.note(
        found.isPresent()
            ? what + " is the one that ships, " + found.get()
            : what + " is untrained; " + remedy(seld));
    return found;
  }

  /**
   * As {@link #choose}, for commands that make no sense without a pretrained encoder.
   *
   * @throws InputException if none is given and none ships
   */
  public Path require(String kind, Path given) {
    boolean seld = !kind.equals(EncoderCard.RESNET50);
    return Optional.ofNullable(given)
        .or(() -> shipped(kind))
        .orElseThrow(
            () ->
                InputException.environment(
                    option(seld), "missing, and no encoder ships with this build", remedy(seld)));
  }

  /** Folders of all encoders that ship with this build. */
  public List<Path> all() {
    return Stream.concat(
            Arrays.stream(AudioBackbone.values()).map(AudioBackbone::kind),
            Stream.of(EncoderCard.RESNET50))
        .flatMap(kind -> shipped(kind).stream())
        .toList();
  }

  private Optional<Path> shipped(String kind) {
    if (shipped == null) {
      return Optional.empty();
    }
    Path folder = shipped.resolve(kind.equals(EncoderCard.SELDNET) ? "seld" : kind);
    return FolderKind.ENCODER.isIn(folder) ? Optional.of(folder) : Optional.empty();
  }

  private static String option(boolean seld) {
    return seld ? "--seld" : "--resnet50";
  }

  private static String remedy(boolean seld) {
    return "give " + option(seld) + " for a pretrained one";
  }
}
