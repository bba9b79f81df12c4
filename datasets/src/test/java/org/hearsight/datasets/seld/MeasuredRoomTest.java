package org.hearsight.datasets.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.audio.IntensityDirection;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.datasets.run.FolderContents;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.simulator.sound.SoundClass;
import org.hearsight.simulator.sound.SoundUse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredRoomTest {
  private static final String HEADER = "file,azimuth_deg,elevation_deg,distance_m\n";

  @TempDir private Path folder;
  private Path sounds;
  private Path responses;

  @BeforeEach
  void write() {
    sounds = folder.resolve("sounds");
    responses = folder.resolve("hall");
    SplittableRandom random = new SplittableRandom(5);
    for (String name : List.of("dog/a.wav", "dog/b.wav", "siren/c.wav")) {
      float[] noise = new float[2 * Foa.SAMPLE_RATE];
      for (int i = 0; i < noise.length; i++) {
        noise[i] = (float) (random.nextDouble() - 0.5);
      }
      wav(sounds.resolve(name), noise);
    }
    AtomicFile.writeText(
        responses.resolve("hall.csv"), HEADER + "left.wav,80,5,3\nback.wav,-170,-20,6.5\n");
    // One tap: a plane wave.
    plane("left.wav", new Direction(80, 5));
    plane("back.wav", new Direction(-170, -20));
  }

  private void plane(String name, Direction d) {
    float[][] response = new float[Foa.CHANNELS][100];
    float[] gains = FoaEncoder.gains(d);
    for (int c = 0; c < Foa.CHANNELS; c++) {
      response[c][0] = 0.5f * gains[c];
    }
    wav(responses.resolve(name), response);
  }

  private static void wav(Path file, float[]... channels) {
    Wav.write(file, new Audio(Foa.SAMPLE_RATE, channels), Encoding.PCM_16);
  }

  private MeasuredConfig room(long seed) {
    return room(MeasuredConfig.Directions.LISTED, Double.POSITIVE_INFINITY, seed);
  }

  private MeasuredConfig room(MeasuredConfig.Directions directions, double snr, long seed) {
    return new MeasuredConfig(
        new RunOptions(0, 0, 6, seed, 2), sounds, SoundUse.ALL, responses, null, directions, snr);
  }

  @Test
  void clipsSoundFromWhereTheirLabelsSay() {
    Path to = folder.resolve("data");
    MeasuredRoom.generate(room(1), to, Progress.SILENT);

    SeldDataset data = SeldDataset.open(to);
    assertThat(data.recordings()).hasSize(6);
    for (SeldDataset.Recording r : data.recordings()) {
      List<SeldEvent> events = data.events(r);
      assertThat(events).isNotEmpty();
      assertThat(events.stream().map(SeldEvent::direction).distinct()).hasSize(1);
      assertThat(data.classes().get(events.get(0).classIndex())).isIn("dog", "siren");
      assertThat(events.get(0).distance()).isIn(3.0, 6.5);
      float[][] foa = Foa.read(r.audio()).channels();
      Direction heard = new IntensityDirection().of(foa, 0, foa[0].length);
      assertThat(heard.angleTo(events.get(0).direction())).isLessThan(0.2);
    }
  }

  @Test
  void whereItIsHeardMayStandInTheLabels() {
    AtomicFile.writeText(
        responses.resolve("hall.csv"), HEADER + "left.wav,70,0,3\nback.wav,170,-20,6.5\n");
    Path to = folder.resolve("data");
    MeasuredRoom.generate(
        room(MeasuredConfig.Directions.HEARD, Double.POSITIVE_INFINITY, 1), to, Progress.SILENT);

    SeldDataset data = SeldDataset.open(to);
    for (SeldDataset.Recording r : data.recordings()) {
      SeldEvent event = data.events(r).get(0);
      Direction truth = event.distance() == 3 ? new Direction(80, 5) : new Direction(-170, -20);
      assertThat(event.direction().angleTo(truth)).isLessThan(0.8);
    }
  }

  /** Within 0.3 dB while the source sounds, and never the ambience of a street. */
  @Test
  void ambienceIsARoomsAndAsFarBelowTheSourceAsAskedFor() throws IOException {
    MeasuredRoom.generate(room(1), folder.resolve("alone"), Progress.SILENT);
    Path to = folder.resolve("noisy");
    MeasuredRoom.generate(room(MeasuredConfig.Directions.LISTED, 6, 1), to, Progress.SILENT);
    List<String> draws = Files.readAllLines(to.resolve("draws.jsonl"));
    assertThat(draws).hasSize(6);
    for (String draw : draws) {
      JsonNode clip = new ObjectMapper().readTree(draw);
      assertThat(clip.at("/used/1/name").asText())
          .isIn("generated ventilation", "generated room_tone");
      String id = clip.path("id").asText();
      String file = "foa_dev/dev-test-room/" + id + ".wav";
      float[] alone = Foa.read(folder.resolve("alone").resolve(file)).channels()[Foa.W];
      float[] noisy = Foa.read(to.resolve(file)).channels()[Foa.W];
      // Both are scaled to their peaks: what of the one lies along the other is the source.
      double aa = 0;
      double an = 0;
      double nn = 0;
      for (int i = 0; i < alone.length; i++) {
        aa += (double) alone[i] * alone[i];
        an += (double) alone[i] * noisy[i];
        nn += (double) noisy[i] * noisy[i];
      }
      double source = an * an / aa;
      Path labels = to.resolve("metadata_dev/dev-test-room/" + id + ".csv");
      double sounding = Files.readAllLines(labels).size() / 50.0;
      assertThat(10 * Math.log10(source / sounding / (nn - source)))
          .as(id)
          .isCloseTo(6, within(0.3));
    }
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    MeasuredRoom.generate(room(1), folder.resolve("one"), Progress.SILENT);
    MeasuredRoom.generate(room(1), folder.resolve("same"), Progress.SILENT);
    MeasuredRoom.generate(room(2), folder.resolve("other"), Progress.SILENT);
    String file = "foa_dev/dev-test-room/fold4_room1_mix0001.wav";
    byte[] one = Files.readAllBytes(folder.resolve("one").resolve(file));
    assertThat(Files.readAllBytes(folder.resolve("same").resolve(file))).isEqualTo(one);
    assertThat(Files.readAllBytes(folder.resolve("other").resolve(file))).isNotEqualTo(one);
  }

  @Test
  void aStoppedOneIsNoDataSetAndGoesOnToTheSameBytes() throws IOException {
    Path parts = folder.resolve("parts");
    Progress stop =
        new Progress() {
          @Override
          public Task begin(String name, long total) {
            Thread main = Thread.currentThread();
            return amount -> main.interrupt();
          }

          @Override
          public void note(String line) {}
        };
    assertThatThrownBy(() -> MeasuredRoom.generate(room(1), parts, stop))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(" of 6 clips; run the same command again to go on");
    assertThat(Thread.interrupted()).isTrue();
    // Without the mark it would be read as STARSS23, and dogs as domestic sounds.
    assertThatThrownBy(() -> SeldDataset.open(parts))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is an unfinished data set of hearsight simulate-measured");
    AtomicFile.writeText(parts.resolve("foa_dev/dev-test-room/fold4_room1_mix0001.wav"), "");

    MeasuredRoom.generate(room(1), parts, Progress.SILENT);

    Path whole = folder.resolve("whole");
    MeasuredRoom.generate(room(1), whole, Progress.SILENT);
    assertThat(FolderContents.of(parts)).isEqualTo(FolderContents.of(whole)).hasSize(2 * 6 + 3);
    assertThat(SeldDataset.open(parts).classes()).isEqualTo(SoundClass.labels());
  }

  @Test
  void whatIsWrongIsNamed() {
    AtomicFile.writeText(responses.resolve("hall.csv"), HEADER + "left.wav,80,95,3\n");
    assertThatThrownBy(
            () -> MeasuredRoom.generate(room(1), folder.resolve("data"), Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("hall.csv")
        .hasMessageContaining("line 2");
    for (String line : List.of("../left.wav,80,5,3", "/left.wav,80,5,3", "le\0ft.wav,80,5,3")) {
      AtomicFile.writeText(responses.resolve("hall.csv"), HEADER + line + "\n");
      assertThatThrownBy(
              () -> MeasuredRoom.generate(room(1), folder.resolve("data"), Progress.SILENT))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("line 2: file: ");
    }
    for (String line : List.of("left.wav,NaN,5,3", "left.wav,80,5,Infinity")) {
      AtomicFile.writeText(responses.resolve("hall.csv"), HEADER + line + "\n");
      assertThatThrownBy(
              () -> MeasuredRoom.generate(room(1), folder.resolve("data"), Progress.SILENT))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("line 2")
          .hasMessageContaining("is not a number");
    }
    AtomicFile.writeText(responses.resolve("hall.csv"), "file,azimuth\nleft.wav,80\n");
    assertThatThrownBy(
            () -> MeasuredRoom.generate(room(1), folder.resolve("data"), Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("azimuth_deg");
    AtomicFile.writeText(responses.resolve("more.csv"), HEADER);
    assertThatThrownBy(
            () -> MeasuredRoom.generate(room(1), folder.resolve("data"), Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2 CSV files");
    assertThat(folder.resolve("data")).doesNotExist();
  }
}
