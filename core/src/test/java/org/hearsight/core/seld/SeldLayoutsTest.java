package org.hearsight.core.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same events, written in every form that challenges, baselines and spreadsheets give them:
 * read as they are, or refused by name, and never as other numbers.
 */
class SeldLayoutsTest {
  private static final int ROUNDS = 8;

  @TempDir private Path folder;

  /** A form of event file. */
  private enum Form {
    POLAR_2020(true, false, "{f},{c},{a},{e}"),
    POLAR_2022(true, false, "{f},{c},{s},{a},{e}"),
    VECTOR_2021(true, false, "{f},{c},{s},{x},{y},{z}"),
    ACTIVE_VECTOR_2022(false, false, "{f},{c},{s},{xa},{ya},{za}"),
    POLAR_2023(true, true, "{f},{c},{s},{a},{e},{cm}"),
    VECTOR_2024(true, true, "{f},{c},{s},{xa},{ya},{za},{m}"),
    PLACE(true, true, "{f},{c},{s},{px},{py},{pz},{m}"),
    HEADER_2025(
        true,
        true,
        "frame,class,source,azimuth,elevation,distance,onscreen",
        "{f},{c},{s},{a},{e},{cm},1"),
    HEADER_CENTIMETRES(
        true, true, "Frame, Class, Azimuth, Elevation, Distance (cm)", "{f},{c},{a},{e},{cm}"),
    HEADER_METRES(
        true, true, "distance_m,frame,class,source,elevation,azimuth", "{m},{f},{c},{s},{e},{a}"),
    HEADER_WHOLE_METRES(
        true,
        true,
        "frame,class,source,azimuth,elevation,distance_m",
        "{f},{c},{s},{a},{e},{whole}"),
    HEADER_VECTOR(true, false, "frame,class,source,x,y,z", "{f},{c},{s},{xa},{ya},{za}"),
    HEADER_VECTOR_METRES(
        true, true, "frame,class,source,x,y,z,distance_m", "{f},{c},{s},{x},{y},{z},{m}"),
    HEADER_ROW_NUMBER(
        true,
        true,
        ",frame,class,source,azimuth,elevation,distance_cm",
        "{i},{f},{c},{s},{a},{e},{cm}"),
    WHOLE_METRES(false, true, "{f},{c},{s},{a},{e},{whole}"),
    METRES(false, true, "{f},{c},{s},{a},{e},{m}"),
    VECTOR_CENTIMETRES(false, true, "{f},{c},{s},{x},{y},{z},{cm}"),
    ROW_NUMBER_2020(false, false, "{i},{f},{c},{a},{e}"),
    ROW_NUMBER_2022(false, false, "{i},{f},{c},{s},{a},{e}"),
    ROW_NUMBER_2023(false, true, "{i},{f},{c},{s},{a},{e},{cm}"),
    ROW_NUMBER_WHOLE_METRES(false, true, "{i},{f},{c},{s},{a},{e},{whole}"),
    ROW_NUMBER_2024(false, true, "{i},{f},{c},{s},{x},{y},{z},{m}"),
    ROW_NUMBER_2021(false, false, "{i},{f},{c},{s},{x},{y},{z}"),
    VECTOR_WITHOUT_SOURCE(false, false, "{f},{c},{x},{y},{z}"),
    VECTOR_METRES_WITHOUT_SOURCE(false, true, "{f},{c},{x},{y},{z},{m}"),
    POLAR_WITHOUT_SOURCE(false, true, "{f},{c},{a},{e},{cm}"),
    FLAT_2025_WITHOUT_HEADER(false, true, "{f},{c},{s},{a},{cm},1"),
    ONSCREEN_WITHOUT_HEADER(false, true, "{f},{c},{s},{a},{e},{cm},0"),
    HEADER_WITH_UNKNOWN_NAME(
        false, true, "frame,class,source,azimuth,elev,distance_cm", "{f},{c},{s},{a},{e},{cm}"),
    HEADER_WITH_BOTH(
        false,
        true,
        "frame,class,source,azimuth,elevation,x,y,z",
        "{f},{c},{s},{a},{e},{x},{y},{z}"),
    HEADER_WITH_X_ALONE(false, true, "frame,class,source,x,elevation", "{f},{c},{s},{x},{e}");

