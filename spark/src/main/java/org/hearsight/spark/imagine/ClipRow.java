package org.hearsight.spark.imagine;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;

/**
 * A clip that is to be answered: a row of the input table.
 *
 * @param id a name that no other row has; null where the table gives none
 * @param audio recording
 * @param rgb picture, as {@code depth} and {@code occlusion} null where there is none
 * @param occlusionLevel in [0, 1]; null to take the map's, or what depth tells
 * @param hfov of the pictures, degrees; null for 90
 * @param depthHfov of the depth alone; null for that of the pictures
 * @param depthScale depth values of a metre; null for what the file's kind says
 * @param foaFormat of the recording; null to believe the file
 * @param from where the window begins, samples at 24 kHz; null to judge the recording's end
 */
public record ClipRow(
    String id,
    String audio,
    String rgb,
    String depth,
    String occlusion,
    Double occlusionLevel,
    Double hfov,
    Double depthHfov,
    Double depthScale,
    String foaFormat,
    Long from)
    implements Serializable {

  /** Of a recording alone. */
  public static ClipRow blind(String id, String audio) {
    return new ClipRow(id, audio, null, null, null, null, null, null, null, null, null);
  }

  /**
   * Of a table's row: {@code audio}, and of the other columns what it has.
   *
   * @throws InputException if a cell that is to be a number is none
   */
  static ClipRow of(Row row) {
    return new ClipRow(
        text(row, "id"),
        text(row, "audio"),
        text(row, "rgb"),
        text(row, "depth"),
        text(row, "occlusion"),
        number(row, "occlusion_level"),
        number(row, "hfov"),
        number(row, "depth_hfov"),
        number(row, "depth_scale"),
        text(row, "foa_format"),
        null);
  }

  private static Object cell(Row row, String column) {
    boolean there = Arrays.asList(row.schema().fieldNames()).contains(column);
    return there ? row.get(row.fieldIndex(column)) : null;
  }

  private static String text(Row row, String column) {
    Object cell = cell(row, column);
    return cell == null || cell.toString().isBlank() ? null : cell.toString();
  }

  /** A cell of a CSV file is a text. */
  private static Double number(Row row, String column) {
    Object cell = cell(row, column);
    if (cell instanceof Number n) {
      return n.doubleValue();
    }
    try {
      return cell == null || cell.toString().isBlank() ? null : Double.valueOf(cell.toString());
    } catch (NumberFormatException e) {
      throw new InputException(
          text(row, "audio"), column + ": '" + cell + "' is not a number", "give one as 90", e);
    }
  }

  /** The same with other paths. */
  ClipRow at(java.util.function.UnaryOperator<String> place) {
    return new ClipRow(
        id,
        place.apply(audio),
        rgb == null ? null : place.apply(rgb),
        depth == null ? null : place.apply(depth),
        occlusion == null ? null : place.apply(occlusion),
        occlusionLevel,
        hfov,
        depthHfov,
        depthScale,
        foaFormat,
        from);
  }

  /** The same under a name. */
  ClipRow named(String name) {
    return new ClipRow(
        name,
        audio,
        rgb,
        depth,
        occlusion,
        occlusionLevel,
        hfov,
        depthHfov,
        depthScale,
        foaFormat,
        from);
  }

  /** A window of it. */
  ClipRow window(long first) {
    return new ClipRow(
        id,
        audio,
        rgb,
        depth,
        occlusion,
        occlusionLevel,
        hfov,
        depthHfov,
        depthScale,
        foaFormat,
        first);
  }

  /** Tells it from every other row, in every attempt. */
  String key() {
    return from == null ? id : id + "@" + from;
  }

  /** All of it in one line, for checksums. */
  String line() {
    return Json.line(this);
  }
}
