package org.hearsight.datasets.seld;

import java.nio.file.Path;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.simulator.sound.SoundUse;

/**
 * Which SELD clips to simulate.
 *
 * @param sounds a folder of recordings, one sub-folder per class; null = generated sounds only
 * @param use which recordings training and validation take; {@code testUse} those of test
 * @param clipSeconds length of a clip, whole label frames of 0.1 s
 */
public record SeldConfig(
    RunOptions run, Path sounds, SoundUse use, SoundUse testUse, double clipSeconds) {
  public SeldConfig {
    int unused = RunOptions.frames("clip-seconds", clipSeconds);
  }
}
