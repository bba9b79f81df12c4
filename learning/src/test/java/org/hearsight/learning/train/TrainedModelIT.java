package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.audio.Hearing;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.ViewReader;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.session.FloatBatch;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.deploy.Export;
import org.junit.jupiter.api.Test;

/** What a trained model answers. */
class TrainedModelIT extends TrainedModel {
  @Test
  void sharesSumToOne() {
    for (int i = 0; i < store.scenarios(Split.TEST).size(); i++) {
      Imagination a = hearsight.imagine(clip(sound(i)), view(i));

      assertThat(a.probabilities().keySet())
          .containsExactlyElementsOf(TinyStore.TAXONOMY.classes());
      assertThat(a.probabilities().values()).allMatch(p -> p > 0 && p < 1);
      assertThat(a.probabilities().values().stream().mapToDouble(p -> p).sum())
          .isCloseTo(1, within(1e-9));
      assertThat(a.probabilities().get(a.className()))
          .isEqualTo(a.probabilities().values().stream().mapToDouble(p -> p).max().getAsDouble());
      assertThat(a.reliability().audio() + a.reliability().visual()).isCloseTo(1, within(1e-6));
      assertThat(a.confidence()).isBetween(0.0, 1.0);
      assertThat(a.location().distance()).isPositive();
      assertThat(a.spread().degrees()).isBetween(1.0, 90.0);
      assertThat(a.spread().distanceFactor()).isGreaterThan(1);
      assertThat(a.occlusionLevel()).isCloseTo(scene(i).occlusionLevel(), within(1e-6));
      assertThat(a.notes()).isEmpty();
    }
  }

  @Test
  void theEndOfALongClipIsJudged() {
    float[][] clip = sound(1);
    float[][] noise = sound(2);
    float[][] longer = new float[4][];
    for (int c = 0; c < 4; c++) {
      longer[c] = Arrays.copyOf(noise[c], 2 * TinyStore.SAMPLES);
      System.arraycopy(clip[c], 0, longer[c], TinyStore.SAMPLES, TinyStore.SAMPLES);
    }

    Imagination answer = hearsight.imagine(clip(longer).noting(List.of("first")), view(1));

    assertThat(answer.notes())
        .containsExactly("first", "audio is 2.0 s long; its last 1 s are judged");
    Imagination alone = hearsight.imagine(clip(clip), view(1));
    assertThat(answer.probabilities()).isEqualTo(alone.probabilities());
    assertThat(answer.location()).isEqualTo(alone.location());
  }

