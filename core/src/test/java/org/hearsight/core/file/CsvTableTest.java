package org.hearsight.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
  @TempDir private Path folder;

  private List<CsvTable.Row> read(String text, String... needed) throws IOException {
    return CsvTable.read(Files.writeString(folder.resolve("list.csv"), text), needed);
  }

  @Test
  void rowsAreFoundByTheNamesOfTheirColumns() throws IOException {
    List<CsvTable.Row> rows = read("file, use ,licence\n a.wav,permissive,\n\n \t\nb.wav,,CC0");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).get("file")).isEqualTo("a.wav");
    assertThat(rows.get(0).get("use")).isEqualTo("permissive");
    assertThat(rows.get(0).get("licence")).isEmpty();
    assertThat(rows.get(0).get("origin_group")).isNull();
    assertThat(rows.get(1).get("licence")).isEqualTo("CC0");
    assertThat(rows.get(1).line()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void commasQuotesAndLineBreaksStandInQuotes(String end) throws IOException {
    String text = "file,licence\na.wav,\"CC BY, \"\"as is\"\"\nby A\"\n \"b, c.wav\" ,CC0\n";
    List<CsvTable.Row> rows = read(text.replace("\n", end), "file");
    assertThat(rows.get(0).get("licence")).isEqualTo("CC BY, \"as is\"" + end + "by A");
    assertThat(rows.get(1).get("file")).isEqualTo("b, c.wav");
    assertThat(rows).extracting(CsvTable.Row::line).containsExactly(2, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file,use\na.wav,all\n", "\"file\",\"use\"\r\n\"a.wav\",\"all\"\r\n"})
  void aByteOrderMarkIsNotPartOfTheFirstName(String text) throws IOException {
    assertThat(read("\uFEFF" + text, "file").get(0).get("file")).isEqualTo("a.wav");
  }

  /**
   * What spreadsheets write where the comma is the decimal sign; file names may hold semicolons.
   */
  @Test
  void semicolonsAreRefusedAsSeparatorsAndKeptInCells() throws IOException {
    assertThatThrownBy(() -> read("file;use\na.wav;all\n", "file"))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("list.csv: line 1: no column 'file'; separate cells with commas");
    assertThat(read("file\na;b.wav\n", "file").get(0).get("file")).isEqualTo("a;b.wav");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> read("file,use\n", "file", "azimuth_deg"))
        .hasMessageEndingWith("line 1: no column 'azimuth_deg'; begin with a header line");
    assertThatThrownBy(() -> read("", "file"))
        .hasMessageEndingWith("line 1: no column 'file'; begin with a header line");
    assertThatThrownBy(() -> read("file,licence\n\"a\nb\",CC0\nc.wav,CC BY, as is\n"))
        .hasMessageEndingWith("line 4: 3 cells, expected 2; quote cells that hold commas");
    assertThatThrownBy(() -> read("file,licence\na.wav\n"))
        .hasMessageContaining("line 2: 1 cells, expected 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"b.wav,\"CC0\nc.wav,CC0\n", "b.wav,\"CC0\" as is\n"})
  void quotesThatAreNotClosedAreRefusedWhereTheirRowBegins(String row) {
    assertThatThrownBy(() -> read("file,licence\na.wav,\"CC\n0\"\n" + row))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("list.csv: line 4: a quote is not closed");
  }

  @Test
  void whatIsNotTextIsRefused() {
    Path file = folder.resolve("latin1.csv");
    AtomicFile.write(file, out -> out.write(new byte[] {'f', '\n', (byte) 0xE9, '\n'}));
    assertThatThrownBy(() -> CsvTable.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("latin1.csv: is not UTF-8 text; save it as UTF-8");
  }
}
