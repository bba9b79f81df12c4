package org.hearsight.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceHill;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.ViewReader;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.scene.SceneInputs;

/**
 * What Java makes of the page's samples, for the page's own tests to be held against: every number
 * that goes into the networks, and answers to several questions.
 *
 * <p>{@code [{name, foa: [base64 of floats], inputs: {name: base64}, questions: [{from, to,
 * hearing, sight, occlusion, answer, regions, hills}]}]}, samples counted at 24 kHz.
 */
final class PageGoldens {
  private final Hearsight model;
  private final Path samples;

  private PageGoldens(Hearsight model, Path samples) {
    this.model = model;
    this.samples = samples;
  }

  /**
   * Writes them.
   *
   * @param samples folder that holds one for each sample
   * @param names of the samples
   */
  static void write(Path samples, List<String> names, Path to) {
    try (Hearsight model = Hearsight.load(2)) {
      PageGoldens goldens = new PageGoldens(model, samples);
      ArrayNode all = Json.object().arrayNode();
      names.forEach(name -> all.add(goldens.sample(name, all.isEmpty())));
      AtomicFile.writeText(to, Json.line(all));
    }
  }

  /** The first sample is asked about with other views and without each sense, too. */
  private ObjectNode sample(String name, boolean first) {
    Path folder = samples.resolve(name);
    Clip clip = Clip.read(folder.resolve("foa.flac"));
    ViewReader.Options given =
        ViewReader.Options.NOTHING
            .withRgb(folder.resolve("rgb.png"))
            .withDepth(folder.resolve("depth.png"));
    View derived = ViewReader.read(given).view();
    View view = ViewReader.read(given.withOcclusion(folder.resolve("occlusion.png"))).view();
    ObjectNode golden = Json.object().put("name", name);
    ArrayNode foa = golden.putArray("foa");
    Arrays.stream(clip.foa()).map(PageGoldens::base64).forEach(foa::add);
    golden.set("inputs", inputs(clip, view, derived));
    int end = clip.samples();
    ArrayNode questions = golden.putArray("questions");
    questions.add(question(clip, view, 0, end, true, true, null));
    questions.add(question(clip, view, 36_000, 90_000, true, true, null));
    if (first) {
      questions.add(question(clip, view, 0, end, true, true, 0.9));
      questions.add(question(clip, view, 0, end, true, false, null));
      questions.add(question(clip, view, 0, end, false, true, null));
    }
    return golden;
  }

  private ObjectNode inputs(Clip clip, View view, View derived) {
    SceneInputs.Sound sound = new SceneInputs(model.card(), 1).hear(clip);
    PlaceFeatures.Sight sight = PlaceFeatures.see(view);
    return Json.object()
        .put("features", base64(sound.features()))
        .put("cues", base64(sound.cues()))
        .put("heard", base64(sound.places().heard()))
        .put("levels", base64(sound.places().levels()))
        .put("planes", base64(VisualPlanes.of(view)))
        .put("geometry", base64(VisualPlanes.tokenGeometry(view)))
        .put("seen", base64(sight.seen()))
        .put("height", base64(sight.cameraHeight()))
        .put("derived", base64(derived.occlusion()));
  }

  private ObjectNode question(
      Clip clip, View view, int from, int to, boolean hearing, boolean sight, Double occlusion) {
    float[][] window = new float[Foa.CHANNELS][to - from];
    for (int c = 0; hearing && c < Foa.CHANNELS; c++) {
      window[c] = Arrays.copyOfRange(clip.foa()[c], from, to);
    }
    View seen = sight ? view : View.blind();
    if (occlusion != null) {
      seen = new View(seen.rgb(), seen.depth(), seen.occlusion(), occlusion.floatValue());
    }
    Imagination answer = model.imagine(Clip.of(window, Foa.SAMPLE_RATE), seen);
    ObjectNode asked =
        Json.object()
            .put("from", from)
            .put("to", to)
            .put("hearing", hearing)
            .put("sight", sight)
            .put("occlusion", occlusion);
    asked.set("answer", Json.tree(answer));
    asked.set(
        "regions",
        Json.tree(
            List.of(
                answer.region(0.5).length, answer.region(0.8).length, answer.region(0.9).length)));
    asked.set("hills", Json.tree(answer.places().hills().stream().map(PlaceHill::mass).toList()));
    return asked;
  }

  private static String base64(float... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
