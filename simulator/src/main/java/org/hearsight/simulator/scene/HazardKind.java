package org.hearsight.simulator.scene;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.hearsight.core.dataset.Motion;

/**
 * What is typical of one hazard class: how big, how loud, how fast, and where it makes sense.
 *
 * <p>Sizes and speeds are everyday values. Sound powers are rounded from what is published for such
 * sources: emergency sirens about 120 dB at 1 m, horns 105–118 dB at 2 m (UN Regulation 28), a
 * passing car about 95 dB, a raised voice about 80 dB, an angle grinder about 100 dB (re 1 pW).
 *
 * @param name taxonomy name
 * @param length metres along its way; {@code width} across, {@code height} above the ground
 * @param sourceHeight where the sound comes from, metres above the ground
 * @param power sound power level, dB re 1 pW; a draw varies it by {@link #POWER_SPREAD}
 * @param slowest of the moving ones, m/s
 * @param moving share of draws that move
 * @param farthest distance it is drawn at, metres
 * @param body colour, 0xRRGGBB
 * @param accent colour of its upper part
 */
public record HazardKind(
    String name,
    double length,
    double width,
    double height,
    double sourceHeight,
    double power,
    double slowest,
    double fastest,
    double moving,
    double farthest,
    Form form,
    int body,
    int accent) {

  /** What it looks like. */
  public enum Form {
    AMBULANCE,
    ALARM,
    CAR,
    FORKLIFT,
    COACH,
    PERSON,
    WORKER,
    DOG,
    MACHINE
  }

  /**
   * Draws differ from the typical power by at most this much, dB: within a class, sources do differ
   * so, and loudness alone shall not tell the class.
   */
  public static final double POWER_SPREAD = 6;

  /** Outdoors: vehicles, people, animals, tools. */
  private static final List<HazardKind> OUTDOOR =
      List.of(
          new HazardKind(
              "siren", 5.2, 2.0, 2.6, 2.5, 115, 4, 16, 0.8, 30, Form.AMBULANCE, 0xF2F2F2, 0x1E50DC),
          new HazardKind(
              "horn", 4.4, 1.8, 1.5, 0.7, 110, 3, 14, 0.8, 30, Form.CAR, 0xC81E1E, 0x2A3238),
          new HazardKind(
              "engine", 4.6, 1.9, 1.7, 0.6, 98, 2, 13, 0.8, 30, Form.CAR, 0x3C6E46, 0x20282C),
          new HazardKind(
              "train", 14, 2.6, 3.6, 0.9, 108, 3, 14, 0.85, 30, Form.COACH, 0xE0B020, 0x303840),
          new HazardKind(
              "footsteps", 0.5, 0.5, 1.75, 0.1, 70, 0.9, 3, 1, 12, Form.PERSON, 0x5A3C8C, 0xD8A888),
          new HazardKind(
              "dog", 0.9, 0.35, 0.65, 0.5, 96, 1, 5, 0.6, 25, Form.DOG, 0x6E4628, 0x50321E),
          new HazardKind(
              "voice", 0.5, 0.5, 1.75, 1.6, 84, 0.6, 1.8, 0.5, 20, Form.PERSON, 0x2882B4, 0xE0B090),
          new HazardKind(
              "power_tool", 0.7, 0.7, 1.7, 1.0, 103, 0, 0, 0, 30, Form.WORKER, 0xF07814, 0xF0E628),
          new HazardKind(
              "impact", 0.8, 0.8, 1.0, 0.4, 104, 0, 0, 0, 30, Form.MACHINE, 0x787878, 0xA04632));

  /** Indoors: an alarm on a stand, a forklift, the same people, animals and tools. */
  private static final List<HazardKind> INDOOR =
      List.of(
          new HazardKind(
              "siren", 0.35, 0.35, 2.0, 1.9, 104, 0, 0, 0, 15, Form.ALARM, 0xF2F2F2, 0x1E50DC),
          new HazardKind(
              "horn", 2.0, 1.1, 2.0, 1.2, 102, 0.8, 3, 0.7, 15, Form.FORKLIFT, 0xC81E1E, 0x2A3238),
          new HazardKind(
              "engine", 2.0, 1.1, 2.0, 0.6, 92, 0.8, 3, 0.7, 15, Form.FORKLIFT, 0x3C6E46, 0x20282C),
          new HazardKind(
              "footsteps", 0.5, 0.5, 1.75, 0.1, 68, 0.9, 3, 1, 10, Form.PERSON, 0x5A3C8C, 0xD8A888),
          new HazardKind(
              "dog", 0.9, 0.35, 0.65, 0.5, 94, 1, 4, 0.6, 15, Form.DOG, 0x6E4628, 0x50321E),
          new HazardKind(
              "voice", 0.5, 0.5, 1.75, 1.6, 80, 0.6, 1.6, 0.5, 15, Form.PERSON, 0x2882B4, 0xE0B090),
          new HazardKind(
              "power_tool", 0.7, 0.7, 1.7, 1.0, 100, 0, 0, 0, 15, Form.WORKER, 0xF07814, 0xF0E628),
          new HazardKind(
              "impact", 0.7, 0.7, 1.0, 0.4, 100, 0, 0, 0, 15, Form.MACHINE, 0x787878, 0xA04632));

  private static final Map<Setting, List<HazardKind>> TABLE =
      Map.of(Setting.OUTDOOR, OUTDOOR, Setting.INDOOR, INDOOR);

  /** The kinds that make sense in a setting ({@link Setting#OUTDOOR} or {@link Setting#INDOOR}). */
  public static List<HazardKind> in(Setting setting) {
    return TABLE.get(setting);
  }

  /** Is there such a class in the setting? */
  public static boolean exists(String name, Setting setting) {
    return in(setting).stream().anyMatch(k -> k.name.equals(name));
  }

  /** One class in one setting. */
  public static HazardKind of(String name, Setting setting) {
    return in(setting).stream()
        .filter(k -> k.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + name + " " + setting.label()));
  }

  /**
   * How its draws move, dealt out in turn: seven, so that the turns of visibility, setting and
   * layout do not fall into step with them.
   */
  public List<Motion> motions() {
    if (fastest == 0) {
      return List.of(Motion.STANDING);
    }
    int standing = (int) Math.round((1 - moving) * MOVING.size());
    List<Motion> deck = new ArrayList<>(MOVING.subList(0, MOVING.size() - standing));
    deck.addAll(Collections.nCopies(standing, Motion.STANDING));
    return deck;
  }

  private static final List<Motion> MOVING =
      List.of(
          Motion.APPROACHING,
          Motion.CROSSING,
          Motion.RECEDING,
          Motion.APPROACHING,
          Motion.CROSSING,
          Motion.RECEDING,
          Motion.CROSSING);

  /** Does it need room to drive? Such kinds keep to streets and wide corridors. */
  public boolean vehicle() {
    return length > 1.5;
  }
}
