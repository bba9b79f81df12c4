package org.hearsight.benchmarks.row;

import org.hearsight.learning.model.ResNet50;

/**
 * Multiplications with additions (MAC) of a ResNet-50's convolutions. Batch norm, which the ONNX
 * graph folds into them, additions of shortcuts, ReLU and pooling are not counted.
 */
final class ResNet50Cost {
  private static final int EXPANSION = 4;

  private ResNet50Cost() {}

  /**
   * MACs of one picture, without a classifier.
   *
   * @param size height and width of the picture, a multiple of 32
   */
  static long macs(ResNet50.Config config, int size) {
    long side = size / 2;
    long all = side * side * config.width() * config.inChannels() * 49;
    side /= 2; // pooling
    long in = config.width();
    for (int group = 0; group < 4; group++) {
      long width = (long) config.width() << group;
      long out = width * EXPANSION;
      for (int i = 0; i < config.depths().get(group); i++) {
        long before = side;
        side = group > 0 && i == 0 ? side / 2 : side;
        all += before * before * in * width; // 1 x 1
        all += side * side * width * width * 9; // 3 x 3, which has the stride
        all += side * side * width * out; // 1 x 1
        all += i == 0 ? side * side * in * out : 0; // shortcut
        in = out;
      }
    }
    return all;
  }
}
