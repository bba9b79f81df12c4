package org.hearsight.inference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.drift.DriftMonitor;
import org.hearsight.core.drift.DriftVerdict;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.vision.View;
import org.hearsight.inference.scene.SceneInputs;
import org.hearsight.inference.scene.SlidingScene;

/**
 * Listens to a stream: an answer every {@value #HOP} samples (100 ms), each that of {@link
 * Hearsight#imagine} for a clip of the last {@code clip_seconds} and the view that was last shown.
 *
 * <pre>{@code
 * Listener listener = hearsight.listener();
 * listener.see(View.read(picture, depth)); // whenever a frame arrives; encoded once
 * for (LiveAnswer answer : listener.push(foa)) { // [4][any number], 24 kHz
 *   System.out.println(answer.seconds() + " s: " + answer.imagination().className());
 * }
 * }</pre>
 *
 * <p>Answers do not depend on how the sound is cut into chunks. They begin as soon as the model can
 * judge what there is (1 s with a map), and until the window is full say in a note how long it is.
 * What is computed of frames is kept ({@link SlidingScene}), so that a hop costs what is new, the
 * networks and the sums over the window.
 *
 * <p>Sound is pushed by one thread; views may be shown by another. The model stays open as long as
 * its listeners are used, and is not closed by them.
 */
public final class Listener {
  /** Samples from answer to answer. */
  public static final int HOP = Foa.LABEL_FRAME_SAMPLES;

  private final Hearsight hearsight;
  private final SlidingScene scene;
  private final int window;
  private final int least;
  private final float[][] held;
  private int end; // of what is held
  private long position;
  private long dropped;
  private long droppedUntil;
  private volatile Seen seen;
  private boolean weighs = true;
  private DriftMonitor monitor;
  private long judged; // where the last window ends that the monitor has judged

  Listener(Hearsight hearsight, SceneInputs inputs) {
    this.hearsight = hearsight;
    scene = inputs.sliding();
    window = inputs.clipSamples();
    least = inputs.leastSamples();
    held = new float[Foa.CHANNELS][2 * window + HOP];
  }

  /**
   * Leaves out how much each sense was trusted ({@link Imagination#reliability}), for which a model
   * with a map asks it twice more: its networks then take less than half the time. All else stays
   * the same, bit for bit.
   *
   * @return this
   */
  public Listener withoutWeights() {
    weighs = false;
    return this;
  }

  /**
   * Lets a monitor say whether the stream is like what the model was calibrated on. It judges whole
   * windows that do not overlap and hold no sound that was dropped: one in {@code clip_seconds}.
   * Even these depend on each other, as they are of one place, so that its probability of false
   * alarms does not hold for a stream as it does for clips.
   *
   * @param of this model
   * @return this
   */
  public Listener monitoredBy(DriftMonitor of) {
    monitor = of;
    return this;
  }

  /** Shows what the camera sees from now on; {@link View#blind} until this is called. */
  public void see(View view) {
    seen = hearsight.see(view);
  }

  /**
   * As {@link #see(View)}, of what the model looked at before.
   *
   * @throws IllegalArgumentException in the next answer, if another model looked
   */
  public void see(Seen looked) {
    seen = looked;
  }

  /** As {@link #push(float[][], Instant)}, of sound of which nobody knows when it was captured. */
  public List<LiveAnswer> push(float[][] foa) {
    return push(foa, null);
  }

  /**
   * Takes the next sound of the stream.
   *
   * @param foa [4][any number], W, Y, Z, X (SN3D) at 24 kHz
   * @param captured when the last of these samples was captured; null if that is not known
   * @return an answer for each hop that they complete
   * @throws org.hearsight.core.error.InputException if it is not such sound
   * @throws IllegalStateException if the model is closed
   */
  public List<LiveAnswer> push(float[][] foa, Instant captured) {
    Foa.require("audio", foa);
    List<LiveAnswer> answers = new ArrayList<>();
    int samples = foa[Foa.W].length;
    for (int at = 0; at < samples; ) {
      int n = Math.min(samples - at, HOP - (int) (position % HOP));
      append(foa, at, n);
      at += n;
      if (position % HOP == 0 && Math.min(position, window) >= least) {
        answers.add(answer(captured == null ? null : captured.minusNanos(nanos(samples - at))));
      }
    }
    return answers;
  }

  /**
   * Says that sound was dropped here. It counts as silence, so that what comes after keeps its
   * time; its hops get no answer, and answers whose window holds some of it a note.
   *
   * @param samples at 24 kHz
   */
  public void drop(long samples) {
    long left = samples;
    while (left > 0) {
      int n = (int) Math.min(left, window);
      append(null, 0, n);
      left -= n;
    }
    dropped += samples;
    droppedUntil = samples > 0 ? position : droppedUntil;
  }

  /** Adds samples, or silence; moves what is still needed to the front where there is no room. */
  private void append(float[][] foa, int from, int n) {
    if (end + n > held[0].length) {
      int keep = Math.min(end, window);
      for (float[] channel : held) {
        System.arraycopy(channel, end - keep, channel, 0, keep);
      }
      end = keep;
    }
    for (int c = 0; c < Foa.CHANNELS; c++) {
      if (foa == null) {
        Arrays.fill(held[c], end, end + n, 0);
      } else {
        System.arraycopy(foa[c], from, held[c], end, n);
      }
    }
    end += n;
    position += n;
  }

  private LiveAnswer answer(Instant captured) {
    int samples = (int) Math.min(position, window);
    float[][] foa = new float[Foa.CHANNELS][];
    for (int c = 0; c < Foa.CHANNELS; c++) {
      foa[c] = Arrays.copyOfRange(held[c], end - samples, end);
    }
    SceneInputs.Sound sound = scene.hear(foa, position - samples);
    if (seen == null) {
      see(View.blind());
    }
    Seen looked = seen;
    Heard heard = hearsight.hear(noting(sound));
    Imagination answer = hearsight.answer(heard, looked, weighs);
    double seconds = (double) position / Foa.SAMPLE_RATE;
    DriftVerdict drift = null;
    if (monitor != null && position - Math.max(judged, droppedUntil) >= window) {
      judged = position;
      drift =
          monitor.add(
              hearsight.traits(heard, looked, answer),
              String.format(Locale.ROOT, "%.1f s of the stream", seconds));
    }
    return new LiveAnswer(position / HOP, seconds, captured, dropped, answer, drift);
  }

  private SceneInputs.Sound noting(SceneInputs.Sound sound) {
    if (dropped == 0 || droppedUntil <= position - window) {
      return sound;
    }
    List<String> notes = new ArrayList<>(sound.notes());
    notes.add("sound was dropped in this window and counts as silence");
    return new SceneInputs.Sound(sound.features(), sound.cues(), sound.places(), notes);
  }

  private static long nanos(int samples) {
    return Math.round(samples * (1e9 / Foa.SAMPLE_RATE));
  }
}
