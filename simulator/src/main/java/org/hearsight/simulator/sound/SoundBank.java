package org.hearsight.simulator.sound;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Setting;

/**
 * Where scenarios get their sounds: generated ones for every class, and recordings from a folder if
 * one is given.
 *
 * <p>Validation and test take a recording wherever their split has one. Training mixes: with few
 * recordings of a class, more of its sounds are generated, so that a network cannot learn the
 * recordings by heart.
 */
public final class SoundBank {
  /** In training, so many recordings of a class count as much as its generator. */
  private static final double GENERATOR_WEIGHT = 6;

  private static final Set<String> ENDLESS = Set.of("siren", "engine", "train", "power_tool");

  /** Ambience and harmless sounds of buildings; all others are heard outdoors. */
  private static final Set<String> INDOOR =
      Set.of("ambience_hvac", "ambience_machine", "ambience_crowd", "harmless_household");

  private final Map<Split, Map<String, List<Recording>>> recordings = new EnumMap<>(Split.class);
  private final String fingerprint;

  private SoundBank(String fingerprint) {
    this.fingerprint = fingerprint;
    for (Split split : Split.values()) {
      recordings.put(split, new TreeMap<>());
    }
  }

  /** Generated sounds only. */
  public static SoundBank generated() {
    return new SoundBank("generated");
  }

  /**
   * Recordings of a folder, generated sounds where it has none.
   *
   * @param use which of them, by what their licences allow
   * @param sizes scenarios of each split
   * @throws org.hearsight.core.error.InputException if the folder is unusable
   */
  public static SoundBank of(
      Path folder,
      Taxonomy taxonomy,
      SoundUse use,
      Map<Split, Integer> sizes,
      long seed,
      Progress progress) {
    Recordings all = Recordings.list(folder, taxonomy, use, progress);
    SplitShares shares = new SplitShares(all.byFolder(), sizes, seed);
    SoundBank bank = new SoundBank(all.fingerprint());
    all.byFolder()
        .forEach(
            (name, list) -> {
              for (Split split : Split.values()) {
                List<Recording> part = list.stream().filter(r -> shares.of(r) == split).toList();
                if (!part.isEmpty()) {
                  bank.recordings.get(split).put(name, part);
                }
              }
            });
    return bank;
  }

  /** Tells equal banks from different ones: a hash of all recordings, or {@code generated}. */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * How many recordings of a folder (a class, {@code ambience_…} or {@code harmless_…}) a split may
   * use.
   */
  public int recordings(Split split, String folder) {
    return recordings.get(split).getOrDefault(folder, List.of()).size();
  }

  /** A sound of a hazard class. */
  public Sound hazard(String className, Split split, int samples, Draw draw) {
    List<Recording> known = recordings.get(split).getOrDefault(className, List.of());
    double share =
        known.isEmpty()
            ? 0
            : split == Split.TRAIN ? known.size() / (known.size() + GENERATOR_WEIGHT) : 1;
    if (!draw.chance(share)) {
      return GeneratedSounds.hazard(className, samples, draw);
    }
    return recorded(known.get(draw.index(known.size())), samples, draw);
  }

  /** A sound for all around. */
  public Sound ambience(Setting setting, Split split, int samples, Draw draw) {
    List<List<Recording>> fitting = fitting(Recordings.AMBIENCE, setting, split);
    if (fitting.isEmpty() || draw.chance(0.3)) {
      return GeneratedSounds.ambience(setting, samples, draw);
    }
    List<Recording> kind = fitting.get(draw.index(fitting.size()));
    return recorded(kind.get(draw.index(kind.size())), samples, draw);
  }

  /** Do the recordings of a folder sound from all around in a setting? */
  static boolean isAmbience(String folder, Setting setting) {
    return folder.startsWith(Recordings.AMBIENCE) && INDOOR.contains(folder) == setting.indoors();
  }

  /**
   * Every sound that ambience may be made of, once, each as it is read: all generated ambiences,
   * and all recordings of a folder.
   *
   * @param folder of recordings; null for none
   */
  public static Stream<Sound> everyAmbience(Path folder, int samples, Draw draw) {
    Stream<Sound> generated =
        Stream.of(Setting.INDOOR, Setting.OUTDOOR)
            .flatMap(s -> Ambiences.in(s).entrySet().stream())
            .map(e -> GeneratedSounds.sound(e.getKey(), e.getValue(), samples, draw));
    if (folder == null) {
      return generated;
    }
    Recordings all = Recordings.list(folder, Taxonomy.hazards(), SoundUse.ALL, Progress.SILENT);
    return Stream.concat(
        generated,
        all.byFolder().values().stream()
            .flatMap(List::stream)
            .map(r -> recorded(r, samples, draw)));
  }

  /** A sound from one place that is not a hazard. */
  public Sound harmless(Setting setting, Split split, int samples, Draw draw) {
    List<List<Recording>> fitting = fitting(Recordings.HARMLESS, setting, split);
    if (fitting.isEmpty() || draw.chance(0.3)) {
      return GeneratedSounds.harmless(setting, samples, draw);
    }
    List<Recording> kind = fitting.get(draw.index(fitting.size()));
    return recorded(kind.get(draw.index(kind.size())), samples, draw);
  }

  /** What a split may use of the folders that begin like this and make sense in a setting. */
  private List<List<Recording>> fitting(String prefix, Setting setting, Split split) {
    return recordings.get(split).entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .filter(e -> INDOOR.contains(e.getKey()) == setting.indoors())
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Sound recorded(Recording recording, int samples, Draw draw) {
    float[] signal = Recordings.read(recording);
    boolean endless =
        ENDLESS.contains(recording.folder()) || recording.folder().startsWith(Recordings.AMBIENCE);
    float[] fitted =
        endless ? Excerpt.continuous(signal, samples, draw) : Excerpt.events(signal, samples, draw);
    return Sound.normalised(
        fitted,
        new Scenario.Source(recording.name(), recording.licence(), recording.originGroup()));
  }
}
