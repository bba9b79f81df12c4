package org.hearsight.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.server.guard.Admission;
import org.hearsight.server.guard.Limits;
import org.hearsight.server.http.Accepts;
import org.hearsight.server.http.Answer;
import org.hearsight.server.http.Body;
import org.hearsight.server.http.Form;
import org.hearsight.server.http.Gate;
import org.hearsight.server.problem.Problem;
import org.hearsight.server.scene.Fields;
import org.hearsight.server.scene.SceneReader;
import org.hearsight.server.work.Scene;

/** {@code POST /v1/imagine}: one scene, answered as the command {@code imagine --json} does. */
public final class ImagineApi {
  /** The header with the id of the view that was judged. */
  public static final String VIEW_ID = "Hearsight-View";

  private static final List<String> SOUNDS =
      List.of("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave");

  /** In the address: are answers to hold the map of places? */
  static final String MAP = "map";

  private final SceneReader reader;
  private final Answering answering;
  private final Admission admission;
  private final Limits limits;

  public ImagineApi(SceneReader reader, Answering answering, Admission admission, Limits limits) {
    this.reader = reader;
    this.answering = answering;
    this.admission = admission;
    this.limits = limits;
  }

  /** Answers a form, or a recording alone. */
  public void imagine(Context ctx) {
    Accepts.require(ctx, Accepts.JSON);
    boolean map = withMap(ctx);
    Admission.Place place = admission.request(Gate.client(ctx));
    try {
      Scene scene = reader.scene(fields(ctx, admission, limits, Set.of(MAP)));
      Imagination answer = answering.answer(List.of(scene)).get(0).orThrow();
      ctx.header(VIEW_ID, scene.sight().id());
      Answer.json(ctx, map ? answer : withoutMap(answer));
    } finally {
      place.close();
    }
  }

  /**
   * The fields of a form, or of a recording alone and the address.
   *
   * @param others names in the address that are not fields
   */
  static Fields fields(Context ctx, Admission admission, Limits limits, Set<String> others) {
    String type = Accepts.sent(ctx);
    Map<String, String> query = query(ctx, others);
    try (Body body = Body.read(ctx, admission, limits)) {
      if (SOUNDS.contains(type)) {
        return new Fields(Map.of(Fields.AUDIO, body.bytes()), query);
      }
      if (!type.equals(Form.MEDIA_TYPE)) {
        throw unsupported(type);
      }
      return fields(Form.read(body, ctx.contentType()), query);
    }
  }

  private static Problem unsupported(String type) {
    return new Problem(
        Problem.Kind.UNSUPPORTED,
        "Content-Type: %s; send %s, or a recording alone as audio/wav"
            .formatted(type.isEmpty() ? "missing" : type, Form.MEDIA_TYPE));
  }

  private static Fields fields(Form form, Map<String, String> query) {
    Map<String, byte[]> files = new HashMap<>();
    Map<String, String> texts = new HashMap<>(query);
    for (String name : form.names()) {
      if (Fields.FILES.contains(name)) {
        files.put(name, form.file(name));
      } else if (!Fields.TEXTS.contains(name)) {
        throw Fields.unknown(name);
      } else if (texts.put(name, form.text(name)) != null) {
        throw new Problem(
            Problem.Kind.BAD_REQUEST, name + ": stands in the address and in the form");
      }
    }
    return new Fields(files, texts);
  }

  /** Options may stand in the address, too. */
  static Map<String, String> query(Context ctx, Set<String> others) {
    Map<String, String> texts = new HashMap<>();
    ctx.queryParamMap()
        .forEach(
            (name, values) -> {
              if (values.size() != 1) {
                throw new Problem(Problem.Kind.BAD_REQUEST, name + ": stands more than once");
              }
              if (Fields.TEXTS.contains(name)) {
                texts.put(name, values.get(0));
              } else if (!others.contains(name)) {
                throw Fields.unknown(name);
              }
            });
    return texts;
  }

  /** Are answers to hold the map of places, as those of the command do? */
  static boolean withMap(Context ctx) {
    String map = ctx.queryParam(MAP);
    if (map == null || map.equals("true")) {
      return true;
    }
    if (map.equals("false")) {
      return false;
    }
    throw new Problem(Problem.Kind.BAD_REQUEST, "map: expected true or false");
  }

  static ObjectNode withoutMap(Imagination answer) {
    ObjectNode document = Json.tree(answer);
    document.remove("places");
    return document;
  }
}
