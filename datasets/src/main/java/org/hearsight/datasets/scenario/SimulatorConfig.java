package org.hearsight.datasets.scenario;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.sound.SoundUse;

/**
 * What to simulate.
 *
 * @param train scenarios of the training split; {@code validation} and {@code test} of the others
 * @param seed the same seed gives the same bytes, whatever the number of workers
 * @param sounds a folder of recordings, one sub-folder per class; null = generated sounds only
 * @param soundUse which recordings of the folder
 * @param workers threads; does not change what comes out
 * @param clipSeconds length of a clip, whole label frames of 0.1 s
 * @param picturesOnly leaves the sound out: the same scenes and pictures in a fraction of the time
 */
public record SimulatorConfig(
    int train,
    int validation,
    int test,
    long seed,
    Setting setting,
    Path sounds,
    SoundUse soundUse,
    int workers,
    double clipSeconds,
    boolean picturesOnly) {

  private static final double LONGEST = 60;

  public SimulatorConfig {
    atLeast("train", train, 0);
    atLeast("validation", validation, 0);
    atLeast("test", test, 0);
    atLeast("train + validation + test", (long) train + validation + test, 1);
    if ((long) train + validation + test > 1_000_000) {
      throw refused("train + validation + test", "more than a million", "ask for fewer scenarios");
    }
    atLeast("workers", workers, 1);
    if (setting == null) {
      throw refused("setting", "missing", "choose outdoor, indoor or both");
    }
    double frames = clipSeconds * 10;
    if (!(clipSeconds >= 1 && clipSeconds <= LONGEST)
        || Math.abs(frames - Math.rint(frames)) > 1e-6) {
      throw refused(
          "clip-seconds", String.valueOf(clipSeconds), "choose tenths of seconds from 1 to 60");
    }
  }

  /** 5-second clips of both settings on all cores, without recordings. */
  public static SimulatorConfig of(int train, int validation, int test, long seed) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new SimulatorConfig(
        train, validation, test, seed, Setting.BOTH, null, SoundUse.ALL, cores, 5, false);
  }

  public SimulatorConfig withSounds(Path folder) {
    return with(setting, folder, soundUse, workers, picturesOnly);
  }

  public SimulatorConfig withSoundUse(SoundUse use) {
    return with(setting, sounds, use, workers, picturesOnly);
  }

  public SimulatorConfig withSetting(Setting other) {
    return with(other, sounds, soundUse, workers, picturesOnly);
  }

  public SimulatorConfig withWorkers(int count) {
    return with(setting, sounds, soundUse, count, picturesOnly);
  }

  /** The same scenes without their sound. */
  public SimulatorConfig withPicturesOnly() {
    return with(setting, sounds, soundUse, workers, true);
  }

  private SimulatorConfig with(
      Setting place, Path folder, SoundUse use, int count, boolean silent) {
    return new SimulatorConfig(
        train, validation, test, seed, place, folder, use, count, clipSeconds, silent);
  }

  /** Scenarios of each split. */
  public Map<Split, Integer> sizes() {
    Map<Split, Integer> sizes = new EnumMap<>(Split.class);
    sizes.put(Split.TRAIN, train);
    sizes.put(Split.VALIDATION, validation);
    sizes.put(Split.TEST, test);
    return sizes;
  }

  private static void atLeast(String field, long value, long least) {
    if (value < least) {
      throw refused(field, String.valueOf(value), "choose " + least + " or more");
    }
  }

  private static InputException refused(String field, String problem, String remedy) {
    return new InputException("simulate", field + ": " + problem, remedy);
  }
}
