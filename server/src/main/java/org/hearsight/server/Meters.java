package org.hearsight.server;

import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.stream.IntStream;
import org.hearsight.server.guard.Admission;

/** What is counted, as Prometheus reads it. */
final class Meters {
  /** Bounds of the histogram of latencies, milliseconds. */
  private static final Duration[] BOUNDS =
      IntStream.of(5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private static final int REFUSED = 400;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  Meters() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  /** Shows what is in hand. */
  void watch(Admission admission) {
    Gauge.builder("hearsight.requests", admission, Admission::requests)
        .description("Requests in hand")
        .register(registry);
    Gauge.builder("hearsight.streams", admission, Admission::streams)
        .description("Streams that are listened to")
        .register(registry);
    Gauge.builder("hearsight.bodies.bytes", admission, Admission::memory)
        .description("Memory that bodies in hand hold")
        .register(registry);
  }

  /** Counts a request that was answered or refused. */
  void count(Context ctx, double millis) {
    String route = route(ctx);
    String status = Integer.toString(ctx.statusCode());
    Timer.builder("hearsight.http.requests")
        .description("Requests and how long they took")
        .serviceLevelObjectives(BOUNDS)
        .tag("route", route)
        .tag("status", status)
        .register(registry)
        .record(Duration.ofNanos((long) (millis * 1e6)));
    if (ctx.statusCode() >= REFUSED) {
      registry.counter("hearsight.rejections", "route", route, "status", status).increment();
    }
  }

  /** The pattern, not the address: a bounded number of them. */
  private static String route(Context ctx) {
    String route = ctx.attribute(Routes.ROUTE);
    return route == null ? "other" : route;
  }

  String text() {
    return registry.scrape();
  }

  void close() {
    collections.close();
    registry.close();
  }
}
