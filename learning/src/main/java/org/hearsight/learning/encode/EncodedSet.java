package org.hearsight.learning.encode;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;

/**
 * What the frozen encoders say about every scenario of a data set, in one {@link RecordFile} of
 * little-endian floats.
 */
public final class EncodedSet implements Closeable {
  private final Layout layout;
  private final RecordFile records;

  private EncodedSet(Layout layout, RecordFile records) {
    this.layout = layout;
    this.records = records;
  }

  /**
   * Sizes of the parts of a record.
   *
   * @param frames audio tokens of a clip, T'
   * @param audioWidth of an audio token as the encoder gives it
   * @param boundaryWidth of a frame at the freeze boundary, where stage 2 starts
   * @param cueWidth of the spatial cues beside an audio token
   * @param visualTokens of a picture, 49
   * @param visualWidth of a visual token, 2048
   */
  public record Layout(
      int frames,
      int audioWidth,
      int boundaryWidth,
      int cueWidth,
      int visualTokens,
      int visualWidth) {
    int audio() {
      return frames * audioWidth;
    }

    int boundary() {
      return frames * boundaryWidth;
    }

    int cues() {
      return frames * cueWidth;
    }

    int visual() {
      return visualTokens * visualWidth;
    }

    int geometry() {
      return visualTokens * 2;
    }

    int floats() {
      return audio() + boundary() + cues() + visual() + geometry() + 1;
    }
  }

  /**
   * One scenario.
   *
   * @param audio [frames, audioWidth]
   * @param boundary [frames, boundaryWidth]
   * @param cues [frames, cueWidth]
   * @param visual [visualTokens, visualWidth]
   * @param geometry [visualTokens, 2]: occlusion and inverse depth of each token's cell
   * @param occlusion level of the whole view
   */
  public record Encoded(
      float[] audio,
      float[] boundary,
      float[] cues,
      float[] visual,
      float[] geometry,
      float occlusion) {}

  /**
   * Opens the file, keeping the records of an earlier run if their fingerprint is the same.
   *
   * @param fingerprint of all that the numbers depend on
   * @throws InputException if it cannot be written
   */
  public static EncodedSet open(Path file, Layout layout, String fingerprint) {
    return new EncodedSet(
        layout,
        RecordFile.open(
            file, layout + " " + fingerprint, "scenario", layout.floats() * Float.BYTES));
  }

  public Layout layout() {
    return layout;
  }

  /** How many scenarios are there. */
  public int size() {
    return records.size();
  }

  /** Appends the next scenario. */
  public void append(Encoded e) {
    ByteBuffer record = records.blank();
    put(record, e.audio(), layout.audio());
    put(record, e.boundary(), layout.boundary());
    put(record, e.cues(), layout.cues());
    put(record, e.visual(), layout.visual());
    put(record, e.geometry(), layout.geometry());
    record.putFloat(e.occlusion());
    records.append(record);
  }

  /**
   * Reads one scenario.
   *
   * @throws InputException if the record is damaged
   */
  public Encoded read(int index) {
    ByteBuffer record = records.read(index);
    return new Encoded(
        take(record, layout.audio()),
        take(record, layout.boundary()),
        take(record, layout.cues()),
        take(record, layout.visual()),
        take(record, layout.geometry()),
        record.getFloat());
  }

  /** Forgets everything; the next {@link #append} writes the first record. */
  public void clear() {
    records.clear();
  }

  @Override
  public void close() {
    records.close();
  }

  /** Deletes a set that no training needs any more. */
  public static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(file, e);
    }
  }

  private static void put(ByteBuffer record, float[] values, int expected) {
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "record part: " + values.length + " floats, expected " + expected);
    }
    record.asFloatBuffer().put(values);
    record.position(record.position() + values.length * Float.BYTES);
  }

  private static float[] take(ByteBuffer record, int n) {
    float[] out = new float[n];
    record.asFloatBuffer().get(out);
    record.position(record.position() + n * Float.BYTES);
    return out;
  }
}
