package org.hearsight.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.Clip;
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
import org.hearsight.core.imagination.UnknownDetector;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.encoder.SeldEncoder;
import org.hearsight.inference.encoder.VisualEncoder;
import org.hearsight.inference.encoder.VisualFeatures;
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
  private static final String LOGITS = "class_logits";
  private static final String LOCATION = "location";
  private static final String CONFIDENCE = "confidence";
  private static final String RELIABILITY = "reliability";
  private static final int TOKENS = VisualPlanes.TOKENS;

  private final ModelKey key;
  private final ModelCard card;
  private final SeldEncoder seldEncoder;
  private final VisualEncoder visualEncoder;
  private final OnnxNetwork imagination;
  private final Hearing hearing;

  private Imaginer(
      ModelKey key,
      ModelCard card,
      SeldEncoder seldEncoder,
      VisualEncoder visualEncoder,
      OnnxNetwork imagination,
      int threads) {
    this.key = key;
    this.card = card;
    this.hearing = new Hearing(card.audio().backbone().features(), card.scaler(), threads);
    this.seldEncoder = seldEncoder;
    this.visualEncoder = visualEncoder;
    this.imagination = imagination;
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
          bundle.folder().resolve("model.json"),
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
    OnnxPort logits = head.outputs().get(LOGITS);
    int classes = bundle.card().taxonomy().size();
    if (logits == null || !logits.hasFixed(2, 1) || logits.sizes().get(1) != classes) {
      throw InputException.model(
          bundle.imagination(),
          "class_logits: "
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
    List<List<String>> notes = new ArrayList<>();
    List<Hearing.Heard> heard = new ArrayList<>();
    List<PlaceFeatures.Sound> places = new ArrayList<>();
    for (Clip clip : clips) {
      List<String> all = new ArrayList<>(clip.notes());
      float[][] judged = judged(clip, all);
      SoundField.doubt(judged).ifPresent(all::add);
      heard.add(hearing.hear(judged, card.adapter().cues()));
      places.add(hasMap() ? PlaceFeatures.hear(judged) : null);
      notes.add(all);
    }
    return byKey(
        clips.size(),
        i -> heard.get(i).features().length,
        same -> {
          float[][] features =
              same.stream().map(i -> heard.get(i).features()).toArray(float[][]::new);
          float[][] encoded = seldEncoder.encode(features);
          List<Heard> out = new ArrayList<>();
          for (int j = 0; j < encoded.length; j++) {
            int i = same.get(j);
            out.add(tokens(encoded[j], heard.get(i).cues(), places.get(i), notes.get(i)));
          }
          return out;
        });
  }

  private boolean hasMap() {
    return card.adapter().location() == LocationForm.MAP;
  }

  private Heard tokens(
      float[] encoded, float[] cues, PlaceFeatures.Sound places, List<String> notes) {
    int count = encoded.length / seldEncoder.width();
    float[] tokens = sideBySide(encoded, cues, count);
    float[] summary =
        card.unknown() == null ? null : UnknownDetector.summary(encoded, seldEncoder.width());
    return card.adapter().fusion() == Fusion.SPATIAL
        ? new Heard(key, tokens, count, places, summary, notes)
        : new Heard(key, mean(tokens, count, tokens.length / count), 1, places, summary, notes);
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
        .mapToObj(i -> seen(features.get(i), views.get(i)))
        .toList();
  }

  /**
   * Trained with pictures left out in the same way: zeros, and wholly occluded whatever level is
   * given.
   */
  private Seen blind() {
    int width = visualEncoder.width();
    return seen(new VisualFeatures(new float[TOKENS * width], new float[width]), View.blind());
  }

  private Seen seen(VisualFeatures features, View view) {
    boolean spatial = card.adapter().fusion() == Fusion.SPATIAL;
    return new Seen(
        key,
        spatial ? features.tokens() : features.pooled(),
        spatial ? VisualPlanes.tokenGeometry(view) : new float[0],
        view.occlusionLevel(),
        hasMap() ? PlaceFeatures.see(view) : null);
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
                same.stream().map(heard::get).toList(), same.stream().map(seen::get).toList()));
  }

  private void requireOwn(String what, ModelKey by) {
    if (!by.equals(key)) {
      throw new IllegalArgumentException(
          what + " by the model " + by.folder() + ", not by " + key.folder());
    }
  }

  /** All with as many audio tokens. */
  private List<Imagination> answerTogether(List<Heard> heard, List<Seen> seen) {
    boolean spatial = card.adapter().fusion() == Fusion.SPATIAL;
    int count = heard.get(0).count();
    int audio = heard.get(0).tokens().length / count;
    int visual = visualEncoder.width();
    List<float[]> sounds = heard.stream().map(Heard::tokens).toList();
    List<float[]> sights = seen.stream().map(Seen::visual).toList();
    Map<String, FloatBatch> inputs = new LinkedHashMap<>();
    if (spatial) {
      inputs.put("audio", FloatBatch.of(sounds, count, audio));
      inputs.put("visual", FloatBatch.of(sights, TOKENS, visual));
      inputs.put("geometry", FloatBatch.of(seen.stream().map(Seen::geometry).toList(), TOKENS, 2));
    } else {
      inputs.put("audio", FloatBatch.of(sounds, audio));
      inputs.put("visual", FloatBatch.of(sights, visual));
    }
    inputs.put(
        "occlusion",
        FloatBatch.of(seen.stream().map(s -> new float[] {s.occlusionLevel()}).toList(), 1));
    if (hasMap()) {
      putPlaces(inputs, heard, seen);
    }
    Map<String, float[]> out =
        imagination.runFloats(inputs, LOGITS, LOCATION, CONFIDENCE, RELIABILITY);
    try {
      return IntStream.range(0, heard.size())
          .mapToObj(
              i ->
                  answer(
                      row -> part(out.get(row), i, heard.size()),
                      heard.get(i),
                      seen.get(i).occlusionLevel()))
          .toList();
    } catch (IllegalArgumentException e) {
      throw InputException.model(
          imagination.source(),
          "is damaged or was trained wrongly: its answer has " + e.getMessage(),
          "copy the model again from where it was made, or train it again",
          e);
    }
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

  /**
   * Refuses sound that is shorter than one audio token.
   *
   * @param source what to call it: its file
   */
  void requireLong(String source, long samples) {
    AudioFeatures features = hearing.features();
    int token = features.samples(features.framesPerToken());
    int least = hasMap() ? Math.max(token, PlaceFeatures.LEAST_SAMPLES) : token;
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

  /** The last {@code clip_seconds}, or all of a shorter clip, with a note. */
  private float[][] judged(Clip clip, List<String> notes) {
    int wanted = clipSamples();
    int samples = clip.samples();
    requireLong(clip.source(), samples);
    if (samples == wanted) {
      return clip.foa();
    }
    if (samples < wanted) {
      notes.add(
          String.format(
              Locale.ROOT,
              "audio is %.1f s long; the model was trained on %.0f s",
              samples / (double) Foa.SAMPLE_RATE,
              card.clipSeconds()));
      return clip.foa();
    }
    notes.add(longer(samples));
    return Arrays.stream(clip.foa())
        .map(channel -> Arrays.copyOfRange(channel, samples - wanted, samples))
        .toArray(float[][]::new);
  }

  /** Samples that are judged of a longer recording. */
  int clipSamples() {
    return (int) Math.round(card.clipSeconds() * Foa.SAMPLE_RATE);
  }

  /** The note on a recording of which only the end is judged. */
  String longer(long samples) {
    return String.format(
        Locale.ROOT,
        "audio is %.1f s long; its last %.0f s are judged",
        samples / (double) Foa.SAMPLE_RATE,
        card.clipSeconds());
  }

  ModelCard card() {
    return card;
  }

  @Override
  public void close() {
    seldEncoder.close();
    visualEncoder.close();
    imagination.close();
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

  private Imagination answer(Function<String, float[]> out, Heard heard, double occlusion) {
    float[] logits = out.apply(LOGITS);
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
    float[] place = out.apply(LOCATION);
    card.adapter().location().requirePlausible(place);
    LocationForm.Estimate estimate = card.adapter().location().decode(place);
    float[] reliability = out.apply(RELIABILITY);
    return new Imagination(
        card.taxonomy().nameOf(best),
        probabilities,
        estimate.location(),
        Imagination.Spread.of(estimate),
        estimate.places(),
        out.apply(CONFIDENCE)[0],
        heard.summary() == null ? null : card.unknown().judge(heard.summary()),
        new Imagination.Reliability(reliability[0], reliability[1]),
        occlusion,
        heard.notes());
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
