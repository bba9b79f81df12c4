package org.hearsight.server;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.hearsight.core.file.Json;
import org.hearsight.inference.Hearsight;
import org.hearsight.server.api.Answering;
import org.hearsight.server.api.BatchApi;
import org.hearsight.server.api.Documents;
import org.hearsight.server.api.ImagineApi;
import org.hearsight.server.api.ModelApi;
import org.hearsight.server.api.SceneRequests;
import org.hearsight.server.guard.Admission;
import org.hearsight.server.guard.Limits;
import org.hearsight.server.http.Answer;
import org.hearsight.server.http.Gate;
import org.hearsight.server.http.Unread;
import org.hearsight.server.listen.EventStream;
import org.hearsight.server.listen.Sockets;
import org.hearsight.server.listen.Streams;
import org.hearsight.server.oip.InferenceProtocol;
import org.hearsight.server.problem.Problem;
import org.hearsight.server.scene.SceneReader;
import org.hearsight.server.work.SceneAnswers;
import org.hearsight.server.work.Sights;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is at which address, and what happens before and after. */
final class Routes {
  /** The address's pattern, as an attribute of the request. */
  static final String ROUTE = "route";

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
              "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:"
                  + " blob:; media-src 'self' blob:; worker-src 'self' blob:; object-src 'none';"
                  + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin");

  private final ServerSettings settings;
  private final Answering answering;
  private final Admission admission;
  private final Meters meters;
  private final Gate gate;
  private final ImagineApi imagine;
  private final ModelApi model;
  private final BatchApi batch;
  private final EventStream events;
  private final Sockets sockets;
  private final InferenceProtocol protocol;
  private final List<String> addresses = new ArrayList<>();

  Routes(
      Hearsight hearsight,
      ServerSettings settings,
      Admission admission,
      Answering answering,
      Sights sights,
      Meters meters) {
    this.settings = settings;
    this.answering = answering;
    this.admission = admission;
    this.meters = meters;
    Limits limits = settings.limits();
    boolean all = settings.allFormats();
    SceneReader reader = new SceneReader(hearsight, sights, limits, all);
    gate = new Gate(settings.tokens(), settings.origins(), Loopback.is(settings.host()));
    SceneRequests scenes = new SceneRequests(reader, answering, admission, limits);
    imagine = new ImagineApi(scenes);
    model = new ModelApi(hearsight.card(), settings.version(), limits, all);
    batch = new BatchApi(scenes);
    SceneAnswers answers = new SceneAnswers(hearsight, sights);
    Streams streams = new Streams(hearsight, reader, answers, admission, limits);
    events = new EventStream(streams);
    sockets = new Sockets(streams);
    protocol =
        new InferenceProtocol(hearsight, settings.version(), admission, limits, this::isReady);
  }

  /** Who asked may be gone by then. */
  private static void discard(Context ctx) {
    try {
      Unread.discard(ctx);
    } catch (IOException e) {
      return;
    }
  }

  void add(JavalinConfig config) {
    AccessLog log = new AccessLog(settings.accessLog());
    config.requestLogger.http(
        (ctx, millis) -> {
          meters.count(ctx, millis);
          log.add(ctx, millis);
          discard(ctx);
        });
    RoutesConfig routes = config.routes;
    routes.before(
        ctx -> {
          begin(ctx);
          HEADERS.forEach(ctx::header);
          gate.pass(ctx);
        });
    addRefusals(routes);
    addGuarded(routes, HandlerType.GET, "/v1/model", model::model);
    addGuarded(routes, HandlerType.POST, "/v1/imagine", imagine::imagine);
    addGuarded(routes, HandlerType.POST, "/v1/imagine/batch", batch::imagine);
    addGuarded(routes, HandlerType.POST, "/v1/listen", events::listen);
    routes.wsBeforeUpgrade(
        "/v1/listen",
        ctx -> {
          gate.pass(ctx);
          gate.requireToken(ctx);
        });
    routes.ws("/v1/listen", sockets::configure);
    addProtocol(routes);
    addGuarded(routes, HandlerType.GET, "/metrics", this::metrics);
    // Health, the page and the documents are for everybody: they say nothing of anybody's.
    add(routes, HandlerType.GET, "/healthz", ctx -> Answer.json(ctx, Map.of("live", true)));
    add(routes, HandlerType.GET, "/readyz", this::ready);
    Documents documents = new Documents();
    add(routes, HandlerType.GET, "/openapi.json", documents::openApi);
    add(routes, HandlerType.GET, "/docs", documents::toPage);
    add(routes, HandlerType.GET, "/docs/{file}", documents::page);
  }

