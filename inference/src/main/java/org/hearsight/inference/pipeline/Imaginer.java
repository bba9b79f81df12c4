package org.hearsight.inference.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Hearing;
import org.hearsight.core.audio.SoundField;
import org.hearsight.core.bundle.Checksums;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.encoder.SeldEncoder;
import org.hearsight.inference.encoder.VisualEncoder;
import org.hearsight.inference.encoder.VisualFeatures;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.inference.session.OnnxPort;

/**
 * A model bundle made ready to answer: sound and view in, {@link Imagination} out, on ONNX Runtime.
 *
 * <p>Safe for use by several threads; close it when done.
 */
public final class Imaginer implements AutoCloseable {
  private static final String LOGITS = "class_logits";
  private static final int TOKENS = VisualPlanes.TOKENS;

  private final ModelCard card;
  private final SeldEncoder seldEncoder;
  private final VisualEncoder visualEncoder;
  private final OnnxNetwork imagination;
  private final Hearing hearing;

  private Imaginer(
      ModelCard card,
      SeldEncoder seldEncoder,
      VisualEncoder visualEncoder,
      OnnxNetwork imagination,
      int threads) {
    this.card = card;
    this.hearing = new Hearing(card.audio().backbone().features(), card.scaler(), threads);
    this.seldEncoder = seldEncoder;
    this.visualEncoder = visualEncoder;
    this.imagination = imagination;
  }

  /**
   * Opens a bundle.
   *
   * @param folder that {@code train} wrote
   * @param threads that the features and each network may use, one after the other
   * @throws InputException if it is no bundle or a part is damaged
   */
  public static Imaginer open(Path folder, int threads) {
    ModelBundle bundle = ModelBundle.open(folder);
    // Beside loading, which takes longer: a process that answers once waits for next to nothing.
    Checksums.Check whole =
        bundle
            .checksums()
            .begin(bundle.seldEncoder(), bundle.visualEncoder(), bundle.imagination());
    SeldEncoder seld = null;
    VisualEncoder visual = null;
    OnnxNetwork head = null;
    try {
      AudioFeatures features = bundle.card().audio().backbone().features();
      requireClip(bundle, features);
      seld = SeldEncoder.open(bundle.seldEncoder(), features.framesPerToken(), threads);
      requireFits(bundle, seld, features);
      visual = VisualEncoder.open(bundle.visualEncoder(), threads);
      head = OnnxNetwork.open(bundle.imagination(), threads);
      requireClasses(bundle, head);
      whole.await();
      return new Imaginer(bundle.card(), seld, visual, head, threads);
    } catch (RuntimeException e) {
      if (seld != null) {
        seld.close();
      }
      if (visual != null) {
        visual.close();
      }
      if (head != null) {
        head.close();
      }
      whole.await(); // a damaged part is the true reason why it does not load
      throw e;
    }
  }

  private static void requireClip(ModelBundle bundle, AudioFeatures features) {
    double token = features.samples(features.framesPerToken()) / (double) Foa.SAMPLE_RATE;
    if (bundle.card().clipSeconds() < token) {
      throw new InputException(
          bundle.folder().resolve("model.json"),
          "clip_seconds: %s is shorter than an audio token of %s s"
              .formatted(bundle.card().clipSeconds(), token),
          "train the model again");
    }
  }

  private static void requireFits(ModelBundle bundle, SeldEncoder seld, AudioFeatures features) {
    if (seld.planes() != AudioFeatures.PLANES || seld.bands() != features.bands()) {
      throw new InputException(
          bundle.seldEncoder(),
          "takes %d planes of %d bands, but model.json says %s with %d of %d"
              .formatted(
                  seld.planes(),
                  seld.bands(),
                  bundle.card().audio().kind(),
                  AudioFeatures.PLANES,
                  features.bands()),
          "train the model again");
    }
  }

