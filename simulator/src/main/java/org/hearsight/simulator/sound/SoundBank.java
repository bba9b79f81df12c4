package org.hearsight.simulator.sound;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.progress.Progress;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Setting;

/**
 * Where all sounds of simulated data come from: sounds of the {@link SoundClass}es, harmless ones
 * and ambience, each with its source and licence. All of them can be generated; recordings of a
 * folder are mixed in if one is given.
 *
 * <p>An origin group of recordings is in one split only, but that calibration hears those of
 * validation. Training hears generated sounds beside the recordings, the more the fewer there are
 * of a class, so that a network cannot learn them by heart; test takes a recording wherever it has
 * one. Safe for several threads.
 */
public final class SoundBank {
  /** In training, so many originals of a class count as much as its generator. */
  private static final double GENERATOR_WEIGHT = 6;

  /** In training, how often two recordings of a class sound together. */
  private static final double TOGETHER = 0.12;

  /**
   * What the sounds are for, and what follows from it for recordings.
   *
   * @param mixed splits that hear generated sounds beside recordings
   * @param mostRecorded share of the recordings in those
   * @param generatedBackground share of the generators in ambience and harmless sounds
   * @param trained how each use of a recording is made to sound otherwise in training
   * @param varied the same in the other splits
   */
  private record Purpose(
      Set<SoundClass> classes,
      Set<Split> mixed,
      double mostRecorded,
      double generatedBackground,
      Perturbation trained,
      Perturbation varied) {
    static final Purpose SCENARIOS =
        new Purpose(
            SoundClass.HAZARDS,
            Set.of(Split.TRAIN),
            1,
            0.3,
            Perturbation.STRONG,
            Perturbation.NONE);

    static final Purpose CLIPS =
        new Purpose(
            EnumSet.allOf(SoundClass.class),
            Set.of(Split.TRAIN, Split.VALIDATION),
            0.8,
            0.3,
            Perturbation.STRONG,
            Perturbation.MILD);

    Perturbation perturbation(Split split) {
      return split == Split.TRAIN ? trained : varied;
    }
  }

  private final Purpose purpose;
  private final String fingerprint;
  private final Map<Split, SortedMap<SoundFolder, List<Recording>>> recordings =
      new EnumMap<>(Split.class);
  private final DecodedSounds decoded = new DecodedSounds();

  private SoundBank(Purpose purpose, String fingerprint) {
    this.purpose = purpose;
    this.fingerprint = fingerprint;
    for (Split split : Split.values()) {
      recordings.put(split, new TreeMap<>());
    }
  }

  /**
   * @param use of training and validation
   * @param shares of the recordings of that use; the test split hears all of {@code testUse} that
   *     are in no group with one dealt to another split
   */
  private SoundBank(
      Purpose purpose, Recordings listed, SoundUse use, SoundUse testUse, SplitShares shares) {
    this(purpose, listed.fingerprint());
    Set<String> trained = new HashSet<>();
    for (Recording r : listed.all()) {
      if (use.takes(r) && shares.of(r) != Split.TEST) {
        trained.add(r.originGroup());
        put(shares.of(r), r);
      }
    }
    for (Recording r : listed.all()) {
      if (testUse.takes(r) && !trained.contains(r.originGroup())) {
        put(Split.TEST, r);
      }
    }
  }

  private void put(Split split, Recording recording) {
    SoundFolder folder = recording.folder().among(purpose.classes);
    recordings.get(split).computeIfAbsent(folder, f -> new ArrayList<>()).add(recording);
  }

  /** Generated sounds only. */
  public static SoundBank generated() {
    return new SoundBank(Purpose.SCENARIOS, Scenario.Source.GENERATED);
  }

