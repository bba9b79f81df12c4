package org.hearsight.server.http;

import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * What a client still sends when its request is refused already. A connection that is closed with
 * bytes unread is reset, and a reset takes the refusal away from the client before it has read it;
 * so a little more is read, and thrown away.
 */
public final class Unread {
  private static final int MOST_BYTES = 8 << 20;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE_MILLIS = 2;
  private static final int MOST_SILENT = 50;
  private static final int PIECE = 1 << 16;
  private static final int REFUSED = 400;

  private Unread() {}

  /**
   * Sends a refusal, and reads on after it: a second and 8 MiB at most, and no longer than the
   * client goes on sending.
   */
  public static void discard(Context ctx) throws IOException {
    if (ctx.statusCode() < REFUSED || !hasBody(ctx)) {
      return;
    }
    ctx.res().flushBuffer();
    ServletInputStream in = ctx.req().getInputStream();
    byte[] piece = new byte[PIECE];
    long until = System.nanoTime() + MOST_NANOS;
    int left = MOST_BYTES;
    int silent = 0;
    while (left > 0 && silent < MOST_SILENT && !in.isFinished() && System.nanoTime() < until) {
      int ready = Math.min(Math.min(left, PIECE), in.available());
      if (ready > 0) {
        left -= Math.max(0, in.read(piece, 0, ready));
        silent = 0;
      } else if (pause()) {
        silent++;
      } else {
        return;
      }
    }
  }

  private static boolean hasBody(Context ctx) {
    // Who expects to be asked for the body has not sent it, and would be asked by a read.
    return ctx.header("Expect") == null
        && (ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null);
  }

  /** False if the server ends. */
  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
