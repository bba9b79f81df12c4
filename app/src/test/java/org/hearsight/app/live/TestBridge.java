package org.hearsight.app.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A rosbridge for tests, written from RFC 6455 and the rosbridge protocol 2.0 and sharing no code
 * with what it tests: it takes one client after the other, knows the messages of ROS 2 field by
 * field, and answers what is wrong with a status message, as rosbridge_library does.
 */
public final class TestBridge implements AutoCloseable {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final long LONGEST_MILLIS = 60_000;

  /** Fields of each type; a list has its element's type in brackets. */
  private static final Map<String, Map<String, String>> TYPES =
      Map.of(
          "std_msgs/msg/String", Map.of("data", "string"),
          "geometry_msgs/msg/PoseArray", Map.of("header", "Header", "poses", "[Pose]"),
          "nav_msgs/msg/OccupancyGrid",
              Map.of("header", "Header", "info", "MapMetaData", "data", "[int8]"),
          "Header", Map.of("stamp", "Time", "frame_id", "string"),
          "Time", Map.of("sec", "int32", "nanosec", "uint32"),
          "Pose", Map.of("position", "Point", "orientation", "Quaternion"),
          "Point", Map.of("x", "float", "y", "float", "z", "float"),
          "Quaternion", Map.of("x", "float", "y", "float", "z", "float", "w", "float"),
          "MapMetaData",
              Map.of(
                  "map_load_time", "Time",
                  "resolution", "float",
                  "width", "uint32",
                  "height", "uint32",
                  "origin", "Pose"));

  private final ObjectMapper mapper = new ObjectMapper();
  private final ServerSocket server;
  private final List<JsonNode> taken = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, String> advertised = new HashMap<>();
  private final int dropAfter;
  private int clients;
  private int goodbyes;
  private Socket client;

  private TestBridge(int port, int dropAfter) throws IOException {
    server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    this.dropAfter = dropAfter;
    Thread thread = new Thread(this::serve, "test bridge");
    thread.setDaemon(true);
    thread.start();
  }

  public static TestBridge open() throws IOException {
    return new TestBridge(0, Integer.MAX_VALUE);
  }

  /** At a port; its first client is cut off after so many operations. */
  static TestBridge open(int port, int dropAfter) throws IOException {
    return new TestBridge(port, dropAfter);
  }

  public URI address() {
    return URI.create("ws://127.0.0.1:" + server.getLocalPort());
  }

  int port() {
    return server.getLocalPort();
  }

  /** All operations so far. */
  public synchronized List<JsonNode> taken() {
    return List.copyOf(taken);
  }

  /** Messages of a topic so far. */
  public List<JsonNode> messages(String topic) {
    return taken().stream()
        .filter(op -> op.path("op").asText().equals("publish"))
        .filter(op -> op.path("topic").asText().equals(topic))
        .map(op -> op.path("msg"))
        .toList();
  }

  /** What was refused. */
  public synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** Topics that are advertised now, with their types. */
  public synchronized Map<String, String> advertised() {
    return Map.copyOf(advertised);
  }

  synchronized int clients() {
    return clients;
  }

  /** Clients that closed as they should. */
  public synchronized int goodbyes() {
    return goodbyes;
  }

  /** Waits until something holds. */
  public synchronized void await(Predicate<TestBridge> condition) throws InterruptedException {
    long until = System.currentTimeMillis() + LONGEST_MILLIS;
    while (!condition.test(this)) {
      if (System.currentTimeMillis() > until) {
        throw new AssertionError("waited in vain; taken: " + taken.size() + ", wrong: " + wrong);
      }
      wait(100);
    }
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket next = server.accept()) {
        synchronized (this) {
          client = next;
          clients++;
          advertised.clear();
          notifyAll();
        }
        talk(next);
      } catch (IOException e) {
        // Cut off, by this or by the client.
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    OutputStream out = socket.getOutputStream();
    shakeHands(in, out);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (true) {
      int head = in.readUnsignedByte();
      byte[] data = payload(in);
      if ((head & 15) == CLOSE) {
        write(out, CLOSE, data);
        synchronized (this) {
          goodbyes++;
          notifyAll();
        }
        return;
      }
      text.write(data);
      if ((head & 128) != 0) {
        for (String fault : take(mapper.readTree(text.toString(UTF_8)))) {
          String status =
              mapper.writeValueAsString(Map.of("op", "status", "level", "error", "msg", fault));
          write(out, TEXT, status.getBytes(UTF_8));
        }
        text.reset();
        if (clients() == 1 && taken().size() >= dropAfter) {
          return;
        }
      }
    }
  }

