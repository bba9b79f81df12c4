package org.hearsight.core.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeldCsvTest {
  @TempDir private Path folder;

  private Path file(String text) {
    try {
      return Files.writeString(folder.resolve("clip.csv"), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void rowsOf2022HaveNoDistance() {
    List<SeldEvent> events = SeldCsv.read(file("10,1,0,-50,30\n10,1,2,10,-20\r\n\n12,4,0,180,0\n"));

    assertThat(events)
        .containsExactly(
            new SeldEvent(10, 1, 0, -50, 30, Double.NaN),
            new SeldEvent(10, 1, 2, 10, -20, Double.NaN),
            new SeldEvent(12, 4, 0, 180, 0, Double.NaN));
  }

  @Test
  void distancesOf2023AreCentimetres() {
    assertThat(SeldCsv.read(file("101,12,4,166,27,298\n")))
        .containsExactly(new SeldEvent(101, 12, 4, 166, 27, 2.98));
  }

  @Test
  void vectorsHaveAnyLengthAndMetres() {
    SeldEvent e = SeldCsv.read(file("7,3,0,0.0,0.3,0.3,4.381198\n")).get(0);

    assertThat(e.azimuth()).isCloseTo(90, within(1e-9));
    assertThat(e.elevation()).isCloseTo(45, within(1e-9));
    assertThat(e.distance()).isEqualTo(4.381198);
  }

  @Test
  void theHeaderOf2025NamesTheColumns() {
    String text = "\uFEFFframe,class,source,azimuth,distance,onscreen\n3,8,1,-25,140,1\n";

    assertThat(SeldCsv.read(file(text))).containsExactly(new SeldEvent(3, 8, 1, -25, 0, 1.4));
  }

  @Test
  void anEmptyFileHasNoEvents() {
    assertThat(SeldCsv.read(file(""))).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    List<SeldEvent> events =
        List.of(
            new SeldEvent(0, 2, 0, 12.346, -7.5, 3.21), new SeldEvent(1, 2, 1, -180, 1e-9, 0.04));

    String text = SeldCsv.text(events);

    assertThat(text).isEqualTo("0,2,0,12.346,-7.5,321\n1,2,1,180,0,4\n");
    Path to = folder.resolve("deep/out.csv");
    SeldCsv.write(to, events);
    assertThat(SeldCsv.text(SeldCsv.read(to))).isEqualTo(text);
  }

  @Test
  void eventsWithoutDistanceAreWrittenAsIn2022() {
    assertThat(SeldCsv.text(List.of(new SeldEvent(0, 2, 0, 12, -7, Double.NaN))))
        .isEqualTo("0,2,0,12,-7\n");
    assertThatThrownBy(
            () ->
                SeldCsv.text(
                    List.of(
                        new SeldEvent(0, 2, 0, 12, -7, Double.NaN),
                        new SeldEvent(0, 2, 0, 12, -7, 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x,1,0,10,20 | frame: 'x' is not a whole number",
        "1.5,1,0,10,20 | frame: '1.5' is not a whole number",
        "0,-1,0,10,20 | class: '-1' is not a whole number",
        "0,1,,10,20 | source: '' is not a whole number",
        "0,1,0,NaN,20 | azimuth: 'NaN' is not a number",
        "0,1,0,400,20 | azimuth: 400.0 is not in",
        "0,1,0,10,91 | elevation: 91.0 is not in",
        "0,1,0,10,20,1.5 | distance: 1.5 is not in whole centimetres",
        "0,1,0,10,20,-3 | distance: -3.0 is negative",
        "0,1,0,1,0,Infinity,2 | z: 'Infinity' is not a number",
        "99999999999,1,0,1,0 | frame: '99999999999' is not a whole number from 0 to 36000000",
        "0,1 | columns: 2, expected 4 to 7"
      })
  void aBadRowIsNamed(String row, String problem) {
    Path bad = file("\n" + row + "\n");

    assertThatThrownBy(() -> SeldCsv.read(bad))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(bad + ", line 2: " + problem)
        .hasMessageContaining("; ");
  }

  @Test
  void rowsOfOneFileHaveTheSameColumns() {
    Path bad = file("0,1,0,10,20\n1,1,0,10,20,300\n");

    assertThatThrownBy(() -> SeldCsv.read(bad))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 2: columns: 6, but the file began with 5");
  }

  @Test
  void aHeaderLacksNothingNeeded() {
    Path bad = file("frame,class,source,distance\n");

    assertThatThrownBy(() -> SeldCsv.read(bad))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 1: azimuth:");
  }

  @Test
  void noTextAndNoFileAreNamed() throws IOException {
    Path binary = Files.write(folder.resolve("b.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    Path missing = folder.resolve("missing.csv");

    assertThatThrownBy(() -> SeldCsv.read(binary))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("b.csv: is not UTF-8 text");
    assertThatThrownBy(() -> SeldCsv.read(missing))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("missing.csv: does not exist");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,1,0,10,20,150;1,1,0,10,20,1 | line 2: is cut short",
        "0,1,0,10,20,150;1,1,0,10 | line 2: is cut short",
        "0,1,0,10,20,150;1,1,0,10; | line 2: columns: 4, but the file began with 6: the last row"
            + " is",
        "0,1,0,10,20,150;1,1,0,10;2,1,0,10,20,150; | line 2: columns: 4, but the file began with"
            + " 6;",
      })
  void halfAFileIsNamed(String rows, String problem) {
    Path bad = file(rows.replace(';', '\n'));

    assertThatThrownBy(() -> SeldCsv.read(bad))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(bad + ", " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,1,0,-361,20 | azimuth: -361.0 is not in [-360, 360]",
        "0,1,0,1e2,20,0x1p3 | distance: '0x1p3' is not a number",
        "0,1,0,10d,20,100 | azimuth: '10d' is not a number",
        "36000001,1,0,10,20,100 | frame: '36000001' is not a whole number from 0 to 36000000",
        "+1,1,0,10,20,100 | frame: '+1' is not a whole number",
        "0,1,0,10,20,1000001 | distance: 10000.01 m is farther than sound is heard",
        "5,1,0,0,0,0,2.5 | columns: 7, but the fourth to sixth are not a direction",
      })
  void absurdValuesAreNamed(String row, String problem) {
    Path bad = file(row + "\n");

    assertThatThrownBy(() -> SeldCsv.read(bad))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(bad + ", line 1: " + problem);
  }

  @Test
  void azimuthsMayGoRound() {
    assertThat(SeldCsv.read(file("0,1,0,270,20\n")).get(0).azimuth()).isEqualTo(-90);
  }

  @Test
  void filesWithoutEndAreRefusedInLittleMemory() throws IOException {
    Path line = file("0,1,0,10,20,150\n" + "1".repeat(5000) + "\n");
    assertThatThrownBy(() -> SeldCsv.read(line))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 2: is longer than 4096 characters");

    Path rows = folder.resolve("rows.csv");
    try (BufferedWriter out = Files.newBufferedWriter(rows)) {
      for (int i = 0; i <= SeldRows.MOST_ROWS; i++) {
        out.write("0,1,0,1,1\n");
      }
    }
    assertThatThrownBy(() -> SeldCsv.read(rows))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("rows.csv: has more than 1000000 rows; check that it is the event");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "frame,class,azimuth,azimuth | azimuth: the header does not name this column exactly once",
        "frame,class,x,z | y: the header does not name this column exactly once",
        "frame,class,x,y,z,azimuth | x, y, z and azimuth, elevation: the header names both",
        "frame,class,azimuth,height | column 'height': the name is not known",
        "time,class,azimuth,elevation | frame: the header does not name this column exactly once",
        "frame,class,azimuth,distance_m,distance_cm | distance: the header does not name this"
            + " column",
      })
  void headersThatSayTooLittleOrTooMuchAreNamed(String header, String problem) {
    Path bad = file(header + "\n");

    assertThatThrownBy(() -> SeldCsv.read(bad))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(bad + ", line 1: " + problem);
  }

  @Test
  void labelsHoldWholeDegreesAndCentimetres() {
    SeldEvent event = SeldEvent.labelled(7, 3, 0, new Location(-179.7, 4.6, 2.517));
    assertThat(SeldCsv.text(List.of(event))).isEqualTo("7,3,0,180,5,252\n");
    SeldEvent ahead = SeldEvent.labelled(7, 3, 0, new Location(-0.2, -0.4, 30));
    assertThat(SeldCsv.text(List.of(ahead))).isEqualTo("7,3,0,0,0,3000\n");
  }
}
