package org.hearsight.app.console;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.hearsight.app.live.RosTopics;
import org.hearsight.app.live.Rosbridge;
import org.hearsight.core.robot.OccupancyRaster;
import org.hearsight.core.robot.RosMessages;
import picocli.CommandLine.Option;

/** Where a robot's software wants what is heard, and in which words. */
public final class RobotOptions {
  private static final String TOPIC = "(/[A-Za-z][A-Za-z0-9_]*)+";

  @Option(
      names = "--rosbridge",
      paramLabel = "URI",
      description = "Publish to a rosbridge, as ws://localhost:9090 (docs/robots.md).")
  private URI address;

  @Option(
      names = "--ros",
      defaultValue = "ROS2",
      description = "Its messages, one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private RosMessages.Version version;

  @Option(
      names = "--ros-topic",
      defaultValue = "/hearsight",
      paramLabel = "NAME",
      description = "What names of topics begin with (default: ${DEFAULT-VALUE}).")
  private String topic;

  @Option(
      names = "--ros-frame",
      defaultValue = "hearsight",
      paramLabel = "NAME",
      description = "The microphone's frame: x forward, y left, z up (default: ${DEFAULT-VALUE}).")
  private String frame;

  @Option(
      names = "--grid-resolution",
      defaultValue = "1",
      paramLabel = "METRES",
      description = "Side of a square of the occupancy grid (default: ${DEFAULT-VALUE}).")
  private double resolution;

  @Option(
      names = "--grid-range",
      defaultValue = "30",
      paramLabel = "METRES",
      description = "From the microphone to the grid's edge (default: ${DEFAULT-VALUE}).")
  private double range;

  /**
   * Refuses values that make no sense.
   *
   * @throws IllegalArgumentException naming the option
   */
  public void check() {
    if (address != null
        && (address.getHost() == null || !List.of("ws", "wss").contains(scheme()))) {
      throw new IllegalArgumentException(
          "--rosbridge: '" + address + "' is not an address as ws://localhost:9090");
    }
    if (!topic.matches(TOPIC)) {
      throw new IllegalArgumentException(
          "--ros-topic: '" + topic + "' is not a name as /hearsight: '/' and letters, digits or _");
    }
    try {
      OccupancyRaster unused = raster();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--grid-resolution, --grid-range: " + e.getMessage(), e);
    }
    RosMessages unused = messages();
  }

  private String scheme() {
    return address.getScheme() == null ? "" : address.getScheme();
  }

  private OccupancyRaster raster() {
    return new OccupancyRaster(resolution, range);
  }

  private RosMessages messages() {
    return new RosMessages(version, frame);
  }

  /** Starts connecting to the bridge; null if nobody asked for one. */
  public Rosbridge start(Consumer<String> notes) {
    return address == null
        ? null
        : Rosbridge.start(address, RosTopics.types(messages(), topic), notes);
  }

  /** What is published to the bridge. */
  public RosTopics topics(Rosbridge bridge) {
    return new RosTopics(bridge, messages(), raster(), topic);
  }
}
