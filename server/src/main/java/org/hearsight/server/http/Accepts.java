package org.hearsight.server.http;

import io.javalin.http.Context;
import java.util.Locale;
import org.hearsight.server.problem.Problem;

/** Which media types a client takes, and which type its body has. */
public final class Accepts {
  /** Of answers. */
  public static final String JSON = "application/json";

  private Accepts() {}

  /**
   * Refuses a client that does not take a type.
   *
   * @throws Problem 406
   */
  public static void require(Context ctx, String type) {
    String accept = ctx.header("Accept");
    if (accept == null || accept.isBlank()) {
      return;
    }
    String any = type.substring(0, type.indexOf('/')) + "/*";
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.strip().split(";", -1);
      String name = parts[0].strip();
      boolean named = name.equals(type) || name.equals(any) || name.equals("*/*");
      if (named && !isRefused(parts)) {
        return;
      }
    }
    throw new Problem(
        Problem.Kind.NOT_ACCEPTABLE, "the answer is %s; accept it or */*".formatted(type));
  }

  private static boolean isRefused(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].strip().matches("q=0(\\.0*)?")) {
        return true;
      }
    }
    return false;
  }

  /**
   * The media type of a request's body in small letters, without parameters; "" if it is unsaid.
   */
  public static String sent(Context ctx) {
    String type = ctx.contentType();
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
