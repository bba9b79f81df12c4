package org.hearsight.core.metrics;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The adapter's mean weights over scenarios of a tenth of the occlusion scale; tenths without
 * scenarios are left out.
 *
 * @param from lowest occlusion level of the bin
 * @param to first level above it (the last bin holds 1 too)
 * @param audio mean weight of what is heard
 * @param visual mean weight of what is seen
 */
@JsonPropertyOrder({"from", "to", "count", "audio", "visual"})
public record ReliabilityBin(double from, double to, int count, double audio, double visual) {
  private static final int BINS = 10;

  /** The same by fifths of the scale: neighbouring tenths together. */
  static List<ReliabilityBin> fifths(List<ReliabilityBin> tenths) {
    List<ReliabilityBin> fifths = new ArrayList<>();
    for (int fifth = 0; fifth < BINS / 2; fifth++) {
      double from = 2.0 * fifth / BINS;
      double to = 2.0 * (fifth + 1) / BINS;
      List<ReliabilityBin> own =
          tenths.stream().filter(b -> b.from() >= from && b.from() < to).toList();
      int count = own.stream().mapToInt(ReliabilityBin::count).sum();
      if (count > 0) {
        double audio = own.stream().mapToDouble(b -> b.count() * b.audio()).sum() / count;
        double visual = own.stream().mapToDouble(b -> b.count() * b.visual()).sum() / count;
        fifths.add(new ReliabilityBin(from, to, count, audio, visual));
      }
    }
    return fifths;
  }

  static List<ReliabilityBin> of(List<Answer> answers) {
    int[] count = new int[BINS];
    double[] audio = new double[BINS];
    double[] visual = new double[BINS];
    for (Answer a : answers) {
      if (a.reliability() != null) {
        int bin = Math.max(0, Math.min(BINS - 1, (int) (a.truth().occlusionLevel() * BINS)));
        count[bin]++;
        audio[bin] += a.reliability()[0];
        visual[bin] += a.reliability()[1];
      }
    }
    List<ReliabilityBin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      if (count[b] > 0) {
        double from = b / (double) BINS;
        double to = (b + 1) / (double) BINS;
        bins.add(new ReliabilityBin(from, to, count[b], audio[b] / count[b], visual[b] / count[b]));
      }
    }
    return bins;
  }
}
