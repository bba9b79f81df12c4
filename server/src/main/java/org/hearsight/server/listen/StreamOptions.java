package org.hearsight.server.listen;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.audio.PcmLayout;
import org.hearsight.core.audio.PcmStream;
import org.hearsight.core.error.InputException;
import org.hearsight.server.problem.Problem;
import org.hearsight.server.scene.SceneReader;

/**
 * How a stream is sent and answered, as the options of {@code listen} say it.
 *
 * @param layout of samples without a header
 * @param map whether hazards come with their maps of places
 * @param realtime whether sound that cannot be answered in time gives way
 */
public record StreamOptions(PcmLayout layout, boolean map, boolean realtime) {
  /** Names in the address. */
  public static final Set<String> NAMES =
      Set.of("rate", "channels", "encoding", "foa_format", "map", "realtime", "access_token");

  private static final int MOST_CHANNELS = 256;

  /**
   * Reads them.
   *
   * @param query of the address
   * @throws Problem 400 naming what is wrong
   */
  public static StreamOptions of(Map<String, List<String>> query) {
    FoaFormat said = SceneReader.format(text(query, "foa_format"));
    PcmLayout layout =
        new PcmLayout(
            number(query, "rate", 48_000, 1, 1_000_000),
            number(query, "channels", 4, 1, MOST_CHANNELS),
            sample(text(query, "encoding")),
            said == null ? FoaFormat.AMBIX : said);
    try {
      PcmStream unused = new PcmStream(layout); // refuses a rate that no sound has
    } catch (InputException e) {
      throw bad(e.getMessage());
    }
    return new StreamOptions(layout, flag(query, "map", false), flag(query, "realtime", true));
  }

  private static PcmLayout.Sample sample(String name) {
    if (name == null) {
      return PcmLayout.Sample.S16LE;
    }
    try {
      return PcmLayout.Sample.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw bad("encoding: expected s16le or f32le");
    }
  }

  private static String text(Map<String, List<String>> query, String name) {
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw bad(name + ": stands more than once");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  private static int number(
      Map<String, List<String>> query, String name, int otherwise, int least, int most) {
    String text = text(query, name);
    try {
      int value = text == null ? otherwise : Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // as one that is out of range
    }
    throw bad("%s: expected %d to %d".formatted(name, least, most));
  }

  private static boolean flag(Map<String, List<String>> query, String name, boolean otherwise) {
    String text = text(query, name);
    if (text == null) {
      return otherwise;
    }
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw bad(name + ": expected true or false");
  }

  private static Problem bad(String detail) {
    return new Problem(Problem.Kind.BAD_REQUEST, detail);
  }
}