  private static void shakeHands(DataInputStream in, OutputStream out) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      request.append((char) in.readUnsignedByte());
    }
    String key =
        request
            .toString()
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElseThrow(() -> new IOException("no key"));
    out.write(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + accept(key)
                + "\r\n\r\n")
            .getBytes(UTF_8));
    out.flush();
  }

  private static String accept(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A frame's data, which a client has to mask. */
  private static byte[] payload(DataInputStream in) throws IOException {
    int second = in.readUnsignedByte();
    if ((second & 128) == 0) {
      throw new IOException("not masked");
    }
    long length = second & 127;
    length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
    byte[] mask = in.readNBytes(4);
    byte[] data = in.readNBytes(Math.toIntExact(length));
    for (int i = 0; i < data.length; i++) {
      data[i] ^= mask[i % 4];
    }
    return data;
  }

  private static void write(OutputStream out, int code, byte[] data) throws IOException {
    out.write(128 | code);
    if (data.length < 126) {
      out.write(data.length);
    } else {
      out.write(126);
      out.write(data.length >> 8);
      out.write(data.length & 255);
    }
    out.write(data);
    out.flush();
  }

  private synchronized List<String> take(JsonNode op) {
    List<String> faults = new ArrayList<>();
    String topic = op.path("topic").asText();
    switch (op.path("op").asText()) {
      case "advertise" -> {
        if (TYPES.containsKey(op.path("type").asText())) {
          advertised.put(topic, op.path("type").asText());
        } else {
          faults.add("Unable to load " + op.path("type").asText());
        }
      }
      case "publish" -> {
        if (advertised.containsKey(topic)) {
          check(advertised.get(topic), op.path("msg"), topic, faults);
        } else {
          faults.add(topic + " is not advertised");
        }
      }
      case "unadvertise" -> {
        if (advertised.remove(topic) == null) {
          faults.add(topic + " is not advertised");
        }
      }
      default -> faults.add("Unknown operation: " + op.path("op"));
    }
    taken.add(op);
    wrong.addAll(faults);
    notifyAll();
    return faults;
  }

  private static void check(String type, JsonNode value, String at, List<String> faults) {
    Map<String, String> fields = TYPES.get(type);
    if (type.startsWith("[")) {
      if (!value.isArray()) {
        faults.add(at + " is not a list");
      }
      value.forEach(v -> check(type.substring(1, type.length() - 1), v, at + "[]", faults));
    } else if (fields != null) {
      value
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!fields.containsKey(name)) {
                  faults.add(at + " does not have a field " + name);
                }
              });
      fields.forEach((name, of) -> check(of, value.path(name), at + "." + name, faults));
    } else if (!fits(type, value)) {
      faults.add(at + " is not " + type + ": " + value);
    }
  }

  private static boolean fits(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "float" -> value.isNumber();
      case "int8" -> value.isInt() && value.asInt() >= -128 && value.asInt() <= 127;
      case "int32" -> value.isInt();
      default -> value.canConvertToLong() && value.isIntegralNumber() && value.asLong() >= 0;
    };
  }

  @Override
  public void close() throws IOException {
    server.close();
    Socket open;
    synchronized (this) {
      open = client;
    }
    if (open != null) {
      open.close();
    }
  }
}
