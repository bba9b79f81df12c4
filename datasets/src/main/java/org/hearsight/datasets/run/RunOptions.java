package org.hearsight.datasets.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;

/**
 * The options of every writer of data sets.
 *
 * @param train pieces of the training split; {@code validation}, {@code test} and {@code
 *     calibration} of the others
 * @param seed the same seed gives the same bytes, whatever the number of workers
 * @param workers threads; does not change what comes out
 */
public record RunOptions(
    int train, int validation, int test, int calibration, long seed, int workers) {
  private static final int MOST = 1_000_000;
  private static final double LONGEST = 60;

  /**
   * @throws InputException naming the number that is out of range
   */
  public RunOptions {
    atLeast("train", train, 0);
    atLeast("validation", validation, 0);
    atLeast("test", test, 0);
    atLeast("calibration", calibration, 0);
    long all = (long) train + validation + test + calibration;
    atLeast("train + validation + test", all, 1);
    if (all > MOST) {
      throw new InputException(
          "train + validation + test" + (calibration > 0 ? " + calibration" : ""),
          "more than a million",
          "ask for fewer");
    }
    atLeast("workers", workers, 1);
  }

  /** Without a calibration split. */
  public RunOptions(int train, int validation, int test, long seed, int workers) {
    this(train, validation, test, 0, seed, workers);
  }

  /** So many workers as there are processors. */
  public static RunOptions of(int train, int validation, int test, int calibration, long seed) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new RunOptions(train, validation, test, calibration, seed, cores);
  }

  /**
   * Of a test split alone.
   *
   * @param option that asks for its pieces
   */
  public static RunOptions test(String option, int pieces, long seed, int workers) {
    atLeast(option, pieces, 1);
    return new RunOptions(0, 0, pieces, seed, workers);
  }

  public RunOptions withWorkers(int count) {
    return new RunOptions(train, validation, test, calibration, seed, count);
  }

  /** The other splits stay as they are, to the byte. */
  public RunOptions withCalibration(int pieces) {
    return new RunOptions(train, validation, test, pieces, seed, workers);
  }

  /** Pieces of a split. */
  public int size(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
      case CALIBRATION -> calibration;
    };
  }

  /** Pieces of each split, in the order of the splits. */
  public Map<Split, Integer> sizes() {
    Map<Split, Integer> sizes = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      sizes.put(split, size(split));
    }
    return sizes;
  }

  /**
   * Begins what a header says of its generator: folders of other values are not gone on with. A
   * calibration split is told of where there is one, so that sets without are as they always were.
   *
   * @param version raised when the same seed gives other bytes than before
   */
  public ObjectNode generator(String name, String version) {
    ObjectNode generator = Json.object();
    generator.put("name", name);
    generator.put("version", version);
    sizes()
        .forEach(
            (split, size) -> {
              if (split != Split.CALIBRATION || size > 0) {
                generator.put(split.label(), size);
              }
            });
    return generator;
  }

  /**
   * Label frames of a length that is asked for.
   *
   * @param option that asks
   * @throws InputException if it is out of range, or not whole frames
   */
  public static int frames(String option, double seconds) {
    double frames = seconds * Foa.LABEL_FRAMES_PER_SECOND;
    if (!(seconds >= 1 && seconds <= LONGEST) || Math.abs(frames - Math.rint(frames)) > 1e-6) {
      throw new InputException(option, seconds + " s", "choose tenths of seconds from 1 to 60");
    }
    return (int) Math.rint(frames);
  }

  private static void atLeast(String option, long value, long least) {
    if (value < least) {
      throw new InputException(
          option, value + " is less than " + least, "choose " + least + " or more");
    }
  }
}
