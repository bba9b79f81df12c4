package org.hearsight.core.vision;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.hearsight.core.error.InputException;

/**
 * Depth out of an OpenEXR file: one part, scan lines, stored plainly or by RLE, ZIPS or ZIP, as
 * renderers, Blender and OpenCV write it. Tiles, deep data, several parts and the other
 * compressions are refused by name.
 *
 * <p>The channel is the one that means depth: that of a layer named depth, else {@code Z} (but not
 * that of a vector with {@code X}), else the only one, {@code Y}, or red, green and blue if they
 * are equal.
 *
 * <p>Format: "OpenEXR File Layout", openexr.com. There is no reader for Java that is kept up.
 */
final class ExrDepth {
  private static final int TILED = 0x200;
  private static final int DEEP = 0x800;
  private static final int MULTI_PART = 0x1000;

  /** All channels of a picture unpacked, bytes. */
  private static final long MOST_BYTES = 1L << 30;

  /** The same of one block, which is held twice; a header of a few bytes can claim any size. */
  private static final long MOST_BLOCK_BYTES = 1L << 26;

  private static final int LONGEST_NAME = 255;

  private final Picture file;
  private final ByteBuffer in;
  private final List<Channel> channels = new ArrayList<>();
  private Window data;
  private Window display;
  private Compression compression;

