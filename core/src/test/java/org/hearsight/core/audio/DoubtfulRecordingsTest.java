package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.geometry.Direction;
import org.junit.jupiter.api.Test;

class DoubtfulRecordingsTest {
  private final DoubtfulRecordings doubtful = new DoubtfulRecordings();
  private final List<String> notes = new ArrayList<>();

  @Test
  void aThousandRecordingsAreOneNoteWithTheFirstByName() {
    for (int i = 0; i < 10; i++) {
      float[][] foa = Sounds.planeWave(Sounds.noise(i, 24_000, 0.5), new Direction(40, 20));
      if (i % 3 == 2) {
        foa[Foa.Z] = new float[24_000];
      }
      doubtful.add(Path.of((9 - i) + ".wav"), foa);
    }
    doubtful.tell(notes::add);
    assertThat(notes)
        .containsExactly(
            "3 of 10 recordings are doubtful, first 1.wav: channel 3 (Z) is silent: not a sound"
                + " field in W, Y, Z, X and SN3D");
  }

  @Test
  void notesOfOneKindAreOneLineHoweverOftenARecordingIsRead() {
    float[][] foa = Sounds.planeWave(Sounds.noise(1, 24_000, 0.5), new Direction(40, 20));
    for (String file : new String[] {"b.wav", "a.wav", "a.wav"}) {
      doubtful.add(
          Path.of(file),
          List.of(file + ": 16 channels", file + ": resampled from 48000 Hz to 24000 Hz"),
          foa);
    }
    doubtful.add(Path.of("c.wav"), List.of("c.wav: resampled from 44100 Hz to 24000 Hz"), foa);
    doubtful.tell(notes::add);
    assertThat(notes)
        .containsExactly(
            "2 of 3 recordings have a note, first a.wav: 16 channels",
            "3 of 3 recordings have a note, first a.wav: resampled from 48000 Hz to 24000 Hz");
  }

  @Test
  void soundFieldsAreNotWorthAWord() {
    doubtful.add(
        Path.of("a.wav"), Sounds.planeWave(Sounds.noise(1, 24_000, 0.5), new Direction(40, 20)));
    doubtful.tell(notes::add);
    assertThat(notes).isEmpty();
  }
}
