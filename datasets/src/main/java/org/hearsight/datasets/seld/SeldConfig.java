package org.hearsight.datasets.seld;

import java.nio.file.Path;
import org.hearsight.core.error.InputException;
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
  /** The names of a split's clips have five digits. */
  private static final int MOST = 99_999;

  /**
   * @throws InputException naming the number that is out of range
   */
  public SeldConfig {
    run.sizes()
        .forEach(
            (split, size) -> {
              if (size > MOST) {
                throw new InputException(
                    split.label(), size + " is more than " + MOST, "choose " + MOST + " or fewer");
              }
            });
    int unused = RunOptions.frames("clip-seconds", clipSeconds);
  }
}
