import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks a running server as fast as so many clients can, each with one request at a time, and says
 * how many answers a second there were and how long they took. Every answer is held against the
 * first one to the same sound, so that a neighbour's would be noticed.
 *
 * <p>java tools/load/Load.java URL CLIENTS SECONDS new|cached|blind foa.wav [view.png depth.png]
 *
 * <p>new: every request brings a picture of other bytes, which is decoded and encoded; cached: all
 * name a view that was sent before; blind: sound alone.
 */
public final class Load {
  private static final String BOUNDARY = "load-4d1f";

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI uri;
  private final byte[] wav;
  private final byte[] rgb;
  private final byte[] depth;
  private final String mode;
  private final AtomicLong serial = new AtomicLong();
  private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
  private final Map<Integer, Long> statuses = Collections.synchronizedMap(new TreeMap<>());
  private final AtomicLong wrong = new AtomicLong();
  private String view;
  private String expected;

  private Load(String[] args) throws IOException {
    uri = URI.create(args[0] + "/v1/imagine?map=false");
    mode = args[3];
    wav = Files.readAllBytes(Path.of(args[4]));
    rgb = args.length > 5 ? Files.readAllBytes(Path.of(args[5])) : null;
    depth = args.length > 6 ? Files.readAllBytes(Path.of(args[6])) : null;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    if (args.length < 5 || !args[3].equals("blind") && args.length < 7) {
      System.err.println(
          "usage: java Load.java URL CLIENTS SECONDS new|cached|blind FOA [PICTURE DEPTH]");
      System.exit(2);
    }
    new Load(args).run(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
  }

  private void run(int clients, int seconds) throws Exception {
    HttpResponse<String> first = send();
    if (first.statusCode() != 200) {
      throw new IOException(first.body());
    }
    expected = place(first.body());
    view = first.headers().firstValue("Hearsight-View").orElseThrow();
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      Thread thread = new Thread(() -> ask(end));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    print(clients, (System.nanoTime() - start) * 1e-9);
  }

  private void ask(long end) {
    while (System.nanoTime() < end) {
      long sent = System.nanoTime();
      try {
        HttpResponse<String> response = send();
        statuses.merge(response.statusCode(), 1L, Long::sum);
        if (response.statusCode() == 200) {
          nanos.add(System.nanoTime() - sent);
          wrong.addAndGet(place(response.body()).equals(expected) ? 0 : 1);
        } else {
          Thread.sleep(200);
        }
      } catch (IOException e) {
        statuses.merge(-1, 1L, Long::sum);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Class and whole degrees: what may not differ between batches. */
  private static String place(String answer) {
    String name = between(answer, "\"class\" : \"", "\"");
    double azimuth = Double.parseDouble(between(answer, "\"azimuth\" : ", ","));
    return name + " " + Math.round(azimuth);
  }

  private static String between(String text, String before, String after) {
    int from = text.indexOf(before) + before.length();
    return text.substring(from, text.indexOf(after, from));
  }

  private HttpResponse<String> send() throws IOException, InterruptedException {
    List<byte[]> parts = new ArrayList<>();
    add(parts, "audio", wav);
    if (mode.equals("cached") && view != null) {
      add(parts, "view", view.getBytes(StandardCharsets.US_ASCII));
    } else if (!mode.equals("blind")) {
      byte[] other = Arrays.copyOf(rgb, rgb.length + 8); // behind the picture's end
      for (long n = serial.incrementAndGet(), i = 0; i < 8; i++) {
        other[rgb.length + (int) i] = (byte) (n >> 8 * i);
      }
      add(parts, "rgb", other);
      add(parts, "depth", depth);
    }
    parts.add(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(120))
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofByteArrays(parts))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static void add(List<byte[]> parts, String name, byte[] content) {
    parts.add(
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    parts.add(content);
    parts.add("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private void print(int clients, double seconds) throws IOException, InterruptedException {
    long[] sorted = nanos.stream().mapToLong(n -> n).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "{\"mode\": \"%s\", \"clients\": %d, \"seconds\": %.0f, \"answers\": %d, \"per_second\":"
            + " %.1f, \"p50_ms\": %.0f, \"p99_ms\": %.0f, \"most_ms\": %.0f, \"wrong\": %d,"
            + " \"statuses\": \"%s\", \"scenes_a_batch\": %s}%n",
        mode,
        clients,
        seconds,
        sorted.length,
        sorted.length / seconds,
        quantile(sorted, 0.5),
        quantile(sorted, 0.99),
        quantile(sorted, 1),
        wrong.get(),
        statuses,
        batch());
  }

  private static double quantile(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted.length == 0 ? 0 : sorted[Math.max(0, rank - 1)] * 1e-6;
  }

  /** Of all batches since the server started. */
  private String batch() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri.resolve("/metrics")).build();
    String text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    double sum = Double.parseDouble(between(text, "hearsight_batch_scenes_sum ", "\n"));
    double count = Double.parseDouble(between(text, "hearsight_batch_scenes_count ", "\n"));
    return String.format(Locale.ROOT, "%.1f", sum / count);
  }
}
