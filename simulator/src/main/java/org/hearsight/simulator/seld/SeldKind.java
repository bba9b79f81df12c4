package org.hearsight.simulator.seld;

import java.util.Map;
import org.hearsight.simulator.sound.SoundClass;

/**
 * What is typical of one class of sound in a SELD clip.
 *
 * @param power sound power level, dB re 1 pW; draws vary it by {@link #SPREAD}
 * @param low lowest height above the ground, metres; {@code high} the highest
 * @param fastest outdoors, m/s; 0 = never moves
 */
record SeldKind(double power, double low, double high, double fastest) {
  /** Draws differ from the typical power by at most this much, dB. */
  static final double SPREAD = 8;

  private static final Map<String, SeldKind> KINDS =
      Map.ofEntries(
          Map.entry("siren", new SeldKind(108, 0.8, 4, 15)),
          Map.entry("horn", new SeldKind(105, 0.4, 2, 15)),
          Map.entry("engine", new SeldKind(95, 0.3, 1.5, 14)),
          Map.entry("train", new SeldKind(103, 0.3, 3, 15)),
          Map.entry("footsteps", new SeldKind(72, 0.02, 0.3, 3)),
          Map.entry("dog", new SeldKind(94, 0.2, 1, 5)),
          Map.entry("voice", new SeldKind(80, 0.9, 1.9, 2)),
          Map.entry("power_tool", new SeldKind(100, 0.2, 2.5, 1)),
          Map.entry("impact", new SeldKind(96, 0.02, 2.5, 0)),
          Map.entry("alarm", new SeldKind(95, 0.5, 4, 3)),
          Map.entry("bell", new SeldKind(95, 0.5, 8, 2)),
          Map.entry("music", new SeldKind(88, 0.2, 3, 3)),
          Map.entry("bird", new SeldKind(82, 0.5, 10, 8)),
          Map.entry("knock", new SeldKind(85, 0.4, 1.8, 0)));

  static SeldKind of(int index) {
    return KINDS.get(SoundClass.labels().get(index));
  }
}