    private final boolean understood;
    private final boolean distances;
    private final String header;
    private final String row;

    Form(boolean understood, boolean distances, String row) {
      this(understood, distances, null, row);
    }

    Form(boolean understood, boolean distances, String header, String row) {
      this.understood = understood;
      this.distances = distances;
      this.header = header;
      this.row = row;
    }

    String text(List<SeldEvent> events, double activity) {
      StringBuilder text = new StringBuilder(header == null ? "" : header + "\n");
      for (int i = 0; i < events.size(); i++) {
        text.append(row(i, events.get(i), activity)).append('\n');
      }
      return text.toString();
    }

    private String row(int number, SeldEvent e, double activity) {
      Vec3 v = e.direction().unit();
      Map<String, String> cells = new LinkedHashMap<>();
      cells.put("i", Integer.toString(number));
      cells.put("f", Integer.toString(e.frame()));
      cells.put("c", Integer.toString(e.classIndex()));
      cells.put("s", Integer.toString(e.source()));
      cells.put("a", Long.toString(Math.round(e.azimuth())));
      cells.put("e", Long.toString(Math.round(e.elevation())));
      cells.put("cm", Long.toString(Math.round(100 * e.distance())));
      cells.put("m", decimal(e.distance()));
      cells.put("whole", Long.toString(Math.round(e.distance())));
      cells.put("x", decimal(v.x()));
      cells.put("y", decimal(v.y()));
      cells.put("z", decimal(v.z()));
      cells.put("xa", decimal(activity * v.x()));
      cells.put("ya", decimal(activity * v.y()));
      cells.put("za", decimal(activity * v.z()));
      cells.put("px", decimal(e.distance() * v.x()));
      cells.put("py", decimal(e.distance() * v.y()));
      cells.put("pz", decimal(e.distance() * v.z()));
      String text = row;
      for (Map.Entry<String, String> cell : cells.entrySet()) {
        text = text.replace("{" + cell.getKey() + "}", cell.getValue());
      }
      return text;
    }

    private static String decimal(double value) {
      return String.format(Locale.ROOT, "%.6f", value);
    }

    /** Columns that stand for the source; without one it is 0. */
    private boolean hasSource() {
      return row.contains("{s}");
    }
  }

  /** What sounds, and how much of it. */
  private enum Scene {
    ALL_ROUND(40, 360, 120, 8),
    LEVEL(40, 360, 0, 8),
    AHEAD(40, 8, 6, 3),
    SHORT(3, 360, 120, 8),
    ONE_ROW(1, 360, 120, 8);

    private final int rows;
    private final double width;
    private final double height;
    private final double depth;

    Scene(int rows, double width, double height, double depth) {
      this.rows = rows;
      this.width = width;
      this.height = height;
      this.depth = depth;
    }

    /** Two sources at most, angles and metres whole where the form rounds them. */
    List<SeldEvent> draw(SplittableRandom random, boolean whole) {
      List<SeldEvent> events = new ArrayList<>();
      int frame = random.nextInt(5);
      for (int i = 0; i < rows; i++) {
        frame += random.nextInt(3);
        double distance = 1 + depth * random.nextDouble();
        events.add(
            new SeldEvent(
                frame,
                random.nextInt(13),
                random.nextInt(2),
                Math.rint(width * (random.nextDouble() - 0.5)),
                Math.rint(height * (random.nextDouble() - 0.5)),
                whole ? Math.rint(distance) : Math.rint(100 * distance) / 100));
      }
      return events;
    }
  }

