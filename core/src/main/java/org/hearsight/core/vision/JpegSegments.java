package org.hearsight.core.vision;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a JPEG file says of itself before its pixels: its segments up to the first scan. */
final class JpegSegments {
  private static final int START_OF_SCAN = 0xDA;

  private JpegSegments() {}

  /** In the order of the file; whatever is damaged ends them. */
  static List<Segment> of(byte[] jpeg) {
    List<Segment> segments = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(jpeg);
    for (int at = 2; at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == 0xFF; ) {
      int marker = jpeg[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++; // a filling byte
        continue;
      }
      int length = in.getShort(at + 2) & 0xFFFF;
      int end = at + 2 + length;
      if (marker == START_OF_SCAN || length < 2 || end > jpeg.length) {
        break;
      }
      segments.add(new Segment(marker, in.slice(at + 4, length - 2)));
      at = end;
    }
    return segments;
  }

  /** How many colours each pixel has, 0 if it is not said. */
  static int colours(byte[] jpeg) {
    for (Segment s : of(jpeg)) {
      // Beginnings of frames, but for three numbers among them that mean tables.
      int number = s.marker - 0xC0;
      boolean frame = number == 0 || (number > 0 && number < 16 && number % 4 != 0);
      if (frame && s.content.limit() >= 6) {
        return s.content.get(5);
      }
    }
    return 0;
  }

  /** One segment: the second byte of its marker, and what follows its length. */
  record Segment(int marker, ByteBuffer content) {}
}
