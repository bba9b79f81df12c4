package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedCollectionTest {
  private static final int LENGTH = 131072;
  private static final String ESC_HEADER = "filename,fold,target,category,esc10,src_file,take\n";
  private static final String URBAN_HEADER =
      "slice_file_name,fsID,start,end,salience,fold,classID,class\n";

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();
  private final StringBuilder list = new StringBuilder();

  @Test
  void esc50IsReadAsPublished() throws IOException {
    list.append(ESC_HEADER);
    for (int original = 0; original < 12; original++) {
      esc(original, "A", 0, "dog", true);
      esc(original, "B", 0, "dog", true);
      esc(100 + original, "A", 42, "siren", false);
      esc(200 + original, "A", 10, "rain", true);
    }
    esc(300, "A", 1, "rooster", true);
    esc(301, "A", 24, "coughing", false);
    save("meta/esc50.csv");
    SoundBank bank = bank(SoundUse.ALL);
    assertThat(notes).singleElement().asString().contains("ESC-50: 1 recordings", "coughing");
    Map<String, Split> splitOf = new HashMap<>();
    for (Split split : Split.values()) {
      for (int seed = 0; seed < 60; seed++) {
        Scenario.Source dog = bank.sound(SoundClass.DOG, split, LENGTH, draw(seed)).source();
        if (!dog.licence().equals("generated")) {
          assertThat(dog.licence()).isEqualTo("CC BY 3.0 (ESC-10)");
          assertThat(dog.originGroup()).startsWith("freesound/");
          assertThat(splitOf.merge(dog.originGroup(), split, (a, b) -> a)).isEqualTo(split);
        }
      }
    }
    assertThat(splitOf).hasSizeGreaterThan(6);
    assertThat(bank.of(Split.TRAIN, SoundFolder.of("dog")).size()).isEven().isGreaterThan(10);
    assertThat(bank.of(Split.TRAIN, SoundFolder.of("siren")).size()).isZero();
    assertThat(bank.of(Split.TEST, SoundFolder.of("siren")).size()).isEqualTo(12);
    assertThat(bank.of(Split.TRAIN, SoundFolder.of("ambience_rain")).size()).isPositive();
    Scenario.Source siren = bank.sound(SoundClass.SIREN, Split.TEST, LENGTH, draw(1)).source();
    assertThat(siren.licence()).isEqualTo("CC BY-NC 3.0 (ESC-50)");
    assertThat(siren.name()).startsWith("audio/1-1");
  }

  @Test
  void harmlessRecordingsAreHeardOutdoors() throws IOException {
    list.append(ESC_HEADER);
    esc(1, "A", 1, "rooster", true);
    save("meta/esc50.csv");
    SoundBank bank = bank(SoundUse.ALL, Map.of(Split.TEST, 1));
    List<String> outdoors = new ArrayList<>();
    List<String> indoors = new ArrayList<>();
    for (int seed = 0; seed < 12; seed++) {
      Draw draw = draw(seed);
      outdoors.add(bank.harmless(Setting.OUTDOOR, Split.TEST, LENGTH, draw).source().name());
      indoors.add(bank.harmless(Setting.INDOOR, Split.TEST, LENGTH, draw).source().name());
    }
    assertThat(outdoors).contains("audio/1-1-A-1.wav");
    assertThat(indoors).doesNotContain("audio/1-1-A-1.wav");
  }

  @Test
  void urbanSound8kIsReadAsPublished() throws IOException {
    list.append(URBAN_HEADER);
    for (int slice = 0; slice < 4; slice++) {
      urban(7061, 1, "car_horn", slice, slice + 1, 44100, 2);
      urban(100, 4, "drilling", slice, 1, 8000, 1);
    }
    urban(55, 6, "gun_shot", 0, 1, 44100, 1);
    save("metadata/UrbanSound8K.csv");
    SoundBank bank = bank(SoundUse.ALL);
    assertThat(notes).singleElement().asString().contains("UrbanSound8K: 1 rec", "gun_shot");
    assertThat(bank.of(Split.TEST, SoundFolder.of("horn")).size()).isEqualTo(4);
    assertThat(bank.of(Split.TEST, SoundFolder.of("power_tool")).size()).isEqualTo(4);
    Scenario.Source horn = bank.sound(SoundClass.HORN, Split.TEST, LENGTH, draw(3)).source();
    assertThat(horn.originGroup()).isEqualTo("freesound/7061");
    assertThat(horn.licence()).isEqualTo("CC BY-NC 4.0 (UrbanSound8K)");
    assertThatThrownBy(() -> bank(SoundUse.PERMISSIVE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("use: none of 8 sounds is permissive");
  }

  @Test
  void onlyWhatMayBeUsedIsTaken() throws IOException {
    list.append(ESC_HEADER);
    esc(1, "A", 0, "dog", true);
    esc(2, "A", 42, "siren", false);
    save("meta/esc50.csv");
    Map<Split, Integer> test = Map.of(Split.TEST, 1);
    SoundBank permissive = bank(SoundUse.PERMISSIVE, test);
    assertThat(permissive.of(Split.TEST, SoundFolder.of("dog")).size()).isEqualTo(1);
    assertThat(permissive.of(Split.TEST, SoundFolder.of("siren")).size()).isZero();
    SoundBank evaluation = bank(SoundUse.EVALUATION, test);
    assertThat(evaluation.of(Split.TEST, SoundFolder.of("dog")).size()).isZero();
    assertThat(evaluation.of(Split.TEST, SoundFolder.of("siren")).size()).isEqualTo(1);
    assertThat(permissive.fingerprint()).isNotEqualTo(evaluation.fingerprint());
  }

  @Test
  void whatIsMissingOrWrongIsNamed() throws IOException {
    refused("filename,fold\n", "line 1: no column 'src_file'");
    refused(
        ESC_HEADER + "1-9-A-0.wav,1,0,dog,True,9,A\n",
        "line 2: filename: there is no audio/1-9-A-0.wav");
    refused(ESC_HEADER + "1-9-A-0.wav,1,0,dog,True,8,A\n", "disagrees with src_file or target");
    refused(ESC_HEADER + "1-9-A-0.wav,1,1,dog,True,9,A\n", "disagrees with src_file or target");
    refused(ESC_HEADER + "../../9-A-0.wav,1,0,dog,True,9,A\n", "disagrees with");
    refused(ESC_HEADER + "1-9-A-0.wav,1,0,dog,perhaps,9,A\n", "line 2: esc10: 'perhaps'");
    refused(ESC_HEADER + "1-9-A-0.wav,1,0\n", "line 2: 3 cells, expected 7");
    Files.createDirectories(folder.resolve("audio"));
    Files.writeString(folder.resolve("audio/1-9-A-0.wav"), "woof");
    refused(ESC_HEADER + "1-9-A-0.wav,1,0,dog,True,9,A\n", "1-9-A-0.wav");
  }

  private void refused(String text, String message) throws IOException {
    list.setLength(0);
    list.append(text);
    save("meta/esc50.csv");
    assertThatThrownBy(() -> bank(SoundUse.ALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  private void esc(int original, String take, int target, String category, boolean ten) {
    String name = "1-" + original + "-" + take + "-" + target + ".wav";
    tone(folder.resolve("audio").resolve(name), 44100, 1);
    list.append(
        String.join(
            ",", name, "1", "" + target, category, ten ? "True" : "False", "" + original, take));
    list.append('\n');
  }

  private void urban(
      int original, int target, String category, int slice, int fold, int rate, int channels) {
    String name = original + "-" + target + "-0-" + slice + ".wav";
    tone(folder.resolve("audio/fold" + fold).resolve(name), rate, channels);
    list.append(name).append(',').append(original).append(",0.0,0.5,1,").append(fold).append(',');
    list.append(target).append(',').append(category).append('\n');
  }

  private void save(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, list);
  }

  private SoundBank bank(SoundUse use) {
    return bank(use, Map.of(Split.TRAIN, 80, Split.VALIDATION, 10, Split.TEST, 10));
  }

  private SoundBank bank(SoundUse use, Map<Split, Integer> sizes) {
    Progress noted = Progress.notes(notes::add);
    return SoundBank.forScenarios(folder, use, sizes, 1, noted);
  }

  private static void tone(Path file, int rate, int channels) {
    float[][] x = new float[channels][rate / 2];
    for (float[] channel : x) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = (float) (0.3 * Math.sin(2 * Math.PI * 700 * i / rate));
      }
    }
    Wav.write(file, new Audio(rate, x), Encoding.PCM_16);
  }

  private static Draw draw(int seed) {
    return new Draw(new SplittableRandom(seed));
  }
}
