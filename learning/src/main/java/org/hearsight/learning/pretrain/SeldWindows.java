package org.hearsight.learning.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.audio.DoubtfulRecordings;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.audio.SoundFile;
import org.hearsight.core.audio.SoundReader;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.learning.encode.OrderedTasks;
import org.hearsight.learning.encode.RecordFile;
import org.hearsight.learning.engine.TensorBridge;

/**
 * The recordings of a split cut into windows of one length, features and events: computed once,
 * kept in a {@link RecordFile}, read in every epoch.
 *
 * <p>Features are those of the whole recording, standardised, in whole thousandths of a standard
 * deviation (16 bits, ±32): half the room of floats, and finer than the network can tell. A last
 * piece of at least one second is filled up with silence and no events; shorter ones are left out.
 */
final class SeldWindows implements AutoCloseable {
  private static final float STEPS = 1000;
  private static final int LEAST_LABEL_FRAMES = Foa.LABEL_FRAMES_PER_SECOND;

  private final SeldDataset dataset;
  private final int labelFrames;
  private final List<Window> windows = new ArrayList<>();
  private final List<List<SeldEvent>> events = new ArrayList<>();
  private final RecordFile file;

  /**
   * A window's place.
   *
   * @param recording it is cut from
   * @param firstFrame its first label frame in the recording
   * @param frames label frames that the recording fills
   */
  record Window(SeldDataset.Recording recording, int firstFrame, int frames) {}

  private SeldWindows(SeldDataset dataset, int labelFrames, RecordFile file) {
    this.dataset = dataset;
    this.labelFrames = labelFrames;
    this.file = file;
  }

