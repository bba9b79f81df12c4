package org.hearsight.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.hearsight.core.error.InputException;
import org.hearsight.inference.Hearsight;
import org.hearsight.server.api.Answering;
import org.hearsight.server.guard.Admission;
import org.hearsight.server.guard.Limits;
import org.hearsight.server.http.Connectors;
import org.hearsight.server.work.Sights;

/**
 * A server of one model: the project's own {@code /v1}, the Open Inference Protocol under {@code
 * /v2}, health, metrics, documents, and the page at {@code /} where the class path has one.
 *
 * <pre>{@code
 * try (Hearsight hearsight = Hearsight.load();
 *     HearsightServer server = HearsightServer.start(hearsight, ServerSettings.DEFAULT)) {
 *   System.out.println(server.port());
 *   server.drain(Duration.ofSeconds(20)); // nobody is let in any more, all in hand is finished
 * }
 * }</pre>
 */
public final class HearsightServer implements AutoCloseable {
  /** Where the page lies on the class path. */
  private static final String PAGE = "/page";

  /** Threads beside those of the requests and streams in hand: for refusals, health and metrics. */
  private static final int MORE_THREADS = 32;

  private final ServerSettings settings;
  private final Admission admission;
  private final Answering answering;
  private final Routes routes;
  private Javalin app; // null until it is started

  private HearsightServer(Hearsight hearsight, ServerSettings settings) {
    this.settings = settings;
    Limits limits = settings.limits();
    Meters meters = new Meters();
    Sights sights = new Sights();
    admission = new Admission(limits);
    answering = new Answering(hearsight, sights, limits, meters.registry());
    meters.watch(admission);
    routes = new Routes(hearsight, settings, admission, answering, sights, meters);
  }

  /**
   * Starts to listen, and answers once before this returns: then the server is ready.
   *
   * @param hearsight stays open as long as the server runs, and is not closed by it
   * @throws InputException if the address is taken or not this machine's, or the key store cannot
   *     be read
   */
  public static HearsightServer start(Hearsight hearsight, ServerSettings settings) {
    HearsightServer server = new HearsightServer(hearsight, settings);
    try {
      server.listen();
      server.answering.warmUp();
      return server;
    } catch (JavalinBindException e) {
      server.close();
      throw InputException.environment(
          settings.host() + ":" + settings.port(),
          "cannot be listened at: " + reason(e),
          "give another --host or --port",
          e);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void listen() {
    Limits limits = settings.limits();
    Connectors connectors = new Connectors(limits);
    app =
        Javalin.create(
            config -> {
              configure(config, limits);
              config.jetty.modifyServer(connectors::prepare);
              config.jetty.modifyWebSocketServletFactory(connectors::prepare);
              config.jetty.addConnector(
                  (server, http) ->
                      settings.tls() == null
                          ? connectors.plain(server, http, settings.host(), settings.port())
                          : connectors.tls(
                              server,
                              http,
                              settings.host(),
                              settings.port(),
                              settings.tls().keystore(),
                              settings.tls().password()));
              routes.add(config);
              addPage(config);
            });
    app.start();
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage();
  }

  private static void configure(JavalinConfig config, Limits limits) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = limits.bodyBytes();
    config.http.compressionStrategy = CompressionStrategy.NONE; // time is what is scarce
    config.jetty.threadPool =
        new QueuedThreadPool(limits.requests() + 2 * limits.streams() + MORE_THREADS, 8);
  }

  private static void addPage(JavalinConfig config) {
    if (HearsightServer.class.getResource(PAGE + "/index.html") == null) {
      return;
    }
    config.staticFiles.add(
        files -> {
          files.hostedPath = "/";
          files.directory = PAGE;
          files.location = Location.CLASSPATH;
          files.headers = Map.of("Cache-Control", "no-cache");
        });
  }

  /** Methods and patterns of what there is. */
  List<String> addresses() {
    return routes.addresses();
  }

  /** Requests and streams in hand. */
  int load() {
    return admission.requests() + admission.streams();
  }

  /** Where it listens. */
  public int port() {
    return app.port();
  }

  /**
   * Lets nobody in any more and waits until all that was let in is answered.
   *
   * @return false if it was not within this time
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public boolean drain(Duration most) throws InterruptedException {
    admission.close();
    routes.end();
    return admission.awaitEmpty(most);
  }

  /** Stops at once; what is in hand is cut off. */
  @Override
  public void close() {
    admission.close();
    if (app != null) {
      app.stop();
    }
    answering.close();
    routes.close();
  }
}