  private static void requireClasses(ModelBundle bundle, OnnxNetwork head) {
    OnnxPort logits = head.outputs().get(LOGITS);
    int classes = bundle.card().taxonomy().size();
    if (logits == null || !logits.hasFixed(2, 1) || logits.sizes().get(1) != classes) {
      throw new InputException(
          bundle.imagination(),
          "class_logits: "
              + (logits == null ? "missing" : logits.shapeText())
              + ", but model.json names "
              + classes
              + " classes",
          "train the model again");
    }
  }

  public ModelCard card() {
    return card;
  }

  /**
   * Answers for one scene.
   *
   * @param foa [4][samples] at 24 kHz, W, Y, Z, X; the last {@code clip_seconds} are judged
   * @param view what the camera sees; {@link View#blind()} answers from sound alone
   * @param notes about the input, passed on into the answer
   * @throws InputException if the sound is not four channels of numbers ({@link Foa#require}) or
   *     shorter than one audio token ({@link #requireLong} says the same by the name of a file), or
   *     the answer has a number that no whole model gives
   */
  public Imagination imagine(float[][] foa, View view, List<String> notes) {
    Foa.require("audio", foa);
    List<String> allNotes = new ArrayList<>(notes);
    float[][] clip = clip(foa, allNotes);
    SoundField.doubt(clip).ifPresent(allNotes::add);
    Tensor audio = hear(clip);
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    inputs.put("audio", audio);
    // Scenes without a picture were wholly occluded in training, whatever level is given.
    View seen = view.isBlind() ? View.blind() : view;
    see(seen, inputs);
    inputs.put("occlusion", Tensor.of(new float[] {seen.occlusionLevel()}, 1, 1));
    Map<String, Tensor> out = imagination.run(inputs);
    try {
      return answer(out, seen.occlusionLevel(), allNotes);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          imagination.source(),
          "is damaged or was trained wrongly: its answer has " + e.getMessage(),
          "copy the model again from where it was made, or train it again",
          e);
    }
  }

  /**
   * Reads what is judged of a recording: its last {@code clip_seconds}, however long it is.
   *
   * @param notes takes a line for whatever was done to the sound
   * @return [4][samples] at 24 kHz
   * @throws InputException as {@link Foa#read}, or if it is shorter than one audio token
   */
  public float[][] read(Path recording, Consumer<String> notes) {
    long samples = Foa.length(recording);
    requireLong(recording.toString(), samples);
    if (samples > clipSamples()) {
      notes.accept(longer(samples));
    }
    return Foa.readEnd(recording, clipSamples(), notes).channels();
  }

  /**
   * Refuses a recording that is shorter than one audio token.
   *
   * @param source what to call it: its file
   */
  public void requireLong(String source, long samples) {
    AudioFeatures features = hearing.features();
    int least = features.samples(features.framesPerToken());
    if (samples < least) {
      throw new InputException(
          source,
          String.format(
              Locale.ROOT,
              "duration: %.2f s, expected at least %.1f s",
              samples / (double) Foa.SAMPLE_RATE,
              least / (double) Foa.SAMPLE_RATE),
          String.format(
              Locale.ROOT,
              "give a longer recording (the model judges %.0f s)",
              card.clipSeconds()));
    }
  }

  @Override
  public void close() {
    seldEncoder.close();
    visualEncoder.close();
    imagination.close();
  }

  /** The last {@code clip_seconds}, or all of a shorter recording. */
  private float[][] clip(float[][] foa, List<String> notes) {
    int wanted = clipSamples();
    int samples = foa[0].length;
    requireLong("audio", samples);
    if (samples == wanted) {
      return foa;
    }
    if (samples < wanted) {
      notes.add(
          String.format(
              Locale.ROOT,
              "audio is %.1f s long; the model was trained on %.0f s",
              samples / (double) Foa.SAMPLE_RATE,
              card.clipSeconds()));
      return foa;
    }
    notes.add(longer(samples));
    float[][] last = new float[foa.length][];
    for (int c = 0; c < foa.length; c++) {
      last[c] = Arrays.copyOfRange(foa[c], samples - wanted, samples);
    }
    return last;
  }

  private int clipSamples() {
    return (int) Math.round(card.clipSeconds() * Foa.SAMPLE_RATE);
  }

  private String longer(long samples) {
    return String.format(
        Locale.ROOT,
        "audio is %.1f s long; its last %.0f s are judged",
        samples / (double) Foa.SAMPLE_RATE,
        card.clipSeconds());
  }

  /** Tokens [1, T', D] for the spatial fusion, their mean [1, D] for the seed's. */
  private Tensor hear(float[][] clip) {
    Hearing.Heard heard = hearing.hear(clip, card.adapter().cues());
    float[] encoded = seldEncoder.encode(new float[][] {heard.features()})[0];
    int count = encoded.length / seldEncoder.width();
    float[] tokens = sideBySide(encoded, heard.cues(), count);
    int width = tokens.length / count;
    return card.adapter().fusion() == Fusion.SPATIAL
        ? Tensor.of(tokens, 1, count, width)
        : Tensor.of(mean(tokens, count, width), 1, width);
  }

  /** Joins the rows of two tables of {@code rows} rows. */
  private static float[] sideBySide(float[] left, float[] right, int rows) {
    int l = left.length / rows;
    int r = right.length / rows;
    float[] joined = new float[rows * (l + r)];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(left, i * l, joined, i * (l + r), l);
      System.arraycopy(right, i * r, joined, i * (l + r) + l, r);
    }
    return joined;
  }

  private void see(View view, Map<String, Tensor> inputs) {
    int width = visualEncoder.width();
    // Trained with pictures left out in the same way, so no picture is no surprise to the model.
    VisualFeatures seen =
        view.isBlind()
            ? new VisualFeatures(new float[TOKENS * width], new float[width])
            : visualEncoder
                .encode(new float[][] {VisualPlanes.of(view)}, View.SIZE, View.SIZE)
                .get(0);
    if (card.adapter().fusion() == Fusion.SPATIAL) {
      inputs.put("visual", Tensor.of(seen.tokens(), 1, TOKENS, width));
      inputs.put("geometry", Tensor.of(VisualPlanes.tokenGeometry(view), 1, TOKENS, 2));
    } else {
      inputs.put("visual", Tensor.of(seen.pooled(), 1, width));
    }
  }

  private Imagination answer(Map<String, Tensor> out, double occlusion, List<String> notes) {
    float[] logits = out.get(LOGITS).floats();
    for (float l : logits) {
      FieldValues.within(LOGITS, l, -Float.MAX_VALUE, Float.MAX_VALUE);
    }
    double[] p = softmax(logits, card.temperature());
    Map<String, Double> probabilities = new LinkedHashMap<>();
    int best = 0;
    for (int c = 0; c < p.length; c++) {
      probabilities.put(card.taxonomy().nameOf(c), p[c]);
      if (p[c] > p[best]) {
        best = c;
      }
    }
    float[] place = out.get("location").floats();
    card.adapter().location().requirePlausible(place);
    LocationForm.Estimate estimate = card.adapter().location().decode(place);
    float[] reliability = out.get("reliability").floats();
    return new Imagination(
        card.taxonomy().nameOf(best),
        probabilities,
        estimate.location(),
        Imagination.Spread.of(estimate),
        out.get("confidence").floats()[0],
        new Imagination.Reliability(reliability[0], reliability[1]),
        occlusion,
        notes);
  }

  private static double[] softmax(float[] logits, double temperature) {
    double max = Double.NEGATIVE_INFINITY;
    for (float l : logits) {
      max = Math.max(max, l);
    }
    double sum = 0;
    double[] p = new double[logits.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp((logits[i] - max) / temperature);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  private static float[] mean(float[] rows, int n, int width) {
    float[] mean = new float[width];
    for (int r = 0; r < n; r++) {
      for (int i = 0; i < width; i++) {
        mean[i] += rows[r * width + i] / n;
      }
    }
    return mean;
  }
}
