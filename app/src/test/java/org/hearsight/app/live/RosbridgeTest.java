package org.hearsight.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.robot.OccupancyRaster;
import org.hearsight.core.robot.RosMessages;
import org.hearsight.core.robot.RosbridgeOps;
import org.hearsight.core.track.HazardEvent;
import org.hearsight.inference.LiveAnswer;
import org.junit.jupiter.api.Test;

/** What is published, read by a bridge that shares no code with it ({@link TestBridge}). */
class RosbridgeTest {
  private static final Rosbridge.Patience SHORT =
      new Rosbridge.Patience(Duration.ofMillis(20), Duration.ofMillis(200));

  private static final RosMessages MESSAGES =
      new RosMessages(RosMessages.Version.ROS2, "microphone");
  private static final Map<String, String> TYPES = RosTopics.types(MESSAGES, "/robot/ears");

  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  private static LiveAnswer answer(long sequence) {
    return new LiveAnswer(
        sequence,
        sequence / 10.0,
        Instant.ofEpochSecond(100, 5_000),
        0,
        new Imagination(
            "siren",
            Map.of("background", 0.25, "siren", 0.75),
            new Location(90, 0, 10),
            null,
            null,
            null,
            0.5,
            null,
            new Imagination.Reliability(0.5, 0.5),
            0,
            List.of()),
        null);
  }

  /** Ten metres to the left and one up. */
  private static HazardEvent event(HazardEvent.Kind kind) {
    Location left = PlaceGrid.place(90, 10, 1);
    float[] label = PlaceGrid.label(left);
    double[] p = new double[label.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = label[i];
    }
    return new HazardEvent(
        kind,
        7,
        "siren",
        0.8,
        1,
        1.1,
        left,
        new Imagination.Spread(8, 1.5),
        new PlacePosterior(p, 1));
  }

  private Rosbridge start(URI address) {
    return Rosbridge.start(address, TYPES, notes::add, SHORT);
  }

  private static RosTopics topics(Rosbridge bridge) {
    return new RosTopics(bridge, MESSAGES, new OccupancyRaster(1, 30), "/robot/ears");
  }

  @Test
  void everyTopicIsAdvertisedPublishedAndTakenBack() throws IOException, InterruptedException {
    try (TestBridge server = TestBridge.open()) {
      try (Rosbridge bridge = start(server.address())) {
        server.await(b -> b.advertised().size() == 3);
        assertThat(server.advertised()).isEqualTo(TYPES);
        topics(bridge).print(answer(12), List.of(event(HazardEvent.Kind.UPDATE)));
        server.await(b -> b.taken().size() == 6);
      }
      server.await(b -> b.goodbyes() == 1);
      assertThat(server.wrong()).isEmpty();
      assertThat(server.advertised()).isEmpty();
      assertThat(server.taken().subList(6, 9))
          .allMatch(op -> op.path("op").asText().equals("unadvertise"));
      JsonNode tracks =
          Json.MAPPER.readTree(server.messages("/robot/ears/hazards").get(0).path("data").asText());
      JsonNode track = tracks.path("src").path(0);
      assertThat(tracks.path("timeStamp").asLong()).isEqualTo(12);
      assertThat(track.path("id").asInt()).isEqualTo(7);
      assertThat(track.path("class").asText()).isEqualTo("siren");
      assertThat(track.path("activity").asDouble()).isEqualTo(0.8);
      assertThat(track.path("y").asDouble()).as("left").isGreaterThan(0.99);
      JsonNode poses = server.messages("/robot/ears/poses").get(0);
      assertThat(poses.at("/header/frame_id").asText()).isEqualTo("microphone");
      assertThat(poses.at("/header/stamp/sec").asLong()).isEqualTo(100);
      assertThat(poses.at("/header/stamp/nanosec").asLong()).isEqualTo(5_000);
      assertThat(poses.at("/poses/0/position/y").asDouble()).isEqualTo(10, within(1e-6));
      assertThat(poses.at("/poses/0/position/z").asDouble()).isEqualTo(1, within(1e-6));
      requireLeft(server.messages("/robot/ears/occupancy").get(0));
    }
  }

  private static Offset<Double> within(double tolerance) {
    return Offset.offset(tolerance);
  }

