package org.hearsight.core.drift;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Says, clip by clip, whether what comes in is still like the scenes that a model was calibrated
 * on, without which its confidence and its regions promise nothing.
 *
 * <p>Each sense has a {@link DriftMartingale} that bets against the conformal p-values of its
 * distances. There is an alarm where one of the three reaches 3 / α. If the calibration's scenes
 * and the clips could have come in any order as well, that ever happens with a probability of at
 * most α, by Ville's inequality for each and Bonferroni's for the three; over calibrations and
 * clips together, not for one calibration alone. For p-values to be independent each clip is
 * counted beside the calibration's scenes once it was judged; that is also why a change that comes
 * slowly may never be noticed.
 *
 * <p>Vovk, Gammerman and Shafer, <i>Algorithmic Learning in a Random World</i>, 2005, chapter 7;
 * Vovk, "Testing randomness online", Statistical Science 36, 2021. Ties are broken by numbers that
 * depend on the clip's number alone, so that the same clips give the same values in one run or in
 * many. For one thread.
 */
public final class DriftMonitor {
  private static final long SEED = 1;
  private static final int SENSES = DriftSense.values().length;

  private final DriftReference reference;
  private final Map<DriftSense, ScoreCounts> counts;
  private DriftState state;

  /**
   * @param reference of the model's card
   * @param state to go on from
   */
  public DriftMonitor(DriftReference reference, DriftState state) {
    this.reference = reference;
    this.counts = reference.counts();
    this.state = state;
  }

  /** That judges distances alone. */
  DriftMonitor(Map<DriftSense, ScoreCounts> counts, DriftState state) {
    this.reference = null;
    this.counts = counts;
    this.state = state;
  }

  /** What it knows by now. */
  public DriftState state() {
    return state;
  }

  /**
   * Judges the next clip. Clips must not overlap.
   *
   * @param name of the clip, for the alarm
   */
  public DriftVerdict add(Traits scene, String name) {
    return add(reference.distances(scene), name);
  }

  DriftVerdict add(Map<DriftSense, Double> distances, String name) {
    SplittableRandom ties = new SplittableRandom(SEED + state.clips());
    Map<DriftSense, DriftState.Sense> senses = new EnumMap<>(DriftSense.class);
    for (DriftSense sense : DriftSense.values()) {
      DriftState.Sense before = state.senses().get(sense);
      double distance = distances.get(sense);
      double p =
          ScoreCounts.p(
              List.of(counts.get(sense), before.counts()), distance, 1 - ties.nextDouble());
      senses.put(
          sense,
          new DriftState.Sense(before.counts().with(distance), before.martingale().after(p)));
    }
    long clips = state.clips() + 1;
    DriftSense most = most(senses);
    DriftAlarm alarm = state.alarm();
    if (alarm == null && evidence(senses.get(most)) >= alarmAt()) {
      alarm = new DriftAlarm(clips, name, most);
    }
    state =
        new DriftState(state.formatVersion(), state.model(), state.alpha(), clips, senses, alarm);
    return verdict();
  }

  private static DriftSense most(Map<DriftSense, DriftState.Sense> senses) {
    DriftSense most = DriftSense.SOUND;
    for (DriftSense sense : DriftSense.values()) {
      most = evidence(senses.get(sense)) > evidence(senses.get(most)) ? sense : most;
    }
    return most;
  }

  /** Of one of three that are looked at. */
  private static double evidence(DriftState.Sense sense) {
    return sense.martingale().log10() - Math.log10(SENSES);
  }

  private double alarmAt() {
    return -Math.log10(state.alpha());
  }

  /** What is to be said after the clips so far. */
  public DriftVerdict verdict() {
    Map<DriftSense, Double> senses = new EnumMap<>(DriftSense.class);
    state.senses().forEach((sense, s) -> senses.put(sense, s.martingale().log10()));
    return new DriftVerdict(
        state.clips(),
        evidence(state.senses().get(most(state.senses()))),
        alarmAt(),
        state.alarm(),
        senses);
  }
}
