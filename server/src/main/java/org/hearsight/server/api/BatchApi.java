package org.hearsight.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hearsight.core.error.JsonProblem;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.server.http.Accepts;
import org.hearsight.server.http.Body;
import org.hearsight.server.http.Form;
import org.hearsight.server.problem.Problem;
import org.hearsight.server.scene.Fields;
import org.hearsight.server.work.Outcome;
import org.hearsight.server.work.Scene;

/**
 * {@code POST /v1/imagine/batch}: several scenes in one form, whose files are parts of any names
 * and whose field {@code scenes} says which belong to which scene. One that is refused does not
 * harm the others.
 */
public final class BatchApi {
  private static final String SCENES = "scenes";

  private final SceneRequests requests;

  public BatchApi(SceneRequests requests) {
    this.requests = requests;
  }

  /** Answers a form of scenes. */
  public void imagine(Context ctx) {
    requests.answer(ctx, map -> answers(requests.read(ctx, body -> scenes(ctx, body)), map));
  }

  private List<Outcome<Scene>> scenes(Context ctx, Body body) {
    if (!Accepts.sent(ctx).equals(Form.MEDIA_TYPE)) {
      throw new Problem(
          Problem.Kind.UNSUPPORTED, "Content-Type: expected %s".formatted(Form.MEDIA_TYPE));
    }
    Form form = Form.read(body, ctx.contentType());
    List<Outcome<Scene>> read = new ArrayList<>();
    for (JsonNode scene : scenes(form)) {
      Fields fields = fields(scene, form);
      try {
        read.add(new Outcome<>(requests.reader().scene(fields), null));
      } catch (Problem refused) {
        read.add(Outcome.of(refused));
      }
    }
    return read;
  }

  private ArrayNode scenes(Form form) {
    try {
      String text = form.text(SCENES);
      if (text == null || !(Json.MAPPER.readTree(text) instanceof ArrayNode scenes)) {
        throw bad("scenes: missing, or not a list of objects as in [{\"audio\": \"part1\"}]");
      }
      if (scenes.isEmpty() || scenes.size() > requests.limits().scenes()) {
        throw new Problem(
            scenes.isEmpty() ? Problem.Kind.BAD_REQUEST : Problem.Kind.TOO_LARGE,
            "scenes: %d, expected 1 to %d".formatted(scenes.size(), requests.limits().scenes()));
      }
      return scenes;
    } catch (JsonProcessingException e) {
      throw bad("scenes: " + JsonProblem.text(e));
    }
  }

  private static Fields fields(JsonNode scene, Form form) {
    if (!scene.isObject()) {
      throw bad("scenes: one is not an object");
    }
    Map<String, byte[]> files = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : scene.properties()) {
      String name = field.getKey();
      if (!field.getValue().isTextual() && !field.getValue().isNumber()) {
        throw bad("scenes: " + name + ": expected a text or a number");
      }
      String value = field.getValue().asText();
      if (Fields.FILES.contains(name)) {
        byte[] file = form.file(value);
        if (file == null || value.equals(SCENES)) {
          throw bad("scenes: " + name + ": the form has no part of this name");
        }
        files.put(name, file);
      } else if (Fields.TEXTS.contains(name)) {
        texts.put(name, value);
      } else {
        throw Fields.unknown(name);
      }
    }
    return new Fields(files, texts);
  }

  private ObjectNode answers(List<Outcome<Scene>> read, boolean map) {
    List<Scene> scenes = read.stream().map(Outcome::result).filter(Objects::nonNull).toList();
    Iterator<Outcome<Imagination>> answered =
        scenes.isEmpty()
            ? Collections.emptyIterator()
            : requests.answering().answer(scenes).iterator();
    ObjectNode document = Json.object();
    ArrayNode answers = document.putArray("answers");
    for (Outcome<Scene> scene : read) {
      Outcome<Imagination> outcome =
          scene.problem() == null ? answered.next() : Outcome.of(scene.problem());
      if (outcome.problem() != null) {
        answers.addObject().set("problem", outcome.problem().document());
      } else {
        answers.add(SceneRequests.document(outcome.result(), map));
      }
    }
    return document;
  }

  private static Problem bad(String detail) {
    return new Problem(Problem.Kind.BAD_REQUEST, detail);
  }
}
