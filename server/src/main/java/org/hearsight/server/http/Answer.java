package org.hearsight.server.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import org.hearsight.core.file.Json;
import org.hearsight.server.problem.Problem;

/** Documents as they go back. */
public final class Answer {
  private static final String V2 = "/v2";

  private Answer() {}

  /** A document, as {@code --json} prints it. */
  public static void json(Context ctx, Object value) {
    document(ctx, Accepts.JSON, value);
  }

  private static void document(Context ctx, String type, Object value) {
    ctx.contentType(type).result(Json.page(value).getBytes(StandardCharsets.UTF_8));
  }

  /** A refusal, in the form of the protocol that was spoken. */
  public static void refuse(Context ctx, Problem problem) {
    ctx.status(problem.kind().status());
    if (problem.retryAfter() > 0) {
      ctx.header("Retry-After", Integer.toString(problem.retryAfter()));
    }
    if (problem.kind() == Problem.Kind.UNAUTHORIZED) {
      ctx.header("WWW-Authenticate", "Bearer realm=\"hearsight\"");
    }
    if (ctx.path().equals(V2) || ctx.path().startsWith(V2 + "/")) {
      json(ctx, Json.object().put("error", problem.getMessage()));
    } else {
      document(ctx, Problem.MEDIA_TYPE, problem.document());
    }
  }
}
