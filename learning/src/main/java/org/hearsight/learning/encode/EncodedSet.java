package org.hearsight.learning.encode;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;

/**
 * What the frozen encoders say about every scenario of a data set, in one {@link RecordFile} of
 * little-endian floats.
 */
public final class EncodedSet extends RecordSet implements EncodedScenes {
  private final Layout layout;

  private EncodedSet(Layout layout, RecordFile records) {
    super(records);
    this.layout = layout;
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
    /** Floats of a part of a record. */
    public int floats(Part part) {
      return switch (part) {
        case AUDIO -> frames * audioWidth;
        case BOUNDARY -> frames * boundaryWidth;
        case CUES -> frames * cueWidth;
        case VISUAL -> visualTokens * visualWidth;
        case GEOMETRY -> visualTokens * 2;
        case OCCLUSION -> 1;
      };
    }

    /** Where a part begins; parts lie in the order of their names in {@link Part}. */
    private int start(Part part) {
      int at = 0;
      for (Part p : Part.values()) {
        if (p == part) {
          return at;
        }
        at += floats(p);
      }
      throw new IllegalArgumentException(part + " is not a part");
    }

    /** Floats of a whole record. */
    public int floats() {
      return start(Part.OCCLUSION) + 1;
    }
  }

  /** A part of a record, as {@link Encoded} describes them. */
  public enum Part {
    AUDIO,
    BOUNDARY,
    CUES,
    VISUAL,
    GEOMETRY,
    OCCLUSION
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
   * @throws InputException if it cannot be written, or another run uses it
   */
  public static EncodedSet open(Path file, Layout layout, String fingerprint) {
    return new EncodedSet(
        layout, RecordFile.open(file, layout + " " + fingerprint, layout.floats() * Float.BYTES));
  }

  @Override
  public Layout layout() {
    return layout;
  }

  /** Appends the next scenario. */
  public void append(Encoded e) {
    ByteBuffer record = records.blank();
    put(record, e.audio(), Part.AUDIO);
    put(record, e.boundary(), Part.BOUNDARY);
    put(record, e.cues(), Part.CUES);
    put(record, e.visual(), Part.VISUAL);
    put(record, e.geometry(), Part.GEOMETRY);
    record.putFloat(e.occlusion());
    records.append(record);
  }

  @Override
  public void copy(int index, Part part, float[] out, int at) {
    records.read(index).asFloatBuffer().get(layout.start(part), out, at, layout.floats(part));
  }

  private void put(ByteBuffer record, float[] values, Part part) {
    int expected = layout.floats(part);
    if (values.length != expected) {
      throw new IllegalArgumentException(
          part + ": " + values.length + " floats, expected " + expected);
    }
    record.asFloatBuffer().put(values);
    record.position(record.position() + values.length * Float.BYTES);
  }
}
