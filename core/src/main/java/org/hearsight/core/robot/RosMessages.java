package org.hearsight.core.robot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.hearsight.core.file.Json;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.track.HazardEvent;

/**
 * ROS messages as the JSON that rosbridge takes, of the messages that every ROS has.
 *
 * <p>Positions are metres in the frame of REP-103, which is Hearsight's own: x forward, y left, z
 * up, the microphone at its origin. ROS 1 and 2 differ in how types are called and what a time's
 * fields are; a field that a type does not have makes rosbridge refuse the message.
 *
 * @param version of ROS
 * @param frame the microphone's frame, as {@code tf} knows it
 */
public record RosMessages(Version version, String frame) {
  /** How ROS writes types and times. */
  public enum Version {
    ROS1("/", "secs", "nsecs"),
    ROS2("/msg/", "sec", "nanosec");

    private final String separator;
    private final String seconds;
    private final String nanoseconds;

    Version(String separator, String seconds, String nanoseconds) {
      this.separator = separator;
      this.seconds = seconds;
      this.nanoseconds = nanoseconds;
    }

    String type(String folder, String name) {
      return folder + separator + name;
    }
  }

  /**
   * @throws IllegalArgumentException if no frame can be called so
   */
  public RosMessages {
    if (!frame.matches("[A-Za-z][A-Za-z0-9_/]*")) {
      throw new IllegalArgumentException(
          "frame: '" + frame + "' is not a name: a letter, then letters, digits, _ or /");
    }
  }

  /** Type of {@link #string}. */
  public String stringType() {
    return version.type("std_msgs", "String");
  }

  /** Type of {@link #poses}. */
  public String posesType() {
    return version.type("geometry_msgs", "PoseArray");
  }

  /** Type of {@link #grid}. */
  public String gridType() {
    return version.type("nav_msgs", "OccupancyGrid");
  }

  /** {@code std_msgs/String}: a document for which ROS has no message of its own. */
  public ObjectNode string(ObjectNode document) {
    return Json.object().put("data", Json.line(document));
  }

  /**
   * {@code geometry_msgs/PoseArray}: where the hazards are that go on, in the order of {@link
   * OdasTracks}. Their orientation is not known and stands for none.
   */
  public ObjectNode poses(Instant stamp, List<HazardEvent> events) {
    ObjectNode message = Json.object();
    message.set("header", header(stamp));
    ArrayNode poses = message.putArray("poses");
    for (HazardEvent event : OdasTracks.goingOn(events)) {
      poses.add(pose(event.location().point()));
    }
    return message;
  }

  /**
   * {@code nav_msgs/OccupancyGrid}: where they may be.
   *
   * @see OccupancyRaster for what its numbers say
   */
  public ObjectNode grid(Instant stamp, OccupancyRaster raster, List<HazardEvent> events) {
    ObjectNode message = Json.object();
    message.set("header", header(stamp));
    ObjectNode info = message.putObject("info");
    info.set("map_load_time", time(stamp));
    info.put("resolution", raster.resolution());
    info.put("width", raster.side());
    info.put("height", raster.side());
    info.set("origin", pose(new Vec3(raster.origin(), raster.origin(), 0)));
    ArrayNode data = message.putArray("data");
    for (byte square :
        raster.draw(OdasTracks.goingOn(events).stream().map(HazardEvent::places).toList())) {
      data.add(square);
    }
    return message;
  }

  private ObjectNode header(Instant stamp) {
    ObjectNode header = Json.object();
    header.set("stamp", time(stamp));
    return header.put("frame_id", frame);
  }

  private ObjectNode time(Instant instant) {
    return Json.object()
        .put(version.seconds, instant.getEpochSecond())
        .put(version.nanoseconds, instant.getNano());
  }

  private static ObjectNode pose(Vec3 position) {
    ObjectNode pose = Json.object();
    pose.putObject("position").put("x", position.x()).put("y", position.y()).put("z", position.z());
    pose.putObject("orientation").put("x", 0.0).put("y", 0.0).put("z", 0.0).put("w", 1.0);
    return pose;
  }
}