  /**
   * Sounds of occlusion scenarios: recordings of a folder, generated ones where it has none.
   * Calibration hears the recordings of validation, which no training heard, so that what the other
   * splits hear does not depend on it.
   *
   * @param use which recordings, by what their licences allow; those for evaluation are only tested
   * @param sizes scenarios of each split
   * @throws org.hearsight.core.error.InputException if the folder is unusable
   */
  public static SoundBank forScenarios(
      Path folder, SoundUse use, Map<Split, Integer> sizes, long seed, Progress progress) {
    Recordings listed = Recordings.list(folder, Purpose.SCENARIOS.classes, use, progress);
    Map<Split, Integer> dealt = new EnumMap<>(sizes);
    Integer calibration = dealt.remove(Split.CALIBRATION);
    boolean calibrated = calibration != null && calibration > 0;
    if (calibrated && dealt.getOrDefault(Split.VALIDATION, 0) == 0) {
      dealt.put(Split.VALIDATION, calibration);
    }
    SoundBank bank =
        new SoundBank(
            Purpose.SCENARIOS,
            listed,
            use,
            use,
            new SplitShares(
                listed.byFolder(use),
                dealt,
                r -> r.scoringOnly() || r.folder().among(Purpose.SCENARIOS.classes).isHeldOut(),
                seed));
    if (calibrated) {
      bank.recordings.put(Split.CALIBRATION, bank.recordings.get(Split.VALIDATION));
    }
    return bank;
  }

  /**
   * Sounds of SELD clips. What the caller lets train is not bound to the test split.
   *
   * @param use of training and validation, and of test unless {@code testUse} says otherwise
   * @param sizes clips of each split
   * @throws org.hearsight.core.error.InputException if the folder is unusable or holds no recording
   *     of the use
   */
  public static SoundBank forClips(
      Path folder,
      SoundUse use,
      SoundUse testUse,
      Map<Split, Integer> sizes,
      long seed,
      Progress progress) {
    Recordings listed = Recordings.list(folder, Purpose.CLIPS.classes, SoundUse.ALL, progress);
    Map<Split, Integer> dealt = new EnumMap<>(sizes);
    // What is tested is of a use of its own, so all of this one is for training, if there is any.
    if (use != testUse && sizes.get(Split.TRAIN) + sizes.get(Split.VALIDATION) > 0) {
      dealt.put(Split.TEST, 0);
    }
    return new SoundBank(
        Purpose.CLIPS,
        listed,
        use,
        testUse,
        new SplitShares(listed.byFolder(use), dealt, r -> false, seed));
  }

  /** Tells equal banks from different ones: a hash of all recordings, or {@code generated}. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Where the recordings of a class come from that a split may use. */
  public List<Scenario.Source> sources(Split split, SoundClass soundClass) {
    return of(split, SoundFolder.of(soundClass)).stream().map(Recording::source).toList();
  }

  /** The recordings of a folder that a split may use. */
  List<Recording> of(Split split, SoundFolder folder) {
    return recordings.get(split).getOrDefault(folder, List.of());
  }

  /** A sound of a class. */
  public Sound sound(SoundClass soundClass, Split split, int samples, Draw draw) {
    List<Recording> known = of(split, SoundFolder.of(soundClass));
    double originals = groups(known).size();
    double share = Math.min(purpose.mostRecorded, originals / (originals + GENERATOR_WEIGHT));
    if (!known.isEmpty() && !purpose.mixed.contains(split)) {
      share = 1;
    }
    return draw.chance(share)
        ? recorded(known, soundClass.excerpt(), split, samples, draw)
        : soundClass.generated(samples, draw);
  }

  /**
   * A recording of a class as it is, neither generated nor varied.
   *
   * @throws IllegalArgumentException if the split has none
   */
  public Sound asRecorded(SoundClass soundClass, Split split, int samples, Draw draw) {
    List<Recording> known = of(split, SoundFolder.of(soundClass));
    if (known.isEmpty()) {
      throw new IllegalArgumentException("no recording of " + soundClass.label());
    }
    Recording recording = known.get(draw.index(known.size()));
    return fitted(recording, decoded(recording), soundClass.excerpt(), samples, draw);
  }

  /** A sound for all around. */
  public Sound ambience(Setting setting, Split split, int samples, Draw draw) {
    return background(
        SoundFolder.Kind.AMBIENCE, Ambiences.in(setting), setting, split, samples, draw);
  }

