package org.hearsight.server.scene;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.hearsight.server.problem.Problem;

/**
 * What a request says of one scene, by the names of its fields.
 *
 * @param files sound and pictures, undecoded
 * @param texts all others
 */
public record Fields(Map<String, byte[]> files, Map<String, String> texts) {
  /** The recording. */
  public static final String AUDIO = "audio";

  static final String RGB = "rgb";
  static final String DEPTH = "depth";
  static final String OCCLUSION = "occlusion";
  static final String HFOV = "hfov";
  static final String DEPTH_HFOV = "depth_hfov";
  static final String DEPTH_SCALE = "depth_scale";
  static final String OCCLUSION_LEVEL = "occlusion_level";
  static final String FOA_FORMAT = "foa_format";
  static final String VIEW = "view";

  /** Those that hold a file. */
  public static final Set<String> FILES = Set.of(AUDIO, RGB, DEPTH, OCCLUSION);

  /** Those that hold a word or a number. */
  public static final Set<String> TEXTS =
      Set.of(HFOV, DEPTH_HFOV, DEPTH_SCALE, OCCLUSION_LEVEL, FOA_FORMAT, VIEW);

  public Fields {
    files = Map.copyOf(files);
    texts = Map.copyOf(texts);
  }

  /** The refusal of a name that is none of these. */
  public static Problem unknown(String name) {
    return new Problem(
        Problem.Kind.BAD_REQUEST,
        "%s: is not a field; there are %s and %s"
            .formatted(
                name.replaceAll("[^\\w.-]", "?"),
                String.join(", ", FILES.stream().sorted().toList()),
                String.join(", ", TEXTS.stream().sorted().toList())));
  }

  byte[] file(String name) {
    return files.get(name);
  }

  String text(String name) {
    return texts.get(name);
  }

  /** A number; null if the field is not there. */
  Double number(String name) {
    return value(name, Double::valueOf, "a number, as in 90");
  }

  private <T> T value(String name, Function<String, T> read, String expected) {
    String text = text(name);
    try {
      return text == null ? null : read.apply(text);
    } catch (NumberFormatException e) {
      throw new Problem(
          Problem.Kind.BAD_REQUEST, "%s: '%s', expected %s".formatted(name, shown(text), expected));
    }
  }

  private static String shown(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}]", " ");
    return plain.length() > 40 ? plain.substring(0, 40) + "…" : plain;
  }
}
