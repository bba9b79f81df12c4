package org.hearsight.core.dataset;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folders and names of labelled recordings, as the data set STARSS23 has them, whoever made them.
 *
 * <pre>
 * foa_dev/dev-train-sony/fold3_room21_mix001.wav        sound: W, Y, Z, X
 * metadata_dev/dev-train-sony/fold3_room21_mix001.csv   labels
 * video_dev/dev-train-sony/fold3_room21_mix001.mp4      360° video; may be missing
 * </pre>
 *
 * <p>The part ({@code dev-train-sony}) says what split its recordings are for and who made them;
 * their names begin with the split's {@link Split#fold()}.
 */
public final class Starss23Layout {
  public static final String AUDIO = "foa_dev";

  /** The signals of a microphone's capsules, which STARSS23 has beside {@link #AUDIO}. */
  public static final String CAPSULES = "mic_dev";

  public static final String LABELS = "metadata_dev";
  public static final String VIDEO = "video_dev";

  /** Who made a part, if it was one of our own writers: simulated scenes and clips. */
  public static final String SIMULATED = "sim";

  /** Clips of a measured room. */
  public static final String MEASURED = "room";

  /** Windows of STARSS23's recordings. */
  public static final String CUT = "starss23";

  private static final Pattern OURS =
      Pattern.compile("dev-.*-(" + SIMULATED + "|" + MEASURED + "|" + CUT + ")");
  private static final Pattern PUBLISHED = Pattern.compile("dev-(train|test)-(sony|tau)");
  private static final Pattern NAME = Pattern.compile("fold(\\d{1,6})_room(\\d{1,6})_mix(\\d+)");

  /** Twelve recordings that were published without a video. */
  private static final Pattern NEVER_FILMED = Pattern.compile("fold3_room21_mix0(0[1-9]|1[0-2])");

  private Starss23Layout() {}

  /**
   * What the name of a recording says.
   *
   * @param fold 3 for training, 4 for testing in STARSS23; see {@link Split#fold()}
   * @param room where it was recorded, or what kind of place was simulated
   */
  public record Name(int fold, int room) {
    /** Reads a name without ending; null if it is not formed as {@code fold3_room21_mix001}. */
    public static Name of(String stem) {
      Matcher parts = NAME.matcher(stem);
      return parts.matches()
          ? new Name(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)))
          : null;
    }
  }

  /**
   * The name of a recording.
   *
   * @param mix its number, from 1
   * @param digits of the number, at least
   */
  public static String name(Split split, int room, int mix, int digits) {
    return String.format(
        Locale.ROOT, "fold%d_room%d_mix%0" + digits + "d", split.fold(), room, mix);
  }

  /** A part's name, as {@code dev-train-sim}. */
  public static String part(Split split, String maker) {
    return "dev-" + split.label() + "-" + maker;
  }

  /** The split a part is for; null if its name says none. */
  public static Split split(String part) {
    for (Split split : Split.values()) {
      String name = split == Split.VALIDATION ? "val" : split.label();
      if (part.startsWith("dev-" + name)) {
        return split;
      }
    }
    return null;
  }

  /** Was the part made by one of our own writers? Those all have a header. */
  public static boolean isOurs(String part) {
    return OURS.matcher(part).matches();
  }

  /** Is it a part of STARSS22 or STARSS23 themselves? */
  public static boolean isPublished(String part) {
    return PUBLISHED.matcher(part).matches();
  }

  /** Has STARSS23 a video of the recording? */
  public static boolean isFilmed(String stem) {
    return !NEVER_FILMED.matcher(stem).matches();
  }

  /** Path of a recording's sound in the data set. */
  public static String audio(String part, String stem) {
    return AUDIO + "/" + part + "/" + stem + ".wav";
  }

  /** Path of a recording's labels in the data set. */
  public static String labels(String part, String stem) {
    return LABELS + "/" + part + "/" + stem + ".csv";
  }
}
