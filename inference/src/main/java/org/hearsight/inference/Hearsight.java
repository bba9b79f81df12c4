package org.hearsight.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.drift.Traits;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.vision.View;
import org.hearsight.inference.scene.HeadAnswer;
import org.hearsight.inference.scene.SceneInputs;
import org.hearsight.inference.scene.SceneTensors;
import org.hearsight.inference.seld.SeldDetector;
import org.hearsight.inference.session.CallsInFlight;

/**
 * A trained model that answers what is heard and cannot be seen, and where: the way into the
 * library.
 *
 * <pre>{@code
 * try (Hearsight hearsight = Hearsight.load()) { // or load(Path.of("model"))
 *   View view = View.read(Path.of("view.png"), Path.of("depth.png"));
 *   Imagination answer = hearsight.imagine(Clip.read(Path.of("foa.wav")), view);
 *   System.out.println(answer.className() + " at " + answer.location().azimuth() + "°");
 * }
 * }</pre>
 *
 * <p>{@link #imagine(Clip, View)} is {@link #hear}, {@link #see} and {@link #answer} in one. Called
 * apart, a view serves many clips and a clip many views.
 *
 * <p>Safe for any number of threads. A model that is loaded more than once with as many threads
 * shares its ONNX sessions, which the last one closes. Interrupting a thread ends its call with a
 * {@link java.util.concurrent.CancellationException} at the next step.
 */
public final class Hearsight implements AutoCloseable {
  /** Observations that are in memory as tokens together, about half a megabyte each. */
  private static final int LARGEST_BATCH = 16;

  private final SharedModel shared;
  private final Imaginer model;
  private final CallsInFlight calls;

  private Hearsight(String name, SharedModel shared) {
    this.shared = shared;
    this.model = shared.imaginer();
    this.calls = new CallsInFlight(name);
  }

