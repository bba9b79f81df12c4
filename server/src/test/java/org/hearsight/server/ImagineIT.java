package org.hearsight.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.vision.Picture;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.ViewReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers over HTTP are those of the library, and refusals say what is wrong. */
class ImagineIT {
  private static final float[][] FOA = Samples.foa(1, 5);
  private static final byte[] WAV = Samples.wav(FOA);

  private static Served served;

  @BeforeAll
  static void start() {
    served = Served.start();
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static ViewReader.Seen view(long seed, double hfov) {
    return ViewReader.read(
        ViewReader.Options.NOTHING
            .withRgb(new Picture("rgb", Samples.rgb(seed)))
            .withDepth(new Picture("depth", Samples.depth(seed)))
            .withHfovDegrees(hfov));
  }

  private static Parts form() {
    return new Parts().file("audio", WAV);
  }

  @Test
  void aSceneIsAnsweredAsTheLibraryAnswersIt() throws Exception {
    Parts form =
        form().file("rgb", Samples.rgb(1)).file("depth", Samples.depth(1)).text("hfov", "80");

    HttpResponse<String> response = served.post("/v1/imagine", form);

    ViewReader.Seen seen = view(1, 80);
    Clip clip = Clip.of(FOA, Foa.SAMPLE_RATE).noting(seen.notes());
    Imagination expected = served.hearsight.imagine(clip, seen.view());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body()).isEqualTo(Json.page(expected));
  }

  @Test
  void soundAloneIsAnswered() throws Exception {
    String inForm = served.post("/v1/imagine", form()).body();
    String alone = served.post("/v1/imagine", "audio/wav", WAV).body();

    assertThat(alone).isEqualTo(inForm);
    JsonNode answer = Json.MAPPER.readTree(alone);
    assertThat(answer.path("class").asText())
        .isEqualTo(
            served.hearsight.imagine(Clip.of(FOA, Foa.SAMPLE_RATE), View.blind()).className());
    assertThat(answer.path("places").path("probabilities")).hasSize(72);
  }

  @Test
  void theMapIsLeftOutWhereNobodyWantsIt() throws Exception {
    JsonNode all = Served.json(served.post("/v1/imagine?map=true", form()));
    JsonNode small = Served.json(served.post("/v1/imagine?map=false", form()));

    assertThat(small.has("places")).isFalse();
    ((ObjectNode) all).remove("places");
    assertThat(small).isEqualTo(all);
  }

  @Test
  void aViewIsNamedInsteadOfBeingSentAgain() throws Exception {
    HttpResponse<String> first =
        served.post("/v1/imagine", form().file("rgb", Samples.rgb(2)).text("hfov", "70"));
    String view = first.headers().firstValue("Hearsight-View").orElseThrow();

    HttpResponse<String> second = served.post("/v1/imagine", form().text("view", view));

    assertThat(second.body()).isEqualTo(first.body());
    HttpResponse<String> unknown = served.post("/v1/imagine", form().text("view", "0123"));
    assertThat(unknown.statusCode()).isEqualTo(422);
    assertThat(unknown.body()).contains("view: is not known");
    HttpResponse<String> both =
        served.post("/v1/imagine", form().text("view", view).file("rgb", Samples.rgb(2)));
    assertThat(both.statusCode()).isEqualTo(400);
  }

  @Test
  void aBatchAnswersEachSceneAndRefusesEachAlone() throws Exception {
    String scenes =
        Json.line(
            List.of(
                Map.of("audio", "a", "rgb", "p", "hfov", 80),
                Map.of("audio", "p"),
                Map.of("audio", "b", "rgb", "p")));
    byte[] other = Samples.wav(Samples.foa(3, 5));
    Parts form =
        new Parts()
            .text("scenes", scenes)
            .file("a", WAV)
            .file("b", other)
            .file("p", Samples.rgb(4));

    HttpResponse<String> response = served.post("/v1/imagine/batch?map=false", form);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode answers = Served.json(response).path("answers");
    assertThat(answers).hasSize(3);
    near(answers.get(0), form().file("rgb", Samples.rgb(4)).text("hfov", "80"));
    assertThat(answers.get(1).path("problem").path("status").asInt()).isEqualTo(415);
    near(answers.get(2), new Parts().file("audio", other).file("rgb", Samples.rgb(4)));
  }

  private static void near(JsonNode answer, Parts single) throws Exception {
    JsonNode expected = Served.json(served.post("/v1/imagine?map=false", single));
    Near.assertNear(answer, expected);
  }

  @ParameterizedTest
  @CsvSource({
    "hfov, abc, 400, hfov: 'abc'",
    "hfov, 200, 400, not between 1 and 179",
    "hvof, 90, 400, is not a field",
    "depth_hfov, 60, 400, there is no depth",
    "occlusion_level, 2, 400, not in [0",
    "foa_format, b-format, 400, is not a format",
    "foa_format, a-format:/etc/passwd, 400, names a file",
    "rgb, not a picture, 422, rgb: is neither PNG",
    "occlusion, not a picture, 422, occlusion: ",
  })
  void aFieldThatIsWrongIsNamed(String field, String value, int status, String says)
      throws Exception {
    assertRefused(served.post("/v1/imagine", form().text(field, value)), status, says);
  }

  @Test
  void whatCannotBeReadIsRefused() throws Exception {
    assertRefused(served.get("/v1/imagin"), 404, "/docs");
    assertRefused(served.get("/v1/imagine"), 405, "POST");
    assertRefused(served.post("/v1/imagine", "text/plain", WAV), 415, "multipart/form-data");
    assertRefused(served.post("/v1/imagine", new Parts()), 400, "");
    assertRefused(served.post("/v1/imagine", new Parts().text("hfov", "9")), 400, "audio: missing");
    assertRefused(served.post("/v1/imagine", form().file("audio", WAV)), 400, "twice");
    assertRefused(
        served.post(
            "/v1/imagine", new Parts().file("audio", "fLaC".getBytes(StandardCharsets.UTF_8))),
        415,
        "--all-formats");
    assertRefused(
        served.post("/v1/imagine", new Parts().file("audio", Samples.wav(new float[2][24_000]))),
        422,
        "audio: channels: 2, expected 4");
    assertRefused(
        served.post("/v1/imagine", new Parts().file("audio", Samples.wav(new float[4][100]))),
        422,
        "audio: duration");
    assertRefused(served.post("/v1/imagine?map=maybe", form()), 400, "map: expected");
    assertRefused(served.post("/v1/imagine?colour=red", form()), 400, "colour: is not a field");
    HttpRequest html =
        Served.post(served.request("/v1/imagine").header("Accept", "text/html"), form());
    assertRefused(served.send(html), 406, "application/json");
    HttpRequest packed =
        Served.post(served.request("/v1/imagine").header("Content-Encoding", "gzip"), form());
    assertRefused(served.send(packed), 415, "Content-Encoding");
  }

  @ParameterizedTest
  @CsvSource({"[], 400", "{}, 400", "[1], 400", "[{\"audio\":\"none\"}], 400", "'[{]', 400"})
  void aBatchThatCannotBeReadIsRefused(String scenes, int status) throws Exception {
    assertRefused(
        served.post("/v1/imagine/batch", new Parts().text("scenes", scenes)), status, "scenes");
  }

  static void assertRefused(HttpResponse<String> response, int status, String says)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = Served.json(response);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("type").asText()).startsWith("urn:hearsight:problem:");
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("detail").asText()).contains(says).doesNotContain("/tmp");
  }
}
