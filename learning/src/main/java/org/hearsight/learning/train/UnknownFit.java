package org.hearsight.learning.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.imagination.UnknownDetector;

/**
 * Fits an {@link UnknownDetector}: the centres of classes and of kinds of unknown sounds are means
 * of training scenes; the threshold is that of the validation scenes, see {@link #KNOWN_SAID}.
 */
final class UnknownFit {
  /** Share of the known validation scenes that may be said to be unknown. */
  static final double KNOWN_SAID = 0.05;

  /** Fewer unknown scenes than this teach nothing of sounds in general. */
  static final int FEWEST = 10;

  /** A kind of unknown sound with so many scenes has a centre of its own, beside that of all. */
  static final int OWN_CENTRE = 4;

  /** Of the mean variance, added to each, so that a number that hardly varies does not rule. */
  private static final double FLOOR = 0.1;

  /** Digits after the point that a model's card keeps. */
  private static final double KEPT = 1e4;

  private final SortedMap<String, List<float[]>> known = new TreeMap<>();
  private final SortedMap<String, List<float[]>> unknown = new TreeMap<>();

  /**
   * Takes a scene, unless it is of neither side: a harmless sound that ambience drowns.
   *
   * @param summary as {@link UnknownDetector#summary} gives it
   */
  void add(Scenario scenario, float[] summary) {
    if (scenario.unknown() != null) {
      unknown.computeIfAbsent(scenario.unknown(), k -> new ArrayList<>()).add(summary);
    } else if (!scenario.hasHarmlessSound()) {
      known.computeIfAbsent(scenario.className(), k -> new ArrayList<>()).add(summary);
    }
  }

  private static List<float[]> all(SortedMap<String, List<float[]>> groups) {
    return groups.values().stream().flatMap(Collection::stream).toList();
  }

  /**
   * The detector of these training scenes.
   *
   * @return null if there are too few of either side, or no known validation scene
   */
  UnknownDetector fit(UnknownFit validation) {
    List<float[]> strange = all(unknown);
    if (strange.size() < FEWEST || all(known).size() < FEWEST || validation.known.isEmpty()) {
      return null;
    }
    List<double[]> classes = known.values().stream().map(UnknownFit::mean).toList();
    List<double[]> kinds = new ArrayList<>(List.of(mean(strange)));
    unknown.values().stream()
        .filter(scenes -> scenes.size() >= OWN_CENTRE)
        .forEach(scenes -> kinds.add(mean(scenes)));
    List<List<float[]>> groups = new ArrayList<>(known.values());
    groups.add(strange);
    UnknownDetector open =
        new UnknownDetector(
            0,
            kept(spread(groups)),
            classes.stream().map(UnknownFit::kept).toList(),
            kinds.stream().map(UnknownFit::kept).toList());
    return open.withThreshold(validation.threshold(open));
  }

  /** Just above the score that all but {@link #KNOWN_SAID} of the known scenes stay below. */
  private double threshold(UnknownDetector detector) {
    double[] scores =
        all(known).stream().mapToDouble(x -> detector.judge(x).score()).sorted().toArray();
    int above = (int) (KNOWN_SAID * scores.length);
    return Math.nextUp(scores[scores.length - 1 - above]);
  }

  private static double[] mean(List<float[]> scenes) {
    double[] mean = new double[scenes.get(0).length];
    for (float[] x : scenes) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += x[i] / scenes.size();
      }
    }
    return mean;
  }

  /** Standard deviation of each number around the mean of its group, and no less than a step. */
  private static double[] spread(List<List<float[]>> groups) {
    double[] variance = new double[groups.get(0).get(0).length];
    int n = groups.stream().mapToInt(List::size).sum();
    for (List<float[]> group : groups) {
      double[] mean = mean(group);
      for (float[] x : group) {
        for (int i = 0; i < mean.length; i++) {
          variance[i] += (x[i] - mean[i]) * (x[i] - mean[i]) / n;
        }
      }
    }
    double floor = FLOOR * Arrays.stream(variance).average().orElse(0);
    return Arrays.stream(variance).map(v -> Math.max(1 / KEPT, Math.sqrt(v + floor))).toArray();
  }

  private static List<Float> kept(double[] values) {
    return Arrays.stream(values).mapToObj(v -> (float) (Math.rint(v * KEPT) / KEPT)).toList();
  }
}
