package org.hearsight.learning.loop;

/** Losses averaged over batches, each part by the examples it was averaged over itself. */
public final class Means {
  private double[] sums = new double[0];
  private double[] weights = new double[0];

  /** Adds a batch; its arrays are read. */
  public void add(TrainingTask.Loss loss) {
    if (sums.length == 0) {
      sums = new double[loss.parts().size()];
      weights = new double[sums.length];
    }
    for (int i = 0; i < sums.length; i++) {
      // The product is rounded to single precision, as earlier versions did, so that their tables
      // come out the same; the sum is not.
      sums[i] += (float) loss.weights()[i] * loss.parts().get(i).getFloat();
      weights[i] += loss.weights()[i];
    }
  }

  /** The averages so far; 0 of a part that no example had. */
  public double[] values() {
    double[] means = new double[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = weights[i] == 0 ? 0 : sums[i] / weights[i];
    }
    return means;
  }
}
