package org.hearsight.learning.deploy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.Observation;
import org.hearsight.inference.scene.Answers;
import org.hearsight.inference.scene.SceneInputs;
import org.hearsight.learning.export.GraphMetadata;

/**
 * Asks the one graph that {@code export --model} wrote through the Deep Java Library, on its engine
 * for ONNX Runtime ({@code ai.djl.onnxruntime:onnxruntime-engine}). What the model is stands in the
 * file.
 *
 * <pre>{@code
 * Criteria<Observation, Imagination> criteria =
 *     Criteria.builder()
 *         .setTypes(Observation.class, Imagination.class)
 *         .optModelPath(Path.of("model.onnx"))
 *         .optEngine("OnnxRuntime")
 *         .optTranslator(new HearsightTranslator(1))
 *         .build();
 * try (ZooModel<Observation, Imagination> model = criteria.loadModel();
 *     Predictor<Observation, Imagination> predictor = model.newPredictor()) {
 *   Imagination answer = predictor.predict(new Observation(clip, View.blind()));
 * }
 * }</pre>
 *
 * <p>The answers are those of {@link org.hearsight.inference.Hearsight} but for {@link
 * Imagination#unknown()}, which takes the encoder's tokens and so is null here. One translator may
 * serve many predictors of one model; another model needs another.
 */
public final class HearsightTranslator implements NoBatchifyTranslator<Observation, Imagination> {
  private static final String SOUND = "sound";
  private static final String OCCLUSION = "occlusion";

  private final int threads;
  private volatile Asked asked; // set by prepare, before anything is asked

  private record Asked(ModelCard card, SceneInputs inputs, Answers answers) {}

  /**
   * @param threads that compute the features of one clip; the engine has its own
   */
  public HearsightTranslator(int threads) {
    this.threads = threads;
  }

  /**
   * Reads what the model is.
   *
   * @throws InputException if the file does not say it, or was written for another version's
   *     features
   */
  @Override
  public void prepare(TranslatorContext context) {
    String source = context.getModel().getName();
    ModelCard card = GraphMetadata.card(context.getBlock().getCustomMetadata(), source);
    asked = new Asked(card, new SceneInputs(card, threads), new Answers(card));
  }

  /**
   * Gives the graph's inputs under their names, each with a batch of one.
   *
   * @throws InputException if the clip is shorter than one audio token
   */
  @Override
  public NDList processInput(TranslatorContext context, Observation scene) {
    ModelCard card = asked.card();
    SceneInputs.Sound sound = asked.inputs().hear(scene.clip());
    boolean blind = scene.view().isBlind();
    View view = blind ? View.blind() : scene.view();
    context.setAttachment(SOUND, sound);
    context.setAttachment(OCCLUSION, view.occlusionLevel());

    NDManager manager = context.getNDManager();
    NDList fed = new NDList();
    int planes = AudioFeatures.PLANES;
    int bands = card.audio().backbone().features().bands();
    int frames = sound.features().length / (planes * bands);
    fed.add(array(manager, "features", sound.features(), planes, frames, bands));
    if (card.adapter().cues()) {
      int tokens = sound.cues().length / SpatialCues.WIDTH;
      fed.add(array(manager, "cues", sound.cues(), tokens, SpatialCues.WIDTH));
    }
    float[] seen = VisualPlanes.of(view);
    fed.add(array(manager, "planes", seen, VisualPlanes.COUNT, View.SIZE, View.SIZE));
    fed.add(array(manager, "occlusion", new float[] {view.occlusionLevel()}, 1));
    fed.add(array(manager, "sight", new float[] {blind ? 0 : 1}, 1));
    if (asked.inputs().hasMap()) {
      PlaceFeatures places = PlaceFeatures.of(sound.places(), PlaceFeatures.see(view));
      int azimuths = PlaceGrid.AZIMUTHS;
      fed.add(array(manager, "heard", places.heard(), PlaceFeatures.HEARD, azimuths));
      fed.add(array(manager, "seen", places.seen(), PlaceFeatures.SEEN, azimuths));
      fed.add(array(manager, "known", places.known(), PlaceFeatures.KNOWN));
    }
    return fed;
  }

  private static NDArray array(NDManager manager, String name, float[] values, long... sizes) {
    long[] shape = new long[sizes.length + 1];
    shape[0] = 1;
    System.arraycopy(sizes, 0, shape, 1, sizes.length);
    NDArray array = manager.create(values, new Shape(shape));
    array.setName(name);
    return array;
  }

  /**
   * Reads the graph's outputs by their names.
   *
   * @throws InputException if one is missing, or has a number that no whole model gives
   */
  @Override
  public Imagination processOutput(TranslatorContext context, NDList outputs) {
    Map<String, float[]> numbers = new HashMap<>();
    for (NDArray output : outputs) {
      if (Answers.OUTPUTS.contains(output.getName())) {
        numbers.put(output.getName(), output.toFloatArray());
      }
    }
    String source = context.getModel().getName();
    if (!numbers.keySet().containsAll(Answers.OUTPUTS)) {
      throw InputException.model(
          source,
          "outputs: " + List.copyOf(numbers.keySet()) + ", expected " + Answers.OUTPUTS,
          "give the file that 'hearsight export --model' wrote");
    }
    SceneInputs.Sound sound = (SceneInputs.Sound) context.getAttachment(SOUND);
    float occlusion = (Float) context.getAttachment(OCCLUSION);
    try {
      return asked.answers().read(numbers::get, null, occlusion, sound.notes());
    } catch (IllegalArgumentException e) {
      throw InputException.model(
          source,
          "is damaged or was trained wrongly: its answer has " + e.getMessage(),
          "export the model again",
          e);
    }
  }
}
