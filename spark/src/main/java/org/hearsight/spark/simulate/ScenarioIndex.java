package org.hearsight.spark.simulate;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;

/** The table of a simulation's scenarios: what one would choose by, and where the files lie. */
final class ScenarioIndex {
  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("split", DataTypes.StringType)
          .add("class", DataTypes.StringType)
          .add("azimuth", DataTypes.DoubleType)
          .add("elevation", DataTypes.DoubleType)
          .add("distance", DataTypes.DoubleType)
          .add("visibility", DataTypes.DoubleType)
          .add("occlusion_level", DataTypes.DoubleType)
          .add("signal_to_noise", DataTypes.DoubleType)
          .add("layout", DataTypes.StringType)
          .add("seed", DataTypes.LongType)
          .add("shard", DataTypes.StringType)
          .add("audio", DataTypes.StringType)
          .add("rgb", DataTypes.StringType)
          .add("depth", DataTypes.StringType)
          .add("occlusion", DataTypes.StringType);

  private ScenarioIndex() {}

  /**
   * A scenario's row.
   *
   * @param shard the archive, in the job's folder
   */
  static Row row(Scenario s, String shard) {
    Location l = s.location();
    Scenario.Files f = s.files();
    return RowFactory.create(
        s.id(),
        s.split().label(),
        s.className(),
        l == null ? null : l.azimuth(),
        l == null ? null : l.elevation(),
        l == null ? null : l.distance(),
        s.visibility(),
        s.occlusionLevel(),
        s.signalToNoise(),
        s.scene() == null ? null : s.scene().kind(),
        s.seed(),
        shard,
        f.audio(),
        f.rgb(),
        f.depth(),
        f.occlusion());
  }
}
