package org.hearsight.learning.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.vision.StoredView;
import org.hearsight.learning.TinyStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceSetTest {
  @TempDir private Path folder;
  private ScenarioStore store;
  private Path file;

  @BeforeEach
  void simulate() {
    store = TinyStore.write(folder.resolve("data"), 3, 2, 1);
    file = folder.resolve("places.bin");
  }

  private static void assertSame(PlaceFeatures found, PlaceFeatures expected) {
    assertThat(differences(found.heard(), expected.heard())).isZero();
    assertThat(differences(found.seen(), expected.seen())).isZero();
    assertThat(differences(found.known(), expected.known())).isZero();
  }

  /** How many numbers differ; messages with all of them would take minutes. */
  private static int differences(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    int count = 0;
    for (int i = 0; i < found.length; i++) {
      count += found[i] == expected[i] ? 0 : 1;
    }
    return count;
  }

  /** All but the test split, whatever the number of threads; a stopped run is gone on with. */
  @Test
  void holdsTheFeaturesOfEveryScene() {
    int[] made = new int[1];
    Progress stop =
        new Progress() {
          @Override
          public Task begin(String name, long total) {
            return amount -> {
              if (++made[0] == 2) {
                throw new CancellationException("stopped");
              }
            };
          }

          @Override
          public void note(String line) {}
        };
    assertThatThrownBy(
            () -> {
              try (PlaceSet set = PlaceSet.open(file, "one")) {
                set.fill(store, 2, stop);
              }
            })
        .isInstanceOf(CancellationException.class);

    try (PlaceSet set = PlaceSet.open(file, "one")) {
      set.fill(store, 2, Progress.SILENT);
      int at = 0;
      for (Scenario s : EncodedScenes.order(store)) {
        float[][] foa = Foa.read(store.file(s.files().audio())).channels();
        assertSame(set.get(at++), PlaceFeatures.of(foa, StoredView.read(store, s)));
      }
      assertThat(at).isEqualTo(5);
      assertThatThrownBy(() -> set.get(5)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void otherDataAreOtherFeatures() {
    String before = PlaceSet.fingerprint(store, 1, Progress.SILENT);
    Path sound = store.resolve(store.scenarios().get(0).files().audio());
    Wav.write(sound, new Audio(Foa.SAMPLE_RATE, new float[4][TinyStore.SAMPLES]), Encoding.PCM_16);

    assertThat(PlaceSet.fingerprint(store, 1, Progress.SILENT)).isNotEqualTo(before);
  }

  @Test
  void aClipThatIsTooShortIsNamed() {
    Path sound = store.resolve(store.scenarios().get(1).files().audio());
    Wav.write(sound, new Audio(Foa.SAMPLE_RATE, new float[4][9_600]), Encoding.PCM_16);

    try (PlaceSet set = PlaceSet.open(file, "one")) {
      assertThatThrownBy(() -> set.fill(store, 1, Progress.SILENT))
          .isInstanceOf(InputException.class)
          .hasMessage(
              sound
                  + ": duration: shorter than a second, which a map of places needs;"
                  + " make longer clips, or train with --location spherical");
    }
  }
}
