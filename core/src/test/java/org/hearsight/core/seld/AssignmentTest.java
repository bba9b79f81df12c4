package org.hearsight.core.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AssignmentTest {
  /** The least cost by trying everything; rows may stay alone where there are more than columns. */
  private static double least(double[][] cost, int row, int used, int skips) {
    if (row == cost.length) {
      return 0;
    }
    double best = skips > 0 ? least(cost, row + 1, used, skips - 1) : Double.POSITIVE_INFINITY;
    for (int c = 0; c < cost[row].length; c++) {
      if ((used & 1 << c) == 0) {
        best = Math.min(best, cost[row][c] + least(cost, row + 1, used | 1 << c, skips));
      }
    }
    return best;
  }

  @Test
  void nothingIsCheaper() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 500; round++) {
      int rows = 1 + random.nextInt(5);
      int columns = 1 + random.nextInt(5);
      double[][] cost = new double[rows][columns];
      for (double[] row : cost) {
        for (int c = 0; c < columns; c++) {
          // Ties are frequent.
          row[c] = random.nextBoolean() ? random.nextInt(4) : random.nextDouble(180);
        }
      }

      int[] columnOf = Assignment.cheapest(cost);

      double sum = 0;
      int used = 0;
      int given = 0;
      for (int r = 0; r < rows; r++) {
        if (columnOf[r] >= 0) {
          assertThat(used & 1 << columnOf[r]).isZero();
          used |= 1 << columnOf[r];
          sum += cost[r][columnOf[r]];
          given++;
        }
      }
      assertThat(given).isEqualTo(Math.min(rows, columns));
      assertThat(sum).isCloseTo(least(cost, 0, 0, Math.max(0, rows - columns)), within(1e-9));
    }
  }

  @Test
  void greedyWouldBeDearer() {
    assertThat(Assignment.cheapest(new double[][] {{1, 2}, {2, 100}})).containsExactly(1, 0);
  }

  @Test
  void nobodyToAssign() {
    assertThat(Assignment.cheapest(new double[0][0])).isEmpty();
    assertThat(Assignment.cheapest(new double[2][0])).containsExactly(-1, -1);
  }
}
