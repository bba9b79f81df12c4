package org.hearsight.server.api;

import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.server.http.Accepts;
import org.hearsight.server.http.Body;
import org.hearsight.server.http.Form;
import org.hearsight.server.problem.Problem;
import org.hearsight.server.scene.Fields;
import org.hearsight.server.work.Scene;

/** {@code POST /v1/imagine}: one scene, answered as the command {@code imagine --json} does. */
public final class ImagineApi {
  /** The header with the id of the view that was judged. */
  public static final String VIEW_ID = "Hearsight-View";

  private static final List<String> SOUNDS =
      List.of("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave");

  private final SceneRequests requests;

  public ImagineApi(SceneRequests requests) {
    this.requests = requests;
  }

  /** Answers a form, or a recording alone. */
  public void imagine(Context ctx) {
    requests.answer(
        ctx,
        map -> {
          Map<String, String> query = query(ctx);
          Scene scene =
              requests.read(ctx, body -> requests.reader().scene(fields(ctx, body, query)));
          Imagination answer = requests.answering().answer(List.of(scene)).get(0).orThrow();
          ctx.header(VIEW_ID, scene.sight().id());
          return SceneRequests.document(answer, map);
        });
  }

  /** The fields of a form, or of a recording alone and the address. */
  private static Fields fields(Context ctx, Body body, Map<String, String> query) {
    String type = Accepts.sent(ctx);
    if (SOUNDS.contains(type)) {
      return new Fields(Map.of(Fields.AUDIO, body.bytes()), query);
    }
    if (!type.equals(Form.MEDIA_TYPE)) {
      throw unsupported(type);
    }
    return fields(Form.read(body, ctx.contentType()), query);
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
  private static Map<String, String> query(Context ctx) {
    Map<String, String> texts = new HashMap<>();
    ctx.queryParamMap()
        .forEach(
            (name, values) -> {
              if (values.size() != 1) {
                throw new Problem(Problem.Kind.BAD_REQUEST, name + ": stands more than once");
              }
              if (Fields.TEXTS.contains(name)) {
                texts.put(name, values.get(0));
              } else if (!name.equals(SceneRequests.MAP)) {
                throw Fields.unknown(name);
              }
            });
    return texts;
  }
}
