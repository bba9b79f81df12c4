package org.hearsight.core.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cells in columns, for a terminal or in Markdown.
 *
 * <p>A column is as wide as its longest cell, counted in Unicode characters.
 */
public final class TextTable {
  private final boolean[] left;
  private final List<List<String>> rows = new ArrayList<>();

  private TextTable(List<String> header, boolean[] left) {
    this.left = left;
    rows.add(List.copyOf(header));
  }

  /** A table whose columns are all aligned left. */
  public static TextTable ofWords(List<String> header) {
    boolean[] left = new boolean[header.size()];
    Arrays.fill(left, true);
    return new TextTable(header, left);
  }

  /**
   * A table of numbers, aligned right, but for some columns of words.
   *
   * @param words numbers of the columns that are aligned left, from 0
   */
  public static TextTable ofNumbers(List<String> header, int... words) {
    boolean[] left = new boolean[header.size()];
    for (int c : words) {
      left[c] = true;
    }
    return new TextTable(header, left);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not as many cells as the header
   */
  public TextTable row(List<String> cells) {
    if (cells.size() != left.length) {
      throw new IllegalArgumentException(cells.size() + " cells in a table of " + left.length);
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** As {@link #row(List)}. */
  public TextTable row(String... cells) {
    return row(List.of(cells));
  }

  /** For a terminal: two spaces between columns. Ends with a line break. */
  public String aligned() {
    int[] widths = new int[left.length];
    for (List<String> row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], length(row.get(c)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String space = " ".repeat(widths[c] - length(row.get(c)));
        line.append(c == 0 ? "" : "  ").append(left[c] ? row.get(c) + space : space + row.get(c));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** In Markdown. Ends with a line break. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      text.append("| ").append(String.join(" | ", row)).append(" |\n");
      if (row == rows.get(0)) {
        text.append('|');
        for (boolean words : left) {
          text.append(words ? "---|" : "---:|");
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
