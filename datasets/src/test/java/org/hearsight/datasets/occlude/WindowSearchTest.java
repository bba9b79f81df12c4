package org.hearsight.datasets.occlude;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.seld.SeldDataset.Recording;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.core.taxonomy.ClassMap;
import org.hearsight.core.taxonomy.Taxonomy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One recording of exactly one window of 5 s, labelled in different ways. */
class WindowSearchTest {
  @TempDir Path folder;
  private Recording recording;
  private final List<SeldEvent> events = new ArrayList<>();

  @BeforeEach
  void write() {
    Path audio = folder.resolve("fold3_room1_mix001.wav");
    Wav.write(audio, new Audio(24_000, new float[4][120_000]), Encoding.PCM_16);
    recording =
        new Recording(
            "dev-train-tau/fold3_room1_mix001", Split.TRAIN, audio, audio, null, null, null);
  }

  @Test
  void oneSourceForMostOfTheWindow() {
    label("male_speech", 0, 20, 50, 2);

    Window window = search().get(0);

    assertThat(window.className()).isEqualTo("voice");
    assertThat(window.events()).hasSize(30);
    assertThat(window.end().azimuth()).isEqualTo(49);
    assertThat(window.end().distance()).isEqualTo(2);
  }

  @Test
  void tooShortOrTooEarlyIsNone() {
    label("male_speech", 0, 26, 50, 2);
    assertThat(search()).isEmpty();
    events.clear();
    label("male_speech", 0, 0, 45, 2);
    assertThat(search()).isEmpty();
    events.clear();
    label("male_speech", 0, 0, 46, 2);
    assertThat(search()).hasSize(1);
  }

  @Test
  void overlapsAreNone() {
    label("male_speech", 0, 0, 50, 2);
    label("music", 0, 30, 31, 2);
    assertThat(search()).isEmpty();
    events.clear();
    label("male_speech", 0, 0, 50, 2);
    label("male_speech", 1, 0, 1, 2);
    assertThat(search()).isEmpty();
  }

  @Test
  void othersBesideItAreShort() {
    label("music", 0, 0, 5, 2);
    label("knock", 0, 10, 50, 2);
    assertThat(search()).extracting(Window::className).containsExactly("impact");
    label("music", 0, 5, 6, 2);
    assertThat(search()).isEmpty();
  }

  @Test
  void withoutDistanceThereIsNoPlace() {
    label("knock", 0, 0, 50, Double.NaN);
    assertThat(search()).isEmpty();
  }

  @Test
  void unmappedClassesAndSilenceAreBackground() {
    assertThat(search()).extracting(Window::className).containsExactly(Taxonomy.BACKGROUND);
    label("music", 0, 0, 50, 2);
    label("telephone", 0, 0, 50, 2);
    assertThat(search()).extracting(Window::isBackground).containsExactly(true);
  }

  private List<Window> search() {
    return new WindowSearch(ClassMap.starss23(), 50, 0.5).of(recording, events);
  }

  private void label(String name, int source, int from, int to, double distance) {
    for (int f = from; f < to; f++) {
      events.add(
          new SeldEvent(f, SeldDataset.STARSS23_CLASSES.indexOf(name), source, f, 0, distance));
    }
  }
}
