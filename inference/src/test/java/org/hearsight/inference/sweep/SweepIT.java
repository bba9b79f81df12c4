package org.hearsight.inference.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.provenance.Machine;
import org.hearsight.core.provenance.Provenance;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.TinyData;
import org.hearsight.inference.TinyModel;
import org.hearsight.inference.evaluate.ModelCalibration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepIT {
  private static final Sweep.Codec CODEC = (channel, bitRate) -> channel;

  @TempDir private Path folder;

  @Test
  void aStoppedSweepGoesOnToTheSameResultAndAnotherOneIsRefused() throws IOException {
    ScenarioStore store = TinyData.write(folder.resolve("data"), Split.TEST, 7);
    ScenarioStore other = TinyData.write(folder.resolve("other"), Split.TEST, 3);
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder.resolve("model"), 1), 1)) {
      SweepResult first = run(hearsight, store, other, 1);

      assertThat(first.undamaged().scenes()).isEqualTo(6);
      assertThat(first.curves())
          .extracting(SweepResult.Curve::damage)
          .containsExactly("ambience", "frozen");
      assertThat(first.curves().get(0).points()).hasSize(6);
      assertThat(first.beside().get(0).scenes()).isEqualTo(3);
      // Noise at −10 dB is another sound, and another scene's view another view.
      assertThat(first.curves().get(0).points().get(5).confidence())
          .isNotEqualTo(first.undamaged().confidence());
      assertThat(first.curves().get(1).points().get(2).confidence())
          .isNotEqualTo(first.undamaged().confidence());
      assertThat(first.table().lines()).hasSize(1 + 1 + 6 + 3 + 1);

      Files.delete(folder.resolve("steps/ambience-3.json"));
      Path kept = folder.resolve("steps/frozen-0.json");
      Files.writeString(kept, Files.readString(kept).replace("\"scenes\":6", "\"scenes\":5"));
      SweepResult again = run(hearsight, store, other, 1);
      assertThat(again.curves().get(1).points().get(0).scenes()).isEqualTo(5);
      assertThat(Json.line(again.curves().get(0))).isEqualTo(Json.line(first.curves().get(0)));

      // A name may be given to other data; what was answered of the first ones is not theirs.
      ScenarioStore third = TinyData.write(folder.resolve("third"), Split.TEST, 4);
      assertThat(run(hearsight, store, third, 1).beside().get(0).scenes()).isEqualTo(4);

      assertThatThrownBy(() -> run(hearsight, store, other, 2))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("another model, other data, scenes or seed; give another folder");
    }
  }

  @Test
  void aModelThatKnowsItsCalibrationSaysHowSoonDamageIsNoticed() {
    ScenarioStore store = TinyData.write(folder.resolve("data"), Split.TEST, 7);
    ScenarioStore other = TinyData.write(folder.resolve("other"), Split.TEST, 3);
    ModelBundle model = ModelBundle.open(TinyModel.write(folder.resolve("model"), 1));
    ModelCard card = ModelCalibration.withDrift(model, store, Split.TEST, 1, Progress.SILENT);
    try (Hearsight hearsight = Hearsight.load(model.rewrite(card), 1)) {
      SweepResult result = run(hearsight, store, other, 1);

      assertThat(result.undamaged().drift().alarmedPooled()).isLessThan(0.05);
      assertThat(result.curves().get(0).points().get(5).drift().alarmedPooled()).isNull();
      assertThat(result.beside().get(0).drift()).isNotNull();
      assertThat(result.table()).contains("never (never)");
      SweepResult again = run(hearsight, store, other, 1);
      assertThat(Json.line(again)).isEqualTo(Json.line(result));
    }
  }

  @Test
  void oneSceneHasNoOtherOneToTakeAViewFrom() {
    ScenarioStore one = TinyData.write(folder.resolve("one"), Split.TEST, 1);
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder.resolve("model"), 1), 1)) {
      assertThatThrownBy(() -> run(hearsight, one, one, 1))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("split test: one scene is swept; take two or more");
    }
  }

  private SweepResult run(
      Hearsight hearsight, ScenarioStore store, ScenarioStore other, long seed) {
    Map<String, Damage> all = Sweep.damages(CODEC);
    Provenance provenance =
        new Provenance(
            "sweep",
            "0",
            null,
            List.of(new Provenance.Model("tiny", hearsight.sha256())),
            Provenance.Data.of(store, Split.TEST),
            new Machine("none", 1, List.of(), "none", "none"));
    return new Sweep(folder.resolve("steps"), 6, seed, CODEC)
        .run(
            hearsight,
            store,
            Split.TEST,
            List.of(all.get("ambience"), all.get("frozen")),
            Map.of("an other/place", other),
            provenance,
            Progress.SILENT);
  }
}
