package org.hearsight.core.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The chunks of a RIFF file, one behind the other: a name of four characters, a length, the
 * content, and a padding byte behind an odd length, which some writers forget.
 */
final class WavChunks {
  /** No honest file has more; a hostile one could hold us for hours. */
  static final int MOST = 10_000;

  /** Bytes before the content: name and length. */
  static final int HEAD = 8;

  /** Where the first chunk begins. */
  static final int FIRST = 12;

  private static final String DATA = "data";
  private static final String FORMAT = "fmt ";

  /** Of metadata, so far behind the sound as to begin within this many bytes of the file's end. */
  private static final int TAIL = 16 << 20;

  /** What writers put before and behind the sound (Microsoft, EBU, Adobe, ID3, logic editors). */
  private static final Set<String> METADATA =
      Set.of(
          "LIST", "list", "INFO", "id3 ", "ID3 ", "bext", "iXML", "axml", "chna", "cue ", "plst",
          "smpl", "inst", "fact", "PEAK", "JUNK", "junk", "PAD ", "FLLR", "DISP", "cart", "acid",
          "strc", "levl", "umid", "minf", "elm1", "regn", "LGWV", "ResU", "_PMX", "aXML", "afsp",
          "mext", "note", "labl", "ltxt", "SMED", "MD5 ", "GUID", "guan", "wamd", "ds64");

  private final FileChannel channel;
  private final long size;

  WavChunks(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  /** The file's length, bytes. */
  long size() {
    return size;
  }

  /**
   * One chunk.
   *
   * @param start of its content
   * @param length of its content as it says itself, which may reach beyond the file's end
   */
  record Chunk(String name, long start, long length) {
    long end() {
      return start + length;
    }
  }

  /** The chunk that begins here; null if the file ends before it has a length. */
  Chunk at(long position) throws IOException {
    ByteBuffer head = bytes(position, HEAD);
    if (head.remaining() < HEAD) {
      return null;
    }
    return new Chunk(fourCharacters(head), position + HEAD, head.getInt() & 0xFFFFFFFFL);
  }

  /** Up to {@code n} bytes; fewer at the end of the file. */
  ByteBuffer bytes(long position, int n) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
    while (b.hasRemaining()) {
      int got = channel.read(b, position + b.position());
      if (got < 0) {
        break;
      }
    }
    return b.flip();
  }

  /** Where the chunk behind this one begins, with or without the padding byte. */
  long after(Chunk chunk) throws IOException {
    long end = chunk.end();
    if ((chunk.length() & 1) == 0) {
      return end;
    }
    String padded = name(end + 1);
    String unpadded = name(end);
    boolean forgotten =
        !isKnown(padded) && (isKnown(unpadded) || (!isName(padded) && isName(unpadded)));
    return forgotten ? end : end + 1;
  }

  /**
   * Is what begins here nothing but chunks, up to the end of the file? Neither a second sound nor a
   * second file counts as a chunk; a known one may be cut short.
   */
  boolean isListTo(long position) throws IOException {
    long at = position;
    for (int i = 0; i < MOST && at < size; i++) {
      Chunk chunk = at(at);
      if (chunk == null) {
        return i > 0; // a few bytes of padding
      }
      if (!isName(chunk.name()) || isSound(chunk.name())) {
        return false;
      }
      if (chunk.end() > size) {
        return METADATA.contains(chunk.name());
      }
      at = after(chunk);
    }
    return true;
  }

  /**
   * Where the metadata begins that ends exactly where the file ends; the file's end without any.
   *
   * @param from where the sound begins, whose length nobody wrote down
   */
  long metadataAtTheEnd(long from) throws IOException {
    long first = Math.max(from, size - TAIL);
    ByteBuffer tail = bytes(first, (int) (size - first));
    int end = tail.limit();
    for (int at = end - HEAD; at >= 0; at--) {
      long length = tail.getInt(at + 4) & 0xFFFFFFFFL;
      long reaches = at + HEAD + length;
      if ((reaches == end || reaches + (length & 1) == end) && METADATA.contains(name(tail, at))) {
        end = at;
      }
    }
    return first + end;
  }

  private String name(long position) throws IOException {
    ByteBuffer four = bytes(position, 4);
    return four.remaining() < 4 ? "" : fourCharacters(four);
  }

  private static String name(ByteBuffer bytes, int at) {
    return fourCharacters(bytes.slice(at, 4));
  }

  static String fourCharacters(ByteBuffer b) {
    byte[] four = new byte[4];
    b.get(four);
    return new String(four, StandardCharsets.ISO_8859_1);
  }

  private static boolean isSound(String name) {
    return name.equals(DATA) || name.equals(FORMAT) || name.equals("RIFF");
  }

  private static boolean isKnown(String name) {
    return METADATA.contains(name) || name.equals(DATA) || name.equals(FORMAT);
  }

  private static boolean isName(String name) {
    return name.length() == 4 && name.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
