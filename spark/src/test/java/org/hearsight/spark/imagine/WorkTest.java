package org.hearsight.spark.imagine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.hearsight.core.error.InputException;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.spark.shard.ShardedJob;
import org.hearsight.spark.simulate.SimulatePlan;
import org.junit.jupiter.api.Test;

class WorkTest {
  private static final List<ClipRow> ROWS =
      List.of(
          ClipRow.blind("a", "a.wav"), ClipRow.blind("b", "b.wav"), ClipRow.blind("c", "c.wav"));

  private static List<String> keys(Work work) {
    List<String> keys = new ArrayList<>();
    for (int shard = 0; shard < work.shards(); shard++) {
      work.of(shard).forEach(row -> keys.add(row.key()));
    }
    return keys;
  }

  @Test
  void everyRowIsInOneShard() {
    Work work = Work.ends(ROWS, 2);
    assertThat(work.shards()).isEqualTo(2);
    assertThat(keys(work)).containsExactly("a", "b", "c");
  }

  @Test
  void windowsCoverARecordingToItsEnd() {
    // 25 samples: 0, 10 and what ends with it; one of a clip's length; one that cannot be read.
    Work work = Work.windows(ROWS, new long[] {25, 10, -1}, 10, 10, 2);
    assertThat(work.size()).isEqualTo(5);
    assertThat(keys(work)).containsExactly("a@0", "a@10", "a@15", "b@0", "c");
    assertThat(Work.windows(ROWS, new long[] {20, 3, 11}, 10, 5, 100).of(0))
        .extracting(ClipRow::key)
        .containsExactly("a@0", "a@5", "a@10", "b@0", "c@0", "c@1");
  }

  @Test
  void aShardOfNothingIsRefused() {
    for (int size : new int[] {0, -1}) {
      assertThatThrownBy(() -> ShardedJob.shards(10, size))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("shard size");
      assertThatThrownBy(
              () -> SimulatePlan.of(SimulatorConfig.of(RunOptions.of(1, 1, 1, 1, 1)), size))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("shard size");
    }
    assertThat(ShardedJob.shards(10, 4)).isEqualTo(3);
    assertThat(ShardedJob.shards(0, 4)).isZero();
  }

  @Test
  void aCellThatIsNoNumberIsNamed() {
    StructType table =
        new StructType().add("audio", DataTypes.StringType).add("hfov", DataTypes.StringType);
    Row row = new GenericRowWithSchema(new Object[] {"a.wav", "wide"}, table);
    assertThatThrownBy(() -> ClipRow.of(row))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a.wav")
        .hasMessageContaining("hfov: 'wide' is not a number");
  }
}
