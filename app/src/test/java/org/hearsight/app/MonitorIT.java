package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --monitor} with the model that ships, which gets what it takes from a few scenes. */
class MonitorIT {
  @TempDir private Path folder;

  private static Cli.Result run(String words) {
    return Cli.run((Object[]) words.split(" "));
  }

  private static Cli.Result ok(String words) {
    Cli.Result result = run(words);
    assertThat(result.exit()).as(result.err()).isZero();
    return result;
  }

  private static JsonNode card(Path model) throws IOException {
    return Json.MAPPER.readTree(Files.readString(model.resolve("model.json")));
  }

  @Test
  void clipsAndStreamsAreHeldAgainstTheCalibrationOverCalls() throws IOException {
    Path data = folder.resolve("data");
    ok("simulate --train 0 --validation 0 --test 0 --calibration 6 --seed 3 --to " + data);
    ScenarioStore store = ScenarioStore.open(data);
    Scenario.Files files = store.scenarios().get(0).files();
    Path model = folder.resolve("model");
    withoutDrift(model);
    String drift = "calibrate --drift-only --model " + model + " --data " + data;
    assertThat(run(drift).errLines())
        .singleElement()
        .asString()
        .contains("is not what the model is calibrated on (split calibration, 1000 scenarios")
        .endsWith("give that data set, or calibrate anew without --drift-only");
    ok("calibrate --model " + model + " --data " + data);
    forget(model);
    JsonNode before = card(model);
    assertThat(ok(drift).out())
        .startsWith("what 6 scenarios of " + data + " are like is in " + model);
    for (String field : List.of("temperature", "calibration", "scaler", "provenance")) {
      assertThat(card(model).get(field)).isEqualTo(before.get(field));
    }
    String imagine =
        "imagine --model %s --audio %s --rgb %s --depth %s --hfov 90 --monitor %s"
            .formatted(
                model,
                store.resolve(files.audio()),
                store.resolve(files.rgb()),
                store.resolve(files.depth()),
                folder.resolve("state.json"));

    assertThat(ok(imagine + " --monitor-alpha 0.05").out())
        .containsPattern("\n  drift       log10 martingale \\S+ after 1 clips .*alarm at 1.30\n");
    JsonNode second = Json.MAPPER.readTree(ok(imagine + " --json").out()).get("drift");
    assertThat(second.get("clips").asInt()).isEqualTo(2);
    assertThat(second.get("senses").properties()).hasSize(3);
    assertThat(second.has("alarm")).isFalse();

    String listen =
        "listen --model %s --audio %s --monitor %s --json"
            .formatted(model, store.resolve(files.audio()), folder.resolve("state.json"));
    List<JsonNode> judged =
        ok(listen).out().lines().map(MonitorIT::json).filter(n -> n.has("drift")).toList();
    assertThat(judged).hasSize(1); // one whole window in five seconds
    assertThat(judged.get(0).get("seconds").asDouble()).isEqualTo(5);
    assertThat(judged.get(0).get("drift").get("clips").asInt()).isEqualTo(3);

    byte[] kept = Files.readAllBytes(folder.resolve("state.json"));
    assertThat(run(imagine + " --monitor-alpha 0.01").errLines().get(0))
        .contains("state.json: alpha: was begun with 0.05, not with 0.01; ");
    assertThat(run(imagine + " --monitor-alpha 2").exit()).isEqualTo(2);
    assertThat(run("imagine --audio a.wav --monitor-alpha 0.1").exit()).isEqualTo(2);
    assertThat(folder.resolve("state.json")).hasBinaryContent(kept);
  }

  private static JsonNode json(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (IOException e) {
      throw new IllegalStateException(line, e);
    }
  }

  /** Whether or not the model that ships has it by now: one of a form from before has not. */
  @Test
  void aModelOfBeforeSaysThatItHasToBeCalibratedAnew() {
    ok("simulate --train 0 --validation 0 --test 1 --calibration 0 --to " + folder.resolve("one"));
    ScenarioStore store = ScenarioStore.open(folder.resolve("one"));
    Path audio = store.resolve(store.scenarios().get(0).files().audio());
    Path model = folder.resolve("older");
    withoutDrift(model);

    Cli.Result refused =
        run(
            "imagine --model %s --audio %s --monitor %s"
                .formatted(model, audio, folder.resolve("state.json")));

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.errLines())
        .singleElement()
        .asString()
        .endsWith(
            "--monitor: the model's card does not say what its calibration's scenes were like;"
                + " calibrate it anew: hearsight calibrate --drift-only --model MODEL --data DATA");
    assertThat(folder.resolve("state.json")).doesNotExist();
  }

  /** A copy of the model that ships. */
  private static void withoutDrift(Path model) {
    try {
      Files.createDirectory(model);
      for (Path part : FolderListing.entries(Path.of("..", "weights", "default"))) {
        Files.copy(part, model.resolve(part.getFileName()));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    forget(model);
  }

  private static void forget(Path model) {
    ModelBundle bundle = ModelBundle.open(model);
    ModelBundle unused = bundle.rewrite(bundle.card().withDrift(null));
  }
}
