package org.hearsight.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.function.Function;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.server.guard.Admission;
import org.hearsight.server.guard.Limits;
import org.hearsight.server.http.Accepts;
import org.hearsight.server.http.Answer;
import org.hearsight.server.http.Body;
import org.hearsight.server.http.Gate;
import org.hearsight.server.problem.Problem;
import org.hearsight.server.scene.SceneReader;

/**
 * What requests for scenes have in common: a place each, a body within limits, and answers with
 * their maps of places or without.
 *
 * @param reader of scenes
 * @param answering of scenes
 * @param admission of requests
 * @param limits of bodies
 */
public record SceneRequests(
    SceneReader reader, Answering answering, Admission admission, Limits limits) {
  /** In the address: are answers to hold the map of places? */
  static final String MAP = "map";

  /**
   * Answers a request in a place of its own.
   *
   * @param document gives the answer's document; true stands for answers with their maps
   */
  void answer(Context ctx, Function<Boolean, Object> document) {
    Accepts.require(ctx, Accepts.JSON);
    boolean map = withMap(ctx);
    Admission.Place place = admission.request(Gate.client(ctx));
    try {
      Answer.json(ctx, document.apply(map));
    } finally {
      place.close();
    }
  }

  /**
   * Reads the body of a request, whose memory is counted until all of it is decoded.
   *
   * @param decoded gives what is left of it
   */
  <T> T read(Context ctx, Function<Body, T> decoded) {
    try (Body body = Body.read(ctx, admission, limits)) {
      return decoded.apply(body);
    }
  }

  /** Are answers to hold the map of places, as those of the command do? */
  private static boolean withMap(Context ctx) {
    String map = ctx.queryParam(MAP);
    if (map == null || map.equals("true")) {
      return true;
    }
    if (map.equals("false")) {
      return false;
    }
    throw new Problem(Problem.Kind.BAD_REQUEST, "map: expected true or false");
  }

  /** An answer's document. */
  static ObjectNode document(Imagination answer, boolean map) {
    ObjectNode document = Json.tree(answer);
    if (!map) {
      document.remove("places");
    }
    return document;
  }
}