  /** Noise for all around that is not the sound of anything. */
  public Sound noise(int samples, Draw draw) {
    SoundGenerator noise = Ambiences::noise;
    return noise.sound("noise", samples, draw);
  }

  /** A sound from one place that is not a hazard; of a kind held out in the test split alone. */
  public Sound harmless(Setting setting, Split split, int samples, Draw draw) {
    return background(
        SoundFolder.Kind.HARMLESS,
        HarmlessSounds.in(setting, split),
        setting,
        split,
        samples,
        draw);
  }

  private Sound background(
      SoundFolder.Kind kind,
      SortedMap<String, SoundGenerator> generators,
      Setting setting,
      Split split,
      int samples,
      Draw draw) {
    List<SoundFolder> fitting =
        recordings.get(split).keySet().stream().filter(f -> f.fits(kind, setting)).toList();
    if (fitting.isEmpty() || draw.chance(purpose.generatedBackground)) {
      return SoundGenerator.any(generators, samples, draw);
    }
    SoundFolder folder = fitting.get(draw.index(fitting.size()));
    return recorded(of(split, folder), folder.excerpt(), split, samples, draw);
  }

  private Sound recorded(
      List<Recording> choice, Excerpt excerpt, Split split, int samples, Draw draw) {
    Recording recording = one(choice, draw);
    Perturbation perturbation = purpose.perturbation(split);
    float[] signal = varied(recording, perturbation, samples, draw);
    if (perturbation == Perturbation.STRONG && draw.chance(TOGETHER)) {
      Recording other = one(choice, draw);
      float[] both = excerpt.of(signal, samples, draw);
      float[] beside = excerpt.of(varied(other, perturbation, samples, draw), samples, draw);
      double level = Effects.level(both) / Math.max(1e-6, Effects.level(beside));
      Synth.add(both, beside, 0, level * Math.pow(10, draw.between(-12, 0) / 20));
      return Sound.normalised(both, recording.source(), recording.folder().name());
    }
    return fitted(recording, signal, excerpt, samples, draw);
  }

  /** Any original alike, whatever the number of recordings cut from it. */
  private static Recording one(List<Recording> choice, Draw draw) {
    List<List<Recording>> groups = groups(choice);
    List<Recording> group = groups.get(draw.index(groups.size()));
    return group.get(draw.index(group.size()));
  }

  /** Recordings by original, in a fixed order. */
  private static List<List<Recording>> groups(List<Recording> recordings) {
    Map<String, List<Recording>> groups = new LinkedHashMap<>();
    for (Recording r : recordings) {
      groups.computeIfAbsent(r.originGroup(), g -> new ArrayList<>()).add(r);
    }
    return List.copyOf(groups.values());
  }

  private float[] varied(Recording recording, Perturbation perturbation, int samples, Draw draw) {
    float[] signal = decoded(recording);
    if (perturbation != Perturbation.NONE && signal.length > 2 * samples) {
      int from = draw.index(signal.length - 2 * samples);
      signal = Arrays.copyOfRange(signal, from, from + 2 * samples);
    }
    return perturbation.of(signal, draw);
  }

  private float[] decoded(Recording recording) {
    return decoded.get(recording.name(), recording::decode);
  }

  private static Sound fitted(
      Recording recording, float[] signal, Excerpt excerpt, int samples, Draw draw) {
    return Sound.normalised(
        excerpt.of(signal, samples, draw), recording.source(), recording.folder().name());
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
            .map(e -> e.getValue().sound(e.getKey(), samples, draw));
    if (folder == null) {
      return generated;
    }
    Recordings all = Recordings.list(folder, SoundClass.HAZARDS, SoundUse.ALL, Progress.SILENT);
    return Stream.concat(
        generated,
        all.byFolder(SoundUse.ALL).values().stream()
            .flatMap(List::stream)
            .map(r -> fitted(r, r.decode(), r.folder().excerpt(), samples, draw)));
  }
}
