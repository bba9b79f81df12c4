package org.hearsight.benchmarks.row;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.hearsight.benchmarks.measure.Goal;
import org.hearsight.benchmarks.measure.Row;
import org.hearsight.benchmarks.measure.Work;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.metrics.Statistics;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.Listener;
import org.hearsight.inference.LiveAnswer;

/**
 * A hop of a stream, as {@code listen} answers it, and in turn with it one that weighs the senses,
 * too: whatever else the machine does falls on both.
 *
 * @param sample asked for when the row begins
 */
public record ListenHopRow(Supplier<Sample> sample, int threads) implements Row {
  private static final int WARM_UPS = 60;

  @Override
  public String name() {
    return "listen-hop";
  }

  @Override
  public String what() {
    return "listen: a hop of 100 ms, the view standing";
  }

  @Override
  public String how() {
    return "5 s of sound go round as a stream; each answer is that of the clip that ends there."
        + " Without the weights of the senses, as the command listens.";
  }

  @Override
  public Goal goal() {
    return Goal.under(20);
  }

  @Override
  public Pace pace() {
    return new Pace(WARM_UPS, 25, Integer.MAX_VALUE);
  }

  @Override
  public Work open() {
    Sample s = sample.get();
    float[][] sound = Clip.read(s.store().resolve(s.scenario().files().audio())).foa();
    View view = StoredView.read(s.store(), s.scenario());
    return new Hops(Hearsight.load(s.model(), threads), sound, view);
  }

  /** What all threads of the process took, which does not depend on what else the machine does. */
  private static final OperatingSystemMXBean CPU =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** Two streams of the same sound. */
  private static final class Hops implements Work {
    private final Hearsight hearsight;
    private final float[][] sound;
    private final Listener quick;
    private final Listener whole;
    private int quickAt;
    private int wholeAt;
    private double[] weighing = new double[64];
    private double[] hops = new double[64];
    private double weighingCpu;
    private double hopsCpu;
    private int weighed;
    private int timed;

    Hops(Hearsight hearsight, float[][] sound, View view) {
      this.hearsight = hearsight;
      this.sound = sound;
      quick = hearsight.listener().withoutWeights();
      whole = hearsight.listener();
      quick.see(view);
      whole.see(view);
      for (int i = 0; i < WARM_UPS; i++) {
        List<LiveAnswer> unused = whole.push(hop(wholeAt));
        wholeAt = after(wholeAt);
      }
    }

    private float[][] hop(int from) {
      float[][] next = new float[Foa.CHANNELS][];
      for (int c = 0; c < next.length; c++) {
        next[c] = Arrays.copyOfRange(sound[c], from, from + Listener.HOP);
      }
      return next;
    }

    private int after(int at) {
      return at + 2 * Listener.HOP > sound[0].length ? 0 : at + Listener.HOP;
    }

    @Override
    public void once() {
      float[][] next = hop(quickAt);
      long cpu = CPU.getProcessCpuTime();
      long start = System.nanoTime();
      List<LiveAnswer> unused = quick.push(next);
      hops = timed == hops.length ? Arrays.copyOf(hops, 2 * timed) : hops;
      hops[timed++] = (System.nanoTime() - start) / 1e6;
      hopsCpu += (CPU.getProcessCpuTime() - cpu) / 1e6;
      quickAt = after(quickAt);
    }

    @Override
    public void between() {
      if (weighed == 0) {
        timed = 0; // warm-ups
        hopsCpu = 0;
      }
      float[][] next = hop(wholeAt);
      long cpu = CPU.getProcessCpuTime();
      long start = System.nanoTime();
      List<LiveAnswer> unused = whole.push(next);
      weighing = weighed == weighing.length ? Arrays.copyOf(weighing, 2 * weighed) : weighing;
      weighing[weighed++] = (System.nanoTime() - start) / 1e6;
      weighingCpu += (CPU.getProcessCpuTime() - cpu) / 1e6;
      wholeAt = after(wholeAt);
    }

    @Override
    public List<String> remarks(double ours) {
      double[] quickest = Arrays.copyOf(hops, timed);
      double[] wholes = Arrays.copyOf(weighing, weighed);
      Arrays.sort(quickest);
      Arrays.sort(wholes);
      return List.of(
          String.format(
              Locale.ROOT,
              "with the weights of the senses, in turn: %.1f ms in the median, %.2f times as long;"
                  + " p99 %.1f ms, without them %.1f ms; real-time factor %.2f, without %.2f;"
                  + " processor time a hop %.1f ms, without %.1f ms",
              Statistics.median(wholes),
              Statistics.median(wholes) / ours,
              p99(wholes),
              p99(quickest),
              Arrays.stream(wholes).average().orElse(0) / 100,
              Arrays.stream(quickest).average().orElse(0) / 100,
              weighingCpu / weighed,
              hopsCpu / timed));
    }

    private static double p99(double[] sorted) {
      return sorted[Math.max(0, (int) Math.ceil(0.99 * sorted.length) - 1)];
    }

    @Override
    public void close() {
      hearsight.close();
    }
  }
}
