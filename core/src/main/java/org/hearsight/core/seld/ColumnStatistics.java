package org.hearsight.core.seld;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the columns of event files hold, over all rows of all files that have as many of them: the
 * ground on which columns without names are distinguished.
 *
 * <p>Cells that are not numbers are passed over here; whoever reads the rows names them.
 */
final class ColumnStatistics {
  /** Networks without a bound on x, y and z say up to 3; angles and metres soon say more. */
  private static final double LONGEST_ACTIVITY = 5;

  private static final double UNIT_TOLERANCE = 0.02;
  private static final int BUCKETS_PER_E = 200;

  private final int width;
  private final int distanceColumn;
  private final double[] least;
  private final double[] most;
  private final boolean[] whole;
  private final Map<Integer, Long> distances = new TreeMap<>();
  private final Vectors[] vectors;
  private double leastLengthRatio = Double.POSITIVE_INFINITY;
  private double mostLengthRatio;
  private Cell fraction;
  private long rows;

  // Of the file that is being added, and of all before it.
  private long rowsOfFile;
  private double firstIndex;
  private double before;
  private boolean counts = true;
  private boolean grows = true;
  private long steps;
  private long changes;

  /**
   * @param distanceColumn that may hold distances, −1 if there is none
   */
  ColumnStatistics(int width, int distanceColumn) {
    this.width = width;
    this.distanceColumn = distanceColumn;
    least = new double[width];
    most = new double[width];
    whole = new boolean[width];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    Arrays.fill(whole, true);
    vectors = new Vectors[Math.max(0, width - 2)];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = new Vectors();
    }
  }

  /** The rows that follow are of another file. */
  void beginFile() {
    rowsOfFile = 0;
  }

  /**
   * Adds a row.
   *
   * @param where it is, for messages
   */
  void add(String[] cells, String where) {
    double[] row = new double[width];
    for (int i = 0; i < width; i++) {
      row[i] = SeldColumns.parse(cells[i]);
      if (!Double.isNaN(row[i])) {
        least[i] = Math.min(least[i], row[i]);
        most[i] = Math.max(most[i], row[i]);
        whole[i] &= row[i] == Math.rint(row[i]);
      }
    }
    for (int i = 0; i < vectors.length; i++) {
      vectors[i].add(row[i], row[i + 1], row[i + 2]);
    }
    if (distanceColumn >= 0) {
      addDistance(row, cells[distanceColumn], where);
    }
    addIndex(row);
    rows++;
    rowsOfFile++;
  }

  private void addDistance(double[] row, String cell, String where) {
    double distance = row[distanceColumn];
    if (distance > 0) {
      distances.merge((int) Math.floor(Math.log(distance) * BUCKETS_PER_E), 1L, Long::sum);
    }
    if (fraction == null && !Double.isNaN(distance) && distance != Math.rint(distance)) {
      fraction = new Cell(where, cell);
    }
    if (distanceColumn == 6) {
      double ratio = Math.sqrt(row[3] * row[3] + row[4] * row[4] + row[5] * row[5]) / distance;
      if (!Double.isNaN(ratio)) {
        leastLengthRatio = Math.min(leastLengthRatio, ratio);
        mostLengthRatio = Math.max(mostLengthRatio, ratio);
      }
    }
  }

  private void addIndex(double[] row) {
    if (rowsOfFile == 0) {
      counts &= row[0] == 0 || row[0] == 1;
      firstIndex = row[0];
    } else {
      counts &= row[0] == firstIndex + rowsOfFile;
      grows &= row[1] >= before;
      steps++;
      changes += row[1] == before ? 0 : 1;
    }
    before = row[1];
  }

  int width() {
    return width;
  }

  long rows() {
    return rows;
  }

  /** Are there files of several rows? */
  boolean hasSteps() {
    return steps > 1;
  }

  boolean isWhole(int column) {
    return whole[column];
  }

  /** Do all numbers of a column lie between two? */
  boolean isWithin(int column, double from, double to) {
    return least[column] <= most[column] && least[column] >= from && most[column] <= to;
  }

  double most(int column) {
    return most[column];
  }

  /**
   * Does the first column number the rows of each file, and the second do what frames do: grow in a
   * third of the rows, and never fall? Frames of one source after the other number the rows, too,
   * but the class beside them seldom changes. Files of one row each could be either.
   */
  boolean beginsWithIndex() {
    return counts && grows && 3 * changes >= steps && whole[1] && whole[2];
  }

  /** Are three columns x, y and z, and not three other quantities: all of length 1, not on axes? */
  boolean areUnitVectors(int column) {
    Vectors v = vectors[column];
    return v.shortest <= v.longest
        && v.shortest >= 1 - UNIT_TOLERANCE
        && v.longest <= 1 + UNIT_TOLERANCE
        && !areWhole(column);
  }

  /** Could three columns be x, y and z of a direction times an activity? */
  boolean mayBeVectors(int column) {
    Vectors v = vectors[column];
    return v.shortest > 0
        && v.shortest <= v.longest
        && v.longest <= (areWhole(column) ? 1 : LONGEST_ACTIVITY);
  }

  boolean areWhole(int column) {
    return whole[column] && whole[column + 1] && whole[column + 2];
  }

  /** Are the fourth to sixth of seven columns a place as far away as the seventh says? */
  boolean arePlaces() {
    return leastLengthRatio >= 1 - UNIT_TOLERANCE && mostLengthRatio <= 1 + UNIT_TOLERANCE;
  }

  /** A cell and where its row is. */
  record Cell(String where, String text) {}

  /** The first distance that is not whole; null if there is none. */
  Cell firstFraction() {
    return fraction;
  }

  /** The middle one of the distances above 0, within half a per cent; NaN if there is none. */
  double medianDistance() {
    long all = distances.values().stream().mapToLong(Long::longValue).sum();
    long seen = 0;
    for (Map.Entry<Integer, Long> e : distances.entrySet()) {
      seen += e.getValue();
      if (2 * seen > all) {
        return Math.exp((e.getKey() + 0.5) / BUCKETS_PER_E);
      }
    }
    return Double.NaN;
  }

  /** Lengths of what three neighbouring columns would be as vectors. */
  private static final class Vectors {
    private double shortest = Double.POSITIVE_INFINITY;
    private double longest;

    void add(double x, double y, double z) {
      double length = Math.sqrt(x * x + y * y + z * z);
      if (!Double.isNaN(length)) {
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
      }
    }
  }
}
