package org.hearsight.inference.seld;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.SeldCard;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.AccddoaDecoder;
import org.hearsight.core.seld.DistanceForm;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.core.seld.SwapAverage;
import org.hearsight.inference.session.CallsInFlight;
import org.hearsight.inference.session.FloatBatch;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.inference.session.OnnxPort;

/**
 * A whole SELD network, head included: a recording in, its events out.
 *
 * <p>Runs a graph with {@code input} [B, 7, T, 64] and {@code output} [B, T', 3 · 4 · classes] over
 * windows of 5 s, what such networks are trained on, one after the other. Safe for several threads.
 *
 * <pre>{@code
 * try (SeldDetector detector = Hearsight.listen(Path.of("weights/seld"), 1)) {
 *   for (SeldEvent event : detector.events(clip)) {
 *     System.out.println(event.frame() * 0.1 + " s: class " + event.classIndex());
 *   }
 * }
 * }</pre>
 */
public final class SeldDetector implements AutoCloseable {
  /** Label frames of a window: 5 s. */
  private static final int WINDOW = 50;

  private final OnnxNetwork network;
  private final SeldCard card;
  private final List<ChannelSwap> swaps;
  private final SwapAverage average;
  private final CallsInFlight calls;
  private final FoaFeatures features = new FoaFeatures();

  /**
   * @param network closed with this detector
   * @param card names of the classes, what the distance stands for, and the features' scaler
   * @param swaps in which the network hears a recording; the identity alone for its plain answer
   * @throws InputException if the graph has no head for these classes
   */
  public SeldDetector(OnnxNetwork network, SeldCard card, List<ChannelSwap> swaps) {
    OnnxPort out = network.outputs().get("output");
    int wanted = AccddoaDecoder.TRACKS * AccddoaDecoder.AXES * card.classes().size();
    if (out == null || !out.hasFixed(3, 2) || out.sizes().get(2) != wanted) {
      throw InputException.model(
          network.source(),
          "output: no multi-ACCDDOA head for " + card.classes().size() + " classes",
          "give an encoder that was imported or pretrained with its head");
    }
    this.network = network;
    this.calls = new CallsInFlight(network.source());
    this.card = card;
    this.swaps = List.copyOf(swaps);
    average = new SwapAverage(swaps, card.classes().size());
  }

  /**
   * Opens the network of a folder that has its graph.
   *
   * @param clips that a scaler is fitted to where the network brings none along
   * @param swaps in which it hears a recording
   * @throws InputException if the folder has no graph, or a damaged one
   */
  public static SeldDetector open(
      EncoderFolder folder,
      List<SeldDataset.Recording> clips,
      List<ChannelSwap> swaps,
      int threads,
      Progress progress) {
    return of(network(folder, threads), folder, clips, swaps, progress);
  }

  /**
   * Opens a network that brings no scaler, and so none of its card.
   *
   * @param scaler of the features; with several swaps, {@link FeatureScaler#symmetric}
   * @throws InputException if the folder has no graph, a damaged one, or brings a scaler
   */
  public static SeldDetector open(
      EncoderFolder folder, FeatureScaler scaler, List<ChannelSwap> swaps, int threads) {
    if (folder.card().seld() != null) {
      throw new InputException(
          folder.folder(), "seld: brings the network's own scaler", "give no other");
    }
    if (scaler.bands() != FoaFeatures.BANDS) {
      throw new InputException(
          "scaler",
          "for %d bands, expected %d".formatted(scaler.bands(), FoaFeatures.BANDS),
          "fit one to FoaFeatures");
    }
    OnnxNetwork network = network(folder, threads);
    return of(
        network,
        swaps,
        () -> new SeldCard(names(classes(network, folder)), DistanceForm.METRES, scaler));
  }

  private static OnnxNetwork network(EncoderFolder folder, int threads) {
    Path graph =
        folder
            .detector()
            .orElseThrow(
                () ->
                    new InputException(
                        folder.folder(),
                        "detector.onnx: missing",
                        "import or pretrain the encoder again with this version"));
    return OnnxNetwork.open(graph, threads);
  }

