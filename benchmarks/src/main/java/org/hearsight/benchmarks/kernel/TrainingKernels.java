package org.hearsight.benchmarks.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.seld.Average;
import org.hearsight.core.seld.ScoredClip;
import org.hearsight.core.seld.SeldClasses;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.core.seld.SeldMetrics;
import org.hearsight.core.seld.SeldReport;
import org.hearsight.core.seld.SeldScore;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.encode.EncodedSet;
import org.hearsight.learning.encode.RecordFile;
import org.hearsight.learning.loss.AdpitLoss;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What training does in Java beside the engine: targets, records, scores. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TrainingKernels {
  private static final int CLASSES = 13;
  private static final int CELLS = 16 * 50;
  private static final int RECORDS = 64;

  /** Of a scenario of 5 s, encoded with the encoders that ship. */
  private static final EncodedSet.Layout LAYOUT =
      new EncodedSet.Layout(50, 128, 256, SpatialCues.WIDTH, VisualPlanes.TOKENS, 2048);

  private static final int CLIPS = 40;
  private static final int FRAMES = 600;

  private final float[] tracks =
      new float[CELLS * AdpitLoss.DUMMY_TRACKS * AdpitLoss.AXES * CLASSES];
  private final SeldClasses classes = SeldClasses.numbered(CLASSES);
  private List<ScoredClip> clips;
  private Path file;
  private RecordFile records;
  private int next;

  /** Draws targets and events, and writes the records. */
  @Setup
  public void make() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < tracks.length; i++) {
      tracks[i] = (float) random.nextGaussian();
    }
    clips = new ArrayList<>();
    for (int i = 0; i < CLIPS; i++) {
      clips.add(new ScoredClip("clip" + i, events(random), events(random)));
    }
    file = Files.createTempFile("hearsight-kernels", ".bin");
    records = RecordFile.open(file, "kernels", LAYOUT.floats() * Float.BYTES);
    for (int i = 0; i < RECORDS; i++) {
      ByteBuffer record = records.blank();
      while (record.hasRemaining()) {
        record.putFloat((float) random.nextGaussian());
      }
      records.append(record);
    }
  }

  private static List<SeldEvent> events(SplittableRandom random) {
    List<SeldEvent> events = new ArrayList<>();
    for (int frame = 0; frame < FRAMES; frame++) {
      for (int source = 0; source < 2; source++) {
        int c = (frame / 50 + source * 5) % CLASSES;
        double azimuth = random.nextDouble(-30, 30);
        events.add(new SeldEvent(frame, c, source, azimuth, 0, random.nextDouble(1, 4)));
      }
    }
    return events;
  }

  /** ADPIT's targets of 16 windows of 5 s under all permutations. */
  @Benchmark
  public float[] adpitTargets() {
    return AdpitLoss.permuted(tracks, CLASSES);
  }

  /** One encoded scenario with its checksum, the file in the system's cache. */
  @Benchmark
  public ByteBuffer readRecord() {
    next = (next + 1) % RECORDS;
    return records.read(next);
  }

  /** Scores of 40 clips of one minute, two sources at a time. */
  @Benchmark
  public Map<SeldScore, Double> seldScores() {
    return SeldReport.scores(clips, SeldMetrics.DCASE_2024, Average.MACRO, classes);
  }

  /** Deletes the records. */
  @TearDown
  public void delete() throws IOException {
    records.close();
    Files.delete(file);
  }
}
