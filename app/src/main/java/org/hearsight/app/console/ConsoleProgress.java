package org.hearsight.app.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;

/**
 * Progress on standard error: a bar with rate and time left at a terminal, a line every ten seconds
 * in a log. After a step it ends work that is to end ({@link Stop}), whatever work it is.
 */
public final class ConsoleProgress implements Progress {
  private static final Duration LINE_EVERY = Duration.ofSeconds(10);

  private final PrintStream out;
  private final boolean interactive;

  public ConsoleProgress(PrintStream out, boolean interactive) {
    this.out = out;
    this.interactive = interactive;
  }

  /** On standard error, as a bar if the launcher found a terminal there, which Java cannot ask. */
  public static ConsoleProgress standard() {
    return new ConsoleProgress(System.err, Boolean.getBoolean("hearsight.terminal"));
  }

  @Override
  public Task begin(String name, long total) {
    return interactive ? new Bar(name, total) : new Lines(name, total);
  }

  @Override
  public void note(String line) {
    out.println(line);
  }

  private final class Bar implements Task {
    private final ProgressBar bar;

    Bar(String name, long total) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .showSpeed()
              .setConsumer(new ConsoleProgressBarConsumer(out))
              .build();
    }

    @Override
    public void advance(long amount) {
      bar.stepBy(amount);
      Stop.check();
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  private final class Lines implements Task {
    private final String name;
    private final long total;
    private final AtomicLong done = new AtomicLong();
    private final long started = System.nanoTime();
    private final AtomicLong said = new AtomicLong(started);

    Lines(String name, long total) {
      this.name = name;
      this.total = total;
    }

    @Override
    public void advance(long amount) {
      long now = System.nanoTime();
      long before = said.get();
      long n = done.addAndGet(amount);
      if (now - before >= LINE_EVERY.toNanos() && said.compareAndSet(before, now)) {
        double rate = n / ((now - started) / 1e9);
        out.printf(
            Locale.ROOT,
            "%s: %d of %d, %.1f/s, %.0f s left%n",
            name,
            n,
            total,
            rate,
            (total - n) / rate);
      }
      Stop.check();
    }

    @Override
    public void close() {
      out.printf(
          Locale.ROOT,
          "%s: %d of %d in %.1f s%n",
          name,
          done.get(),
          total,
          (System.nanoTime() - started) / 1e9);
    }
  }
}
