package org.hearsight.core.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often two properties come together.
 *
 * @param title of the rows
 * @param counts [rows][columns]
 */
public record CrossTable(String title, List<String> rows, List<String> columns, int[][] counts) {

  /** Of a row. */
  public int sum(int row) {
    return Arrays.stream(counts[row]).sum();
  }

  /** The largest count. */
  public int most() {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).max().orElse(0);
  }

  /** A heading and one line a row that is not empty. */
  public String text() {
    List<String> header = new ArrayList<>(List.of(title));
    header.addAll(columns);
    header.add("all");
    TextTable table = TextTable.ofNumbers(header, 0);
    for (int r = 0; r < rows.size(); r++) {
      if (sum(r) > 0) {
        List<String> cells = new ArrayList<>(List.of(rows.get(r)));
        Arrays.stream(counts[r]).forEach(n -> cells.add(Integer.toString(n)));
        cells.add(Integer.toString(sum(r)));
        table.row(cells);
      }
    }
    return table.aligned();
  }
}
