package org.hearsight.app.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hearsight.core.robot.OccupancyRaster;
import org.hearsight.core.robot.OdasTracks;
import org.hearsight.core.robot.RosMessages;
import org.hearsight.core.robot.RosbridgeOps;
import org.hearsight.core.track.HazardEvent;
import org.hearsight.inference.LiveAnswer;

/**
 * What {@code listen} publishes to a {@link Rosbridge}, each hop: {@code PREFIX/hazards}, the
 * tracks of {@link OdasTracks} as text; {@code PREFIX/poses}, where they are; {@code
 * PREFIX/occupancy}, where they may be. Stamps are those of the window's end where that is known,
 * else those of the answer.
 */
public final class RosTopics implements LiveOutput {
  private final Rosbridge bridge;
  private final RosMessages messages;
  private final OccupancyRaster raster;
  private final String prefix;
  private long last;

  /**
   * @param prefix of the topics' names, as {@code /hearsight}
   */
  public RosTopics(Rosbridge bridge, RosMessages messages, OccupancyRaster raster, String prefix) {
    this.bridge = bridge;
    this.messages = messages;
    this.raster = raster;
    this.prefix = prefix;
  }

  /** Types of the topics by their names. */
  public static Map<String, String> types(RosMessages messages, String prefix) {
    Map<String, String> types = new LinkedHashMap<>();
    types.put(prefix + "/hazards", messages.stringType());
    types.put(prefix + "/poses", messages.posesType());
    types.put(prefix + "/occupancy", messages.gridType());
    return types;
  }

  @Override
  public void print(LiveAnswer answer, List<HazardEvent> events) {
    last = answer.sequence();
    publish(last, answer.captured() == null ? Instant.now() : answer.captured(), events);
  }

  /** Hazards that were there end with messages without them. */
  @Override
  public void end(List<HazardEvent> events) {
    if (!events.isEmpty()) {
      publish(last + 1, Instant.now(), events);
    }
  }

  /** Written in the bridge's thread, and only what is sent: an answer does not wait for it. */
  private void publish(long hop, Instant stamp, List<HazardEvent> events) {
    publish("/hazards", () -> messages.string(OdasTracks.of(hop, events)));
    publish("/poses", () -> messages.poses(stamp, events));
    publish("/occupancy", () -> messages.grid(stamp, raster, events));
  }

  private void publish(String name, Supplier<ObjectNode> message) {
    String topic = prefix + name;
    bridge.publish(topic, () -> RosbridgeOps.publish(topic, message.get()));
  }
}
