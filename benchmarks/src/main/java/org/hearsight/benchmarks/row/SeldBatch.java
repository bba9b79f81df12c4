package org.hearsight.benchmarks.row;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.loss.AdpitLoss;
import org.hearsight.learning.model.SeldNet;

/** What the rows about SELD work on: the network of DCASE 2024 and 16 clips of 5 s, drawn. */
final class SeldBatch {
  static final int CLIPS = 16;
  static final int PLANES = 7;
  static final int LABEL_FRAMES = 50;
  static final int FRAMES = 5 * LABEL_FRAMES;
  static final int BANDS = 64;
  static final int CLASSES = 13;

  private SeldBatch() {}

  static SeldNet network(NDManager manager) {
    return new SeldNet(
        SeldNet.Config.dcase2024(), new ParameterFactory(manager, new SplittableRandom(1)));
  }

  /** [16][7 · 250 · 64], standardised. */
  static float[][] features() {
    return gaussian(CLIPS, PLANES * FRAMES * BANDS);
  }

  /** Normally distributed numbers, [count][length]. */
  static float[][] gaussian(int count, int length) {
    SplittableRandom random = new SplittableRandom(2);
    float[][] inputs = new float[count][length];
    for (float[] input : inputs) {
      for (int i = 0; i < length; i++) {
        input[i] = (float) random.nextGaussian();
      }
    }
    return inputs;
  }

  /** The same, end to end. */
  static float[] together(float[][] clips) {
    float[] all = new float[clips.length * clips[0].length];
    for (int i = 0; i < clips.length; i++) {
      System.arraycopy(clips[i], 0, all, i * clips[i].length, clips[i].length);
    }
    return all;
  }

  /** What {@link #together} gave, as [16, 7, 250, 64]. */
  static NDArray array(NDManager scope, float[] together) {
    return TensorBridge.toArray(scope, together, CLIPS, PLANES, FRAMES, BANDS);
  }

  /**
   * Dummy tracks of clips in which one to three events of a class sound in some of the frames: [16
   * · 50, 6, 4, 13].
   */
  static float[] tracks() {
    SplittableRandom random = new SplittableRandom(3);
    int cells = CLIPS * LABEL_FRAMES;
    float[] tracks = new float[cells * AdpitLoss.DUMMY_TRACKS * AdpitLoss.AXES * CLASSES];
    int[] first = {0, 0, 1, 3}; // dummy track of the first of that many events
    for (int cell = 0; cell < cells; cell++) {
      for (int c = 0; c < CLASSES; c++) {
        int events = random.nextInt(12);
        for (int i = 0; events <= AdpitLoss.TRACKS && i < events; i++) {
          int track = cell * AdpitLoss.DUMMY_TRACKS + first[events] + i;
          for (int axis = 0; axis < AdpitLoss.AXES; axis++) {
            int at = (track * AdpitLoss.AXES + axis) * CLASSES + c;
            tracks[at] = (float) random.nextGaussian();
          }
        }
      }
    }
    return tracks;
  }
}