  /** The square in which the hazard stands, found as a map server would find it. */
  private static void requireLeft(JsonNode grid) {
    JsonNode info = grid.path("info");
    int width = info.path("width").asInt();
    double resolution = info.path("resolution").asDouble();
    int column = (int) Math.floor((0 - info.at("/origin/position/x").asDouble()) / resolution);
    int row = (int) Math.floor((10 - info.at("/origin/position/y").asDouble()) / resolution);
    assertThat(grid.path("data")).hasSize(width * info.path("height").asInt());
    assertThat(grid.path("data").path(row * width + column).asInt()).isGreaterThan(90);
    int opposite = (int) Math.floor((-10 - info.at("/origin/position/y").asDouble()) / resolution);
    assertThat(grid.path("data").path(opposite * width + column).asInt()).isZero();
  }

  @Test
  void aBridgeThatIsCutOffIsFoundAgain() throws IOException, InterruptedException {
    try (TestBridge server = TestBridge.open(0, 4)) {
      try (Rosbridge bridge = start(server.address())) {
        RosTopics topics = topics(bridge);
        for (int i = 1; server.clients() < 2; i++) {
          topics.print(answer(i), List.of());
          Thread.sleep(2);
        }
        server.await(b -> b.advertised().size() == 3);
        int before = server.messages("/robot/ears/poses").size();
        topics.print(answer(1_000_000), List.of());
        server.await(b -> b.messages("/robot/ears/poses").size() > before);
      }
      server.await(b -> b.goodbyes() == 1);
      assertThat(server.wrong()).isEmpty();
      assertThat(notes).anyMatch(n -> n.endsWith("; trying again"));
      assertThat(notes).anyMatch(n -> n.endsWith("there again"));
    }
  }

  @Test
  void aBridgeThatIsAwayDoesNotKeepAnybody() throws IOException, InterruptedException {
    int port;
    try (TestBridge server = TestBridge.open()) {
      port = server.port();
    }
    URI nowhere = URI.create("ws://127.0.0.1:" + port);
    try (Rosbridge bridge = start(nowhere)) {
      for (int i = 1; i < 100; i++) {
        topics(bridge).print(answer(i), List.of());
      }
      try (TestBridge late = TestBridge.open(port, Integer.MAX_VALUE)) {
        late.await(b -> b.messages("/robot/ears/hazards").size() == 1);
        String newest = late.messages("/robot/ears/hazards").get(0).path("data").asText();
        assertThat(Json.MAPPER.readTree(newest).path("timeStamp").asInt()).isEqualTo(99);
      }
    }
    assertThat(notes).anyMatch(n -> n.contains("gave way to newer ones"));
  }

  /** A fault nobody foresaw is said, and what comes after it is published. */
  @Test
  void aMessageThatCannotBeWrittenDoesNotSilenceTheBridge()
      throws IOException, InterruptedException {
    try (TestBridge server = TestBridge.open()) {
      try (Rosbridge bridge = start(server.address())) {
        server.await(b -> b.advertised().size() == 3);
        bridge.publish(
            "/robot/ears/poses",
            () -> {
              throw new IllegalStateException("a pose without a place");
            });
        server.await(b -> b.clients() == 2 && b.advertised().size() == 3);
        topics(bridge).print(answer(7), List.of());
        server.await(b -> b.messages("/robot/ears/poses").size() == 1);
      }
    }
    assertThat(notes).anyMatch(n -> n.contains("a pose without a place; trying again"));
    assertThat(notes).anyMatch(n -> n.endsWith("there again"));
  }

  @Test
  void whatTheBridgeSaysIsPassedOnOnce() throws IOException, InterruptedException {
    try (TestBridge server = TestBridge.open()) {
      try (Rosbridge bridge =
          Rosbridge.start(
              server.address(), Map.of("/a", "vision_msgs/msg/Nothing"), notes::add, SHORT)) {
        for (int i = 1; i <= 3; i++) {
          int n = i;
          bridge.publish("/a", () -> RosbridgeOps.publish("/a", Json.object().put("data", n)));
          server.await(b -> b.taken().size() == n + 1);
        }
      }
      server.await(b -> b.goodbyes() == 1);
    }
    assertThat(notes)
        .filteredOn(n -> n.contains("/a is not advertised"))
        .singleElement()
        .asString()
        .contains("error: ");
    assertThat(notes).anyMatch(n -> n.contains("Unable to load vision_msgs/msg/Nothing"));
  }
}
