package org.hearsight.simulator.sound;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.hearsight.simulator.draw.Draw;

/**
 * The classes of sound that networks are taught to tell apart: the nine hazards first, then what
 * SELD clips hold beside them. Their order is that of SELD labels, which know no background class.
 */
public enum SoundClass {
  SIREN(Excerpt.CONTINUOUS, new Sirens()),
  HORN(Excerpt.EVENTS, new Horns()),
  ENGINE(Excerpt.CONTINUOUS, new Engines()),
  TRAIN(Excerpt.CONTINUOUS, new Trains()),
  FOOTSTEPS(Excerpt.EVENTS, new Footsteps()),
  DOG(Excerpt.EVENTS, new Barks()),
  VOICE(Excerpt.EVENTS, new Voices()),
  POWER_TOOL(Excerpt.CONTINUOUS, new PowerTools()),
  IMPACT(Excerpt.EVENTS, new Impacts()),
  ALARM(Excerpt.EVENTS, new Alarms()),
  BELL(Excerpt.EVENTS, new Bells()),
  MUSIC(Excerpt.CONTINUOUS, new Music()),
  BIRD(Excerpt.EVENTS, new Birds()),
  KNOCK(Excerpt.EVENTS, new Knocks());

  /** The classes of occlusion scenarios. */
  static final Set<SoundClass> HAZARDS = Collections.unmodifiableSet(EnumSet.range(SIREN, IMPACT));

  private static final List<String> LABELS = Stream.of(values()).map(SoundClass::label).toList();

  private final Excerpt excerpt;

  @SuppressWarnings("ImmutableEnumChecker") // generators keep nothing between sounds
  private final SoundGenerator generator;

  SoundClass(Excerpt excerpt, SoundGenerator generator) {
    this.excerpt = excerpt;
    this.generator = generator;
  }

  /** The names of all classes by index. */
  public static List<String> labels() {
    return LABELS;
  }

  /**
   * The class of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SoundClass of(String label) {
    if (!LABELS.contains(label)) {
      throw new IllegalArgumentException(label + " is not one of " + LABELS);
    }
    return values()[LABELS.indexOf(label)];
  }

  /** The class of an index. */
  public static SoundClass of(int index) {
    return values()[index];
  }

  /** Its number in SELD labels. */
  public int index() {
    return LABELS.indexOf(label());
  }

  /** Lower-case name, as in taxonomies and folders of recordings. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How its recordings are brought to a length. */
  Excerpt excerpt() {
    return excerpt;
  }

  SoundGenerator generator() {
    return generator;
  }

  /** A new sound made from a formula. */
  Sound generated(int samples, Draw draw) {
    return generator.sound(label(), samples, draw);
  }
}
