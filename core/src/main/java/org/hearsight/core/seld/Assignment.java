package org.hearsight.core.seld;

import java.util.Arrays;

/**
 * The cheapest one-to-one assignment of rows to columns: the Hungarian method, by shortest
 * augmenting paths with potentials (Kuhn 1955; Jonker and Volgenant 1987), O(n²·m).
 *
 * <p>Our own because libraries want a graph of objects, padded to a square, for what is mostly a 1
 * × 1 to 3 × 3 table per class and frame.
 */
final class Assignment {
  private Assignment() {}

  /**
   * The column of each row.
   *
   * @param cost [rows][columns], finite
   * @return [rows]: the column of each row, or −1; min(rows, columns) of them are given
   */
  static int[] cheapest(double[][] cost) {
    int rows = cost.length;
    int columns = rows == 0 ? 0 : cost[0].length;
    if (rows <= columns) {
      return byRow(cost, rows, columns);
    }
    double[][] turned = new double[columns][rows];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        turned[c][r] = cost[r][c];
      }
    }
    int[] rowOf = byRow(turned, columns, rows);
    int[] columnOf = new int[rows];
    Arrays.fill(columnOf, -1);
    for (int c = 0; c < columns; c++) {
      columnOf[rowOf[c]] = c;
    }
    return columnOf;
  }

  /** As {@link #cheapest} for at most as many rows as columns; index 0 stands for "none" inside. */
  private static int[] byRow(double[][] cost, int rows, int columns) {
    double[] rowPotential = new double[rows + 1];
    double[] columnPotential = new double[columns + 1];
    int[] rowAt = new int[columns + 1];
    for (int row = 1; row <= rows; row++) {
      double[] slack = new double[columns + 1];
      Arrays.fill(slack, Double.POSITIVE_INFINITY);
      boolean[] reached = new boolean[columns + 1];
      int[] before = new int[columns + 1];
      rowAt[0] = row;
      int at = 0;
      do {
        reached[at] = true;
        double least = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int c = 1; c <= columns; c++) {
          if (reached[c]) {
            continue;
          }
          double reduced =
              cost[rowAt[at] - 1][c - 1] - rowPotential[rowAt[at]] - columnPotential[c];
          if (reduced < slack[c]) {
            slack[c] = reduced;
            before[c] = at;
          }
          if (slack[c] < least) {
            least = slack[c];
            next = c;
          }
        }
        for (int c = 0; c <= columns; c++) {
          if (reached[c]) {
            rowPotential[rowAt[c]] += least;
            columnPotential[c] -= least;
          } else {
            slack[c] -= least;
          }
        }
        at = next;
      } while (rowAt[at] != 0);
      while (at != 0) {
        rowAt[at] = rowAt[before[at]];
        at = before[at];
      }
    }
    int[] columnOf = new int[rows];
    for (int c = 1; c <= columns; c++) {
      if (rowAt[c] != 0) {
        columnOf[rowAt[c] - 1] = c - 1;
      }
    }
    return columnOf;
  }
}
