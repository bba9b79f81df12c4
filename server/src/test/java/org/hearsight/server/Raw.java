package org.hearsight.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection whose bytes are ours to choose. */
final class Raw implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;

  Raw(int port) throws IOException {
    this(new Socket(), port);
  }

  private Raw(Socket socket, int port) throws IOException {
    this.socket = socket;
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** One whose network takes some kilobytes that nobody reads, and no more. */
  static Raw withLittleRoom(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    return new Raw(socket, port);
  }

  /** The next byte that comes back. */
  int first() throws IOException {
    return socket.getInputStream().read();
  }

  Raw send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Raw send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** The head of a request with a body of a length that is said. */
  Raw post(String path, String type, long length) throws IOException {
    return send(
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, type, length));
  }

  /** What comes back until the server closes, or the first line where it does not. */
  String answer() throws IOException {
    return toTheEnd("}\n"); // of a whole document; the connection may stay open
  }

  /** What comes back until the server closes, or says this. */
  String toTheEnd(String last) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    byte[] piece = new byte[8192];
    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
      all.write(piece, 0, n);
      if (all.toString(StandardCharsets.UTF_8).endsWith(last)) {
        break;
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** Vanishes at once: whatever was not sent or read is lost. */
  void vanish() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
