package org.hearsight.app.live;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hearsight.core.robot.RosbridgeOps;

/**
 * Publishes to a rosbridge over WebSocket, in a thread of its own: nobody waits for the network.
 *
 * <p>Of each topic the newest message waits; where the bridge takes them more slowly than they
 * come, older ones give way. A bridge that is away is tried again after half a second, then after
 * twice as long each time, up to half a minute, and topics are advertised anew. What is wrong is
 * noted once: that the bridge is away, and each thing it says in a status message.
 */
public final class Rosbridge implements AutoCloseable {
  /** Between tries. */
  record Patience(Duration first, Duration most) {
    static final Patience DEFAULT = new Patience(Duration.ofMillis(500), Duration.ofSeconds(30));

    Duration after(Duration wait) {
      Duration twice = wait.multipliedBy(2);
      return twice.compareTo(most) > 0 ? most : twice;
    }
  }

  private static final long CLOSING_SECONDS = 3;

  private final URI address;
  private final Map<String, String> types;
  private final Consumer<String> notes;
  private final Patience patience;
  private final Map<String, Supplier<String>> waiting = new LinkedHashMap<>();
  private final Thread thread;
  private boolean closing; // guarded by waiting, as what waits
  private boolean away; // of the thread alone
  private long published;
  private long gaveWay;

  Rosbridge(URI address, Map<String, String> types, Consumer<String> notes, Patience patience) {
    this.address = address;
    this.types = Map.copyOf(types);
    this.notes = notes;
    this.patience = patience;
    thread = new Thread(this::run, "rosbridge");
    thread.setDaemon(true);
  }

  /**
   * Starts connecting.
   *
   * @param address as {@code ws://host:9090}
   * @param types of the topics to advertise, by their names
   * @param notes takes lines for people, in another thread
   */
  public static Rosbridge start(URI address, Map<String, String> types, Consumer<String> notes) {
    return start(address, types, notes, Patience.DEFAULT);
  }

  static Rosbridge start(
      URI address, Map<String, String> types, Consumer<String> notes, Patience patience) {
    Rosbridge bridge = new Rosbridge(address, types, notes, patience);
    bridge.thread.start();
    return bridge;
  }

  /**
   * Publishes a message in place of one of its topic that still waits.
   *
   * @param message is written when its turn comes, in another thread
   */
  public void publish(String topic, Supplier<String> message) {
    synchronized (waiting) {
      if (waiting.put(topic, message) != null) {
        gaveWay++;
      }
      waiting.notifyAll();
    }
  }

  private void run() {
    Duration wait = patience.first();
    HttpClient client = HttpClient.newHttpClient();
    try {
      while (!isClosing()) {
        try (RosbridgeSocket socket = RosbridgeSocket.connect(client, address, this::say)) {
          for (Map.Entry<String, String> topic : types.entrySet()) {
            socket.send(RosbridgeOps.advertise(topic.getKey(), topic.getValue()));
          }
          if (away) {
            notes.accept("rosbridge " + address + ": there again");
            away = false;
          }
          wait = patience.first();
          serve(socket);
          return;
        } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
          // Whatever it was, it is said: otherwise a robot would just hear nothing more.
          missed(e);
          pause(wait);
          wait = patience.after(wait);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed and not waited for
    }
  }

  private void missed(Exception e) {
    if (!away) {
      notes.accept("rosbridge " + address + ": " + RosbridgeSocket.reason(e) + "; trying again");
    }
    away = true;
  }

  /** Sends what comes until this is closed, and says goodbye. */
  private void serve(RosbridgeSocket socket)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    for (Supplier<String> next = take(socket); next != null; next = take(socket)) {
      socket.send(next.get());
      published++;
    }
    for (String topic : types.keySet()) {
      socket.send(RosbridgeOps.unadvertise(topic));
    }
  }

  /** The message that has waited longest; null once this is closed and nothing waits. */
  private Supplier<String> take(RosbridgeSocket socket) throws IOException, InterruptedException {
    synchronized (waiting) {
      while (waiting.isEmpty() && !closing) {
        socket.requireOpen();
        waiting.wait(TimeUnit.SECONDS.toMillis(1));
      }
      if (waiting.isEmpty()) {
        return null;
      }
      return waiting.remove(waiting.keySet().iterator().next());
    }
  }

  private void pause(Duration wait) throws InterruptedException {
    long until = System.nanoTime() + wait.toNanos();
    synchronized (waiting) {
      while (!closing && until - System.nanoTime() > 0) {
        TimeUnit.NANOSECONDS.timedWait(waiting, Math.max(1_000_000, until - System.nanoTime()));
      }
    }
  }

  private boolean isClosing() {
    synchronized (waiting) {
      return closing;
    }
  }

  private void say(String line) {
    notes.accept("rosbridge " + address + ": " + line);
  }

  /** Sends what waits, takes the topics back, closes, and says what was not sent. */
  @Override
  public void close() {
    synchronized (waiting) {
      closing = true;
      waiting.notifyAll();
    }
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSING_SECONDS));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    thread.interrupt();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    synchronized (waiting) {
      long lost = gaveWay + waiting.size();
      if (lost > 0) {
        say(published + " messages published, " + lost + " gave way to newer ones or had nobody");
      }
    }
  }
}
