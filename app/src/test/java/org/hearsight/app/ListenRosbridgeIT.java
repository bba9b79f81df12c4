package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.app.live.TestBridge;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.file.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from a recording to a robot: what a bridge gets is what the lines say. */
class ListenRosbridgeIT {
  @TempDir private Path folder;

  @Test
  void whatIsPublishedIsWhatIsPrinted() throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    ok("simulate --train 0 --validation 0 --calibration 0 --test 4 --seed 5 --to " + data);
    ScenarioStore store = ScenarioStore.open(data);
    Scenario hazard =
        store.scenarios().stream()
            .filter(s -> !s.className().equals("background"))
            .findFirst()
            .orElseThrow();
    Scenario.Files files = hazard.files();
    try (TestBridge bridge = TestBridge.open()) {
      String out =
          ok(("listen --model ../weights/default --audio %s --rgb %s --depth %s --json --rosbridge"
                      + " %s --ros-topic /ears")
                  .formatted(
                      store.resolve(files.audio()),
                      store.resolve(files.rgb()),
                      store.resolve(files.depth()),
                      bridge.address()))
              .out();
      bridge.await(b -> b.goodbyes() == 1);
      assertThat(bridge.wrong()).isEmpty();
      assertThat(bridge.advertised()).isEmpty(); // taken back

      Map<Long, List<String>> printed = new HashMap<>();
      for (String line : out.lines().toList()) {
        JsonNode hop = Json.MAPPER.readTree(line);
        if (hop.has("sequence")) {
          printed.put(hop.get("sequence").asLong(), going(hop.path("hazards")));
        }
      }
      List<JsonNode> messages = bridge.messages("/ears/hazards");
      assertThat(messages).isNotEmpty();
      int hazards = 0;
      for (JsonNode message : messages) {
        JsonNode tracks = Json.MAPPER.readTree(message.path("data").asText());
        List<String> published = new ArrayList<>();
        tracks
            .path("src")
            .forEach(s -> published.add(s.path("id").asInt() + " " + s.path("class").asText()));
        long hop = tracks.path("timeStamp").asLong();
        if (printed.containsKey(hop)) { // the last line is of what ends with the sound
          assertThat(published).as("hop %d", hop).isEqualTo(printed.get(hop));
        }
        hazards += published.size();
      }
      assertThat(hazards).isPositive();
    }
  }

  /** Identity and class of the hazards that go on after a hop. */
  private static List<String> going(JsonNode hazards) {
    List<String> going = new ArrayList<>();
    for (JsonNode hazard : hazards) {
      if (!hazard.path("event").asText().equals("end")) {
        going.add(hazard.path("id").asInt() + " " + hazard.path("class").asText());
      }
    }
    return going;
  }

  private static Cli.Result ok(String words) {
    Cli.Result result = Cli.run((Object[]) words.split(" "));
    assertThat(result.exit()).as(result.err()).isZero();
    return result;
  }
}
