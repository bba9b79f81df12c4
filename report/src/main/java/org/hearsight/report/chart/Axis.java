package org.hearsight.report.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An axis: linear with ticks at equal steps, logarithmic with ticks where they are wanted, or with
 * a name at 0, 1, 2 and so on.
 *
 * @param label what it measures, with its unit
 * @param min first value
 * @param max last value, above {@code min}
 * @param step between ticks of a linear axis
 * @param suffix of tick labels, as in {@code °}
 * @param powers ticks of a logarithmic axis; empty where it is linear
 * @param names of the ticks; empty where they are numbers
 */
public record Axis(
    String label,
    double min,
    double max,
    double step,
    String suffix,
    List<Double> powers,
    List<String> names) {
  public Axis {
    powers = List.copyOf(powers);
    names = List.copyOf(names);
    if (!(max > min) || !(powers.isEmpty() ? step > 0 : min > 0)) {
      throw new IllegalArgumentException("axis " + label + ": " + min + " to " + max);
    }
  }

  /** A linear axis. */
  public Axis(String label, double min, double max, double step, String suffix) {
    this(label, min, max, step, suffix, List.of(), List.of());
  }

  /** A logarithmic axis. */
  public static Axis logarithmic(String label, double min, double max, double... ticks) {
    return new Axis(label, min, max, 0, "", Arrays.stream(ticks).boxed().toList(), List.of());
  }

  /** Names at equal steps, with half a step of room at either end. */
  public static Axis named(String label, List<String> names) {
    return new Axis(label, -0.5, names.size() - 0.5, 1, "", List.of(), names);
  }

  /** An axis over [min, max] exactly, with four to seven ticks at 1, 2, 2.5 or 5 times 10ⁿ. */
  public static Axis exact(String label, double min, double max, String suffix) {
    double top = max > min ? max : min + 1;
    return new Axis(label, min, top, roundStep((top - min) / 5), suffix);
  }

  /** As {@link #exact}, with the upper end rounded up to a tick. */
  public static Axis upTo(String label, double min, double max, String suffix) {
    double top = Double.isFinite(max) && max > min ? max : min + 1;
    double step = roundStep((top - min) / 5);
    return new Axis(label, min, min + step * Math.ceil((top - min) / step - 1e-9), step, suffix);
  }

  /** Where a value lies between 0 and 1. */
  double at(double value) {
    return powers.isEmpty()
        ? (value - min) / (max - min)
        : Math.log(value / min) / Math.log(max / min);
  }

  /** Does a value lie on the axis? Not where it is NaN. */
  boolean holds(double value) {
    return at(value) >= -1e-6 && at(value) <= 1 + 1e-6;
  }

  List<Double> ticks() {
    if (!powers.isEmpty()) {
      return powers;
    }
    List<Double> ticks = new ArrayList<>();
    long last = (long) Math.floor(max / step + 1e-6);
    for (long k = (long) Math.ceil(min / step - 1e-6); k <= last; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  String tickLabel(double tick) {
    if (!names.isEmpty()) {
      return names.get((int) Math.round(tick));
    }
    if (!powers.isEmpty()) {
      return BigDecimal.valueOf(tick).stripTrailingZeros().toPlainString();
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    boolean quarter = Math.abs(step * Math.pow(10, decimals) - 2.5) < 1e-6;
    return Figures.fixed(tick, quarter ? decimals + 1 : decimals) + suffix;
  }

  private static double roundStep(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double m : new double[] {1, 2, 2.5, 5}) {
      if (rough <= m * power * 1.0001) {
        return m * power;
      }
    }
    return 10 * power;
  }
}
