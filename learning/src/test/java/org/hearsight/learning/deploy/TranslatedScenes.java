package org.hearsight.learning.deploy;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Observation;

/**
 * A program for a Java of its own, as DJL's engine wants to be the first to start ONNX Runtime:
 * {@code MODEL.onnx DATA} prints an answer to each scene, as a line of JSON.
 */
final class TranslatedScenes {
  private TranslatedScenes() {}

  public static void main(String[] args) throws Exception {
    Criteria<Observation, Imagination> criteria =
        Criteria.builder()
            .setTypes(Observation.class, Imagination.class)
            .optModelPath(Path.of(args[0]))
            .optEngine("OnnxRuntime")
            .optTranslator(new HearsightTranslator(1))
            .build();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (ZooModel<Observation, Imagination> model = criteria.loadModel();
        Predictor<Observation, Imagination> predictor = model.newPredictor()) {
      for (Imagination answer :
          predictor.batchPredict(scenes(ScenarioStore.open(Path.of(args[1]))))) {
        out.println(Json.line(answer));
      }
    }
  }

  /** With a picture, without, and longer than the model was trained on. */
  static List<Observation> scenes(ScenarioStore store) {
    List<Observation> scenes = new ArrayList<>();
    for (Scenario scene : store.scenarios(Split.TEST)) {
      Clip clip = Clip.read(store.file(scene.files().audio()));
      View view = StoredView.read(store, scene);
      float[][] later = new float[Foa.CHANNELS][2 * clip.samples()];
      for (int c = 0; c < Foa.CHANNELS; c++) {
        System.arraycopy(clip.foa()[c], 0, later[c], clip.samples() / 2, clip.samples());
      }
      scenes.add(new Observation(clip, view));
      scenes.add(new Observation(clip, View.blind()));
      scenes.add(new Observation(Clip.of(later, Foa.SAMPLE_RATE), view));
    }
    return scenes;
  }
}
