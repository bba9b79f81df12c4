package org.hearsight.app.console;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.hearsight.core.file.Leftovers;
import org.hearsight.core.progress.Stop;

/**
 * What Ctrl-C and a request to end (SIGINT, SIGTERM, SIGHUP) do: the work ends between two steps,
 * and only then the process, with 128 and the signal's number as its exit code.
 *
 * <p>The JVM's own way would begin its shutdown at once, beside the work: ONNX Runtime's shutdown
 * hook then closes its environment under a running network, and libtorch's static objects go while
 * it computes; both end in a crash. So the signals are taken before the JVM, and no hook is needed.
 * Work that does not end within {@value #PATIENCE_SECONDS} s, or a second signal, ends the process
 * without hooks; files that are half written and temporary ones are removed first in any case.
 */
public final class StopSignals {
  /** Longer than the longest training step; pure Java, which hears nothing, is cut off then. */
  static final int PATIENCE_SECONDS = 30;

  /** {@code timeout} and some supervisors send a signal twice at once; a person takes longer. */
  private static final long SAME_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);
  private static final int SIGNALLED = 128;

  private static volatile StopSignals installed;

  private final Thread worker;
  private final IntConsumer halt;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean finished;
  private int caught;
  private long caughtAt;
  private String remedy;
  private Runnable instead;

  private StopSignals(Thread worker, IntConsumer halt) {
    this.worker = worker;
    this.halt = halt;
  }

  /**
   * Takes the signals; the calling thread is the one that works. Called once.
   *
   * @param halt ends the process without its shutdown hooks, with an exit code
   */
  public static StopSignals install(IntConsumer halt) {
    StopSignals signals = new StopSignals(Thread.currentThread(), halt);
    installed = signals;
    try {
      for (Map.Entry<String, Integer> signal : NUMBERS.entrySet()) {
        take(signal.getKey(), () -> signals.heard(signal.getValue()));
      }
    } catch (ReflectiveOperationException e) {
      // A Java without this interface: its shutdown has begun when we hear of it, and waits for us.
      int number = NUMBERS.get("TERM");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> signals.heard(number), "stop"));
    }
    return signals;
  }

  /**
   * {@code sun.misc.Signal}, which the module {@code jdk.unsupported} exports for want of another
   * way; by its name, since compilers warn of it in a way that cannot be turned off.
   */
  private static void take(String name, Runnable action) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    InvocationHandler calls =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> {
                action.run();
                yield null;
              }
              case "equals" -> proxy == arguments[0];
              case "hashCode" -> System.identityHashCode(proxy);
              default -> "stop at SIG" + name;
            };
    Object proxy =
        Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls);
    try {
      Object unused =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (InvocationTargetException e) {
      // Windows has no SIGHUP, and -Xrs leaves the signals to others.
      if (!(e.getCause() instanceof IllegalArgumentException)) {
        throw e;
      }
    }
  }

  /** Has the process been asked to end? */
  static boolean isCaught() {
    StopSignals signals = installed;
    return signals != null && signals.caught() != 0;
  }

  private synchronized int caught() {
    return caught;
  }

  /**
   * Sets what is said where the work is stopped from now on.
   *
   * @param remedy null for nothing
   * @return what was said before
   */
  static String remedy(String remedy) {
    StopSignals signals = installed;
    return signals == null ? null : signals.exchange(remedy);
  }

  private synchronized String exchange(String next) {
    String before = remedy;
    remedy = next;
    return before;
  }

  /**
   * From now on, tells the work that it is to end, instead of ending it at its next step: for work
   * that has promised others to finish what it has begun. It still has {@value #PATIENCE_SECONDS}
   * s.
   *
   * @param remedy what a person is told then
   * @param told is called once, in another thread, when a signal came
   * @return ends this when it is closed
   */
  public static Telling tell(String remedy, Runnable told) {
    StopSignals signals = installed;
    if (signals == null) {
      return () -> {};
    }
    String before = signals.exchange(remedy);
    signals.setInstead(told);
    return () -> {
      signals.setInstead(null);
      String unused = signals.exchange(before);
    };
  }

  /** That work is told of signals. */
  public interface Telling extends AutoCloseable {
    @Override
    void close();
  }

  private synchronized void setInstead(Runnable told) {
    instead = told;
  }

  /** In a thread of its own, while the work goes on. */
  private void heard(int number) {
    Runnable told;
    synchronized (this) {
      if (finished) {
        return; // all is done and said, the process is ending
      }
      if (caught != 0) {
        if (System.nanoTime() - caughtAt > SAME_NANOS) {
          cutOff(SIGNALLED + caught);
        }
        return;
      }
      caught = number;
      caughtAt = System.nanoTime();
      told = instead;
      System.err.println("\nhearsight: stopped" + (remedy == null ? "" : "; " + remedy));
    }
    if (told == null) {
      Stop.ask();
      worker.interrupt();
    } else {
      told.run();
    }
    if (!awaitEnd()) {
      System.err.println(
          "hearsight: the step in hand did not end within " + PATIENCE_SECONDS + " s; cut off");
      cutOff(SIGNALLED + number);
    }
  }

  private boolean awaitEnd() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      try {
        return ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.onSpinWait(); // nobody interrupts this thread; the work would still be waited for
      }
    }
  }

  private void cutOff(int code) {
    Leftovers.discardAll();
    halt.accept(code);
  }

  /**
   * The work has ended; signals are of no more effect.
   *
   * @param code of the work
   * @return the process's exit code
   */
  public synchronized int end(int code) {
    finished = true;
    ended.countDown();
    return caught == 0 ? code : SIGNALLED + caught;
  }
}
