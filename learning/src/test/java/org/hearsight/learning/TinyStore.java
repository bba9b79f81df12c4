package org.hearsight.learning;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;

/** A data set small enough to train on in a test: clips of one second, views of noise. */
public final class TinyStore {
  public static final int SAMPLES = Foa.SAMPLE_RATE;
  public static final Taxonomy TAXONOMY =
      new Taxonomy("tiny", List.of(Taxonomy.BACKGROUND, "siren", "dog", "voice"));

  private TinyStore() {}

  /** The index alone, for tests that make up what the encoders say. */
  public static ScenarioStore index(Path folder, int train, int validation, int test) {
    List<Scenario> scenarios = new ArrayList<>();
    scenarios(scenarios, Split.TRAIN, train);
    scenarios(scenarios, Split.VALIDATION, validation);
    scenarios(scenarios, Split.TEST, test);
    return ScenarioStore.write(
        folder,
        new ScenarioStore.Header(
            ScenarioStore.FORMAT_VERSION,
            TAXONOMY,
            JsonNodeFactory.instance.objectNode().put("name", "tiny"),
            1,
            JsonNodeFactory.instance.objectNode()),
        scenarios);
  }

  /** With sound and pictures: a plane wave of noise from the hazard's direction. */
  public static ScenarioStore write(Path folder, int train, int validation, int test) {
    ScenarioStore store = index(folder, train, validation, test);
    for (Scenario s : store.scenarios()) {
      SplittableRandom random = new SplittableRandom(s.seed());
      Wav.write(
          store.resolve(s.files().audio()),
          new Audio(Foa.SAMPLE_RATE, sound(s, random)),
          Encoding.PCM_16);
      StoredView.write(folder, s.files(), view(s, random));
    }
    return store;
  }

  private static void scenarios(List<Scenario> all, Split split, int count) {
    for (int i = 0; i < count; i++) {
      long seed = 1000L * split.fold() + i;
      SplittableRandom random = new SplittableRandom(seed);
      String id = "fold%d_room1_mix%04d".formatted(split.fold(), i + 1);
      String className = TAXONOMY.nameOf(i % TAXONOMY.size());
      boolean background = className.equals(Taxonomy.BACKGROUND);
      Location location =
          new Location(
              360 * random.nextDouble() - 180,
              60 * random.nextDouble() - 30,
              1 + 9 * random.nextDouble());
      all.add(
          new Scenario(
              id,
              split,
              className,
              background ? null : location,
              background || i % 2 == 0 ? 0 : 0.7,
              Math.rint(100 * random.nextDouble()) / 100,
              background ? null : new Direction(location.azimuth() + 20, 0),
              seed,
              List.of(),
              new Scenario.Files(
                  "foa_dev/" + id + ".wav",
                  "metadata_dev/" + id + ".csv",
                  "rgb/" + id + ".png",
                  "depth/" + id + ".png",
                  "occlusion/" + id + ".png"),
              null));
    }
  }

  /** What Y, Z and X each hear of noise from everywhere, against W. */
  private static final double FROM_EVERYWHERE = 1 / Math.sqrt(3);

  private static float[][] sound(Scenario s, SplittableRandom random) {
    float[][] foa = new float[Foa.CHANNELS][SAMPLES];
    float[] gains =
        s.isBackground() ? new float[Foa.CHANNELS] : FoaEncoder.gains(s.location().direction());
    for (int i = 0; i < SAMPLES; i++) {
      double wave = 0.4 * (2 * random.nextDouble() - 1);
      for (int c = 0; c < Foa.CHANNELS; c++) {
        double around = c == Foa.W ? 0.02 : FROM_EVERYWHERE * 0.02;
        foa[c][i] = (float) (gains[c] * wave + around * (2 * random.nextDouble() - 1));
      }
    }
    return foa;
  }

  private static View view(Scenario s, SplittableRandom random) {
    int plane = View.SIZE * View.SIZE;
    return new View(
        values(3 * plane, 1, random),
        values(plane, 20, random),
        values(plane, 1, random),
        (float) s.occlusionLevel());
  }

  private static float[] values(int n, double scale, SplittableRandom random) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (scale * random.nextDouble());
    }
    return values;
  }
}