  @Test
  void aShortClipIsAnsweredWithANote() {
    float[][] half = new float[4][];
    for (int c = 0; c < 4; c++) {
      half[c] = Arrays.copyOf(sound(1)[c], TinyStore.SAMPLES / 2);
    }
    assertThat(hearsight.imagine(clip(half), view(1)).notes())
        .containsExactly("audio is 0.5 s long; the model was trained on 1 s");

    float[][] shortest = new float[4][2400];
    assertThat(hearsight.imagine(clip(shortest), view(1)).confidence()).isBetween(0.0, 1.0);
    assertThatThrownBy(() -> hearsight.imagine(clip(new float[4][2399]), view(1)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("audio: duration: 0.10 s, expected at least 0.1 s; ");
  }

  @Test
  void arraysThatAreNotSoundAreRefusedAsFilesAre() {
    assertNotSound(new float[3][TinyStore.SAMPLES], "audio: channels: 3, expected 4");
    float[][] uneven = sound(1);
    uneven[2] = Arrays.copyOf(uneven[2], TinyStore.SAMPLES - 1);
    assertNotSound(uneven, "audio: channel 3: 23999 samples, but channel 1 has 24000");
    float[][] broken = sound(1);
    broken[3][77] = Float.NaN;
    assertNotSound(broken, "audio: data: sample 77 of channel 4 is NaN");
    broken[3][77] = 32767;
    assertNotSound(broken, "audio: data: sample 77 of channel 4 is 32767.0");
  }

  private static void assertNotSound(float[][] foa, String message) {
    assertThatThrownBy(() -> hearsight.imagine(clip(foa), view(1)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void whatIsNotASoundFieldIsAnsweredWithANote() {
    float[][] dead = sound(1);
    dead[Foa.Y] = new float[TinyStore.SAMPLES];
    assertThat(hearsight.imagine(clip(dead).noting(List.of("first")), view(1)).notes())
        .containsExactly(
            "first", "channel 2 (Y) is silent: not a sound field in W, Y, Z, X and SN3D");
    float[] one = sound(1)[Foa.W];
    float[][] copied = {one, one.clone(), one.clone(), one.clone()};
    assertThat(hearsight.imagine(clip(copied), view(1)).notes())
        .singleElement()
        .asString()
        .startsWith("channel 2 (Y) is channel 1 (W), channel 3 (Z) is channel 1 (W), ");
  }

  @Test
  void aLongRecordingIsReadFromItsEnd() {
    float[][] clip = sound(1);
    float[][] longer = new float[4][];
    for (int c = 0; c < 4; c++) {
      longer[c] = Arrays.copyOf(sound(2)[c], 2 * TinyStore.SAMPLES);
      System.arraycopy(clip[c], 0, longer[c], TinyStore.SAMPLES, TinyStore.SAMPLES);
    }
    Path file = folder.resolve("long.wav");
    Wav.write(file, new Audio(Foa.SAMPLE_RATE, longer), Encoding.FLOAT_32);

    Clip read = hearsight.read(file);
    assertThat(read.foa()).isDeepEqualTo(clip);
    assertThat(read.notes()).containsExactly("audio is 2.0 s long; its last 1 s are judged");
    Wav.write(file, new Audio(Foa.SAMPLE_RATE, new float[4][2399]), Encoding.FLOAT_32);
    assertThatThrownBy(() -> hearsight.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": duration: 0.10 s, expected at least 0.1 s; ");
  }

  @Test
  void aShortRecordingIsNamed() {
    Path file = folder.resolve("short.wav");
    Wav.write(file, new Audio(Foa.SAMPLE_RATE, new float[4][2399]), Encoding.FLOAT_32);
    assertThatThrownBy(() -> hearsight.imagine(Clip.read(file), view(1)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": duration: 0.10 s, expected at least 0.1 s; ");
  }

  @Test
  void withoutPicturesTheViewIsOccludedAndTheReaderIsTold() {
    ViewReader.Seen nothing = ViewReader.read(ViewReader.Options.NOTHING);

    Imagination answer = hearsight.imagine(clip(sound(1)).noting(nothing.notes()), nothing.view());

    assertThat(answer.occlusionLevel()).isEqualTo(1);
    assertThat(answer.notes()).hasSize(3).first().asString().startsWith("no picture: ");
    assertThat(answer.probabilities())
        .isEqualTo(hearsight.imagine(clip(sound(1)), View.blind()).probabilities())
        .isNotEqualTo(hearsight.imagine(clip(sound(1)), view(1)).probabilities());
  }

  @Test
  void silenceIsAnsweredToo() {
    Imagination a = hearsight.imagine(clip(new float[4][TinyStore.SAMPLES]), View.blind());
    assertThat(a.probabilities().values()).allMatch(Double::isFinite);
    assertThat(a.location().distance()).isFinite();
  }

  /** The last clip of the batch has no picture. */
  @Test
  void oneFileAnswersTheSame() {
    Path file = folder.resolve("model.onnx");
    Export.model(model, file, 1, "1.2.3");
    Hearing hearing = new Hearing(new FoaFeatures(), hearsight.card().scaler());
    List<View> views = List.of(view(1), view(2), View.blind());
    List<float[]> features = new ArrayList<>();
    List<float[]> cues = new ArrayList<>();
    List<float[]> planes = new ArrayList<>();
    for (int i = 0; i < views.size(); i++) {
      Hearing.Heard heard = hearing.hear(sound(i + 1), true, 1);
      features.add(heard.features());
      cues.add(heard.cues());
      planes.add(VisualPlanes.of(view(i + 1)));
    }
    List<float[]> occlusion =
        views.stream().map(v -> new float[] {v.isBlind() ? 0.3f : v.occlusionLevel()}).toList();
    List<float[]> sight = views.stream().map(v -> new float[] {v.isBlind() ? 0 : 1}).toList();
    Map<String, float[]> out;
    try (OnnxNetwork network = OnnxNetwork.open(file, 1)) {
      out =
          network.runFloats(
              Map.of(
                  "features", FloatBatch.of(features, 7, 50, 64),
                  "cues", FloatBatch.of(cues, 10, SpatialCues.WIDTH),
                  "planes", FloatBatch.of(planes, 5, View.SIZE, View.SIZE),
                  "occlusion", FloatBatch.of(occlusion, 1),
                  "sight", FloatBatch.of(sight, 1)));
    }

    for (int i = 0; i < views.size(); i++) {
      Imagination a = hearsight.imagine(clip(sound(i + 1)), views.get(i));
      List<Double> shares = List.copyOf(a.probabilities().values());
      for (int c = 0; c < shares.size(); c++) {
        near(out, "class_probabilities", i * shares.size() + c, shares.get(c));
      }
      Vec3 unit = a.location().direction().unit();
      near(out, "direction", 3 * i, unit.x());
      near(out, "direction", 3 * i + 1, unit.y());
      near(out, "direction", 3 * i + 2, unit.z());
      near(out, "distance", i, a.location().distance());
      near(out, "spread_degrees", i, a.spread().degrees());
      near(out, "spread_factor", i, a.spread().distanceFactor());
      near(out, "calibrated_confidence", i, a.confidence());
      near(out, "reliability", 2 * i, a.reliability().audio());
    }
  }

  /** Within 1e-4, and of numbers above 1 within that share of them. */
  private static void near(Map<String, float[]> out, String name, int index, double expected) {
    assertThat((double) out.get(name)[index])
        .as(name + " " + index)
        .isCloseTo(expected, within(1e-4 * Math.max(1, Math.abs(expected))));
  }

  @Test
  void manyThreadsGetTheSameAnswers() {
    List<Imagination> alone =
        IntStream.range(0, 4).mapToObj(i -> hearsight.imagine(clip(sound(i)), view(i))).toList();
    List<Imagination> together =
        IntStream.range(0, 4)
            .parallel()
            .mapToObj(i -> hearsight.imagine(clip(sound(i)), view(i)))
            .toList();
    assertThat(together).isEqualTo(alone);
  }
}
