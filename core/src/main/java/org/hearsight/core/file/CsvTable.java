package org.hearsight.core.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;

/**
 * A comma-separated file with a header, as spreadsheets write it (RFC 4180): cells with commas,
 * line breaks or quotes stand in quotes, and a byte order mark may come first.
 */
public final class CsvTable {
  private static final CsvFactory CSV =
      CsvFactory.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  private CsvTable() {}

  /**
   * A row below the header.
   *
   * @param line of the file in which it begins, from 1
   * @param header the number of each column by its name
   * @param cells without the spaces around them
   */
  public record Row(Path file, int line, Map<String, Integer> header, List<String> cells) {
    /** The cell of a column; null if the header does not name it. */
    public String get(String column) {
      Integer number = header.get(column);
      return number == null ? null : cells.get(number);
    }

    /** A refusal that names file and line. */
    public InputException refused(String problem, String remedy) {
      return new InputException(file, "line " + line + ": " + problem, remedy);
    }
  }

  /**
   * Reads all rows that are not blank.
   *
   * @param needed columns the header must name
   * @throws InputException as {@link InputFile#text}, or if a column or a cell is missing, or
   *     quotes are not closed
   */
  public static List<Row> read(Path file, String... needed) {
    String text = InputFile.text(file, InputFile.MEDIUM);
    int line = 1;
    try (CsvParser parser = CSV.createParser(text)) {
      Row header = null;
      List<Row> rows = new ArrayList<>();
      JsonToken start = parser.nextToken(); // of all rows
      while (start != null && parser.nextToken() == JsonToken.START_ARRAY) {
        line = parser.currentLocation().getLineNr();
        List<String> cells = new ArrayList<>();
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
          cells.add(parser.getText().strip());
        }
        Map<String, Integer> columns = header == null ? numbered(cells) : header.header();
        Row row = new Row(file, line, columns, cells);
        if (header == null) {
          header = row;
        } else if (!cells.equals(List.of(""))) {
          requireWidth(row, header.cells().size());
          rows.add(row);
        }
      }
      requireColumns(header == null ? new Row(file, 1, Map.of(), List.of()) : header, needed);
      return rows;
    } catch (JsonProcessingException e) {
      throw new InputException(
          file,
          "line " + line + ": a quote is not closed, or followed by more than a comma",
          "put the whole cell into quotes, and double the quotes within it",
          e);
    } catch (IOException e) {
      throw InputFile.cannotRead(file, e);
    }
  }

  private static Map<String, Integer> numbered(List<String> names) {
    Map<String, Integer> numbers = new HashMap<>();
    for (int c = 0; c < names.size(); c++) {
      numbers.put(names.get(c), c);
    }
    return numbers;
  }

  private static void requireColumns(Row header, String... needed) {
    for (String column : needed) {
      if (!header.header().containsKey(column)) {
        boolean other = header.cells().size() == 1 && header.cells().get(0).matches(".*[;\t].*");
        throw header.refused(
            "no column '" + column + "'",
            other ? "separate cells with commas" : "begin with a header line");
      }
    }
  }

  private static void requireWidth(Row row, int width) {
    if (row.cells().size() != width) {
      throw row.refused(
          row.cells().size() + " cells, expected " + width, "quote cells that hold commas");
    }
  }
}
