package org.hearsight.datasets.scenario;

import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.sound.SoundUse;

/**
 * What to simulate.
 *
 * @param sounds a folder of recordings, one sub-folder per class; null = generated sounds only
 * @param soundUse which recordings of the folder
 * @param clipSeconds length of a clip, whole label frames of 0.1 s
 * @param picturesOnly leaves the sound out: the same scenes and pictures in a fraction of the time
 */
public record SimulatorConfig(
    RunOptions run,
    Setting setting,
    Path sounds,
    SoundUse soundUse,
    double clipSeconds,
    boolean picturesOnly) {

  public SimulatorConfig {
    if (setting == null) {
      throw new InputException("setting", "missing", "choose outdoor, indoor or both");
    }
    int unused = RunOptions.frames("clip-seconds", clipSeconds);
  }

  /** 5-second clips of both settings on all cores, without recordings or calibration split. */
  public static SimulatorConfig of(int train, int validation, int test, long seed) {
    return of(RunOptions.of(train, validation, test, 0, seed));
  }

  /** 5-second clips of both settings, without recordings. */
  public static SimulatorConfig of(RunOptions run) {
    return new SimulatorConfig(run, Setting.BOTH, null, SoundUse.ALL, 5, false);
  }

  public SimulatorConfig withSounds(Path folder) {
    return new SimulatorConfig(run, setting, folder, soundUse, clipSeconds, picturesOnly);
  }

  public SimulatorConfig withSoundUse(SoundUse use) {
    return new SimulatorConfig(run, setting, sounds, use, clipSeconds, picturesOnly);
  }

  public SimulatorConfig withSetting(Setting other) {
    return new SimulatorConfig(run, other, sounds, soundUse, clipSeconds, picturesOnly);
  }

  /** The other splits stay as they are, to the byte. */
  public SimulatorConfig withCalibration(int scenarios) {
    return new SimulatorConfig(
        run.withCalibration(scenarios), setting, sounds, soundUse, clipSeconds, picturesOnly);
  }

  public SimulatorConfig withWorkers(int count) {
    return new SimulatorConfig(
        run.withWorkers(count), setting, sounds, soundUse, clipSeconds, picturesOnly);
  }

  /** The same scenes without their sound. */
  public SimulatorConfig withPicturesOnly() {
    return new SimulatorConfig(run, setting, sounds, soundUse, clipSeconds, true);
  }
}
