package org.hearsight.core.drift;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hearsight.core.error.FieldValues;

/**
 * A bet against p-values being uniform, clip by clip, whose capital starts with 1 and stays fair as
 * long as they are: that it ever reaches 1 / α then has a probability of at most α (Ville, <i>Étude
 * critique de la notion de collectif</i>, 1939), however many clips come.
 *
 * <p>It bets on small p-values and on large ones, with the power martingales of Vovk, Nouretdinov
 * and Gammerman, "Testing exchangeability on-line" (ICML 2003): capital that was staked with κ is
 * multiplied by κ p^{κ − 1}, or by κ (1 − p)^{κ − 1}. Clips that are farther from the calibration's
 * than those from each other have small p-values; large ones have clips that are all too ordinary,
 * as where noise covers what made them differ.
 *
 * <p>When the change comes is not known. Capital staked from the first clip on would be lost by
 * then, so the n-th clip finds 1 / (n (n + 1)) newly staked, in equal parts for each κ, and 1 / (n
 * + 1) in reserve: a mixture of martingales that begin at each clip, and so a martingale. An alarm
 * after n good clips needs no more than n (n + 1) times the capital of one that knew when to begin
 * (Volkhonskiy and others, "Inductive conformal martingales for change-point detection", COPA 2017,
 * restart instead, and give up Ville's bound for it).
 *
 * <p>Capitals are kept as natural logarithms; they would not fit into a number otherwise.
 *
 * @param clips so far, n
 * @param stakes logarithm of the capital that is staked with each of {@link #POWERS} on small
 *     p-values, then on large ones; empty before the first clip
 */
@JsonPropertyOrder({"clips", "stakes"})
public record DriftMartingale(long clips, List<Double> stakes) {
  /** The κ: small ones for grave changes, large ones for slight ones. */
  private static final List<Double> POWERS = List.of(0.25, 0.5, 0.75);

  private static final int STAKES = 2 * POWERS.size();

  /** p and 1 − p are kept this far from 0: a drawn tie can give p = 1. */
  private static final double LEAST_P = 1e-12;

  private static final double LARGEST_LOG = 1e12;

  public DriftMartingale {
    FieldValues.within("martingale.clips", (double) clips, 0, Long.MAX_VALUE);
    int expected = clips == 0 ? 0 : STAKES;
    if (stakes == null || stakes.size() != expected) {
      throw new IllegalArgumentException("martingale.stakes: expected " + expected);
    }
    for (Double s : stakes) {
      FieldValues.within(
          "martingale.stakes", s == null ? Double.NaN : s, -LARGEST_LOG, LARGEST_LOG);
    }
    stakes = List.copyOf(stakes);
  }

  /** Before the first clip. */
  public static DriftMartingale begin() {
    return new DriftMartingale(0, List.of());
  }

  /**
   * After one more clip.
   *
   * @param p its p-value, in [0, 1]
   */
  public DriftMartingale after(double p) {
    FieldValues.within("p", p, 0, 1);
    long n = clips + 1;
    double fresh = -Math.log((double) n) - Math.log(n + 1.0) - Math.log(STAKES);
    List<Double> next = new ArrayList<>();
    for (double side : new double[] {p, 1 - p}) {
      double logP = Math.log(Math.max(LEAST_P, side));
      for (double kappa : POWERS) {
        double staked = clips == 0 ? fresh : logSum(List.of(stakes.get(next.size()), fresh));
        next.add(staked + Math.log(kappa) + (kappa - 1) * logP);
      }
    }
    return new DriftMartingale(n, next);
  }

  /** The decimal logarithm of all capital; 0 before the first clip. */
  public double log10() {
    List<Double> all = new ArrayList<>(stakes);
    all.add(-Math.log(clips + 1.0)); // the reserve
    return logSum(all) / Math.log(10);
  }

  private static double logSum(List<Double> logs) {
    double most = Collections.max(logs);
    double sum = 0;
    for (double l : logs) {
      sum += Math.exp(l - most);
    }
    return most + Math.log(sum);
  }
}