  /**
   * An exchange ends when the network has its answer, or nobody is there any more to have it: a
   * server that stops closes connections at once.
   */
  private void begin(Context ctx) {
    admission.begin();
    Request.addCompletionListener(
        ServletContextRequest.getServletContextRequest(ctx.req()), failure -> admission.end());
  }

  private void addProtocol(RoutesConfig routes) {
    addGuarded(routes, HandlerType.GET, "/v2", protocol::server);
    add(routes, HandlerType.GET, "/v2/health/live", protocol::live);
    add(routes, HandlerType.GET, "/v2/health/ready", protocol::ready);
    for (String path : List.of("/v2/models/{model}", "/v2/models/{model}/versions/{version}")) {
      addGuarded(routes, HandlerType.GET, path, protocol::model);
      addGuarded(routes, HandlerType.GET, path + "/ready", protocol::modelReady);
      addGuarded(routes, HandlerType.POST, path + "/infer", protocol::infer);
    }
  }

  /** For those with a token, where tokens are needed. */
  private void addGuarded(RoutesConfig routes, HandlerType method, String path, Handler handler) {
    add(
        routes,
        method,
        path,
        ctx -> {
          gate.requireToken(ctx);
          handler.handle(ctx);
        });
  }

  private void add(RoutesConfig routes, HandlerType method, String path, Handler handler) {
    addresses.add(method + " " + path);
    routes.addHttpHandler(
        method,
        path,
        ctx -> {
          ctx.attribute(ROUTE, path);
          ctx.header("Cache-Control", "no-store");
          handler.handle(ctx);
        });
  }

  private boolean isReady() {
    return answering.isReady() && !admission.isClosed();
  }

  /** Methods and patterns of what there is. */
  List<String> addresses() {
    return List.copyOf(addresses);
  }

  /** Ends the streams. */
  void end() {
    sockets.end();
  }

  /** Answers what waits, and ends. */
  void close() {
    protocol.close();
    meters.close();
  }

  private void ready(Context ctx) {
    if (!isReady()) {
      throw Problem.later(
          Problem.Kind.UNAVAILABLE,
          admission.isClosed() ? "the server is stopping" : "the first answer is not there yet",
          1);
    }
    Answer.json(ctx, Json.object().put("ready", true));
  }

  private void metrics(Context ctx) {
    ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(meters.text());
  }

  private static void addRefusals(RoutesConfig routes) {
    routes.exception(Problem.class, (problem, ctx) -> Answer.refuse(ctx, problem));
    routes.exception(HttpResponseException.class, (e, ctx) -> Answer.refuse(ctx, problem(e)));
    routes.exception(
        Exception.class,
        (e, ctx) -> {
          LOG.error("request failed", e);
          Answer.refuse(ctx, Problem.failed());
        });
  }

  private static Problem problem(HttpResponseException e) {
    return switch (e.getStatus()) {
      case 404 ->
          new Problem(
              Problem.Kind.NOT_FOUND,
              "there is nothing at this address; /docs lists what there is");
      case 405 ->
          new Problem(
              Problem.Kind.METHOD_NOT_ALLOWED,
              "this address takes " + e.getDetails().getOrDefault("availableMethods", "others"));
      case 413 -> new Problem(Problem.Kind.TOO_LARGE, "the request is too large");
      default -> new Problem(Problem.Kind.BAD_REQUEST, "the request cannot be read");
    };
  }
}