  @ParameterizedTest
  @EnumSource
  void readAsWrittenOrRefused(Form form) throws IOException {
    int refused = 0;
    for (Scene scene : Scene.values()) {
      if (form == Form.ROW_NUMBER_2020 && scene.rows < 40) {
        continue; // a few rows of it are rows of 2022 as well
      }
      SplittableRandom random = new SplittableRandom(form.name().hashCode());
      for (int round = 0; round < ROUNDS; round++) {
        Map<Path, List<SeldEvent>> written = write(form, scene, random);
        SeldFiles files = SeldFiles.of(written.keySet(), SeldFiles.Distances.unknown());
        try {
          for (Map.Entry<Path, List<SeldEvent>> e : written.entrySet()) {
            assertSame(form, files.read(e.getKey()), e.getValue());
          }
        } catch (InputException e) {
          refused++;
          assertThat(e.getMessage()).startsWith(folder.toString()).contains(", line ", "; ");
          boolean plenty = scene == Scene.ALL_ROUND || scene == Scene.LEVEL;
          assertThat(form.understood && plenty).as(form + ", " + scene + ": " + e).isFalse();
        }
      }
    }
    if (!form.understood) {
      assertThat(refused).as("refused").isPositive();
    }
  }

  /** Cut anywhere: what is left is fewer rows, or refused; never a number that lost its end. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ROW_NUMBER_2020")
  void cutAnywhereItIsFewerRowsOrRefused(Form form) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    List<SeldEvent> events =
        Scene.ALL_ROUND.draw(random, form.row.contains("{whole}")).subList(0, 10);
    String text = form.text(events, 0.8);
    Path file = folder.resolve("cut.csv");
    int line = text.indexOf('\n') + 1;
    for (int at = line + 1; at < text.length(); at++) {
      Files.writeString(file, text.substring(0, at));
      try {
        List<SeldEvent> read = SeldCsv.read(file);
        assertThat(text.charAt(at - 1)).as("cut at " + at).isEqualTo('\n');
        assertSame(form, read, events.subList(0, read.size()));
      } catch (InputException e) {
        assertThat(e.getMessage()).startsWith(file.toString()).contains("; ");
        if (form.understood && text.charAt(at - 1) != '\n') {
          assertThat(e.getMessage()).contains("cut short");
        }
      }
    }
  }

  @Test
  void namesThatMeanNothingArePassedOverWhereNothingIsMissing() throws IOException {
    Path file = folder.resolve("a.csv");
    Files.writeString(
        file, "frame,class,source,azimuth,elevation,distance,confidence\n3,1,0,40,-5,150,0.7\n");

    assertThat(SeldCsv.read(file)).containsExactly(new SeldEvent(3, 1, 0, 40, -5, 1.5));
  }

  private Map<Path, List<SeldEvent>> write(Form form, Scene scene, SplittableRandom random)
      throws IOException {
    Map<Path, List<SeldEvent>> written = new LinkedHashMap<>();
    for (int f = 0; f < 3; f++) {
      List<SeldEvent> events = scene.draw(random, form.row.contains("{whole}"));
      Path file = folder.resolve(f + ".csv");
      Files.writeString(file, form.text(events, 0.5 + 0.7 * random.nextDouble()));
      written.put(file, events);
    }
    return written;
  }

  private static void assertSame(Form form, List<SeldEvent> read, List<SeldEvent> written) {
    String what = form + ", as in " + form.row(0, written.get(0), 0.8);
    assertThat(read).as(what).hasSameSizeAs(written);
    for (int i = 0; i < read.size(); i++) {
      SeldEvent r = read.get(i);
      SeldEvent w = written.get(i);
      assertThat(r.frame()).as(what).isEqualTo(w.frame());
      assertThat(r.classIndex()).as(what).isEqualTo(w.classIndex());
      assertThat(r.source()).as(what).isEqualTo(form.hasSource() ? w.source() : 0);
      assertThat(r.direction().angleTo(w.direction())).as(what).isCloseTo(0, within(1e-3));
      assertThat(r.hasDistance()).as(what).isEqualTo(form.distances);
      if (form.distances) {
        assertThat(r.distance()).as(what).isCloseTo(w.distance(), within(1e-6));
      }
    }
  }
}
