package org.hearsight.learning.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CancellationException;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.progress.Progress;

/** Fetches a {@link KnownCheckpoint} and keeps it only if its checksum is right. */
public final class Download {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CHUNK = 1 << 16;

  private Download() {}

  /**
   * The checkpoint's file in a folder, fetched unless it is there already.
   *
   * @param from where to fetch it; the checksum is the known one wherever that is
   * @throws InputException if there is no network, the server refuses, or the checksum is wrong;
   *     then there is no file
   * @throws CancellationException if the thread is interrupted
   */
  public static Path fetch(KnownCheckpoint known, URI from, Path folder, Progress progress) {
    String importer = known.kind().equals(EncoderCard.SELDNET) ? "seld" : "resnet50";
    String remedy =
        "fetch %s elsewhere and give the file to ./hearsight import %s"
            .formatted(known.uri(), importer);
    return fetch(known.fileName(), known.sha256(), from, remedy, PATIENCE, folder, progress);
  }

  /**
   * @param sha256 in hexadecimal, or its start
   * @param remedy for a person without network
   * @param patience with a server that answers or sends nothing
   */
  static Path fetch(
      String name,
      String sha256,
      URI from,
      String remedy,
      Duration patience,
      Path folder,
      Progress progress) {
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      String found = Sha256.of(file);
      if (found.startsWith(sha256)) {
        progress.note(file + " is there already");
        return file;
      }
      throw InputException.environment(
          file, "sha256: " + found + ", expected " + sha256, "delete the file and try again");
    }
    HttpResponse<InputStream> response = request(from, remedy, patience);
    try (InputStream body = response.body();
        StallGuard guard = new StallGuard(body, patience)) {
      if (response.statusCode() != 200) {
        throw InputException.environment(
            from.toString(), "status: " + response.statusCode() + ", expected 200", remedy);
      }
      long length = response.headers().firstValueAsLong("content-length").orElse(0);
      save(body, guard, sha256, from, length, file, progress);
    } catch (IOException e) {
      throw InputException.environment(
          from.toString(), "the connection broke off", "run the same command again", e);
    }
    return file;
  }

  /** Closes a body that has sent nothing for a while: whoever reads it would wait for ever. */
  private static final class StallGuard implements AutoCloseable {
    private final Timer timer = new Timer("download", true);
    private volatile long heard = System.nanoTime();

    StallGuard(InputStream body, Duration patience) {
      TimerTask look =
          new TimerTask() {
            @Override
            public void run() {
              if (System.nanoTime() - heard > patience.toNanos()) {
                cancel();
                try {
                  body.close();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            }
          };
      long period = Math.max(1, patience.toMillis() / 4);
      timer.schedule(look, period, period);
    }

    void heard() {
      heard = System.nanoTime();
    }

    @Override
    public void close() {
      timer.cancel();
    }
  }

  private static HttpResponse<InputStream> request(URI from, String remedy, Duration patience) {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience)
            .build();
    HttpRequest request;
    try {
      request = HttpRequest.newBuilder(from).timeout(patience).build();
    } catch (IllegalArgumentException e) {
      throw new InputException(
          from.toString(), "is not an http or https address", "give a whole one", e);
    }
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      boolean offline =
          e instanceof ConnectException
              || e instanceof HttpTimeoutException
              || e.getCause() instanceof UnresolvedAddressException;
      String problem =
          offline ? "no network, or nobody answers there" : "cannot be fetched: " + e.getMessage();
      throw InputException.environment(from.toString(), problem, remedy, e);
    } catch (InterruptedException e) {
      throw stopped(e);
    }
  }

  private static void save(
      InputStream body,
      StallGuard guard,
      String sha256,
      URI from,
      long length,
      Path file,
      Progress progress)
      throws IOException {
    Sha256 sum = new Sha256();
    try (AtomicFile.Pending pending = AtomicFile.begin(file);
        Progress.Task task = progress.begin("download", length)) {
      try (OutputStream out = Files.newOutputStream(pending.temporary())) {
        byte[] chunk = new byte[CHUNK];
        for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
          if (Thread.interrupted()) {
            throw stopped(new InterruptedException());
          }
          guard.heard();
          sum = sum.add(chunk, 0, n);
          out.write(chunk, 0, n);
          task.advance(n);
        }
      }
      String found = sum.hex();
      if (!found.startsWith(sha256)) {
        throw InputException.environment(
            from.toString(),
            "sha256: " + found + ", expected " + sha256,
            "nothing was kept; try again later");
      }
      pending.commit();
    }
  }

  private static CancellationException stopped(InterruptedException e) {
    Thread.currentThread().interrupt();
    return (CancellationException) new CancellationException("download").initCause(e);
  }
}