  /**
   * Loads the model that ships, with a thread for each processor.
   *
   * @throws InputException as {@link #load(int)}
   */
  public static Hearsight load() {
    return load(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Loads the model that ships: {@code weights/default} of the checkout or installation that the
   * system property {@code hearsight.home} names, else what the artifact {@code hearsight-model}
   * holds, which is read in its jar.
   *
   * @param threads that one call may use, 1 where many calls run at once
   * @throws InputException if there is none, saying what to do about it; else as {@link #load(Path,
   *     int)}
   */
  public static Hearsight load(int threads) {
    try (DefaultModel found = DefaultModel.find()) {
      return load(found, threads);
    }
  }

  /** Is there a model that {@link #load(int)} finds? */
  public static boolean ships() {
    return DefaultModel.isThere();
  }

  static Hearsight load(DefaultModel found, int threads) {
    return new Hearsight(found.name(), SharedModel.open(found.bundle(), threads));
  }

  /**
   * Loads a model with a thread for each processor.
   *
   * @throws InputException as {@link #load(Path, int)}
   */
  public static Hearsight load(Path folder) {
    return load(folder, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Loads a model.
   *
   * @param folder that {@code train} wrote
   * @param threads that one call may use, 1 where many calls run at once
   * @throws InputException if it holds no model, a damaged one or one of another format, or ONNX
   *     Runtime does not start; {@link InputException#fault} says which
   */
  public static Hearsight load(Path folder, int threads) {
    return load(ModelBundle.open(folder), threads);
  }

  /**
   * Loads a model that was opened, or whose card is not written yet.
   *
   * @param bundle with the card to answer by, which may differ from the folder's
   * @param threads that one call may use
   * @throws InputException as {@link #load(Path, int)}
   */
  public static Hearsight load(ModelBundle bundle, int threads) {
    return new Hearsight(bundle.folder().toString(), SharedModel.open(bundle, threads));
  }

  /**
   * Opens a SELD network with its head, which says who sounds where, every 100 ms.
   *
   * <pre>{@code
   * try (SeldDetector detector = Hearsight.listen(Path.of("weights/seld"), 1)) {
   *   List<SeldEvent> events = detector.events(Clip.of(foa, 24_000));
   * }
   * }</pre>
   *
   * @param encoder a folder that {@code pretrain} wrote, as the one that ships: it brings the
   *     scaler of its features
   * @param threads that one call may use
   * @throws InputException if it holds no such network, a damaged one, or one without its graph or
   *     scaler
   */
  public static SeldDetector listen(Path encoder, int threads) {
    return SeldDetector.open(
        EncoderFolder.open(encoder, EncoderCard.SELDNET),
        List.of(),
        List.of(ChannelSwap.IDENTITY),
        threads,
        Progress.SILENT);
  }

  /**
   * Opens a SELD network that brings no scaler: a checkpoint of others in a folder that {@code
   * import seld} wrote. Its distances are taken as metres.
   *
   * @param encoder the folder
   * @param scaler of the features, as a {@link FeatureScaler.Fitter} fits it to recordings like
   *     those the network was trained on
   * @param threads that one call may use
   * @throws InputException if the folder holds no such network, a damaged one, one without its
   *     graph, or one that brings a scaler
   */
  public static SeldDetector listen(Path encoder, FeatureScaler scaler, int threads) {
    return SeldDetector.open(
        EncoderFolder.open(encoder, EncoderCard.SELDNET),
        scaler,
        List.of(ChannelSwap.IDENTITY),
        threads);
  }

  /**
   * What the model is: its classes, the seconds it judges, and where it comes from. It can be read
   * after {@link #close} as well.
   */
  public ModelCard card() {
    return model.card();
  }

  /**
   * Which model it is: SHA-256 of its card and of the checksums that the card vouches for, as 64
   * hexadecimal digits. It can be read after {@link #close} as well.
   */
  public String sha256() {
    return shared.model().card();
  }

  /**
   * Reads what is judged of a recording, its last {@code clip_seconds}, however long it is.
   *
   * @param recording a sound file of four channels, in the format that it names itself: W, Y, Z, X
   *     in SN3D where it names none
   * @throws InputException if it is not one, or shorter than one audio token
   * @throws IllegalStateException if the model is closed
   */
  public Clip read(Path recording) {
    return read(recording, null);
  }

  /**
   * As {@link #read(Path)}, in a given format.
   *
   * @param format of the channels; null to believe what the file says of itself
   */
  public Clip read(Path recording, FoaFormat format) {
    return calls.call(() -> end(recording, format));
  }

  private Clip end(Path recording, FoaFormat format) {
    List<String> notes = new ArrayList<>();
    long samples = Foa.length(recording, format);
    model.inputs().requireLong(recording.toString(), samples);
    if (samples > model.inputs().clipSamples()) {
      notes.add(model.inputs().longer(samples));
    }
    float[][] foa =
        Foa.readEnd(recording, format, model.inputs().clipSamples(), notes::add).channels();
    return new Clip(recording.toString(), foa, notes);
  }

  /**
   * Answers for one scene.
   *
   * @param clip its last {@code clip_seconds} are judged
   * @param view what the camera sees; {@link View#blind()} answers from sound alone
   * @throws InputException if the clip is shorter than one audio token, or the answer has a number
   *     that no whole model gives
   * @throws IllegalStateException if the model is closed
   */
  public Imagination imagine(Clip clip, View view) {
    return imagine(List.of(new Observation(clip, view))).get(0);
  }

  /**
   * Answers for many scenes, whose clips and views run through the networks together. Probabilities
   * and shares differ from those of single calls by at most 1e-5, angles by 0.01°.
   *
   * @return an answer each, in their order
   * @throws InputException as {@link #imagine(Clip, View)}, for the first that is refused
   * @throws IllegalStateException if the model is closed
   */
  public List<Imagination> imagine(List<Observation> observations) {
    return calls.call(
        () -> {
          List<Imagination> answers = new ArrayList<>();
          for (int from = 0; from < observations.size(); from += LARGEST_BATCH) {
            List<Observation> part =
                observations.subList(from, Math.min(observations.size(), from + LARGEST_BATCH));
            List<Heard> heard = model.hear(part.stream().map(Observation::clip).toList());
            List<Seen> seen = model.see(part.stream().map(Observation::view).toList());
            answers.addAll(model.answer(heard, seen));
          }
          return answers;
        });
  }

  /**
   * Hears a clip.
   *
   * @throws InputException if it is shorter than one audio token
   * @throws IllegalStateException if the model is closed
   */
  public Heard hear(Clip clip) {
    return calls.call(() -> model.hear(List.of(clip)).get(0));
  }

  /**
   * Hears clips; those of one length run through the encoder together.
   *
   * @throws InputException as {@link #hear(Clip)}, for the first that is refused
   * @throws IllegalStateException if the model is closed
   */
  public List<Heard> hear(List<Clip> clips) {
    return calls.call(() -> model.hear(clips));
  }

  /** Encodes what was heard of a window. */
  Heard hear(SceneInputs.Sound sound) {
    return calls.call(() -> model.encode(List.of(sound)).get(0));
  }

  /**
   * Listens to a stream of sound, ten answers a second; a listener each for any number of streams.
   *
   * @throws IllegalStateException if the model is closed
   */
  public Listener listener() {
    return calls.call(() -> new Listener(this, model.inputs()));
  }

  /**
   * Looks at a view.
   *
   * @throws IllegalStateException if the model is closed
   */
  public Seen see(View view) {
    return calls.call(() -> model.see(List.of(view)).get(0));
  }

  /**
   * Looks at views together.
   *
   * @throws IllegalStateException if the model is closed
   */
  public List<Seen> see(List<View> views) {
    return calls.call(() -> model.see(views));
  }

  /**
   * Answers for pairs of what this model heard and saw, all together.
   *
   * @throws IllegalArgumentException if another model heard or saw one, or there are not as many
   * @throws InputException if an answer has a number that no whole model gives
   * @throws IllegalStateException if the model is closed
   */
  public List<Imagination> answer(List<Heard> heard, List<Seen> seen) {
    if (heard.size() != seen.size()) {
      throw new IllegalArgumentException(
          heard.size() + " were heard, but " + seen.size() + " seen");
    }
    return calls.call(() -> model.answer(heard, seen));
  }

  /**
   * Answers for what this model heard and saw.
   *
   * @throws IllegalArgumentException if another model heard or saw it
   * @throws InputException if the answer has a number that no whole model gives
   * @throws IllegalStateException if the model is closed
   */
  public Imagination answer(Heard heard, Seen seen) {
    return answer(heard, seen, true);
  }

  /**
   * As {@link #answer(Heard, Seen)}.
   *
   * @param weighs whether it says how much each sense was trusted
   */
  Imagination answer(Heard heard, Seen seen, boolean weighs) {
    return calls.call(
        () ->
            weighs
                ? model.answer(List.of(heard), List.of(seen)).get(0)
                : model.answerWithoutWeights(heard, seen));
  }

  /**
   * What tells a {@link org.hearsight.core.drift.DriftMonitor} whether a scene is like those that
   * the model was calibrated on.
   *
   * @param answer of this model for them
   * @throws IllegalArgumentException if another model heard or saw it
   */
  public Traits traits(Heard heard, Seen seen, Imagination answer) {
    return model.traits(heard, seen, answer);
  }

  /**
   * Answers for scenes that are given as numbers, as the graph of a whole model takes them.
   *
   * @throws InputException if an answer has a number that no whole model gives, as where one that
   *     is given is out of all bounds
   * @throws IllegalStateException if the model is closed
   */
  public List<HeadAnswer> answer(List<SceneTensors> scenes) {
    return calls.call(() -> model.answer(scenes));
  }

  /** Waits for running calls; later ones fail. Closing again does nothing. */
  @Override
  public void close() {
    calls.close(shared::close);
  }
}
