package org.hearsight.report.preview;

import java.awt.Graphics2D;
import java.util.Locale;

/**
 * Capital letters and figures of 3 x 5 dots, drawn twice as large. Own dots, because a headless
 * Java may have no fonts at all, and because other fonts would give other bytes.
 */
final class PixelText {
  /** Advance from letter to letter, pixels. */
  static final int WIDTH = 8;

  /** Height of a letter, pixels. */
  static final int HEIGHT = 10;

  private static final int DOT = 2;
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-+%/:<>°_()";

  /** Five octal figures a letter, a figure a row from the top, its left dot worth 4. */
  private static final String[] DOTS = {
    "25755", "65656", "34443", "65556", "74647", "74644", "34553", "55755", "72227", "11152",
    "55655", "44447", "57755", "65555", "25552", "65644", "25563", "65655", "34216", "72222",
    "55557", "55552", "55775", "55255", "55222", "71247", "25552", "26227", "61247", "61216",
    "55711", "74617", "34757", "71222", "75757", "75716", "00002", "00024", "00700", "02720",
    "51245", "11244", "02020", "12421", "42124", "25200", "00007", "12221", "42224"
  };

  private PixelText() {}

  /** Draws a line in the current colour, its upper left corner at (x, y). */
  static void draw(Graphics2D g, String text, int x, int y) {
    int at = x;
    for (char c : text.toUpperCase(Locale.ROOT).toCharArray()) {
      int letter = LETTERS.indexOf(c);
      if (letter >= 0) {
        for (int row = 0; row < 5; row++) {
          int dots = DOTS[letter].charAt(row) - '0';
          for (int column = 0; column < 3; column++) {
            if ((dots & 4 >> column) != 0) {
              g.fillRect(at + DOT * column, y + DOT * row, DOT, DOT);
            }
          }
        }
      }
      at += WIDTH;
    }
  }

  /** As {@link #draw} with the upper right corner at (x, y). */
  static void drawEndingAt(Graphics2D g, String text, int x, int y) {
    draw(g, text, x - WIDTH * text.length(), y);
  }
}
