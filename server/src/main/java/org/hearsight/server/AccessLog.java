package org.hearsight.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.hearsight.core.file.Json;
import org.hearsight.server.http.Gate;

/**
 * A line of JSON for each request: when, who, what, how it ended and how long it took. Neither what
 * was sent nor what was answered stands there, nor the address's query, nor any token.
 */
final class AccessLog {
  private static final int LONGEST_PATH = 200;

  private final Consumer<String> lines;

  AccessLog(Consumer<String> lines) {
    this.lines = lines;
  }

  void add(Context ctx, double millis) {
    ObjectNode line = Json.object();
    line.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    line.put("client", Gate.client(ctx));
    line.put("method", ctx.method().toString());
    String path = ctx.path();
    line.put("path", path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path);
    line.put("status", ctx.statusCode());
    line.put("milliseconds", Math.round(10 * millis) / 10.0);
    line.put("sent_bytes", Math.max(0, ctx.req().getContentLengthLong()));
    lines.accept(Json.line(line));
  }
}
