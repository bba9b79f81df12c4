package org.hearsight.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.vision.Picture;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.ViewReader;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.scene.SceneInputs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Open Inference Protocol, in its own words and forms. */
class ProtocolIT {
  private static final String MODEL = "/v2/models/hearsight";
  private static final String VERSION = MODEL + "/versions/1";

  private static Served served;

  @BeforeAll
  static void start() {
    served = Served.start();
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void serverAndModelSayWhatTheyAre() throws Exception {
    JsonNode server = Served.json(served.get("/v2"));
    assertThat(server.path("name").asText()).isEqualTo("hearsight");
    assertThat(server.path("version").isTextual()).isTrue();
    assertThat(server.path("extensions").isArray()).isTrue();
    assertThat(Served.json(served.get("/v2/health/live")).path("live").asBoolean()).isTrue();
    assertThat(Served.json(served.get("/v2/health/ready")).path("ready").asBoolean()).isTrue();
    for (String path : List.of(MODEL, VERSION)) {
      JsonNode ready = Served.json(served.get(path + "/ready"));
      assertThat(ready.path("name").asText()).isEqualTo("hearsight");
      assertThat(ready.path("ready").asBoolean()).isTrue();
      JsonNode model = Served.json(served.get(path));
      assertThat(model.path("versions").get(0).asText()).isEqualTo("1");
      assertThat(model.path("platform").asText()).isNotEmpty();
      assertThat(model.path("inputs").findValuesAsText("name"))
          .contains("features", "planes", "occlusion", "sight", "heard", "seen", "known");
      assertThat(model.path("outputs").findValuesAsText("name"))
          .contains("class_probabilities", "places", "rise", "calibrated_confidence");
    }
  }

  @Test
  void tensorsAreAnsweredAsTheirSceneIs() throws Exception {
    Clip clip = Clip.of(Samples.foa(5, 2), Foa.SAMPLE_RATE);
    View view =
        ViewReader.read(
                ViewReader.Options.NOTHING
                    .withRgb(new Picture("rgb", Samples.rgb(5)))
                    .withDepth(new Picture("depth", Samples.depth(5))))
            .view();
    ObjectNode request = request(clip, view);

    HttpResponse<String> response = infer(MODEL, Json.line(request));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode answer = Served.json(response);
    assertThat(answer.path("id").asText()).isEqualTo("42");
    assertThat(answer.path("model_name").asText()).isEqualTo("hearsight");
    assertThat(answer.path("model_version").asText()).isEqualTo("1");
    Imagination expected = served.hearsight.imagine(clip, view);
    JsonNode probabilities = output(answer, "class_probabilities");
    assertThat(probabilities.path("shape").toString()).isEqualTo("[1,10]");
    assertNear(
        probabilities.path("data"),
        expected.probabilities().values().stream().mapToDouble(p -> p).toArray());
    assertNear(output(answer, "places").path("data"), expected.places().probabilities());
    assertNear(output(answer, "rise").path("data"), expected.places().rise());
    assertNear(output(answer, "calibrated_confidence").path("data"), expected.confidence());

    request.putArray("outputs").addObject().put("name", "rise");
    JsonNode one = Served.json(infer(VERSION, Json.line(request)));
    assertThat(one.path("outputs")).hasSize(1);
    assertThat(one.path("outputs").get(0)).isEqualTo(output(answer, "rise"));
  }

  private static JsonNode output(JsonNode answer, String name) {
    for (JsonNode output : answer.path("outputs")) {
      if (output.path("name").asText().equals(name)) {
        return output;
      }
    }
    throw new AssertionError("no output " + name);
  }

  private static void assertNear(JsonNode data, double... expected) {
    assertThat(data).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(data.get(i).asDouble()).isCloseTo(expected[i], within(1e-4));
    }
  }

  private static ObjectNode request(Clip clip, View view) {
    ModelCard card = served.hearsight.card();
    SceneInputs.Sound sound = new SceneInputs(card, 1).hear(clip);
    PlaceFeatures places = PlaceFeatures.of(sound.places(), PlaceFeatures.see(view));
    int bands = card.audio().backbone().features().bands();
    ObjectNode request = Json.object().put("id", "42");
    ArrayNode inputs = request.putArray("inputs");
    int frames = sound.features().length / 7 / bands;
    add(inputs, "features", sound.features(), 1, 7, frames, bands);
    if (card.adapter().cues()) {
      add(inputs, "cues", sound.cues(), 1, sound.cues().length / 51, 51);
    }
    add(inputs, "planes", VisualPlanes.of(view), 1, 5, View.SIZE, View.SIZE);
    add(inputs, "occlusion", new float[] {view.occlusionLevel()}, 1, 1);
    add(inputs, "sight", new float[] {1}, 1, 1);
    add(inputs, "heard", places.heard(), 1, PlaceFeatures.HEARD, PlaceGrid.AZIMUTHS);
    add(inputs, "seen", places.seen(), 1, PlaceFeatures.SEEN, PlaceGrid.AZIMUTHS);
    add(inputs, "known", places.known(), 1, PlaceFeatures.KNOWN);
    return request;
  }

  private static void add(ArrayNode inputs, String name, float[] data, int... shape) {
    ObjectNode tensor = inputs.addObject().put("name", name).put("datatype", "FP32");
    ArrayNode sizes = tensor.putArray("shape");
    for (int size : shape) {
      sizes.add(size);
    }
    ArrayNode numbers = tensor.putArray("data");
    for (float number : data) {
      numbers.add(number);
    }
  }

  private static HttpResponse<String> infer(String path, String body) throws Exception {
    return served.post(path + "/infer", "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"inputs\": 3}",
        "{\"inputs\": []}",
        "{\"inputs\": [{\"name\": \"features\"}]}",
        "{\"inputs\": [{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}",
        "{\"inputs\": [{\"name\":\"sight\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":[1]}]}",
        "{\"inputs\": [{\"name\":\"sight\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[1]}]}",
        "{\"inputs\": [{\"name\":\"sight\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1e99]}]}",
        "{\"inputs\": [{\"name\":\"sight\",\"shape\":[-1],\"datatype\":\"FP32\",\"data\":[]}]}",
        "{\"inputs\": [{\"name\":\"sight\",\"shape\":[1,1],\"datatype\":\"FP32\",\"data\":[[1]]}]}",
      })
  void whatIsNoRequestIsRefusedInTheProtocolsForm(String body) throws Exception {
    HttpResponse<String> response = infer(MODEL, body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    JsonNode error = Served.json(response);
    assertThat(error.path("error").asText()).isNotBlank();
    assertThat(error).hasSize(1);
  }

  @Test
  void whatIsNotThereIsSaidInTheProtocolsForm() throws Exception {
    for (String path :
        List.of("/v2/models/other", MODEL + "/versions/2", "/v2/nothing", MODEL + "/nothing")) {
      HttpResponse<String> response = served.get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(404);
      assertThat(Served.json(response).path("error").asText()).isNotBlank();
    }
    HttpResponse<String> other = served.post(MODEL + "/infer", "text/plain", new byte[1]);
    assertThat(other.statusCode()).isEqualTo(415);
    assertThat(Served.json(other).has("error")).isTrue();
  }
}
