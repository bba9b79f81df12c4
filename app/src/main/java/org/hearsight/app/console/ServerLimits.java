package org.hearsight.app.console;

import org.hearsight.server.guard.Limits;
import picocli.CommandLine.Option;

/** How much a server may be asked. */
public final class ServerLimits {
  private static final long MIB = 1L << 20;

  @Option(
      names = "--max-body",
      defaultValue = "32",
      paramLabel = "MIB",
      description = "Of one request's body (default: ${DEFAULT-VALUE} MiB).")
  private int body;

  @Option(
      names = "--max-memory",
      defaultValue = "512",
      paramLabel = "MIB",
      description = "Of all bodies in hand together (default: ${DEFAULT-VALUE} MiB).")
  private int memory;

  @Option(
      names = "--max-sound",
      defaultValue = "600",
      paramLabel = "SECONDS",
      description = "Of one recording (default: ${DEFAULT-VALUE} s).")
  private int sound;

  @Option(
      names = "--max-pixels",
      defaultValue = "9000000",
      paramLabel = "N",
      description = "Of one picture (default: ${DEFAULT-VALUE}).")
  private long pixels;

  @Option(
      names = "--max-seconds",
      defaultValue = "30",
      paramLabel = "SECONDS",
      description =
          "Until a body has arrived, and until its answer is there (default: ${DEFAULT-VALUE} s"
              + " each).")
  private int seconds;

  @Option(
      names = "--max-queue",
      defaultValue = "64",
      paramLabel = "N",
      description = "Scenes that wait for the model (default: ${DEFAULT-VALUE}).")
  private int queue;

  @Option(
      names = "--max-requests",
      defaultValue = "64",
      paramLabel = "N",
      description = "Requests in hand at once (default: ${DEFAULT-VALUE}).")
  private int requests;

  @Option(
      names = "--max-client",
      defaultValue = "32",
      paramLabel = "N",
      description = "Of these, one client's (default: ${DEFAULT-VALUE}).")
  private int client;

  @Option(
      names = "--max-connections",
      defaultValue = "512",
      paramLabel = "N",
      description = "Connections open at once (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--max-streams",
      defaultValue = "4",
      paramLabel = "N",
      description = "Streams listened to at once (default: ${DEFAULT-VALUE}).")
  private int streams;

  @Option(
      names = "--max-client-streams",
      defaultValue = "2",
      paramLabel = "N",
      description = "Of these, one client's (default: ${DEFAULT-VALUE}).")
  private int clientStreams;

  @Option(
      names = "--max-stream",
      defaultValue = "3600",
      paramLabel = "SECONDS",
      description = "Until a stream is ended (default: ${DEFAULT-VALUE} s).")
  private int stream;

  /**
   * What was said.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Limits values() {
    return new Limits(
        body * MIB,
        memory * MIB,
        seconds,
        seconds,
        sound,
        pixels,
        Math.min(Limits.DEFAULT.scenes(), queue),
        queue,
        requests,
        client,
        connections,
        streams,
        clientStreams,
        stream);
  }
}
