package org.hearsight.core.vision;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearsight.core.error.InputException;

/**
 * Depth in NumPy's own format, as {@code np.save} writes it: a line that looks like a Python
 * dictionary, then the numbers. The dictionary is searched for its three entries and never run.
 *
 * <p>Format: numpy.lib.format, versions 1 to 3.
 */
final class NpyDepth {
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([^']{1,16})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]{1,64})\\)");

  private final Picture file;
  private final ByteBuffer in;

  private NpyDepth(Picture file) {
    this.file = file;
    this.in = ByteBuffer.wrap(file.bytes());
  }

  /**
   * @throws InputException if it is truncated, or not an array of (height, width) numbers
   */
  static DepthMap read(Picture file) {
    return new NpyDepth(file).read();
  }

  private DepthMap read() {
    if (in.limit() < 12) {
      throw truncated();
    }
    boolean first = in.get(6) == 1;
    long length = little().getInt(8) & (first ? 0xffff : 0xffffffffL);
    int start = first ? 10 : 12;
    if (start + length > in.limit()) {
      throw truncated();
    }
    String header = new String(file.bytes(), start, (int) length, StandardCharsets.ISO_8859_1);
    String type = find(TYPE, header, "type: not one plain number for each pixel");
    boolean fortran = find(ORDER, header, "fortran_order: missing").equals("True");
    int[] size = size(find(SHAPE, header, "shape: not (height, width)"));
    SampleType samples = samples(type);
    int at = start + (int) length;
    if ((long) size[0] * size[1] * samples.bytes() > in.limit() - at) {
      throw truncated();
    }
    in.order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return map(size[1], size[0], samples, fortran, at);
  }

  private DepthMap map(int width, int height, SampleType samples, boolean fortran, int at) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      int stored = fortran ? i % width * height + i / width : i;
      values[i] = samples.read(in, at + stored * samples.bytes());
    }
    return new DepthMap(width, height, values, samples.isWhole());
  }

  /** Height and width; axes of length 1 beside them, as networks and readers add, are left out. */
  private int[] size(String shape) {
    List<String> axes =
        Arrays.stream(shape.split(",", -1)).map(String::strip).filter(n -> !n.isEmpty()).toList();
    List<String> sizes =
        axes.size() > 2 ? axes.stream().filter(n -> !n.equals("1")).toList() : axes;
    if (sizes.size() != 2 || sizes.stream().anyMatch(n -> !n.matches("[0-9]{1,9}"))) {
      throw refused("shape: (%s), expected (height, width)".formatted(shape));
    }
    int height = Integer.parseInt(sizes.get(0));
    int width = Integer.parseInt(sizes.get(1));
    if (height == 0 || width == 0) {
      throw refused("shape: (%s), no pixel".formatted(shape));
    }
    file.checkSize(width, height);
    return new int[] {height, width};
  }

  private SampleType samples(String type) {
    return switch (type.substring(1)) {
      case "u2" -> SampleType.U16;
      case "i2" -> SampleType.I16;
      case "u4" -> SampleType.U32;
      case "i4" -> SampleType.I32;
      case "u8" -> SampleType.U64;
      case "i8" -> SampleType.I64;
      case "f2" -> SampleType.F16;
      case "f4" -> SampleType.F32;
      case "f8" -> SampleType.F64;
      default ->
          throw refused(
              "type: %s, expected floats or whole numbers of 16 bits or more".formatted(type));
    };
  }

  private String find(Pattern entry, String header, String problem) {
    Matcher found = entry.matcher(header);
    if (!found.find()) {
      throw refused(problem);
    }
    return found.group(1);
  }

  private ByteBuffer little() {
    return in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  private InputException truncated() {
    return new InputException(
        file.name(), "depth: the NPY file ends before its array", "copy or save it again");
  }

  private InputException refused(String problem) {
    return new InputException(
        file.name(),
        "depth: " + problem,
        "save one array of metres: np.save(\"depth.npy\", depth.astype(np.float32))");
  }
}
