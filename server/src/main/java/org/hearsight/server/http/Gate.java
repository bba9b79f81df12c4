package org.hearsight.server.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.websocket.WsContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hearsight.server.guard.Tokens;
import org.hearsight.server.problem.Problem;

/**
 * What every request passes first: it must be for this host, not come from another site's page, and
 * have a token where one is needed.
 *
 * <p>A server on the loopback is reached by every page that its user opens: such a page may not
 * read answers, but it may send forms, and by a name of its own that leads to 127.0.0.1 it could
 * even read. So a page of another origin is refused unless it was named, and on the loopback other
 * names of the host are.
 */
public final class Gate {
  /** Who asks, as an attribute of the request. */
  private static final String CLIENT = "client";

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Tokens tokens;
  private final List<String> origins;
  private final boolean loopback;

  /**
   * @param origins of pages that may ask, as {@code https://example.org}
   * @param loopback whether only this machine can reach the server
   */
  public Gate(Tokens tokens, List<String> origins, boolean loopback) {
    this.tokens = tokens;
    this.origins = List.copyOf(origins);
    this.loopback = loopback;
  }

  /**
   * Lets a request pass that is for this host and does not come from another site's page.
   *
   * @throws Problem 421 or 403
   */
  public void pass(Context ctx) {
    String host = ctx.header("Host");
    if (loopback && host != null && !LOOPBACK.contains(name(host))) {
      throw new Problem(
          Problem.Kind.MISDIRECTED, "this server answers as localhost; ask it by that name");
    }
    String origin = ctx.header("Origin");
    if (origin != null && !isOwn(origin, host) && !origins.contains(origin)) {
      throw new Problem(
          Problem.Kind.FORBIDDEN,
          "a page of another origin asks; start the server with --cors and its origin to allow it");
    }
    if (origin != null && origins.contains(origin)) {
      allow(ctx, origin);
    }
  }

  /**
   * Asks for a token, where one is needed, and notes whose request it is. Addresses are asked about
   * by their patterns, as they were found: what stands in a request may be written in ways that a
   * comparison misses.
   *
   * @throws Problem 401
   */
  public void requireToken(Context ctx) {
    if (!tokens.areNeeded()) {
      ctx.attribute(CLIENT, ctx.ip());
      return;
    }
    String client = tokens.client(authorization(ctx));
    if (client == null) {
      throw new Problem(
          Problem.Kind.UNAUTHORIZED, "send the header Authorization: Bearer TOKEN with a token");
    }
    ctx.attribute(CLIENT, client);
  }

  /**
   * Lets a page of a named site read the answer. A browser asks before, without a token, whether
   * its page may send one: then that is all of the answer.
   */
  private static void allow(Context ctx, String origin) {
    ctx.header("Access-Control-Allow-Origin", origin);
    ctx.header("Access-Control-Expose-Headers", "Hearsight-View, Retry-After");
    ctx.header("Vary", "Origin");
    if (ctx.method().equals(HandlerType.OPTIONS)) {
      ctx.header("Access-Control-Allow-Methods", "GET, POST");
      ctx.header("Access-Control-Allow-Headers", "Authorization, Content-Type");
      ctx.status(204).skipRemainingHandlers();
    }
  }

  /** A page cannot set headers of a WebSocket; so its token may stand in the address (RFC 6750). */
  private static String authorization(Context ctx) {
    String header = ctx.header("Authorization");
    boolean socket = "websocket".equalsIgnoreCase(ctx.header("Upgrade"));
    String token = socket ? ctx.queryParam("access_token") : null;
    return header == null && token != null ? "Bearer " + token : header;
  }

  /** Whose request it is: of a token, or of an address. */
  public static String client(Context ctx) {
    String client = ctx.attribute(CLIENT);
    return client == null ? ctx.ip() : client;
  }

  /** Whose socket it is, as was noted before its upgrade. */
  public static String client(WsContext socket) {
    return socket.attribute(CLIENT);
  }

  private static boolean isOwn(String origin, String host) {
    return host != null && (origin.equals("http://" + host) || origin.equals("https://" + host));
  }

  /** Without the port. */
  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > host.lastIndexOf(']');
    return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }
}
