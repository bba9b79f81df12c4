package org.hearsight.core.robot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.hearsight.core.file.Json;

/** The operations of the rosbridge protocol 2.0 that a publisher needs, each a line of JSON. */
public final class RosbridgeOps {
  private static final String ADVERTISE = "advertise";
  private static final String UNADVERTISE = "unadvertise";
  private static final String PUBLISH = "publish";
  private static final String STATUS = "status";

  private RosbridgeOps() {}

  /**
   * What a bridge says of an operation.
   *
   * @param level {@code error}, {@code warning} or {@code info}
   */
  public record Status(String level, String message) {}

  /** Says that messages of a type will be published. */
  public static String advertise(String topic, String type) {
    return Json.line(operation(ADVERTISE, topic).put("type", type));
  }

  /** Says that no more will be. */
  public static String unadvertise(String topic) {
    return Json.line(operation(UNADVERTISE, topic));
  }

  /** Publishes a message. */
  public static String publish(String topic, ObjectNode message) {
    ObjectNode operation = operation(PUBLISH, topic);
    operation.set("msg", message);
    return Json.line(operation);
  }

  /** A name for each operation and topic: a bridge names it where something is wrong. */
  private static ObjectNode operation(String op, String topic) {
    return Json.object().put("op", op).put("id", op + ":" + topic).put("topic", topic);
  }

  /** What a line from the bridge says, where it is a status. */
  public static Optional<Status> status(String line) {
    try {
      JsonNode said = Json.MAPPER.readTree(line);
      return said.path("op").asText().equals(STATUS)
          ? Optional.of(new Status(said.path("level").asText(), said.path("msg").asText()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of(new Status("warning", "the bridge sent what is not JSON"));
    }
  }
}
