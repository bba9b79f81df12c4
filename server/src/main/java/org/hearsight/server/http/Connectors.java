package org.hearsight.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServletFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Json;
import org.hearsight.server.guard.Limits;
import org.hearsight.server.problem.Problem;

/** Where connections come in: in the clear or with TLS, so many at once, none idle for long. */
public final class Connectors {
  private static final int MOST_IDLE_SECONDS = 30;
  private static final int MOST_HEADER_BYTES = 16 << 10;

  /** Of one message of a WebSocket, bytes: three seconds of four channels at 48 kHz in 16 bits. */
  private static final int MOST_SAMPLE_BYTES = 1 << 20;

  private final Limits limits;

  public Connectors(Limits limits) {
    this.limits = limits;
  }

  /** Bounds the connections, and refuses what is not HTTP as everything is refused. */
  public void prepare(Server server) {
    server.addBean(new NetworkConnectionLimit(limits.connections(), server));
    server.setErrorHandler(Connectors::refuse);
    server.setStopTimeout(0); // who stops it has waited for what was in hand
  }

  /** Bounds the messages of WebSockets: samples, and texts that may hold pictures. */
  public void prepare(JettyWebSocketServletFactory sockets) {
    sockets.setMaxBinaryMessageSize(MOST_SAMPLE_BYTES);
    sockets.setMaxTextMessageSize(limits.bodyBytes());
  }

  /** How long nothing may happen on a connection, seconds. */
  public static int idleSeconds(Limits limits) {
    return Math.min(MOST_IDLE_SECONDS, limits.bodySeconds());
  }

  private static boolean refuse(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Problem.Kind kind =
        switch (status) {
          case 408 -> Problem.Kind.TIMEOUT;
          case 500 -> Problem.Kind.INTERNAL;
          case 503 -> Problem.Kind.UNAVAILABLE;
          default -> Problem.Kind.BAD_REQUEST;
        };
    String detail = status == 431 || status == 414 ? "its head is too long" : "is not proper HTTP";
    byte[] document =
        Json.page(new Problem(kind, "the request: " + detail).document().put("status", status))
            .getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.write(true, ByteBuffer.wrap(document), callback);
    return true;
  }

  /** A connector without encryption. */
  public ServerConnector plain(Server server, HttpConfiguration http, String host, int port) {
    return at(new ServerConnector(server, new HttpConnectionFactory(bounded(http))), host, port);
  }

  /**
   * A connector with TLS.
   *
   * @param keystore PKCS #12 or JKS
   * @throws InputException if it cannot be read with this password
   */
  public ServerConnector tls(
      Server server,
      HttpConfiguration http,
      String host,
      int port,
      Path keystore,
      String password) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(read(keystore, password));
    tls.setKeyStorePassword(password);
    HttpConfiguration secure = new HttpConfiguration(bounded(http));
    secure.addCustomizer(new SecureRequestCustomizer(false)); // tokens, not names, tell who may ask
    return at(new ServerConnector(server, tls, new HttpConnectionFactory(secure)), host, port);
  }

  private static KeyStore read(Path file, String password) {
    try (InputStream in = InputFile.inMemory(file, InputFile.SMALL)) {
      KeyStore keys = KeyStore.getInstance("PKCS12"); // reads JKS, too
      keys.load(in, password.toCharArray());
      if (keys.size() == 0) {
        throw new InputException(file, "holds no key", "make one with keytool -genkeypair");
      }
      return keys;
    } catch (IOException | GeneralSecurityException e) {
      throw new InputException(
          file, "is not a key store, or has another password", "check both with keytool -list", e);
    }
  }

  private static HttpConfiguration bounded(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MOST_HEADER_BYTES);
    return http;
  }

  private ServerConnector at(ServerConnector connector, String host, int port) {
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(TimeUnit.SECONDS.toMillis(idleSeconds(limits)));
    return connector;
  }
}
