package org.hearsight.benchmarks.stream;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.metrics.Statistics;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.text.TextTable;
import org.hearsight.core.track.HazardTracker;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.Listener;
import org.hearsight.inference.LiveAnswer;

/**
 * A long stream, as fast as it can be answered: approaches one after the other. After each tenth it
 * looks whether the answer is still that of a clip of the same sound, to the last bit (drift), at
 * the memory (growth), and at how long the hops of that tenth took.
 */
public final class ListenSoak {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");
  private static final int PARTS = 10;
  private static final int DIFFERENT = 6;
  private static final double SECONDS = Approach.BEFORE + Approach.SOUNDING;
  private static final int HOPS = (int) (SECONDS * Foa.SAMPLE_RATE) / Listener.HOP;

  private ListenSoak() {}

  /**
   * Listens, and says it as a table in Markdown.
   *
   * @param minutes of sound
   */
  public static String markdown(Hearsight hearsight, int minutes, Progress progress) {
    float[][][] sounds = new float[DIFFERENT][][];
    for (int i = 0; i < DIFFERENT; i++) {
      sounds[i] = Approach.of(i + 1).foa();
    }
    Listener listener = hearsight.listener().withoutWeights();
    listener.see(View.blind());
    HazardTracker tracker = new HazardTracker(HazardTracker.Settings.DEFAULT);
    TextTable table =
        TextTable.ofNumbers(
            List.of(
                "minutes",
                "answers",
                "equal to the clip's",
                "heap, MB",
                "resident, MB",
                "hop, median, ms",
                "p99, ms",
                "longest, ms"),
            1);
    long pieces = Math.round(minutes * 60 / SECONDS);
    long answers = 0;
    double[] hops = new double[(int) (pieces / PARTS + 1) * HOPS];
    int timed = 0;
    try (Progress.Task task = progress.begin("10 s of sound", pieces)) {
      for (long piece = 1; piece <= pieces; piece++) {
        float[][] sound = sounds[(int) (piece % DIFFERENT)];
        LiveAnswer last = null;
        for (int hop = 0; hop < HOPS; hop++) {
          float[][] next = samples(sound, hop * Listener.HOP, (hop + 1) * Listener.HOP);
          long start = System.nanoTime();
          for (LiveAnswer answer : listener.push(next)) {
            int unused = tracker.update(answer.seconds(), answer.imagination()).size();
            last = answer;
            answers++;
          }
          hops[timed++] = (System.nanoTime() - start) / 1e6;
        }
        if (piece * PARTS / pieces != (piece - 1) * PARTS / pieces) {
          double[] took = Statistics.quantiles(Arrays.copyOf(hops, timed), 0.5, 0.99, 1);
          boolean equal = equal(last.imagination(), hearsight.imagine(end(sound), View.blind()));
          table.row(
              String.format(Locale.ROOT, "%.1f", piece * SECONDS / 60),
              String.valueOf(answers),
              equal ? "yes" : "no",
              String.valueOf(heap()),
              resident(),
              milliseconds(took[0]),
              milliseconds(took[1]),
              milliseconds(took[2]));
          timed = 0;
        }
        task.advance(1);
      }
    }
    return table.markdown();
  }

  private static Clip end(float[][] sound) {
    int samples = sound[Foa.W].length;
    int from = samples - (int) (Approach.SOUNDING * Foa.SAMPLE_RATE);
    return Clip.of(samples(sound, from, samples), Foa.SAMPLE_RATE);
  }

  private static float[][] samples(float[][] sound, int from, int to) {
    return Arrays.stream(sound)
        .map(channel -> Arrays.copyOfRange(channel, from, to))
        .toArray(float[][]::new);
  }

  private static String milliseconds(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static boolean equal(Imagination a, Imagination b) {
    return a.probabilities().equals(b.probabilities())
        && a.location().equals(b.location())
        && a.confidence() == b.confidence()
        && (a.places() == null || a.places().equals(b.places()));
  }

  /** What is in use after everything unused was collected. */
  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  /** What the process holds in memory, where the system says so as Linux does. */
  private static String resident() {
    try {
      Matcher resident = RESIDENT.matcher(InputFile.text(STATUS, InputFile.SMALL));
      return resident.find() ? String.valueOf(Long.parseLong(resident.group(1)) >> 10) : "?";
    } catch (InputException e) {
      return "?";
    }
  }
}
