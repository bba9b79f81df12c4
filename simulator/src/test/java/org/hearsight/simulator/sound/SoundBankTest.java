package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundBankTest {
  private static final int LENGTH = 131072;
  private static final Map<Split, Integer> SIZES =
      Map.of(Split.TRAIN, 80, Split.VALIDATION, 10, Split.TEST, 10);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
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
        "bell"
      })
  void everyClassIsGeneratedInManyVariants(String name) {
    SoundBank bank = SoundBank.generated();
    for (int seed = 0; seed < 12; seed++) {
      Sound sound = bank.sound(SoundClass.of(name), Split.TRAIN, LENGTH, draw(seed));
      assertThat(sound.samples()).hasSize(LENGTH);
      assertThat(sound.source().licence()).isEqualTo("generated");
      double peak = 0;
      for (float v : sound.samples()) {
        assertThat(v).isFinite();
        peak = Math.max(peak, Math.abs(v));
      }
      assertThat(peak).isBetween(1.0, 60.0);
      int active = 0;
      for (boolean a : heard(sound, LENGTH - 120000)) {
        active += a ? 1 : 0;
      }
      assertThat(active).isBetween(3, 50);
      assertThat(sound.samples())
          .isEqualTo(bank.sound(SoundClass.of(name), Split.TRAIN, LENGTH, draw(seed)).samples())
          .isNotEqualTo(
              bank.sound(SoundClass.of(name), Split.TRAIN, LENGTH, draw(seed + 100)).samples());
    }
  }

  @Test
  void soundingFramesHaveUnitLevel() {
    float[] half = new float[LENGTH];
    for (int i = 0; i < LENGTH / 2; i++) {
      half[i] = (float) (0.01 * Math.sin(i * 0.3));
    }
    Sound sound = Sound.normalised(half, null, "");
    double sum = 0;
    for (int i = 4800; i < 48000; i++) {
      sum += sound.samples()[i] * sound.samples()[i];
    }
    assertThat(sum / 43200).isCloseTo(1, within(0.03));
    assertThat(heard(sound, 0)[3]).isTrue();
    assertThat(heard(sound, 0)[40]).isFalse();
  }

  private static boolean[] heard(Sound sound, int lead) {
    double start = -(double) lead / Sound.SAMPLE_RATE;
    return LabelFrames.heard(sound.samples(), start, t -> 0, 50);
  }

  @Test
  void groupsStayInOneSplitAndSplitsGetTheirShare() throws IOException {
    for (int i = 0; i < 40; i++) {
      tone("dog/bark" + i + ".wav", 24000, 1, 0.5);
      tone("horn/toot" + i % 3 + "_" + i + ".wav", 24000, 1, 0.5);
    }
    StringBuilder csv = new StringBuilder("class,file,use,origin_group,licence\n");
    for (int i = 0; i < 40; i++) {
      csv.append("dog,dog/bark")
          .append(i)
          .append(".wav,permissive,g")
          .append(i / 2)
          .append(",\"CC0, really\"\n");
      csv.append("horn,horn/toot").append(i % 3).append('_').append(i);
      csv.append(".wav,permissive,g").append(i / 2).append(",CC0\n");
    }
    Files.writeString(folder.resolve("SOURCES.csv"), csv);
    SoundBank bank = bank();
    int train = bank.of(Split.TRAIN, SoundFolder.of("dog")).size();
    assertThat(train).isBetween(28, 34);
    assertThat(bank.of(Split.VALIDATION, SoundFolder.of("dog")).size()).isGreaterThanOrEqualTo(2);
    assertThat(
            train
                + bank.of(Split.VALIDATION, SoundFolder.of("dog")).size()
                + bank.of(Split.TEST, SoundFolder.of("dog")).size())
        .isEqualTo(40);
    Map<String, Split> splitOf = new HashMap<>();
    for (Split split : Split.values()) {
      for (int seed = 0; seed < 60; seed++) {
        for (String name : List.of("dog", "horn")) {
          var source = bank.sound(SoundClass.of(name), split, LENGTH, draw(seed)).source();
          if (!source.licence().equals("generated")) {
            assertThat(splitOf.merge(source.originGroup(), split, (a, b) -> a)).isEqualTo(split);
            assertThat(source.licence()).startsWith("CC0");
          }
        }
      }
    }
    assertThat(splitOf).hasSizeGreaterThan(10);
  }

  @Test
  void calibrationHearsTheRecordingsOfValidationAndChangesNoOtherSplit() throws IOException {
    for (int i = 0; i < 40; i++) {
      tone("dog/bark" + i + ".wav", 24000, 1, 0.2);
    }
    Map<Split, Integer> sizes = new EnumMap<>(SIZES);
    sizes.put(Split.CALIBRATION, 300);
    SoundBank with = SoundBank.forScenarios(folder, SoundUse.ALL, sizes, 1, Progress.SILENT);
    SoundBank without = bank();
    SoundFolder dog = SoundFolder.of("dog");
    for (Split split : SIZES.keySet()) {
      assertThat(names(with, split, dog)).isEqualTo(names(without, split, dog)).isNotEmpty();
    }
    assertThat(names(with, Split.CALIBRATION, dog))
        .isEqualTo(names(without, Split.VALIDATION, dog));
    assertThat(names(without, Split.CALIBRATION, dog)).isEmpty();

    sizes.put(Split.VALIDATION, 0);
    SoundBank alone = SoundBank.forScenarios(folder, SoundUse.ALL, sizes, 1, Progress.SILENT);
    assertThat(names(alone, Split.CALIBRATION, dog))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(names(alone, Split.TRAIN, dog))
        .doesNotContainAnyElementsOf(names(alone, Split.TEST, dog));
  }

  private static List<String> names(SoundBank bank, Split split, SoundFolder of) {
    return bank.of(split, of).stream().map(Recording::name).toList();
  }

  /** A group of 30 and ten of one: the large one trains, whatever the seed. */
  @Test
  void groupsCountByTheirRecordings() throws IOException {
    StringBuilder csv = new StringBuilder("file,use,origin_group\n");
    for (int i = 0; i < 40; i++) {
      tone("dog/bark" + i + ".wav", 24000, 1, 0.2);
      csv.append("dog/bark").append(i).append(".wav,permissive,g");
      csv.append(i < 30 ? 0 : i).append('\n');
    }
    Files.writeString(folder.resolve("SOURCES.csv"), csv);
    for (int seed = 0; seed < 10; seed++) {
      SoundBank bank =
          SoundBank.forScenarios(
              folder,
              SoundUse.ALL,
              Map.of(Split.TRAIN, 80, Split.VALIDATION, 10, Split.TEST, 10),
              seed,
              Progress.SILENT);
      assertThat(bank.of(Split.TRAIN, SoundFolder.of("dog")).size()).isBetween(31, 33);
      assertThat(bank.of(Split.VALIDATION, SoundFolder.of("dog")).size()).isBetween(3, 5);
      assertThat(bank.of(Split.TEST, SoundFolder.of("dog")).size()).isBetween(3, 5);
    }
  }

  @Test
  void whatMayOnlyScoreNeverTrains() throws IOException {
    StringBuilder csv = new StringBuilder("file,use,origin_group\n");
    for (int i = 0; i < 20; i++) {
      tone("dog/bark" + i + ".wav", 24000, 1, 0.5);
      csv.append("dog/bark").append(i).append(".wav,");
      csv.append(i < 12 ? "evaluation,e" : "permissive,p").append(i).append('\n');
    }
    Files.writeString(folder.resolve("SOURCES.csv"), csv);
    SoundBank bank = bank();
    assertThat(bank.of(Split.TEST, SoundFolder.of("dog")).size()).isEqualTo(12);
    assertThat(bank.of(Split.TRAIN, SoundFolder.of("dog")).size()).isGreaterThanOrEqualTo(6);
    assertThat(bank.of(Split.VALIDATION, SoundFolder.of("dog")).size()).isGreaterThanOrEqualTo(1);
    for (int seed = 0; seed < 80; seed++) {
      for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
        assertThat(bank.sound(SoundClass.DOG, split, LENGTH, draw(seed)).source().originGroup())
            .doesNotStartWith("e");
      }
    }
  }

  /** In SELD clips, what no training clip hears is not lost to the test. */
  @Test
  void withoutTrainingClipsTheTestTakesAllItMay() throws IOException {
    tone("dog/open.wav", 24000, 1, 0.5);
    tone("dog/closed.wav", 24000, 1, 0.5);
    Files.writeString(
        folder.resolve("SOURCES.csv"),
        "file,use,origin_group\ndog/open.wav,permissive,a\ndog/closed.wav,evaluation,b\n");

    assertThat(tested(0)).isEqualTo(2);
    assertThat(tested(5)).as("trained on the open one").isEqualTo(1);
  }

  private int tested(int train) {
    Map<Split, Integer> sizes = Map.of(Split.TRAIN, train, Split.VALIDATION, 0, Split.TEST, 3);
    return SoundBank.forClips(folder, SoundUse.PERMISSIVE, SoundUse.ALL, sizes, 1, Progress.SILENT)
        .sources(Split.TEST, SoundClass.DOG)
        .size();
  }

  /** Birds and street music are background of scenarios, and classes of SELD clips. */
  @Test
  void someAmbienceIsAClassOfClips() throws IOException {
    tone("ambience_birds/a.wav", 24000, 1, 3);
    Map<Split, Integer> sizes = Map.of(Split.TRAIN, 0, Split.VALIDATION, 0, Split.TEST, 3);
    SoundBank clips =
        SoundBank.forClips(folder, SoundUse.ALL, SoundUse.ALL, sizes, 1, Progress.SILENT);
    assertThat(clips.sources(Split.TEST, SoundClass.BIRD))
        .extracting(Scenario.Source::name)
        .containsExactly("ambience_birds/a.wav");
    assertThat(clips.asRecorded(SoundClass.BIRD, Split.TEST, LENGTH, draw(1)).isGenerated())
        .isFalse();
    assertThatThrownBy(() -> clips.asRecorded(SoundClass.DOG, Split.TEST, LENGTH, draw(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(bank().of(Split.TEST, SoundFolder.of("ambience_birds"))).hasSize(1);
    assertThat(bank().sources(Split.TEST, SoundClass.BIRD)).isEmpty();
  }

  /** What is a class of SELD clips and not a hazard is heard in scenarios, as background. */
  @Test
  void soundsOfOtherClassesAreHarmlessInScenarios() throws IOException {
    for (String name : List.of("alarm", "bell", "music", "bird", "knock", "siren")) {
      for (int i = 0; i < 12; i++) {
        tone(name + "/" + i + ".wav", 24000, 1, 0.3);
      }
    }
    SoundBank bank = bank();
    Map<Setting, Set<String>> trained = new EnumMap<>(Setting.class);
    Map<Setting, Set<String>> tested = new EnumMap<>(Setting.class);
    for (Setting setting : List.of(Setting.INDOOR, Setting.OUTDOOR)) {
      for (int seed = 0; seed < 60; seed++) {
        trained
            .computeIfAbsent(setting, s -> new TreeSet<>())
            .add(folder(bank.harmless(setting, Split.TRAIN, 24000, draw(seed))));
        tested
            .computeIfAbsent(setting, s -> new TreeSet<>())
            .add(folder(bank.harmless(setting, Split.TEST, 24000, draw(seed))));
      }
    }

    assertThat(trained)
        .containsEntry(Setting.INDOOR, Set.of("generated", "alarm", "bell", "music"))
        .containsEntry(Setting.OUTDOOR, Set.of("generated", "alarm", "bell", "bird", "music"));
    assertThat(tested)
        .containsEntry(Setting.INDOOR, Set.of("generated", "alarm", "bell", "knock", "music"))
        .containsEntry(Setting.OUTDOOR, Set.of("generated", "alarm", "bell", "bird", "music"));
    assertThat(bank.of(Split.TRAIN, SoundFolder.of("knock"))).isEmpty();
    assertThat(bank.of(Split.TEST, SoundFolder.of("knock"))).hasSize(12);
  }

  private static String folder(Sound sound) {
    if (sound.isGenerated()) {
      return "generated";
    }
    assertThat(sound.source().name()).startsWith(sound.kind() + "/");
    return sound.kind();
  }

  @Test
  void someKindsOfHarmlessSoundAreTestedAlone() {
    SoundBank bank = SoundBank.generated();
    Map<Split, Set<String>> kinds = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      for (int seed = 0; seed < 200; seed++) {
        Setting setting = seed % 2 == 0 ? Setting.INDOOR : Setting.OUTDOOR;
        Sound sound = bank.harmless(setting, split, 12000, draw(seed));
        kinds.computeIfAbsent(split, s -> new TreeSet<>()).add(sound.kind());
      }
    }
    Set<String> unheard = new TreeSet<>(kinds.get(Split.TEST));
    unheard.removeAll(kinds.get(Split.TRAIN));

    assertThat(kinds.get(Split.TRAIN))
        .containsExactlyInAnyOrder(
            "alarm", "bell", "bird", "chime", "dripping", "music", "rustling");
    assertThat(kinds.get(Split.VALIDATION)).isEqualTo(kinds.get(Split.TRAIN));
    assertThat(kinds.get(Split.TEST)).containsAll(kinds.get(Split.TRAIN));
    assertThat(unheard).containsExactly("crickets", "kettle", "knock", "typing", "whistle");
  }

  @Test
  void harmlessSoundsAndNoiseAreHeard() {
    for (Setting setting : List.of(Setting.INDOOR, Setting.OUTDOOR)) {
      HarmlessSounds.in(setting, Split.TEST)
          .forEach(
              (name, generator) -> {
                for (int seed = 0; seed < 5; seed++) {
                  Sound sound = generator.sound(name, LENGTH, draw(seed));
                  for (float v : sound.samples()) {
                    assertThat(v).isFinite();
                  }
                  int active = 0;
                  for (boolean a : heard(sound, LENGTH - 120000)) {
                    active += a ? 1 : 0;
                  }
                  assertThat(active).as(name).isPositive();
                }
              });
    }
    Sound noise = SoundBank.generated().noise(LENGTH, draw(1));
    assertThat(heard(noise, LENGTH - 120000)).doesNotContain(false);
    assertThat(noise.source().name()).isEqualTo("generated noise");
  }

  @Test
  void theHazardsAreThoseOfTheTaxonomy() {
    Taxonomy hazards = Taxonomy.hazards();
    assertThat(SoundClass.HAZARDS)
        .extracting(SoundClass::label)
        .containsExactlyElementsOf(hazards.classes().subList(1, hazards.size()));
  }

  @Test
  void listsMayBreakLinesInQuotes() throws IOException {
    tone("dog/a.wav", 24000, 1, 1);
    Files.writeString(
        folder.resolve("SOURCES.csv"),
        "\uFEFFfile,licence,use\r\n\"dog/a.wav\",\"CC BY\r\nby A, 2020\",permissive\r\n");
    assertThat(bank().sources(Split.TEST, SoundClass.DOG))
        .extracting(Scenario.Source::licence)
        .containsExactly("CC BY\r\nby A, 2020");
    Files.writeString(folder.resolve("SOURCES.csv"), "file;licence;use\ndog/a.wav;CC0;all\n");
    assertThatThrownBy(this::bank)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("SOURCES.csv: line 1: no column 'file'; separate cells with commas");
  }

  @Test
  void whatAListLeavesOutMayOnlyScore() throws IOException {
    tone("dog/listed.wav", 24000, 1, 1);
    tone("dog/forgotten.wav", 24000, 1, 1);
    // As a spreadsheet writes it: a byte-order mark, and spaces in the header.
    Files.writeString(
        folder.resolve("SOURCES.csv"), "\uFEFFfile, use\ndog/listed.wav,permissive\n");
    SourceList sources = SourceList.read(folder);

    assertThat(sources.onlyScores("dog/listed.wav")).isFalse();
    assertThat(sources.onlyScores("dog/forgotten.wav")).isTrue();
    Files.writeString(folder.resolve("SOURCES.csv"), "file,use\ndog/listed.wav,Evaluation\n");
    assertThatThrownBy(this::bank)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 2: use: 'Evaluation'; write permissive or evaluation");
    Files.delete(folder.resolve("SOURCES.csv"));
    assertThat(SourceList.read(folder).onlyScores("dog/forgotten.wav")).isFalse();
  }

  @Test
  void anyRateAndAnyNumberOfChannelsWillDo() throws IOException {
    tone("siren/a.wav", 44100, 2, 3);
    tone("dog/b.wav", 8000, 1, 0.4);
    SoundBank bank = bank();
    Sound siren = bank.sound(SoundClass.SIREN, Split.TEST, LENGTH, draw(1));
    Sound generated = bank.sound(SoundClass.VOICE, Split.TEST, LENGTH, draw(1));
    assertThat(siren.samples()).hasSize(LENGTH);
    assertThat(generated.source().licence()).isEqualTo("generated");
  }

  @Test
  void otherFoldersAreNotedAndAmbienceIsUsed() throws IOException {
    tone("dog/b.wav", 24000, 1, 1);
    tone("doorbell/b.wav", 24000, 1, 1);
    tone("ambience_hvac/c.wav", 24000, 1, 1);
    List<String> notes = new ArrayList<>();
    Progress progress = Progress.notes(notes::add);
    SoundBank bank =
        SoundBank.forScenarios(folder, SoundUse.ALL, Map.of(Split.TEST, 5), 1, progress);
    assertThat(notes).singleElement().asString().contains("doorbell");
    List<String> names = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      names.add(bank.ambience(Setting.INDOOR, Split.TEST, LENGTH, draw(seed)).source().name());
    }
    assertThat(names).contains("ambience_hvac/c.wav");
  }

  @Test
  void unusableFoldersAndFilesAreRefusedInOneLine() throws IOException {
    assertThatThrownBy(this::bank)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds no sound");
    Files.createDirectories(folder.resolve("dog"));
    Files.writeString(folder.resolve("dog/fake.wav"), "meow");
    assertThatThrownBy(this::bank)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fake.wav");
    Files.delete(folder.resolve("dog/fake.wav"));
    Wav.write(
        folder.resolve("dog/mute.wav"), new Audio(24000, new float[1][24000]), Encoding.PCM_16);
    SoundBank mute = bank();
    assertThatThrownBy(() -> mute.sound(SoundClass.DOG, Split.TEST, LENGTH, draw(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("silent");
    Files.writeString(folder.resolve("SOURCES.csv"), "file,use\ndog/mute.wav\n");
    assertThatThrownBy(this::bank)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 2: 1 cells, expected 2");
  }

  @Test
  void recordingsThatWouldFillTheMemoryAreRefusedByNameAndPipesAtOnce() throws Exception {
    Path dog = Files.createDirectories(folder.resolve("dog"));
    Wav.write(dog.resolve("long.wav"), new Audio(1000, new float[1][1_801_000]), Encoding.PCM_16);
    assertThatThrownBy(this::bank)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "long.wav: length: 1801 s, expected at most 1800 s; cut it into pieces");
    Files.delete(dog.resolve("long.wav"));
    Path pipe = dog.resolve("pipe.wav");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo");
    assertThatThrownBy(this::bank)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("pipe.wav: is a pipe or a device");
  }

  @Test
  void theFingerprintTellsFoldersApart() throws IOException {
    tone("dog/b.wav", 24000, 1, 1);
    String before = bank().fingerprint();
    assertThat(bank().fingerprint()).isEqualTo(before);
    tone("dog/c.wav", 24000, 1, 1.5);
    assertThat(bank().fingerprint()).isNotEqualTo(before);
  }

  private SoundBank bank() {
    Map<Split, Integer> sizes = SIZES;
    return SoundBank.forScenarios(folder, SoundUse.ALL, onlyTestIfFew(sizes), 1, Progress.SILENT);
  }

  /** With a recording or two, everything goes to the test split. */
  private Map<Split, Integer> onlyTestIfFew(Map<Split, Integer> sizes) {
    try (var files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".wav")).count() < 5
          ? Map.of(Split.TEST, 10)
          : sizes;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void tone(String name, int rate, int channels, double seconds) {
    float[][] x = new float[channels][(int) (rate * seconds)];
    for (float[] channel : x) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = (float) (0.3 * Math.sin(2 * Math.PI * 700 * i / rate));
      }
    }
    Path file = folder.resolve(name);
    Wav.write(file, new Audio(rate, x), Encoding.PCM_16);
  }

  private static Draw draw(int seed) {
    return new Draw(new SplittableRandom(seed));
  }
}