  private ExrDepth(Picture file) {
    this.file = file;
    this.in = ByteBuffer.wrap(file.bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * @throws InputException if it is truncated, of a kind that is not read, or has no channel that
   *     means depth
   */
  static DepthMap read(Picture file) {
    try {
      return new ExrDepth(file).read();
    } catch (IndexOutOfBoundsException | BufferUnderflowException | ArithmeticException e) {
      throw new InputException(
          file.name(), "depth: the EXR file is truncated or damaged", "copy or save it again", e);
    }
  }

  private DepthMap read() {
    header();
    List<Channel> chosen = channel();
    List<float[]> planes = planes(chosen);
    float[] values = planes.get(0);
    for (float[] other : planes) {
      if (!same(values, other)) {
        throw noDepth();
      }
    }
    List<String> notes =
        channels.size() == 1
            ? List.of()
            : List.of("channel " + chosen.get(0).name() + " of the EXR file");
    return new DepthMap(
        display.width(), display.height(), values, chosen.get(0).type().isWhole(), notes);
  }

  private static boolean same(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Float.compare(a[i], b[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  private void header() {
    int version = in.getInt(4);
    if ((version & 0xff) != 2) {
      throw refused("version " + (version & 0xff) + " of EXR");
    }
    if ((version & (DEEP | MULTI_PART | TILED)) != 0) {
      throw refused(
          (version & DEEP) != 0
              ? "deep data"
              : (version & TILED) != 0 ? "tiles" : "several parts in one file");
    }
    in.position(8);
    for (String name = text(); !name.isEmpty(); name = text()) {
      String type = text();
      int size = in.getInt();
      int end = Math.addExact(in.position(), size);
      if (size < 0 || end > in.limit()) {
        throw new IndexOutOfBoundsException(name);
      }
      switch (name) {
        case "channels" -> channels(end);
        case "compression" -> compression = compression(in.get());
        case "dataWindow" -> data = window();
        case "displayWindow" -> display = window();
        default -> {} // of no meaning for distances, whatever its type
      }
      if (type.isEmpty()) {
        throw new IndexOutOfBoundsException("an attribute without a type");
      }
      in.position(end);
    }
    if (channels.isEmpty() || compression == null || data == null || display == null) {
      throw refused("header without channels, compression or windows");
    }
    file.checkSize(data.width(), data.height());
    file.checkSize(display.width(), display.height());
    int lines = Math.min(compression.lines, data.height());
    if (lineBytes() * data.height() > MOST_BYTES || lineBytes() * lines > MOST_BLOCK_BYTES) {
      throw refused(
          "%d channels of %d x %d".formatted(channels.size(), data.width(), data.height()));
    }
  }

  private void channels(int end) {
    for (String name = text(); !name.isEmpty(); name = text()) {
      int type = in.getInt();
      in.getInt(); // a hint for lossy compression
      int x = in.getInt();
      int y = in.getInt();
      if (type < 0 || type > 2) {
        throw refused("channel %s has numbers of type %d".formatted(name, type));
      }
      if (x != 1 || y != 1) {
        throw refused("channel %s has fewer numbers than pixels".formatted(name));
      }
      if (in.position() > end) {
        throw new IndexOutOfBoundsException(name);
      }
      SampleType[] types = {SampleType.U32, SampleType.F16, SampleType.F32};
      channels.add(new Channel(name, types[type]));
    }
  }

  private Compression compression(byte number) {
    if (number < 0 || number >= Compression.values().length) {
      throw refused("compression " + number);
    }
    Compression found = Compression.values()[number];
    if (found.lines == 0) {
      throw refused("compression " + found);
    }
    return found;
  }

  private Window window() {
    Window window = new Window(in.getInt(), in.getInt(), in.getInt(), in.getInt());
    if (window.right < window.left || window.bottom < window.top) {
      throw refused("a window without a pixel");
    }
    // Sizes before they are narrowed to whole numbers of 32 bits.
    file.checkSize(1L + window.right - window.left, 1L + window.bottom - window.top);
    return window;
  }

  /** Bytes of all channels of one line. */
  private long lineBytes() {
    return channels.stream().mapToLong(c -> c.type().bytes()).sum() * data.width();
  }

  /** One channel, or three that must be equal. */
  private List<Channel> channel() {
    Map<String, Map<String, Channel>> layers = new TreeMap<>();
    for (Channel c : channels) {
      layers.computeIfAbsent(c.layer(), l -> new TreeMap<>()).put(c.part(), c);
    }
    return layers.entrySet().stream()
        .sorted(Comparator.comparing(layer -> !namesDepth(layer.getKey())))
        .map(layer -> inLayer(layer.getValue()))
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElseThrow(this::noDepth);
  }

  private static boolean namesDepth(String name) {
    return name.toLowerCase(Locale.ROOT).contains("depth");
  }

  private static List<Channel> inLayer(Map<String, Channel> parts) {
    for (Map.Entry<String, Channel> part : parts.entrySet()) {
      if (namesDepth(part.getKey())) {
        return List.of(part.getValue());
      }
    }
    boolean vector = parts.containsKey("X");
    if (parts.containsKey("Z") && !vector) {
      return List.of(parts.get("Z"));
    } else if (parts.size() == 1 && !parts.containsKey("A")) {
      return List.copyOf(parts.values());
    } else if (parts.containsKey("Y") && !vector) {
      return List.of(parts.get("Y"));
    } else if (parts.containsKey("R") && parts.containsKey("G") && parts.containsKey("B")) {
      return List.of(parts.get("R"), parts.get("G"), parts.get("B"));
    }
    return List.of();
  }

  /** The channels' numbers in the display window, 0 where the data window has none. */
  private List<float[]> planes(List<Channel> chosen) {
    List<float[]> planes = new ArrayList<>();
    chosen.forEach(c -> planes.add(new float[display.width() * display.height()]));
    int table = in.position();
    int chunks = (data.height() + compression.lines - 1) / compression.lines;
    byte[] unpacked = new byte[(int) lineBytes() * Math.min(compression.lines, data.height())];
    boolean[] seen = new boolean[chunks];
    for (int i = 0; i < chunks; i++) {
      long offset = in.getLong(table + 8 * i);
      if (offset < 0 || offset > in.limit() - 8) {
        throw new IndexOutOfBoundsException("chunk " + i);
      }
      int row = Math.subtractExact(in.getInt((int) offset), data.top);
      if (row < 0 || row >= data.height() || row % compression.lines != 0) {
        throw new IndexOutOfBoundsException("row " + row);
      }
      seen[row / compression.lines] = true;
      int lines = Math.min(compression.lines, data.height() - row);
      unpack((int) offset + 4, unpacked, (int) lineBytes() * lines);
      ByteBuffer numbers = ByteBuffer.wrap(unpacked).order(ByteOrder.LITTLE_ENDIAN);
      for (int line = 0; line < lines; line++) {
        for (int c = 0; c < planes.size(); c++) {
          int at = (int) lineBytes() * line + before(chosen.get(c)) * data.width();
          line(numbers, at, chosen.get(c).type(), row + line, planes.get(c));
        }
      }
    }
    for (boolean there : seen) {
      if (!there) {
        throw new IndexOutOfBoundsException("missing rows");
      }
    }
    return planes;
  }

  /** Bytes a pixel of the channels that stand before one. */
  private int before(Channel channel) {
    int bytes = 0;
    for (Channel c : channels.subList(0, channels.indexOf(channel))) {
      bytes += c.type().bytes();
    }
    return bytes;
  }

  private void line(ByteBuffer numbers, int at, SampleType type, int row, float[] plane) {
    long y = (long) row + data.top - display.top;
    if (y < 0 || y >= display.height()) {
      return;
    }
    for (int column = 0; column < data.width(); column++) {
      long x = (long) column + data.left - display.left;
      if (x >= 0 && x < display.width()) {
        plane[(int) y * display.width() + (int) x] = type.read(numbers, at + column * type.bytes());
      }
    }
  }

  /** One block of lines, from its length on. */
  private void unpack(int at, byte[] out, int expected) {
    int size = in.getInt(at);
    if (size < 0 || size > in.limit() - at - 4) {
      throw new IndexOutOfBoundsException("a block of " + size + " bytes");
    }
    if (size == expected) { // packing it would have made it larger
      System.arraycopy(file.bytes(), at + 4, out, 0, expected);
      return;
    }
    byte[] packed = new byte[expected];
    switch (compression) {
      case ZIP, ZIPS -> inflate(at + 4, size, packed);
      case RLE -> runs(at + 4, size, packed);
      default -> throw new IndexOutOfBoundsException("a block of " + size + " bytes");
    }
    // Each byte as its difference from the one before, then the even ones before the odd.
    for (int i = 1; i < expected; i++) {
      packed[i] = (byte) (packed[i - 1] + packed[i] - 128);
    }
    int half = (expected + 1) / 2;
    for (int i = 0; i < expected; i++) {
      out[i] = packed[i % 2 == 0 ? i / 2 : half + i / 2];
    }
  }

  private void inflate(int at, int size, byte[] out) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(file.bytes(), at, size);
      int n = 0;
      while (n < out.length && !inflater.finished()) {
        int more = inflater.inflate(out, n, out.length - n);
        if (more == 0) {
          break;
        }
        n += more;
      }
      if (n < out.length) {
        throw new IndexOutOfBoundsException("a block of " + n + " bytes");
      }
    } catch (DataFormatException e) {
      throw (IndexOutOfBoundsException)
          new IndexOutOfBoundsException("a damaged block").initCause(e);
    } finally {
      inflater.end();
    }
  }

  private void runs(int at, int size, byte[] out) {
    int end = at + size;
    int n = 0;
    int from = at;
    while (n < out.length) {
      int count = in.get(from++);
      int length = count < 0 ? -count : count + 1;
      if (from + (count < 0 ? length : 1) > end || length > out.length - n) {
        throw new IndexOutOfBoundsException("a run of " + length);
      }
      for (int i = 0; i < length; i++) {
        out[n++] = in.get(count < 0 ? from + i : from);
      }
      from += count < 0 ? length : 1;
    }
  }

  private String text() {
    int start = in.position();
    int end = start;
    while (in.get(end) != 0) {
      end++;
      if (end - start > LONGEST_NAME) {
        throw new IndexOutOfBoundsException("a name without an end");
      }
    }
    in.position(end + 1);
    return new String(file.bytes(), start, end - start, StandardCharsets.ISO_8859_1);
  }

  private InputException noDepth() {
    List<String> names = channels.stream().map(Channel::name).limit(12).toList();
    return new InputException(
        file.name(),
        "depth: no channel of " + String.join(", ", names) + " means depth",
        "save depth alone, as channel Z");
  }

  private InputException refused(String what) {
    return new InputException(
        file.name(),
        "depth: EXR with " + what + " is not read",
        "save scan lines of one part with compression ZIP, ZIPS, RLE or none");
  }

  /** By the numbers of the format; without lines a block where it is not read. */
  private enum Compression {
    NONE(1),
    RLE(1),
    ZIPS(1),
    ZIP(16),
    PIZ(0),
    PXR24(0),
    B44(0),
    B44A(0),
    DWAA(0),
    DWAB(0);

    private final int lines;

    Compression(int lines) {
      this.lines = lines;
    }
  }

  /** One channel; {@code layer.part}, as in {@code View.Depth.Z}. */
  private record Channel(String name, SampleType type) {
    String layer() {
      return name.substring(0, name.lastIndexOf('.') + 1);
    }

    String part() {
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }

  /** Edges in pixels, each of them inside. */
  private record Window(int left, int top, int right, int bottom) {
    int width() {
      return right - left + 1;
    }

    int height() {
      return bottom - top + 1;
    }
  }
}
