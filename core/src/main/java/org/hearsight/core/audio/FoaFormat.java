package org.hearsight.core.audio;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hearsight.core.error.InputException;

/**
 * How somebody's first-order recording orders and scales its channels, and the one place that
 * converts it to W, Y, Z, X in SN3D, and back.
 *
 * <p>A plane wave from the unit vector u gives W = 1 and (Y, Z, X) = u in SN3D. In N3D the last
 * three are √3 times as large. FuMa, the "traditional B-format", has the order W, X, Y, Z and W/√2.
 * Higher orders begin with these four channels, those of FuMa if they have height. A-format is what
 * the capsules of a microphone gave; {@link CapsuleArray} describes it. Immutable; for many
 * threads.
 */
public final class FoaFormat {
  /** ACN order, SN3D: what this project uses itself. */
  public static final FoaFormat AMBIX = ambisonic(new int[] {0, 1, 2, 3}, Weights.SN3D);

  /** ACN order, N3D. */
  public static final FoaFormat ACN_N3D = ambisonic(new int[] {0, 1, 2, 3}, Weights.N3D);

  /** Order W, X, Y, Z with W/√2. */
  public static final FoaFormat FUMA = ambisonic(new int[] {0, 2, 3, 1}, Weights.FUMA);

  private static final List<FoaFormat> NAMED = List.of(AMBIX, ACN_N3D, FUMA);

  /** Stands before the name or the file of a microphone. */
  private static final String A_FORMAT = "a-format:";

  /** Channels of FuMa files without height: W, X, Y and what is horizontal of orders 2 and 3. */
  private static final Set<Integer> HORIZONTAL = Set.of(3, 5, 7);

  /** Channels of FuMa files with height, by order of the plane and of the rest. */
  private static final Set<Integer> FUMA_COUNTS = Set.of(4, 6, 8, 9, 11, 16);

  private static final String REMEDY =
      "record or convert to first-order ambisonics, ACN order, SN3D";

  /** How much larger than in SN3D the channels are. */
  enum Weights {
    SN3D(1, 1),
    N3D(1, Math.sqrt(3)),
    FUMA(Math.sqrt(0.5), 1);

    private final double w;
    private final double velocity;

    Weights(double w, double velocity) {
      this.w = w;
      this.velocity = velocity;
    }

    private double of(int channel) {
      return channel == Foa.W ? w : velocity;
    }
  }

  private final String name;
  private final int[] from; // the recording's channel of W, Y, Z and X, or of each capsule
  private final Weights weights; // null for capsules
  private final CapsuleArray capsules; // null for ambisonics
  private final RadialFilters filters; // null for ambisonics, and for capsules in one point

  private FoaFormat(String name, int[] from, Weights weights, CapsuleArray capsules) {
    this.name = name;
    this.from = from;
    this.weights = weights;
    this.capsules = capsules;
    this.filters = capsules == null || capsules.radius() == 0 ? null : new RadialFilters(capsules);
  }

  /**
   * Ambisonic channels in any places.
   *
   * @param from the recording's channel of W, Y, Z and X, counted from 0
   */
  static FoaFormat ambisonic(int[] from, Weights weights) {
    boolean acn = Arrays.equals(from, new int[] {0, 1, 2, 3});
    boolean fuma = Arrays.equals(from, new int[] {0, 2, 3, 1}) && weights == Weights.FUMA;
    String places =
        Arrays.stream(from).mapToObj(c -> String.valueOf(c + 1)).collect(Collectors.joining(", "));
    String name =
        fuma
            ? "fuma"
            : acn && weights == Weights.SN3D
                ? "ambix"
                : acn && weights == Weights.N3D
                    ? "acn-n3d"
                    : "W, Y, Z, X in channels " + places + ", weights " + weights;
    return new FoaFormat(name, from.clone(), weights, null);
  }

  /** The signals of a microphone's capsules. */
  public static FoaFormat capsules(CapsuleArray microphone) {
    int[] all = IntStream.range(0, microphone.capsules().size()).toArray();
    return new FoaFormat(A_FORMAT + microphone.name(), all, null, microphone);
  }

  /**
   * The format that a word names.
   *
   * @param words {@code ambix}, {@code acn-n3d}, {@code fuma}, or {@code a-format:} and the name of
   *     a microphone of {@link CapsuleArray#presets} or a file that describes one
   * @throws IllegalArgumentException if it names none
   * @throws InputException if the file describes no microphone
   */
  public static FoaFormat of(String words) {
    Optional<Path> file = file(words);
    if (file.isPresent()) {
      if (Files.notExists(file.get())) {
        throw new InputException(
            file.get(),
            "does not exist",
            "give a description of the microphone or one of "
                + String.join(", ", CapsuleArray.presets()));
      }
      return capsules(CapsuleArray.read(file.get()));
    }
    return words.startsWith(A_FORMAT)
        ? capsules(CapsuleArray.preset(words.substring(A_FORMAT.length())))
        : NAMED.stream().filter(f -> f.name.equals(words)).findFirst().orElseThrow();
  }

  /**
   * The file that {@link #of} would read; empty where the words name a format by themselves.
   *
   * @throws IllegalArgumentException if they name none
   */
  public static Optional<Path> file(String words) {
    if (NAMED.stream().anyMatch(f -> f.name.equals(words))) {
      return Optional.empty();
    }
    if (!words.startsWith(A_FORMAT) || words.length() == A_FORMAT.length()) {
      throw new IllegalArgumentException(
          "'%s' is not a format; expected ambix, acn-n3d, fuma or a-format:FILE, FILE a description of the microphone or one of %s"
              .formatted(words, String.join(", ", CapsuleArray.presets())));
    }
    String rest = words.substring(A_FORMAT.length());
    return CapsuleArray.presets().contains(rest) ? Optional.empty() : Optional.of(Path.of(rest));
  }

