package org.hearsight.server.guard;

import org.hearsight.core.error.FieldValues;

/**
 * How much one request, one client and all of them together may ask for. Every refusal says which
 * of these it was.
 *
 * @param bodyBytes of one request
 * @param memoryBytes of all bodies that are held at once
 * @param bodySeconds until a body has arrived
 * @param answerSeconds until an answer is given up
 * @param soundSeconds of one recording
 * @param pixels of one picture
 * @param scenes of one batch
 * @param queue scenes that wait for the model
 * @param requests that are in hand at once
 * @param requestsOfClient of these, that one client may have
 * @param connections that are open at once; more wait to be accepted
 * @param streams that are listened to at once
 * @param streamsOfClient of these, that one client may have
 * @param streamSeconds until a stream is ended
 */
public record Limits(
    long bodyBytes,
    long memoryBytes,
    int bodySeconds,
    int answerSeconds,
    int soundSeconds,
    long pixels,
    int scenes,
    int queue,
    int requests,
    int requestsOfClient,
    int connections,
    int streams,
    int streamsOfClient,
    int streamSeconds) {
  private static final long MIB = 1L << 20;

  /** What serves a few clients on a machine of a few cores. */
  public static final Limits DEFAULT =
      new Limits(32 * MIB, 512 * MIB, 30, 30, 600, 9_000_000, 16, 64, 64, 32, 512, 4, 2, 3600);

  /** The most that any of the counts may be. */
  private static final int MOST = 1_000_000;

  public Limits {
    within("limit of a body, bytes", bodyBytes, 1024, 1024 * MIB);
    within("limit of memory, bytes", memoryBytes, bodyBytes, 1024 * 1024 * MIB);
    FieldValues.within("limit of a body, seconds", bodySeconds, 1, MOST);
    FieldValues.within("limit of an answer, seconds", answerSeconds, 1, MOST);
    FieldValues.within("limit of a recording, seconds", soundSeconds, 1, MOST);
    within("limit of a picture, pixels", pixels, 1, 32_000_000);
    FieldValues.within("limit of a batch, scenes", scenes, 1, MOST);
    FieldValues.within("limit of the queue, scenes", queue, scenes, MOST);
    FieldValues.within("limit of requests", requests, 1, MOST);
    FieldValues.within("limit of one client's requests", requestsOfClient, 1, MOST);
    FieldValues.within("limit of connections", connections, 1, MOST);
    FieldValues.within("limit of streams", streams, 0, MOST);
    FieldValues.within("limit of one client's streams", streamsOfClient, 1, MOST);
    FieldValues.within("limit of a stream, seconds", streamSeconds, 1, MOST);
  }

  private static void within(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: %d, expected %d to %d".formatted(field, value, least, most));
    }
  }
}