  /**
   * Opens the windows, computing what an earlier run has not.
   *
   * @param recordings to cut
   * @param labelFrames of a window, of 100 ms
   * @param cache the record file
   * @param fingerprint of the recordings and the scaler
   * @throws InputException if a recording or its labels are unusable
   */
  static SeldWindows open(
      SeldDataset dataset,
      List<SeldDataset.Recording> recordings,
      int labelFrames,
      FeatureScaler scaler,
      Path cache,
      String fingerprint,
      int threads,
      Progress progress) {
    int payload = Short.BYTES * featuresOf(labelFrames);
    RecordFile file =
        RecordFile.open(cache, "seld windows " + labelFrames + " " + fingerprint, payload);
    SeldWindows set = new SeldWindows(dataset, labelFrames, file);
    try {
      for (SeldDataset.Recording r : recordings) {
        set.list(r);
      }
      if (set.size() == 0) {
        throw new InputException(
            dataset.folder(),
            "split " + recordings.get(0).split().label() + ": no recording is a second long",
            "give longer recordings");
      }
      set.compute(scaler, threads, progress);
      file.finish();
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
    return set;
  }

  private static int featuresOf(int labelFrames) {
    return FoaFeatures.PLANES * labelFrames * FoaFeatures.FRAMES_PER_LABEL * FoaFeatures.BANDS;
  }

  private void list(SeldDataset.Recording r) {
    int frames;
    try (SoundReader sound = SoundFile.open(r.audio())) {
      frames = (int) (sound.frames() * Foa.LABEL_FRAMES_PER_SECOND / sound.sampleRate());
    }
    List<SeldEvent> all = dataset.eventsWithDistance(r);
    for (int first = 0; frames - first >= LEAST_LABEL_FRAMES; first += labelFrames) {
      int n = Math.min(labelFrames, frames - first);
      windows.add(new Window(r, first, n));
      List<SeldEvent> within = new ArrayList<>();
      for (SeldEvent e : all) {
        if (e.frame() >= first && e.frame() < first + n) {
          within.add(
              new SeldEvent(
                  e.frame() - first,
                  e.classIndex(),
                  e.source(),
                  e.azimuth(),
                  e.elevation(),
                  e.distance()));
        }
      }
      events.add(List.copyOf(within));
    }
  }

  private void compute(FeatureScaler scaler, int threads, Progress progress) {
    int done = file.size();
    if (file.dropped() > 0) {
      progress.note("cached features were damaged: the last " + file.dropped() + " are made again");
    }
    if (done >= windows.size()) {
      return;
    }
    DoubtfulRecordings doubtful = new DoubtfulRecordings();
    List<Callable<List<ByteBuffer>>> tasks = new ArrayList<>();
    for (int i = done; i < windows.size(); ) {
      int from = i;
      SeldDataset.Recording r = windows.get(i).recording();
      while (i < windows.size() && windows.get(i).recording().equals(r)) {
        i++;
      }
      List<Window> part = windows.subList(from, i);
      tasks.add(() -> records(part, scaler, doubtful));
    }
    try (Progress.Task task = progress.begin("features", tasks.size());
        OrderedTasks ordered = new OrderedTasks(threads)) {
      ordered.run(
          tasks,
          records -> {
            records.forEach(file::append);
            task.advance(1);
          });
    }
    doubtful.tell(progress::note);
  }

  private List<ByteBuffer> records(
      List<Window> part, FeatureScaler scaler, DoubtfulRecordings doubtful) {
    SeldDataset.Recording recording = part.get(0).recording();
    List<String> notes = new ArrayList<>();
    float[][] foa = recording.sound(notes::add).channels();
    doubtful.add(recording.audio(), notes, foa);
    float[] all = new FoaFeatures().compute(foa);
    scaler.apply(all);
    int frames = all.length / (FoaFeatures.PLANES * FoaFeatures.BANDS);
    int wanted = labelFrames * FoaFeatures.FRAMES_PER_LABEL;
    List<ByteBuffer> records = new ArrayList<>();
    for (Window w : part) {
      ByteBuffer record = file.blank();
      int first = w.firstFrame() * FoaFeatures.FRAMES_PER_LABEL;
      for (int p = 0; p < FoaFeatures.PLANES; p++) {
        for (int t = 0; t < wanted; t++) {
          int from = (p * frames + first + t) * FoaFeatures.BANDS;
          boolean filled = first + t < frames;
          for (int b = 0; b < FoaFeatures.BANDS; b++) {
            record.putShort(filled ? fixed(all[from + b]) : 0);
          }
        }
      }
      records.add(record);
    }
    return records;
  }

  private static short fixed(float value) {
    return (short) Math.max(-32767, Math.min(32767, Math.round(value * STEPS)));
  }

  int size() {
    return windows.size();
  }

  Window window(int index) {
    return windows.get(index);
  }

  /** Events of a window, frames counted from its start. */
  List<SeldEvent> events(int index) {
    return events.get(index);
  }

  int labelFrames() {
    return labelFrames;
  }

  /**
   * Standardised features of a window, its channels swapped.
   *
   * @param out takes [7, frames, 64] from {@code at} on
   */
  void features(int index, ChannelSwap swap, float[] out, int at) {
    ShortBuffer values = file.read(index).asShortBuffer();
    int plane = values.remaining() / FoaFeatures.PLANES;
    short[] row = new short[plane];
    for (int p = 0; p < FoaFeatures.PLANES; p++) {
      values.get(swap.sourcePlane(p) * plane, row);
      float scale = (swap.negates(p) ? -1 : 1) / STEPS;
      int to = at + p * plane;
      for (int i = 0; i < plane; i++) {
        out[to + i] = row[i] * scale;
      }
    }
  }

  /** A batch of windows' features on the engine, [n, 7, frames, 64]. */
  NDArray toArray(NDManager manager, int n, float[] features) {
    int frames = labelFrames * FoaFeatures.FRAMES_PER_LABEL;
    return TensorBridge.toArray(
        manager, features, n, FoaFeatures.PLANES, frames, FoaFeatures.BANDS);
  }

  /** Floats of a window's features. */
  int featureSize() {
    return featuresOf(labelFrames);
  }

  @Override
  public void close() {
    file.close();
  }
}
