package org.hearsight.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.bundle.Checksums;
import org.hearsight.core.bundle.FolderKind;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.drift.Traits;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.imagination.UnknownDetector;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.encoder.SeldEncoder;
import org.hearsight.inference.encoder.VisualEncoder;
import org.hearsight.inference.encoder.VisualFeatures;
import org.hearsight.inference.scene.Answers;
import org.hearsight.inference.scene.HeadAnswer;
import org.hearsight.inference.scene.SceneInputs;
import org.hearsight.inference.scene.SceneTensors;
import org.hearsight.inference.session.FloatBatch;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.inference.session.OnnxPort;

/**
 * A model bundle made ready to answer: the engine behind {@link Hearsight}, in three steps of which
 * each takes a batch. Sound becomes tokens, a view becomes tokens, and adapter and head answer.
 *
 * <p>Safe for several threads.
 */
final class Imaginer implements AutoCloseable {
  private static final int TOKENS = VisualPlanes.TOKENS;

  private final ModelKey key;
  private final ModelCard card;
  private final SeldEncoder seldEncoder;
  private final VisualEncoder visualEncoder;
  private final Head head;
  private final SceneInputs inputs;
  private final Answers answers;

  private Imaginer(
      ModelKey key,
      ModelCard card,
      SeldEncoder seldEncoder,
      VisualEncoder visualEncoder,
      Head head,
      int threads) {
    this.key = key;
    this.card = card;
    this.inputs = new SceneInputs(card, threads);
    this.answers = new Answers(card);
    this.seldEncoder = seldEncoder;
    this.visualEncoder = visualEncoder;
    this.head = head;
  }

  /**
   * Loads a bundle.
   *
   * @param threads that the features and each network may use, one after the other
   * @throws InputException if a part is damaged or does not fit
   */
  static Imaginer load(ModelBundle bundle, ModelKey key, int threads) {
    // Beside loading, which takes longer: a process that answers once waits for next to nothing.
    Checksums.Check whole =
        bundle
            .checksums()
            .begin(bundle.seldEncoder(), bundle.visualEncoder(), bundle.imagination());
    SeldEncoder seld = null;
    VisualEncoder visual = null;
    Head head = null;
    try {
      AudioFeatures features = bundle.card().audio().backbone().features();
      requireClip(bundle, features);
      seld = SeldEncoder.open(bundle.seldEncoder(), features.framesPerToken(), threads);
      requireFits(bundle, seld, features);
      visual = VisualEncoder.open(bundle.visualEncoder(), threads);
      head = Head.open(bundle.imagination(), threads);
      requireClasses(bundle, head.whole());
      whole.await();
      return new Imaginer(key, bundle.card(), seld, visual, head, threads);
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
      throw InputException.model(
          bundle.folder().resolve(FolderKind.MODEL.card()),
          "clip_seconds: %s is shorter than an audio token of %s s"
              .formatted(bundle.card().clipSeconds(), token),
          "train the model again");
    }
  }

