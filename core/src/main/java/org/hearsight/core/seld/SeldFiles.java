package org.hearsight.core.seld;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;

/**
 * Event files that were written alike, as those of one data set or of one system: what their
 * columns are is judged by all of them, since one row, and one quiet clip, fits several readings.
 *
 * <p>The files are looked through when the first is read. May be used by several threads.
 */
public final class SeldFiles {
  private final List<Path> files;
  private final Distances distances;

  /** By layout; null until the files were looked through. */
  private Map<Layout, SeldColumns> columns;

  private SeldFiles(Collection<Path> files, Distances distances) {
    this.files = List.copyOf(files);
    this.distances = distances;
  }

  /**
   * Somebody's files.
   *
   * @param distances what is known about these
   */
  public static SeldFiles of(Collection<Path> files, Distances distances) {
    return new SeldFiles(files, distances);
  }

  /** Files that {@link SeldCsv#text} wrote: nothing about them needs to be judged. */
  public static SeldFiles written() {
    return new SeldFiles(List.of(), null);
  }

  /**
   * What is known about the distances of files.
   *
   * @param unit they are in; null if that is to be judged
   * @param used whether anybody wants them
   * @param reference the median of the true ones, metres; NaN if unknown
   * @param remedy what settles their unit
   */
  public record Distances(DistanceUnit unit, boolean used, double reference, String remedy) {
    private static final String NAME_THE_UNIT =
        "name the unit in a first line: frame,class,source,azimuth,elevation,distance_m"
            + " or …,distance_cm";

    /** Nothing is known; where it cannot be judged, a header line settles it. */
    public static Distances unknown() {
      return new Distances(null, true, Double.NaN, NAME_THE_UNIT);
    }

    /** Nobody will look at them. */
    public static Distances unused() {
      return new Distances(DistanceUnit.CENTIMETRES, false, Double.NaN, NAME_THE_UNIT);
    }

    /** Are there any, by what somebody said? */
    private boolean said() {
      return used && unit != null;
    }
  }

  /** Files with the same header, or without one and of the same width. */
  private record Layout(List<String> header, int width) {
    static Layout of(String[] first) {
      return SeldColumns.isHeader(first)
          ? new Layout(List.copyOf(Arrays.asList(first)), first.length)
          : new Layout(List.of(), first.length);
    }

    boolean isNamed() {
      return !header.isEmpty();
    }
  }

  /**
   * The events of one of the files, in the order of its rows; an empty file has none.
   *
   * @throws InputException naming the file, the line and the field that is wrong; or a file whose
   *     columns cannot be distinguished
   */
  public List<SeldEvent> read(Path file) {
    List<SeldEvent> events = new ArrayList<>();
    try (SeldRows rows = SeldRows.open(file)) {
      String[] cells = rows.next();
      if (cells == null) {
        return List.of();
      }
      Layout layout = Layout.of(cells);
      SeldColumns own = columns(layout, rows.where());
      if (layout.isNamed()) {
        cells = rows.next();
      }
      while (cells != null) {
        events.add(own.event(cells, rows.where(), rows.atEnd()));
        cells = rows.next();
      }
    }
    return List.copyOf(events);
  }

  /**
   * Refuses labels that go on after their recording: one of the two is damaged, or they are of two
   * recordings.
   *
   * @param frames of the recording; annotations of its last moment may run a frame past it
   * @throws InputException naming the first such frame
   */
  public static void requireWithin(Path labels, List<SeldEvent> events, long frames) {
    for (SeldEvent e : events) {
      if (e.frame() > frames) {
        throw new InputException(
            labels,
            "frame: %d lies after the end of the audio (%d frames of 100 ms)"
                .formatted(e.frame(), frames),
            "take recording and labels from the same place again: one of the two is damaged");
      }
    }
  }

  private SeldColumns columns(Layout layout, String where) {
    if (distances == null) {
      return layout.isNamed()
          ? SeldColumns.named(layout.header().toArray(String[]::new), where)
              .in(DistanceUnit.CENTIMETRES)
          : ColumnGuess.written(layout.width(), where);
    }
    SeldColumns found = judged().get(layout);
    if (found == null) {
      throw new InputException(where, "was written while it was read", "run the command again");
    }
    return found;
  }

  private synchronized Map<Layout, SeldColumns> judged() {
    if (columns == null) {
      Map<Layout, Group> groups = new LinkedHashMap<>();
      files.forEach(f -> add(f, groups));
      Map<Layout, SeldColumns> found = new LinkedHashMap<>();
      groups.forEach((layout, group) -> found.put(layout, group.columns(distances)));
      columns = found;
    }
    return columns;
  }

  private static void add(Path file, Map<Layout, Group> groups) {
    try (SeldRows rows = SeldRows.open(file)) {
      String[] cells = rows.next();
      if (cells == null) {
        return;
      }
      Layout layout = Layout.of(cells);
      String where = rows.where();
      Group group = groups.computeIfAbsent(layout, l -> Group.of(l, where));
      if (layout.isNamed()) {
        cells = rows.next();
      }
      group.beginFile(where);
      while (cells != null) {
        // Whoever reads the rows names those that are shorter or longer.
        if (cells.length == layout.width()) {
          group.add(cells, rows.where());
        }
        cells = rows.next();
      }
      group.endFile();
    }
  }

  /** All files of one layout. */
  private static final class Group {
    private final SeldColumns named;
    private final String first;
    private final ColumnStatistics all;
    private ColumnStatistics own;
    private String file;
    private String vectors;

    private Group(SeldColumns named, String first, ColumnStatistics all) {
      this.named = named;
      this.first = first;
      this.all = all;
    }

    static Group of(Layout layout, String where) {
      SeldColumns named =
          layout.isNamed()
              ? SeldColumns.named(layout.header().toArray(String[]::new), where)
              : null;
      int distance =
          named == null ? ColumnGuess.distanceColumn(layout.width()) : named.distanceColumn();
      return new Group(named, where, new ColumnStatistics(layout.width(), distance));
    }

    void beginFile(String where) {
      file = where;
      own = new ColumnStatistics(all.width(), -1);
      all.beginFile();
    }

    void add(String[] cells, String where) {
      own.add(cells, where);
      all.add(cells, where);
    }

    void endFile() {
      if (vectors == null && all.width() == 6 && own.rows() > 0 && own.areUnitVectors(3)) {
        vectors = file;
      }
    }

    SeldColumns columns(Distances distances) {
      SeldColumns found = named == null ? ColumnGuess.of(all, distances.said(), first) : named;
      if (named == null && found.hasDistance() && vectors != null) {
        throw new InputException(
            vectors,
            "columns: the fourth to sixth look like x,y,z, those of other files like angles",
            SeldColumns.NAME_THEM);
      }
      if (!found.hasDistance() || found.unit() != null) {
        return found;
      }
      DistanceUnit unit = distances.unit();
      return found.in(
          unit != null
              ? unit
              : ColumnGuess.unit(all, found, distances.reference(), first, distances.remedy()));
    }
  }
}
