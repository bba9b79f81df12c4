package org.hearsight.datasets.seld;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.simulator.sound.SoundUse;

/**
 * Which SELD clips to simulate.
 *
 * @param train clips of the training split; {@code validation} and {@code test} of the others
 * @param seed the same seed gives the same bytes, whatever the number of workers
 * @param sounds a folder of recordings, one sub-folder per class; null = generated sounds only
 * @param use which recordings training and validation take; {@code testUse} those of test
 * @param workers threads; does not change what comes out
 * @param clipSeconds length of a clip, whole label frames of 0.1 s
 */
public record SeldConfig(
    int train,
    int validation,
    int test,
    long seed,
    Path sounds,
    SoundUse use,
    SoundUse testUse,
    int workers,
    double clipSeconds) {
  private static final int MOST = 99_999;

  public SeldConfig {
    count("train", train);
    count("validation", validation);
    count("test", test);
    if (train + validation + test == 0) {
      throw refused("train + validation + test", "0", "choose 1 or more");
    }
    if (workers < 1) {
      throw refused("workers", String.valueOf(workers), "choose 1 or more");
    }
    double frames = clipSeconds * 10;
    if (!(clipSeconds >= 1 && clipSeconds <= 60) || Math.abs(frames - Math.rint(frames)) > 1e-6) {
      throw refused(
          "clip-seconds", String.valueOf(clipSeconds), "choose tenths of seconds from 1 to 60");
    }
  }

  /** Clips of each split. */
  public Map<Split, Integer> sizes() {
    Map<Split, Integer> sizes = new EnumMap<>(Split.class);
    sizes.put(Split.TRAIN, train);
    sizes.put(Split.VALIDATION, validation);
    sizes.put(Split.TEST, test);
    return sizes;
  }

  private static void count(String field, int value) {
    if (value < 0 || value > MOST) {
      throw refused(field, String.valueOf(value), "choose 0 to " + MOST);
    }
  }

  private static InputException refused(String field, String problem, String remedy) {
    return new InputException("simulate-seld", field + ": " + problem, remedy);
  }
}