  /**
   * As {@link #open}, with a graph that was made of the folder's weights.
   *
   * @param network closed with the detector, or at once where it does not fit
   */
  public static SeldDetector of(
      OnnxNetwork network,
      EncoderFolder folder,
      List<SeldDataset.Recording> clips,
      List<ChannelSwap> swaps,
      Progress progress) {
    SeldCard own = folder.card().seld();
    return of(
        network, swaps, () -> own == null ? card(network, folder, clips, swaps, progress) : own);
  }

  private static SeldDetector of(
      OnnxNetwork network, List<ChannelSwap> swaps, Supplier<SeldCard> card) {
    boolean opened = false;
    try {
      SeldDetector detector = new SeldDetector(network, card.get(), swaps);
      opened = true;
      return detector;
    } finally {
      if (!opened) {
        network.close();
      }
    }
  }

  /** What networks of others come without: their classes by number, a scaler fitted to clips. */
  private static SeldCard card(
      OnnxNetwork network,
      EncoderFolder folder,
      List<SeldDataset.Recording> clips,
      List<ChannelSwap> swaps,
      Progress progress) {
    // Before the clips are read: a head that does not fit is refused at once.
    int classes = classes(network, folder);
    if (clips.isEmpty()) {
      throw new InputException(
          folder.folder(),
          "seld: missing, so it brings no scaler",
          "give one (Hearsight.listen(encoder, scaler, threads)), or a folder that pretrain wrote");
    }
    FeatureScaler fitted = fitted(clips, progress);
    // Of all swaps alike: each is standardised after it was made.
    FeatureScaler scaler = swaps.size() > 1 ? fitted.symmetric() : fitted;
    return new SeldCard(names(classes), DistanceForm.METRES, scaler);
  }

  private static int classes(OnnxNetwork network, EncoderFolder folder) {
    OnnxPort out = network.outputs().get("output");
    int numbers = out != null && out.hasFixed(3, 2) ? out.sizes().get(2) : 0;
    return classes(folder, numbers, AccddoaDecoder.AXES);
  }

  /**
   * How many classes a multi-ACCDDOA head has.
   *
   * @param numbers that it gives for a token
   * @param axes of a track
   * @throws InputException if that is not a whole number, as of DCASE 2023's heads, whose tracks
   *     have no distance
   */
  public static int classes(EncoderFolder folder, int numbers, int axes) {
    int aClass = AccddoaDecoder.TRACKS * axes;
    if (numbers == 0 || numbers % aClass != 0) {
      throw InputException.model(
          folder.folder(),
          "head: %d numbers a token, expected a multiple of %d (%d tracks of %d axes)"
              .formatted(numbers, aClass, AccddoaDecoder.TRACKS, axes),
          "give a network of DCASE 2024's form; one without distance serves 'train --seld' alone");
    }
    return numbers / aClass;
  }

  /** An imported head of thirteen classes has STARSS23's; others are known by their number. */
  public static List<String> names(int classes) {
    return classes == SeldDataset.STARSS23_CLASSES.size()
        ? SeldDataset.STARSS23_CLASSES
        : IntStream.range(0, classes).mapToObj(i -> "class_" + i).toList();
  }

  private static FeatureScaler fitted(List<SeldDataset.Recording> clips, Progress progress) {
    FoaFeatures features = new FoaFeatures();
    FeatureScaler.Fitter fitter = new FeatureScaler.Fitter(features);
    try (Progress.Task task = progress.begin("scale features", clips.size())) {
      for (SeldDataset.Recording r : clips) {
        fitter.add(features.compute(r.sound().channels()));
        task.advance(1);
      }
    }
    return fitter.fit();
  }

  public SeldCard card() {
    return card;
  }

  /**
   * What the network says, distances in metres: with several swaps, the mean of what it says to
   * each ({@link SwapAverage}).
   *
   * @param foa [4][samples] at 24 kHz
   * @return [label frames, 3 tracks · (x, y, z, distance) · classes]
   * @throws InputException if the network answers NaN or infinity
   * @throws IllegalStateException if the detector is closed
   */
  public float[] output(float[][] foa) {
    return calls.call(() -> listen(foa));
  }

