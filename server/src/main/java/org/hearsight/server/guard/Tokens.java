package org.hearsight.server.guard;

import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Sha256;

/**
 * Who may ask: whoever has one of these tokens, or everybody where there are none.
 *
 * <p>Only checksums are kept. A token is compared with all of them, each in a time that does not
 * depend on what they have in common.
 */
public final class Tokens {
  /** Nobody is asked for a token. */
  public static final Tokens NONE = new Tokens(List.of());

  private static final String BEARER = "Bearer ";

  /** Shorter ones can be guessed. */
  private static final int SHORTEST = 16;

  private final List<String> checksums;

  private Tokens(List<String> checksums) {
    this.checksums = List.copyOf(checksums);
  }

  /** These tokens. */
  public static Tokens of(List<String> tokens) {
    return new Tokens(tokens.stream().map(Tokens::checksum).toList());
  }

  /**
   * Reads a file of a token a line; empty lines and those that begin with # are passed over.
   *
   * @throws InputException if there is none, or one is too short to be safe
   */
  public static Tokens read(Path file) {
    List<String> tokens =
        InputFile.text(file, InputFile.SMALL)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();
    if (tokens.isEmpty()) {
      throw new InputException(file, "holds no token", "write one, a line each");
    }
    for (String token : tokens) {
      if (token.length() < SHORTEST || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        throw new InputException(
            file,
            "tokens: one is shorter than " + SHORTEST + " characters, or not of printable ASCII",
            "write longer ones, as openssl rand -hex 32 makes them");
      }
    }
    return of(tokens);
  }

  /** Does anybody need one? */
  public boolean areNeeded() {
    return !checksums.isEmpty();
  }

  /**
   * Whose token a request has.
   *
   * @param authorization the header; null if there is none
   * @return the client's name among those with a token; null if it may not ask
   */
  public String client(String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    String given = checksum(authorization.substring(BEARER.length()).strip());
    String found = null;
    for (int i = 0; i < checksums.size(); i++) {
      if (Sha256.same(given, checksums.get(i))) {
        found = "token " + (i + 1);
      }
    }
    return found;
  }

  private static String checksum(String token) {
    return new Sha256().add(token).hex();
  }
}
