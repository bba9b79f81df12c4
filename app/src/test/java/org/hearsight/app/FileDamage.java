package org.hearsight.app;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What disks, cables, editors and stopped copies do to a file. */
enum FileDamage {
  BIT_FLIPPED {
    @Override
    byte[] of(byte[] whole, SplittableRandom random) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      return damaged;
    }
  },

  CUT_OFF {
    @Override
    byte[] of(byte[] whole, SplittableRandom random) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
  },

  ZEROED {
    @Override
    byte[] of(byte[] whole, SplittableRandom random) {
      byte[] damaged = whole.clone();
      int from = random.nextInt(whole.length);
      int length = 1 + random.nextInt(Math.min(4096, whole.length));
      Arrays.fill(damaged, from, Math.min(whole.length, from + length), (byte) 0);
      return damaged;
    }
  },

  LINE_LOST {
    @Override
    byte[] of(byte[] whole, SplittableRandom random) {
      List<String> lines = lines(whole);
      lines.remove(random.nextInt(lines.size()));
      return bytes(lines);
    }
  },

  LINE_DOUBLED {
    @Override
    byte[] of(byte[] whole, SplittableRandom random) {
      List<String> lines = lines(whole);
      int at = random.nextInt(lines.size());
      lines.add(at, lines.get(at));
      return bytes(lines);
    }
  },

  /** One digit becomes another, as a flipped bit or a slip of the hand makes it. */
  DIGIT_CHANGED {
    @Override
    byte[] of(byte[] whole, SplittableRandom random) {
      int[] digits =
          IntStream.range(0, whole.length).filter(i -> Character.isDigit(whole[i])).toArray();
      byte[] damaged = whole.clone();
      if (digits.length > 0) {
        int at = digits[random.nextInt(digits.length)];
        damaged[at] = (byte) ('0' + (whole[at] - '0' + 1 + random.nextInt(9)) % 10);
      }
      return damaged;
    }
  };

  private static final List<FileDamage> TO_ANY = List.of(BIT_FLIPPED, CUT_OFF, ZEROED);

  /** The content after it; may by chance be the same. */
  abstract byte[] of(byte[] whole, SplittableRandom random);

  /** What may happen to a file: its lines and digits only where it has some. */
  static List<FileDamage> to(byte[] content) {
    boolean text = true;
    for (int i = 0; i < Math.min(content.length, 4096) && text; i++) {
      text = content[i] >= ' ' || content[i] == '\n' || content[i] == '\r' || content[i] == '\t';
    }
    return text ? List.of(values()) : TO_ANY;
  }

  private static List<String> lines(byte[] text) {
    return new ArrayList<>(
        List.of(new String(text, StandardCharsets.ISO_8859_1).split("(?<=\n)", -1)));
  }

  private static byte[] bytes(List<String> lines) {
    return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
  }
}
