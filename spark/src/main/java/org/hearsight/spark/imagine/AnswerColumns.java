package org.hearsight.spark.imagine;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.PlaceHill;
import scala.jdk.javaapi.CollectionConverters;

/** The columns of an answer, in tables of jobs as in those of {@code HearsightFunctions}. */
public final class AnswerColumns {
  private static final StructType HILL =
      new StructType()
          .add("mass", DataTypes.DoubleType)
          .add("azimuth", DataTypes.DoubleType)
          .add("elevation", DataTypes.DoubleType)
          .add("distance", DataTypes.DoubleType);

  /** What the model says. */
  public static final StructType ANSWER =
      new StructType()
          .add("class", DataTypes.StringType)
          .add("confidence", DataTypes.DoubleType)
          .add("azimuth", DataTypes.DoubleType)
          .add("elevation", DataTypes.DoubleType)
          .add("distance", DataTypes.DoubleType)
          .add("spread_degrees", DataTypes.DoubleType)
          .add("spread_distance_factor", DataTypes.DoubleType)
          .add("hills", DataTypes.createArrayType(HILL))
          .add("probabilities", DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType))
          .add("unknown", DataTypes.BooleanType)
          .add("unknown_score", DataTypes.DoubleType)
          .add("reliability_audio", DataTypes.DoubleType)
          .add("reliability_visual", DataTypes.DoubleType)
          .add("occlusion_level", DataTypes.DoubleType)
          .add("notes", DataTypes.createArrayType(DataTypes.StringType));

  private static final StructType CLIP =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("audio", DataTypes.StringType)
          .add("from_seconds", DataTypes.DoubleType);

  /** Rows of {@code answers/}: which clip, and what the model says. */
  static final StructType ANSWERS = with(CLIP, ANSWER);

  /** Rows of {@code quarantine/}: which clip, and why it was left aside. */
  static final StructType QUARANTINE = CLIP.add("reason", DataTypes.StringType);

  private AnswerColumns() {}

  private static StructType with(StructType first, StructType then) {
    StructType all = first;
    for (var field : then.fields()) {
      all = all.add(field);
    }
    return all;
  }

  /** A row of {@link #ANSWERS}. */
  static Row answered(ClipRow clip, Imagination answer) {
    Object[] said = values(answer);
    Object[] all = Arrays.copyOf(clip(clip), CLIP.length() + said.length);
    System.arraycopy(said, 0, all, CLIP.length(), said.length);
    return RowFactory.create(all);
  }

  /** A row of {@link #QUARANTINE}. */
  static Row refused(ClipRow clip, String reason) {
    Object[] all = Arrays.copyOf(clip(clip), CLIP.length() + 1);
    all[CLIP.length()] = reason;
    return RowFactory.create(all);
  }

  private static Object[] clip(ClipRow clip) {
    Double from = clip.from() == null ? null : (double) clip.from() / Foa.SAMPLE_RATE;
    return new Object[] {clip.id(), clip.audio(), from};
  }

  /** A struct of {@link #ANSWER}. */
  static Row row(Imagination answer) {
    return RowFactory.create(values(answer));
  }

  private static Object[] values(Imagination a) {
    List<PlaceHill> hills = a.places() == null ? List.of() : a.places().hills();
    return new Object[] {
      a.className(),
      a.confidence(),
      a.location().azimuth(),
      a.location().elevation(),
      a.location().distance(),
      a.spread() == null ? null : a.spread().degrees(),
      a.spread() == null ? null : a.spread().distanceFactor(),
      CollectionConverters.asScala(hills.stream().map(AnswerColumns::hill).toList()).toSeq(),
      CollectionConverters.asScala(a.probabilities()),
      a.unknown() == null ? null : a.unknown().said(),
      a.unknown() == null ? null : a.unknown().score(),
      a.reliability().audio(),
      a.reliability().visual(),
      a.occlusionLevel(),
      CollectionConverters.asScala(a.notes()).toSeq()
    };
  }

  private static Row hill(PlaceHill hill) {
    return RowFactory.create(
        hill.mass(), hill.place().azimuth(), hill.place().elevation(), hill.place().distance());
  }
}
