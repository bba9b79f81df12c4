package org.hearsight.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hearsight.server.guard.Admission;
import org.hearsight.server.guard.Limits;
import org.hearsight.server.problem.Problem;

/**
 * The body of a request, read into memory within limits of its size, of the memory that all bodies
 * hold together, and of time. What the header says of its length is believed only where it is too
 * much.
 */
public final class Body implements AutoCloseable {
  private static final int PIECE = 1 << 16;

  private final Admission admission;
  private final List<ByteBuffer> pieces = new ArrayList<>();
  private long length;
  private long held;

  private Body(Admission admission) {
    this.admission = admission;
  }

  /**
   * Reads it.
   *
   * @throws Problem if it is too large (413), compressed (415), too slow (408), cut short (400), or
   *     others hold the memory (503)
   */
  public static Body read(Context ctx, Admission admission, Limits limits) {
    String encoding = ctx.header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new Problem(
          Problem.Kind.UNSUPPORTED,
          "Content-Encoding: %s; send the body as it is".formatted(encoding));
    }
    requireSmall(ctx.req().getContentLengthLong(), limits);
    Body body = new Body(admission);
    try {
      body.fill(ctx.req().getInputStream(), limits);
      return body;
    } catch (IOException e) {
      body.close();
      throw broken(e, limits);
    } catch (RuntimeException e) {
      body.close();
      throw e;
    }
  }

  private void fill(InputStream in, Limits limits) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(limits.bodySeconds());
    while (true) {
      admission.takeMemory(PIECE);
      held += PIECE;
      byte[] piece = new byte[PIECE];
      int n = 0;
      while (n < PIECE) {
        int more = in.read(piece, n, PIECE - n);
        if (more < 0) {
          pieces.add(ByteBuffer.wrap(piece, 0, n));
          length += n;
          return;
        }
        n += more;
        requireSmall(length + n, limits);
        if (System.nanoTime() > deadline) {
          throw slow(limits);
        }
      }
      pieces.add(ByteBuffer.wrap(piece, 0, n));
      length += n;
    }
  }

  private static void requireSmall(long bytes, Limits limits) {
    if (bytes > limits.bodyBytes()) {
      throw new Problem(
          Problem.Kind.TOO_LARGE,
          "the body has more than %d bytes, the most of one request; send less sound or smaller"
                  .formatted(limits.bodyBytes())
              + " pictures");
    }
  }

  private static Problem slow(Limits limits) {
    return new Problem(
        Problem.Kind.TIMEOUT,
        "the body did not arrive within %d s; send it at once".formatted(limits.bodySeconds()));
  }

  /** Did reading fail because nothing came for too long? */
  public static boolean isTimeout(IOException e) {
    Throwable cause = e;
    while (cause != null && !(cause instanceof TimeoutException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  private static Problem broken(IOException e, Limits limits) {
    if (isTimeout(e)) {
      return slow(limits);
    }
    return new Problem(Problem.Kind.BAD_REQUEST, "the body ended before it was complete");
  }

  /** In pieces, one after the other; to be read once. */
  List<ByteBuffer> pieces() {
    return pieces;
  }

  /** In bytes. */
  public long length() {
    return length;
  }

  /** As one array; it takes as much memory again. */
  public byte[] bytes() {
    byte[] all = new byte[(int) length];
    int at = 0;
    for (ByteBuffer piece : pieces) {
      int n = piece.remaining();
      piece.duplicate().get(all, at, n);
      at += n;
    }
    return all;
  }

  /** Lets go of it. */
  @Override
  public void close() {
    pieces.clear();
    admission.freeMemory(held);
    held = 0;
  }
}
