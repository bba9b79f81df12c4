package org.hearsight.datasets.seld;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.audio.RecordingNotes;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.CsvTable;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.InnerPath;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;

/**
 * Room responses measured with a first-order microphone, and where the loudspeaker stood: a folder
 * of four-channel sound files (W, Y, Z, X, SN3D) and a CSV file with the columns {@code
 * file,azimuth_deg,elevation_deg,distance_m}.
 *
 * @param name of the folder
 * @param responses in the order of the CSV file
 */
record MeasuredResponses(String name, List<Response> responses) {
  private static final String[] COLUMNS = {"file", "azimuth_deg", "elevation_deg", "distance_m"};
  private static final String REMEDY =
      "write a CSV file with the header " + String.join(",", COLUMNS);

  /**
   * One loudspeaker.
   *
   * @param samples [4][taps] at 24 kHz
   */
  record Response(String file, Location place, float[][] samples) {
    private static final int AROUND = Foa.SAMPLE_RATE / 1000;

    /**
     * The loudspeaker where its direct sound comes from, at the listed distance: intensity within a
     * millisecond of the strongest pressure, before any reflection. A microphone that was not set
     * up quite straight, or moved, shows here.
     */
    Location heard() {
      int peak = 0;
      for (int i = 0; i < samples[Foa.W].length; i++) {
        peak = Math.abs(samples[Foa.W][i]) > Math.abs(samples[Foa.W][peak]) ? i : peak;
      }
      double x = 0;
      double y = 0;
      double z = 0;
      int end = Math.min(samples[Foa.W].length, peak + AROUND + 1);
      for (int i = Math.max(0, peak - AROUND); i < end; i++) {
        double w = samples[Foa.W][i];
        x += w * samples[Foa.X][i];
        y += w * samples[Foa.Y][i];
        z += w * samples[Foa.Z][i];
      }
      Direction direction = Direction.of(new Vec3(x, y, z));
      return new Location(direction.azimuth(), direction.elevation(), place.distance());
    }
  }

  /**
   * Reads a folder.
   *
   * @param format of the responses; null to believe what they say of themselves
   * @param notes takes a line for each kind of thing that is done to responses
   * @throws InputException if it has no list, or a response in it is unusable
   */
  static MeasuredResponses read(Path folder, FoaFormat format, Consumer<String> notes) {
    Path list = list(folder);
    List<Response> responses = new ArrayList<>();
    RecordingNotes counted = new RecordingNotes();
    for (CsvTable.Row row : CsvTable.read(list, COLUMNS)) {
      responses.add(response(folder, row, format, counted));
    }
    counted.tell(notes);
    if (responses.isEmpty()) {
      throw new InputException(list, "lists no response", REMEDY);
    }
    return new MeasuredResponses(String.valueOf(folder.getFileName()), List.copyOf(responses));
  }

  /** Tells equal responses and lists from different ones. */
  String fingerprint() {
    Sha256 sum = new Sha256();
    for (Response r : responses) {
      Sha256 unused = sum.add(r.file() + " " + r.place() + "\n");
      for (float[] channel : r.samples()) {
        ByteBuffer bytes = ByteBuffer.allocate(channel.length * Float.BYTES);
        bytes.asFloatBuffer().put(channel);
        unused = sum.add(bytes.array());
      }
    }
    return sum.hex();
  }

  private static Response response(
      Path folder, CsvTable.Row row, FoaFormat format, RecordingNotes counted) {
    double elevation = number(row, "elevation_deg");
    double distance = number(row, "distance_m");
    if (!(Math.abs(elevation) <= 90) || !(distance > 0)) {
      throw row.refused("elevation_deg or distance_m is out of range", REMEDY);
    }
    String file;
    try {
      file = InnerPath.require("file", row.get("file"));
    } catch (IllegalArgumentException e) {
      throw row.refused(e.getMessage(), "name files of the same folder");
    }
    Path path = folder.resolve(file);
    List<String> notes = new ArrayList<>();
    float[][] samples = Foa.read(path, format, notes::add).channels();
    counted.add(path, notes);
    return new Response(
        file, new Location(number(row, "azimuth_deg"), elevation, distance), samples);
  }

  private static double number(CsvTable.Row row, String column) {
    try {
      double value = Double.parseDouble(row.get(column));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as NaN and infinity are.
    }
    throw row.refused(column + ": '" + row.get(column) + "' is not a number", REMEDY);
  }

  private static Path list(Path folder) {
    List<Path> found = FolderListing.files(folder, ".csv");
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new InputException(folder, found.size() + " CSV files, expected one", REMEDY);
  }
}
