package org.hearsight.spark.simulate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.nio.file.Path;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.sound.SoundUse;
import org.hearsight.spark.shard.ShardedJob;

/**
 * What to simulate, as it travels to executors and stands in a job's plan.
 *
 * @param sounds folder of recordings, under the same path on every machine; null for none
 * @param shardSize scenarios of a shard
 */
public record SimulatePlan(
    int train,
    int validation,
    int test,
    int calibration,
    long seed,
    Setting setting,
    String sounds,
    @JsonProperty("sounds_use") SoundUse soundUse,
    @JsonProperty("pictures_only") boolean picturesOnly,
    @JsonProperty("shard_size") int shardSize)
    implements Serializable {

  public SimulatePlan {
    ShardedJob.requireSize(shardSize);
  }

  /** Of a configuration, whose workers are Spark's business. */
  public static SimulatePlan of(SimulatorConfig config, int shardSize) {
    RunOptions run = config.run();
    return new SimulatePlan(
        run.train(),
        run.validation(),
        run.test(),
        run.calibration(),
        run.seed(),
        config.setting(),
        config.sounds() == null ? null : config.sounds().toAbsolutePath().toString(),
        config.soundUse(),
        config.picturesOnly(),
        shardSize);
  }

  /** The configuration that it came from. */
  public SimulatorConfig config() {
    SimulatorConfig config =
        SimulatorConfig.of(RunOptions.of(train, validation, test, calibration, seed))
            .withSetting(setting)
            .withSoundUse(soundUse)
            .withSounds(sounds == null ? null : Path.of(sounds));
    return picturesOnly ? config.withPicturesOnly() : config;
  }

  /** Scenarios of all splits. */
  public int scenarios() {
    return train + validation + test + calibration;
  }

  /** Shards they make. */
  public int shards() {
    return ShardedJob.shards(scenarios(), shardSize);
  }

  /** The first scenario of a shard, and of the next. */
  int begin(int shard) {
    return Math.min(scenarios(), Math.multiplyExact(shard, shardSize));
  }
}
