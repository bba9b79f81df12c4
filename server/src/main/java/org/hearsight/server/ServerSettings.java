package org.hearsight.server;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.hearsight.server.guard.Limits;
import org.hearsight.server.guard.Tokens;

/**
 * How a server is run.
 *
 * @param host address to listen at
 * @param port to listen at; 0 for any that is free
 * @param tls the key to speak TLS with; null to speak in the clear
 * @param tokens of those who may ask
 * @param origins of other sites' pages that may ask
 * @param limits of what may be asked
 * @param allFormats whether sound is also decoded by native code, where there is any
 * @param version of Hearsight, which answers name
 * @param accessLog takes a line of JSON for each request
 */
public record ServerSettings(
    String host,
    int port,
    Tls tls,
    Tokens tokens,
    List<String> origins,
    Limits limits,
    boolean allFormats,
    String version,
    Consumer<String> accessLog) {
  /** For this machine alone, without a log. */
  public static final ServerSettings DEFAULT =
      new ServerSettings(
          "127.0.0.1",
          8080,
          null,
          Tokens.NONE,
          List.of(),
          Limits.DEFAULT,
          false,
          "development",
          line -> {});

  public ServerSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + ", expected 0 to 65535");
    }
    origins = List.copyOf(origins);
    for (String origin : origins) {
      if (!origin.matches("https?://[^/\\s]+")) {
        throw new IllegalArgumentException(
            "origin: '" + origin + "', expected one as in https://example.org");
      }
    }
  }

  /**
   * A key for TLS.
   *
   * @param keystore PKCS #12 or JKS
   */
  public record Tls(Path keystore, String password) {}

  /** At another address. */
  public ServerSettings at(String otherHost, int otherPort) {
    return new ServerSettings(
        otherHost, otherPort, tls, tokens, origins, limits, allFormats, version, accessLog);
  }

  /** With TLS, or without where it is null. */
  public ServerSettings with(Tls other) {
    return new ServerSettings(
        host, port, other, tokens, origins, limits, allFormats, version, accessLog);
  }

  /** For those with a token. */
  public ServerSettings with(Tokens others) {
    return new ServerSettings(
        host, port, tls, others, origins, limits, allFormats, version, accessLog);
  }

  /** With other limits. */
  public ServerSettings with(Limits others) {
    return new ServerSettings(
        host, port, tls, tokens, origins, others, allFormats, version, accessLog);
  }

  /** For pages of these sites, too. */
  public ServerSettings withOrigins(List<String> others) {
    return new ServerSettings(
        host, port, tls, tokens, others, limits, allFormats, version, accessLog);
  }

  /** With sound of all formats, or WAV alone. */
  public ServerSettings withAllFormats(boolean all) {
    return new ServerSettings(host, port, tls, tokens, origins, limits, all, version, accessLog);
  }

  /** Of another version. */
  public ServerSettings withVersion(String other) {
    return new ServerSettings(
        host, port, tls, tokens, origins, limits, allFormats, other, accessLog);
  }

  /** With a log. */
  public ServerSettings withAccessLog(Consumer<String> log) {
    return new ServerSettings(host, port, tls, tokens, origins, limits, allFormats, version, log);
  }
}
