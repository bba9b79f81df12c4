package org.hearsight.server.problem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;

/**
 * A refusal as it goes back: RFC 9457's {@code application/problem+json}, or the one line of the
 * Open Inference Protocol.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Of the documents. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPES = "urn:hearsight:problem:";

  /** Kinds of refusals, each with its status. */
  public enum Kind {
    BAD_REQUEST(400, "The request cannot be read"),
    UNAUTHORIZED(401, "A token is needed"),
    FORBIDDEN(403, "Another site's page may not ask"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "Not by this method"),
    NOT_ACCEPTABLE(406, "Not in this form"),
    TIMEOUT(408, "The request took too long to arrive"),
    TOO_LARGE(413, "Too large"),
    UNSUPPORTED(415, "Not of this type"),
    MISDIRECTED(421, "Not for this host"),
    UNPROCESSABLE(422, "The scene cannot be judged"),
    TOO_MANY(429, "Too many requests of one client"),
    INTERNAL(500, "The server failed"),
    UNAVAILABLE(503, "Not now");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    /** Of the answer. */
    public int status() {
      return status;
    }

    private String type() {
      return TYPES + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Kind kind;
  private final int retryAfter;

  /**
   * @param detail what is wrong, and what helps: one line
   */
  public Problem(Kind kind, String detail) {
    this(kind, detail, 0, null);
  }

  private Problem(Kind kind, String detail, int retryAfter, Throwable cause) {
    super(detail, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /**
   * A refusal of something that may be taken later.
   *
   * @param seconds after which to ask again
   */
  public static Problem later(Kind kind, String detail, int seconds) {
    return new Problem(kind, detail, seconds, null);
  }

  /** The refusal of what failed for no fault of who asked. */
  public static Problem failed() {
    return new Problem(Kind.INTERNAL, "the server failed; its log says why");
  }

  /** What a refusal of ours is over HTTP: whose fault it is says its status. */
  public static Problem of(InputException e) {
    return switch (e.fault()) {
      case INPUT -> new Problem(Kind.UNPROCESSABLE, e.getMessage(), 0, e);
      case ENVIRONMENT -> new Problem(Kind.UNAVAILABLE, e.getMessage(), 10, e);
      case MODEL -> new Problem(Kind.INTERNAL, e.getMessage(), 0, e);
    };
  }

  public Kind kind() {
    return kind;
  }

  /** Seconds after which to ask again; 0 if that does not help. */
  public int retryAfter() {
    return retryAfter;
  }

  /** The document of RFC 9457. */
  public ObjectNode document() {
    ObjectNode document = Json.object();
    document.put("type", kind.type());
    document.put("title", kind.title);
    document.put("status", kind.status());
    document.put("detail", getMessage());
    return document;
  }
}