  private float[] listen(float[][] foa) {
    float[] heard = features.compute(foa);
    List<float[]> all = new ArrayList<>();
    for (ChannelSwap swap : swaps) {
      all.add(card.scaler().apply(swap.applyToFeatures(heard)));
    }
    int frames = heard.length / (FoaFeatures.PLANES * FoaFeatures.BANDS);
    int labels = frames / FoaFeatures.FRAMES_PER_LABEL;
    int row = AccddoaDecoder.TRACKS * AccddoaDecoder.AXES * card.classes().size();
    float[] out = new float[labels * row];
    for (int first = 0; first < labels; first += WINDOW) {
      int n = Math.min(WINDOW, labels - first);
      System.arraycopy(window(all, frames, first, n), 0, out, first * row, n * row);
    }
    for (float o : out) {
      if (!Float.isFinite(o)) {
        throw InputException.model(
            network.source(),
            "is damaged or was trained wrongly: it answers " + o,
            "copy the encoder again from where it was made, or pretrain it again");
      }
    }
    card.distance().decode(out, card.classes().size());
    return out;
  }

  /** The mean answer to one window, [n, row] and whatever comes after. */
  private float[] window(List<float[]> all, int frames, int first, int n) {
    int length = n * FoaFeatures.FRAMES_PER_LABEL;
    List<float[]> windows =
        all.stream()
            .map(f -> cut(f, frames, first * FoaFeatures.FRAMES_PER_LABEL, length))
            .toList();
    FloatBatch batch = FloatBatch.of(windows, FoaFeatures.PLANES, length, FoaFeatures.BANDS);
    float[] said = network.runFloats(Map.of("input", batch), "output").get("output");
    List<float[]> answers = new ArrayList<>();
    int each = said.length / swaps.size();
    for (int i = 0; i < swaps.size(); i++) {
      answers.add(Arrays.copyOfRange(said, i * each, (i + 1) * each));
    }
    return average.of(answers);
  }

  /**
   * Who sounds where in a clip, however long it is.
   *
   * @return by label frames of 100 ms; a part of one at the end is left out
   * @throws InputException if the clip is shorter than one label frame, or the network answers NaN
   *     or infinity
   * @throws IllegalStateException if the detector is closed
   */
  public List<SeldEvent> events(Clip clip) {
    if (clip.samples() < Foa.LABEL_FRAME_SAMPLES) {
      throw new InputException(
          clip.source(),
          "duration: %d samples at 24 kHz, expected at least %d (100 ms)"
              .formatted(clip.samples(), Foa.LABEL_FRAME_SAMPLES),
          "give a longer recording");
    }
    return new AccddoaDecoder(card.classes().size()).events(output(clip.foa()));
  }

  /** One window [7, n, 64] of all frames. */
  private static float[] cut(float[] all, int frames, int first, int n) {
    float[] window = new float[FoaFeatures.PLANES * n * FoaFeatures.BANDS];
    for (int p = 0; p < FoaFeatures.PLANES; p++) {
      System.arraycopy(
          all,
          (p * frames + first) * FoaFeatures.BANDS,
          window,
          p * n * FoaFeatures.BANDS,
          n * FoaFeatures.BANDS);
    }
    return window;
  }

  /**
   * A clip with one source, summed up.
   *
   * @param towards sum of all tracks' vectors over all frames and classes
   * @param activity of each class: the lengths of its tracks' vectors, added up
   */
  public record Summary(Vec3 towards, double[] activity) {}

  /** Sums a clip up; see {@link Summary}. */
  public Summary summary(float[][] foa) {
    float[] out = output(foa);
    return summary(out, 0);
  }

  /**
   * Sums a clip up twice, heard once: all of it, and its end alone.
   *
   * @param end label frames of 100 ms; a shorter clip is all end
   */
  public List<Summary> summaries(float[][] foa, int end) {
    float[] out = output(foa);
    int frame = AccddoaDecoder.TRACKS * AccddoaDecoder.AXES * card.classes().size();
    return List.of(summary(out, 0), summary(out, Math.max(0, out.length - end * frame)));
  }

  private Summary summary(float[] out, int from) {
    int classes = card.classes().size();
    double[] activity = new double[classes];
    Vec3 sum = Vec3.ZERO;
    int track = AccddoaDecoder.AXES * classes;
    for (int at = from; at < out.length; at += track) {
      for (int c = 0; c < classes; c++) {
        Vec3 v = new Vec3(out[at + c], out[at + classes + c], out[at + 2 * classes + c]);
        sum = sum.plus(v);
        activity[c] += v.norm();
      }
    }
    return new Summary(sum, activity);
  }

  /** Waits for running calls; later ones fail. */
  @Override
  public void close() {
    calls.close(network::close);
  }
}
