package org.hearsight.simulator.sound;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Setting;

/**
 * The sounds SELD clips are made of: {@value #COUNT_OF_CLASSES} classes, each with a generator, and
 * recordings from a folder if one is given. Recordings are perturbed at each use; those used last
 * are kept in memory.
 *
 * <p>An origin group is in one split only. Training and validation mix recordings with generated
 * sounds; test takes a recording wherever it has one.
 */
public final class SeldSounds {
  /** How many classes there are. */
  public static final int COUNT_OF_CLASSES = 14;

  /** Names by index. Index 0 is the first sound: SELD knows no background class. */
  public static final List<String> CLASSES =
      List.of(
          "siren",
          "horn",
          "engine",
          "train",
          "footsteps",
          "dog",
          "voice",
          "power_tool",
          "impact",
          "alarm",
          "bell",
          "music",
          "bird",
          "knock");

  /** Licence of what was not recorded. */
  public static final String GENERATED = "generated";

  private static final Map<String, SoundGenerator> MORE =
      Map.of(
          "alarm", new Alarms(),
          "bell", new Bells(),
          "music", new Music(),
          "bird", new Birds(),
          "knock", new Knocks());

  /** Folders whose recordings are of a class of another name. */
  private static final Map<String, String> ALSO =
      Map.of("ambience_birds", "bird", "ambience_street_music", "music");

  private static final Set<String> ENDLESS =
      Set.of("siren", "engine", "train", "power_tool", "music");

  /** In training, so many recordings of a class count as much as its generator. */
  private static final double GENERATOR_WEIGHT = 6;

  private static final double MOST_RECORDED = 0.8;

  private final Map<Split, Map<String, List<Recording>>> recordings = new EnumMap<>(Split.class);
  private final DecodedSounds decoded = new DecodedSounds();
  private final String fingerprint;

  private SeldSounds(String fingerprint) {
    this.fingerprint = fingerprint;
    for (Split split : Split.values()) {
      recordings.put(split, new TreeMap<>());
    }
  }

  /** Generated sounds only. */
  public static SeldSounds generated() {
    return new SeldSounds(GENERATED);
  }

  /**
   * Recordings of a folder.
   *
   * @param sizes clips of each split
   * @param use of training and validation, and of test unless {@code testUse} says otherwise
   * @throws InputException if the folder is unusable or holds no recording of the use
   */
  public static SeldSounds of(
      Path folder,
      Map<Split, Integer> sizes,
      SoundUse use,
      SoundUse testUse,
      long seed,
      Progress progress) {
    List<String> names = new ArrayList<>(List.of(Taxonomy.BACKGROUND));
    names.addAll(CLASSES);
    Recordings all = Recordings.list(folder, new Taxonomy("seld", names), SoundUse.ALL, progress);
    // What the caller lets train is no longer bound to the test split.
    Map<String, List<Recording>> open = new TreeMap<>();
    all.byFolder()
        .forEach(
            (name, list) -> {
              List<Recording> part =
                  list.stream().filter(use::takes).map(SeldSounds::unbound).toList();
              if (!part.isEmpty()) {
                open.put(name, part);
              }
            });
    if (open.isEmpty()) {
      throw new InputException(folder, "holds no recording of this use", "choose another use");
    }
    Map<Split, Integer> dealt = new EnumMap<>(sizes);
    // Without training and validation clips, nothing may be dealt to them.
    if (use != testUse && sizes.get(Split.TRAIN) + sizes.get(Split.VALIDATION) > 0) {
      dealt.put(Split.TEST, 0);
    }
    SplitShares shares = new SplitShares(open, dealt, seed);
    SeldSounds sounds = new SeldSounds(all.fingerprint());
    Set<String> trained = new HashSet<>();
    open.values()
        .forEach(
            list ->
                list.forEach(
                    r -> {
                      Split split = shares.of(r);
                      if (split != Split.TEST) {
                        trained.add(r.originGroup());
                        sounds.put(split, r);
                      }
                    }));
    all.byFolder()
        .values()
        .forEach(
            list ->
                list.stream()
                    .filter(r -> testUse.takes(r) && !trained.contains(r.originGroup()))
                    .forEach(r -> sounds.put(Split.TEST, r)));
    return sounds;
  }

  private static Recording unbound(Recording r) {
    return new Recording(r.file(), r.name(), r.folder(), r.licence(), false, r.originGroup());
  }

  private void put(Split split, Recording r) {
    String className = ALSO.getOrDefault(r.folder(), r.folder());
    recordings.get(split).computeIfAbsent(className, c -> new ArrayList<>()).add(r);
  }

  /** Tells equal sounds from different ones: a hash of all recordings, or {@code generated}. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Where the recordings a split may use of a class come from. */
  public List<Scenario.Source> sources(Split split, String className) {
    return recordings.get(split).getOrDefault(className, List.of()).stream()
        .map(SeldSounds::source)
        .toList();
  }

  /** A sound of a class. */
  public Sound sound(String className, Split split, int samples, Draw draw) {
    List<Recording> known = recordings.get(split).getOrDefault(className, List.of());
    double share = Math.min(MOST_RECORDED, known.size() / (known.size() + GENERATOR_WEIGHT));
    if (split == Split.TEST && !known.isEmpty()) {
      share = 1;
    }
    if (draw.chance(share)) {
      return recorded(
          known.get(draw.index(known.size())), ENDLESS.contains(className), samples, draw);
    }
    SoundGenerator more = MORE.get(className);
    return more == null
        ? GeneratedSounds.hazard(className, samples, draw)
        : GeneratedSounds.sound(className, more, samples, draw);
  }

  /** A sound for all around. */
  public Sound ambience(Setting setting, Split split, int samples, Draw draw) {
    List<List<Recording>> fitting =
        recordings.get(split).entrySet().stream()
            .filter(e -> SoundBank.isAmbience(e.getKey(), setting))
            .map(Map.Entry::getValue)
            .toList();
    if (fitting.isEmpty() || draw.chance(0.5)) {
      return GeneratedSounds.ambience(setting, samples, draw);
    }
    List<Recording> kind = fitting.get(draw.index(fitting.size()));
    return recorded(kind.get(draw.index(kind.size())), true, samples, draw);
  }

  /**
   * A recording of a class as it is, neither generated nor varied.
   *
   * @return null if the split has none
   */
  public Sound asRecorded(String className, Split split, int samples, Draw draw) {
    List<Recording> known = recordings.get(split).getOrDefault(className, List.of());
    if (known.isEmpty()) {
      return null;
    }
    Recording recording = known.get(draw.index(known.size()));
    float[] signal = Recordings.read(recording);
    float[] fitted =
        ENDLESS.contains(className)
            ? Excerpt.continuous(signal, samples, draw)
            : Excerpt.events(signal, samples, draw);
    return Sound.normalised(fitted, source(recording));
  }

  private Sound recorded(Recording recording, boolean endless, int samples, Draw draw) {
    float[] signal = decoded.get(recording.name(), () -> Recordings.read(recording));
    if (signal.length > 2 * samples) {
      int from = draw.index(signal.length - 2 * samples);
      signal = java.util.Arrays.copyOfRange(signal, from, from + 2 * samples);
    }
    float[] varied = Perturbation.of(signal, draw);
    float[] fitted =
        endless ? Excerpt.continuous(varied, samples, draw) : Excerpt.events(varied, samples, draw);
    return Sound.normalised(fitted, source(recording));
  }

  private static Scenario.Source source(Recording r) {
    return new Scenario.Source(r.name(), r.licence(), r.originGroup());
  }
}
