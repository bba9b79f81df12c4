package org.hearsight.spark.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.place.ConformalLevels;
import org.hearsight.core.place.PlacePosterior;
import scala.jdk.javaapi.CollectionConverters;

/** Answers of all systems as rows, and back: nothing that a score asks for is lost. */
final class AnswerTable {
  private static final ArrayType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType);

  static final StructType SCHEMA =
      new StructType()
          .add("number", DataTypes.IntegerType)
          .add("scenario", DataTypes.StringType)
          .add("system", DataTypes.StringType)
          .add("probabilities", NUMBERS)
          .add("azimuth", DataTypes.DoubleType)
          .add("elevation", DataTypes.DoubleType)
          .add("distance", DataTypes.DoubleType)
          .add("confidence", DataTypes.DoubleType)
          .add("reliability", NUMBERS)
          .add("places", NUMBERS)
          .add("rise", DataTypes.DoubleType)
          .add("region_count", DataTypes.IntegerType)
          .add("region_scores", NUMBERS)
          .add("unknown_score", DataTypes.DoubleType)
          .add("unknown_threshold", DataTypes.DoubleType);

  private AnswerTable() {}

  /**
   * An answer's row.
   *
   * @param number of the scenario in its split
   */
  static Row row(int number, String system, Answer a) {
    List<Double> probabilities = new ArrayList<>();
    for (float p : a.classProbabilities()) {
      probabilities.add((double) p);
    }
    Location l = a.location();
    ConformalLevels levels = a.regionLevels();
    return RowFactory.create(
        number,
        a.truth().id(),
        system,
        list(probabilities),
        l == null ? null : l.azimuth(),
        l == null ? null : l.elevation(),
        l == null ? null : l.distance(),
        a.confidence(),
        numbers(a.reliability()),
        a.places() == null ? null : numbers(a.places().probabilities()),
        a.places() == null ? null : a.places().rise(),
        levels == null ? null : levels.count(),
        levels == null ? null : list(levels.scores()),
        a.unknown() == null ? null : a.unknown().score(),
        a.unknown() == null ? null : a.unknown().threshold());
  }

  private static Object list(List<Double> values) {
    return CollectionConverters.asScala(values).toSeq();
  }

  private static Object numbers(double[] values) {
    if (values == null) {
      return null;
    }
    List<Double> boxed = new ArrayList<>(values.length);
    for (double v : values) {
      boxed.add(v);
    }
    return list(boxed);
  }

  /**
   * The answer of a row.
   *
   * @param truth the row's scenario
   */
  static Answer answer(Row row, Scenario truth) {
    double[] probabilities = values(row, "probabilities");
    float[] classes = new float[probabilities.length];
    for (int c = 0; c < classes.length; c++) {
      classes[c] = (float) probabilities[c];
    }
    double[] places = values(row, "places");
    List<Double> scores = cell(row, "region_scores") == null ? null : list(row, "region_scores");
    Double azimuth = (Double) cell(row, "azimuth");
    Double unknown = (Double) cell(row, "unknown_score");
    return new Answer(
        truth,
        classes,
        azimuth == null
            ? null
            : new Location(
                azimuth, (Double) cell(row, "elevation"), (Double) cell(row, "distance")),
        (Double) cell(row, "confidence"),
        values(row, "reliability"),
        places == null ? null : new PlacePosterior(places, (Double) cell(row, "rise")),
        scores == null ? null : new ConformalLevels((Integer) cell(row, "region_count"), scores),
        unknown == null
            ? null
            : new Imagination.Unknown(unknown, (Double) cell(row, "unknown_threshold")));
  }

  private static Object cell(Row row, String column) {
    return row.get(row.fieldIndex(column));
  }

  private static List<Double> list(Row row, String column) {
    return row.getList(row.fieldIndex(column));
  }

  private static double[] values(Row row, String column) {
    return cell(row, column) == null
        ? null
        : list(row, column).stream().mapToDouble(Double::doubleValue).toArray();
  }
}