  /** As the command line names it; for unusual orders, where the channels lie. */
  public String name() {
    return name;
  }

  /** Are the channels those of a microphone's capsules? */
  public boolean isCapsules() {
    return capsules != null;
  }

  /** The channels of a recording that are heard, in the order that {@link #toFoa} takes them. */
  int[] from() {
    return from.clone();
  }

  /**
   * The channels of {@link #from}.
   *
   * @param all of a recording
   * @return what was given where all are heard in their order
   */
  float[][] pick(float[][] all) {
    float[][] picked = new float[from.length][];
    boolean same = all.length == from.length;
    for (int c = 0; c < from.length; c++) {
      picked[c] = all[from[c]];
      same &= from[c] == c;
    }
    return same ? all : picked;
  }

  /**
   * Refuses a recording with another number of channels than the format has.
   *
   * @param named whether a person or the file named the format: whoever says that eight channels
   *     begin with the first order is believed
   * @return what is to be known of the channels that are not heard; null if all are
   * @throws InputException if there are too few channels, or it is unclear which they are
   */
  String require(String source, int channels, boolean named) {
    int least = Arrays.stream(from).max().orElseThrow() + 1;
    if (capsules != null && channels != from.length) {
      throw new InputException(
          source,
          "channels: %d, but %s has %d capsules".formatted(channels, name, from.length),
          "give a recording with one channel a capsule, or describe the microphone");
    }
    if (weights == Weights.FUMA && HORIZONTAL.contains(channels)) {
      throw new InputException(
          source, "channels: " + channels + " in FuMa are horizontal, without Z", REMEDY);
    }
    if (channels < least) {
      throw new InputException(
          source, "channels: " + channels + ", expected 4 (W, Y, Z, X)", REMEDY);
    }
    if (channels == from.length) {
      return null;
    }
    int order = (int) Math.sqrt(channels) - 1;
    boolean whole =
        weights == Weights.FUMA
            ? FUMA_COUNTS.contains(channels)
            : (order + 1) * (order + 1) == channels;
    if (!whole && !named) {
      throw new InputException(
          source,
          "channels: " + channels + ", expected 4 (W, Y, Z, X), or 9, 16, 25 … of a higher order",
          REMEDY + ", or name its format if its first four channels are the first order");
    }
    String heard =
        least == Foa.CHANNELS ? "the first four are heard" : "those of the first order are heard";
    return channels + (whole ? " channels: " : " channels are not a whole order: ") + heard;
  }

  /**
   * Converts to W, Y, Z, X in SN3D.
   *
   * @param channels those of {@link #from}, [n][samples] at 24 kHz; not changed
   * @return [4][samples]; the very arrays where nothing has to be done
   */
  float[][] toFoa(float[][] channels) {
    if (capsules == null) {
      return scaled(channels, false);
    }
    float[][] mixed = mix(capsules.toHarmonics(), channels);
    return filters == null ? mixed : filters.toFoa(mixed);
  }

  /**
   * Converts from W, Y, Z, X in SN3D. For capsules apart from each other this is their signals up
   * to the first order of the sound field, which is all that the four channels hold.
   *
   * @param foa [4][samples] at 24 kHz; not changed
   * @return the channels of such a recording; those that hold no first order are silent
   */
  public float[][] fromFoa(float[][] foa) {
    Foa.requireChannels("audio", foa);
    if (capsules != null) {
      return mix(capsules.fromHarmonics(), filters == null ? foa : filters.fromFoa(foa));
    }
    float[][] scaled = scaled(foa, true);
    float[][] out = new float[Arrays.stream(from).max().orElseThrow() + 1][];
    for (int c = 0; c < from.length; c++) {
      out[from[c]] = scaled[c];
    }
    for (int c = 0; c < out.length; c++) {
      out[c] = out[c] == null ? new float[foa[0].length] : out[c];
    }
    return out;
  }

  /** Samples on either side that a converted sample depends on. */
  int reach() {
    return filters == null ? 0 : RadialFilters.REACH;
  }

  private float[][] scaled(float[][] channels, boolean back) {
    if (weights == Weights.SN3D) {
      return channels;
    }
    float[][] out = new float[channels.length][];
    for (int c = 0; c < out.length; c++) {
      double of = weights.of(c);
      float gain = (float) (back ? of : 1 / of);
      out[c] = gain == 1 ? channels[c] : channels[c].clone();
      for (int i = 0; gain != 1 && i < out[c].length; i++) {
        out[c][i] *= gain;
      }
    }
    return out;
  }

  private static float[][] mix(double[][] matrix, float[][] in) {
    float[][] out = new float[matrix.length][in[0].length];
    for (int k = 0; k < out.length; k++) {
      for (int i = 0; i < out[k].length; i++) {
        double sum = 0;
        for (int c = 0; c < in.length; c++) {
          sum += matrix[k][c] * in[c][i];
        }
        out[k][i] = (float) sum;
      }
    }
    return out;
  }

  /** Formats that convert every recording alike. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FoaFormat f
        && Arrays.equals(from, f.from)
        && weights == f.weights
        && Objects.equals(capsules, f.capsules);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(from), weights, capsules);
  }

  /** All that a conversion follows from, in one line. */
  @Override
  public String toString() {
    return capsules == null ? name : name + " " + capsules;
  }
}
