package org.hearsight.simulator.sound;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import org.hearsight.simulator.scene.Setting;

/**
 * A folder of recordings and what its name says: {@code siren} holds sounds of a class, {@code
 * ambience_rain} what sounds from all around, {@code harmless_bell} what sounds from one place and
 * is of no class. Where only the hazards are distinguished, {@code music} and its like are harmless
 * too.
 */
record SoundFolder(String name, Kind kind) implements Comparable<SoundFolder> {
  /** What the sounds of a folder are used as. */
  enum Kind {
    CLASS(""),
    AMBIENCE("ambience_"),
    HARMLESS("harmless_");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  /** Ambience and harmless sounds of buildings; most others are heard outdoors. */
  private static final Set<String> INDOOR =
      Set.of("ambience_hvac", "ambience_machine", "ambience_crowd", "harmless_household", "knock");

  private static final Set<String> ANYWHERE = Set.of("alarm", "bell", "music");

  /** Harmless sounds that the test alone hears, as some of {@link HarmlessSounds}. */
  private static final Set<String> HELD_OUT = Set.of("knock", "harmless_animal");

  /** Ambience that is of a class, where that class is distinguished. */
  private static final Map<String, SoundClass> CLASSES =
      Map.of("ambience_birds", SoundClass.BIRD, "ambience_street_music", SoundClass.MUSIC);

  /** The folder of a name; null if it says nothing. */
  static SoundFolder of(String name) {
    for (Kind kind : new Kind[] {Kind.AMBIENCE, Kind.HARMLESS}) {
      if (name.startsWith(kind.prefix)) {
        return new SoundFolder(name, kind);
      }
    }
    return SoundClass.labels().contains(name) ? new SoundFolder(name, Kind.CLASS) : null;
  }

  static SoundFolder of(SoundClass soundClass) {
    return new SoundFolder(soundClass.label(), Kind.CLASS);
  }

  /** What its recordings are where these classes are distinguished. */
  SoundFolder among(Set<SoundClass> classes) {
    SoundClass own = CLASSES.get(name);
    if (own != null && classes.contains(own)) {
      return of(own);
    }
    return kind == Kind.CLASS && !classes.contains(SoundClass.of(name))
        ? new SoundFolder(name, Kind.HARMLESS)
        : this;
  }

  /** Is this a kind of harmless sound that no training may hear? */
  boolean isHeldOut() {
    return kind == Kind.HARMLESS && HELD_OUT.contains(name);
  }

  /** Is this background of a kind, and does it make sense in a setting? */
  boolean fits(Kind background, Setting setting) {
    return kind == background
        && (ANYWHERE.contains(name) || INDOOR.contains(name) == setting.indoors());
  }

  /** How its recordings are brought to a length. */
  Excerpt excerpt() {
    return switch (kind) {
      case AMBIENCE -> Excerpt.CONTINUOUS;
      case CLASS, HARMLESS ->
          SoundClass.labels().contains(name) ? SoundClass.of(name).excerpt() : Excerpt.EVENTS;
    };
  }

  @Override
  public int compareTo(SoundFolder other) {
    return Comparator.comparing(SoundFolder::name).compare(this, other);
  }
}