  private static void requireFits(ModelBundle bundle, SeldEncoder seld, AudioFeatures features) {
    if (seld.planes() != AudioFeatures.PLANES || seld.bands() != features.bands()) {
      throw InputException.model(
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
    OnnxPort logits = head.outputs().get(Answers.LOGITS);
    int classes = bundle.card().taxonomy().size();
    if (logits == null || !logits.hasFixed(2, 1) || logits.sizes().get(1) != classes) {
      throw InputException.model(
          bundle.imagination(),
          Answers.LOGITS
              + ": "
              + (logits == null ? "missing" : logits.shapeText())
              + ", but model.json names "
              + classes
              + " classes",
          "train the model again");
    }
  }

  /**
   * Hears clips; those of one length run through the encoder together.
   *
   * @throws InputException naming the first that is shorter than one audio token
   */
  List<Heard> hear(List<Clip> clips) {
    return encode(inputs.hear(clips));
  }

  /** Encodes what was heard; those of one length run through the encoder together. */
  List<Heard> encode(List<SceneInputs.Sound> heard) {
    return byKey(
        heard.size(),
        i -> heard.get(i).features().length,
        same -> {
          float[][] features =
              same.stream().map(i -> heard.get(i).features()).toArray(float[][]::new);
          float[][] encoded = seldEncoder.encode(features);
          List<Heard> out = new ArrayList<>();
          for (int j = 0; j < encoded.length; j++) {
            int i = same.get(j);
            out.add(tokens(encoded[j], heard.get(i)));
          }
          return out;
        });
  }

  private boolean hasMap() {
    return inputs.hasMap();
  }

  private Heard tokens(float[] encoded, SceneInputs.Sound sound) {
    int count = encoded.length / seldEncoder.width();
    float[] tokens = sideBySide(encoded, sound.cues(), count);
    float[] summary =
        card.unknown() == null ? null : UnknownDetector.summary(encoded, seldEncoder.width());
    float[] traits = Traits.ofSound(sound.features(), seldEncoder.bands());
    return card.adapter().fusion() == Fusion.SPATIAL
        ? new Heard(key, tokens, count, sound.places(), summary, traits, sound.notes())
        : new Heard(
            key,
            mean(tokens, count, tokens.length / count),
            1,
            sound.places(),
            summary,
            traits,
            sound.notes());
  }

  /** Looks at views together; {@link View#blind()} and its like need no look. */
  List<Seen> see(List<View> views) {
    return byKey(
        views.size(),
        i -> views.get(i).isBlind() ? 0 : 1,
        same -> {
          List<View> these = same.stream().map(views::get).toList();
          return these.get(0).isBlind() ? these.stream().map(v -> blind()).toList() : look(these);
        });
  }

  private List<Seen> look(List<View> views) {
    float[][] planes = views.stream().map(VisualPlanes::of).toArray(float[][]::new);
    List<VisualFeatures> features = visualEncoder.encode(planes, View.SIZE, View.SIZE);
    return IntStream.range(0, planes.length)
        .mapToObj(i -> seen(features.get(i), views.get(i), planes[i]))
        .toList();
  }

  /**
   * Looks at planes for the visual encoder; those of a scene that is not seen are not looked at.
   */
  List<Seen> seePlanes(List<SceneTensors> scenes) {
    return byKey(
        scenes.size(),
        i -> scenes.get(i).sight() ? 1 : 0,
        same -> {
          List<SceneTensors> these = same.stream().map(scenes::get).toList();
          if (!these.get(0).sight()) {
            return these.stream().map(s -> asSeen(blind(), s)).toList();
          }
          float[][] planes = these.stream().map(SceneTensors::planes).toArray(float[][]::new);
          List<VisualFeatures> features = visualEncoder.encode(planes, View.SIZE, View.SIZE);
          return IntStream.range(0, planes.length)
              .mapToObj(i -> asSeen(seen(features.get(i), planes[i], these.get(i)), these.get(i)))
              .toList();
        });
  }

  private Seen seen(VisualFeatures features, float[] planes, SceneTensors scene) {
    boolean spatial = card.adapter().fusion() == Fusion.SPATIAL;
    return new Seen(
        key,
        spatial ? features.tokens() : features.pooled(),
        spatial ? VisualPlanes.tokenGeometry(planes) : new float[0],
        scene.occlusion(),
        null,
        Traits.ofSight(planes));
  }

  private Seen asSeen(Seen seen, SceneTensors scene) {
    return new Seen(
        key,
        seen.visual(),
        seen.geometry(),
        seen.occlusionLevel(),
        hasMap() ? scene.view() : null,
        seen.traits());
  }

  /** Answers for scenes that are given as numbers, with what the head says of each. */
  List<HeadAnswer> answer(List<SceneTensors> scenes) {
    List<Heard> heard = encode(scenes.stream().map(SceneTensors::sound).toList());
    List<Seen> seen = seePlanes(scenes);
    return byKey(
        scenes.size(),
        i -> heard.get(i).count(),
        same ->
            headAnswers(
                head.whole(),
                Answers.OUTPUTS,
                same.stream().map(heard::get).toList(),
                same.stream().map(seen::get).toList()));
  }

  /**
   * Trained with pictures left out in the same way: zeros, and wholly occluded whatever level is
   * given.
   */
  private Seen blind() {
    int width = visualEncoder.width();
    View blind = View.blind();
    return seen(
        new VisualFeatures(new float[TOKENS * width], new float[width]),
        blind,
        VisualPlanes.of(blind));
  }

  private Seen seen(VisualFeatures features, View view, float[] planes) {
    boolean spatial = card.adapter().fusion() == Fusion.SPATIAL;
    return new Seen(
        key,
        spatial ? features.tokens() : features.pooled(),
        spatial ? VisualPlanes.tokenGeometry(view) : new float[0],
        view.occlusionLevel(),
        hasMap() ? PlaceFeatures.see(view) : null,
        Traits.ofSight(planes));
  }

  /**
   * Answers for pairs of what was heard and seen.
   *
   * @throws IllegalArgumentException if another model heard or saw it
   * @throws InputException if an answer has a number that no whole model gives
   */
  List<Imagination> answer(List<Heard> heard, List<Seen> seen) {
    heard.forEach(h -> requireOwn("heard", h.model()));
    seen.forEach(s -> requireOwn("seen", s.model()));
    return byKey(
        heard.size(),
        i -> heard.get(i).count(),
        same ->
            answerTogether(
                head.whole(),
                Answers.OUTPUTS,
                same.stream().map(heard::get).toList(),
                same.stream().map(seen::get).toList()));
  }

  /** As {@link #answer}, without how much each sense was trusted: quicker where there is a map. */
  Imagination answerWithoutWeights(Heard heard, Seen seen) {
    requireOwn("heard", heard.model());
    requireOwn("seen", seen.model());
    OnnxNetwork network = hasMap() ? head.withoutWeights() : head.whole();
    return answerTogether(network, Answers.WITHOUT_WEIGHTS, List.of(heard), List.of(seen)).get(0);
  }

  /** What tells whether a scene is like those of the calibration. */
  Traits traits(Heard heard, Seen seen, Imagination answer) {
    requireOwn("heard", heard.model());
    requireOwn("seen", seen.model());
    return new Traits(heard.traits(), seen.traits(), answer.confidence());
  }

  private void requireOwn(String what, ModelKey by) {
    if (!by.equals(key)) {
      throw new IllegalArgumentException(
          what + " by the model " + by.folder() + ", not by " + key.folder());
    }
  }

  /** All with as many audio tokens. */
  private List<Imagination> answerTogether(
      OnnxNetwork network, List<String> outputs, List<Heard> heard, List<Seen> seen) {
    return headAnswers(network, outputs, heard, seen).stream()
        .map(HeadAnswer::imagination)
        .toList();
  }

  private List<HeadAnswer> headAnswers(
      OnnxNetwork network, List<String> outputs, List<Heard> heard, List<Seen> seen) {
    boolean spatial = card.adapter().fusion() == Fusion.SPATIAL;
    int count = heard.get(0).count();
    int audio = heard.get(0).tokens().length / count;
    int visual = visualEncoder.width();
    List<float[]> sounds = heard.stream().map(Heard::tokens).toList();
    List<float[]> sights = seen.stream().map(Seen::visual).toList();
    Map<String, FloatBatch> fed = new LinkedHashMap<>();
    if (spatial) {
      fed.put("audio", FloatBatch.of(sounds, count, audio));
      fed.put("visual", FloatBatch.of(sights, TOKENS, visual));
      fed.put("geometry", FloatBatch.of(seen.stream().map(Seen::geometry).toList(), TOKENS, 2));
    } else {
      fed.put("audio", FloatBatch.of(sounds, audio));
      fed.put("visual", FloatBatch.of(sights, visual));
    }
    fed.put(
        "occlusion",
        FloatBatch.of(seen.stream().map(s -> new float[] {s.occlusionLevel()}).toList(), 1));
    if (hasMap()) {
      putPlaces(fed, heard, seen);
    }
    Map<String, float[]> out = network.runFloats(fed, outputs.toArray(String[]::new));
    try {
      return IntStream.range(0, heard.size())
          .mapToObj(
              i -> {
                Map<String, float[]> numbers = new LinkedHashMap<>();
                out.forEach((name, all) -> numbers.put(name, part(all, i, heard.size())));
                return new HeadAnswer(
                    numbers,
                    answers.read(
                        numbers::get,
                        unknown(heard.get(i)),
                        seen.get(i).occlusionLevel(),
                        heard.get(i).notes()));
              })
          .toList();
    } catch (IllegalArgumentException e) {
      throw InputException.model(
          network.source(),
          "is damaged or was trained wrongly: its answer has " + e.getMessage(),
          "copy the model again from where it was made, or train it again",
          e);
    }
  }

  private Imagination.Unknown unknown(Heard heard) {
    return heard.summary() == null ? null : card.unknown().judge(heard.summary());
  }

  private static void putPlaces(
      Map<String, FloatBatch> inputs, List<Heard> heard, List<Seen> seen) {
    List<PlaceFeatures> places = new ArrayList<>();
    for (int i = 0; i < heard.size(); i++) {
      places.add(PlaceFeatures.of(heard.get(i).places(), seen.get(i).places()));
    }
    int azimuths = PlaceGrid.AZIMUTHS;
    List<float[]> sounds = places.stream().map(PlaceFeatures::heard).toList();
    List<float[]> sights = places.stream().map(PlaceFeatures::seen).toList();
    List<float[]> known = places.stream().map(PlaceFeatures::known).toList();
    inputs.put("heard", FloatBatch.of(sounds, PlaceFeatures.HEARD, azimuths));
    inputs.put("seen", FloatBatch.of(sights, PlaceFeatures.SEEN, azimuths));
    inputs.put("known", FloatBatch.of(known, PlaceFeatures.KNOWN));
  }

  private static float[] part(float[] all, int index, int count) {
    int each = all.length / count;
    return Arrays.copyOfRange(all, index * each, (index + 1) * each);
  }

  /** Works on items of one key together, and puts the results back into the items' order. */
  private static <T> List<T> byKey(
      int count, IntUnaryOperator key, Function<List<Integer>, List<T>> together) {
    Map<Integer, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      groups.computeIfAbsent(key.applyAsInt(i), k -> new ArrayList<>()).add(i);
    }
    List<T> results = new ArrayList<>(Collections.nCopies(count, null));
    for (List<Integer> group : groups.values()) {
      List<T> done = together.apply(group);
      for (int j = 0; j < group.size(); j++) {
        results.set(group.get(j), done.get(j));
      }
    }
    return results;
  }

  /** What it is fed, and how long that must be. */
  SceneInputs inputs() {
    return inputs;
  }

  ModelCard card() {
    return card;
  }

  @Override
  public void close() {
    seldEncoder.close();
    visualEncoder.close();
    head.close();
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
