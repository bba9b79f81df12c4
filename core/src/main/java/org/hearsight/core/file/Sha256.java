package org.hearsight.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.hearsight.core.error.InputException;

/** SHA-256 of files and of what is added up piece by piece, as 64 lower-case hexadecimal digits. */
public final class Sha256 {
  private final MessageDigest digest = sha256();

  /** Begins with nothing. */
  public Sha256() {}

  /**
   * The checksum of a regular file, read in pieces.
   *
   * @throws InputException as {@link InputFile#size}
   */
  public static String of(Path file) {
    return new Sha256().addContent(file).hex();
  }

  /** The checksum of bytes. */
  public static String of(byte[] bytes) {
    return new Sha256().add(bytes).hex();
  }

  /**
   * Are two checksums the same? It takes as long whatever they have in common, so that nobody
   * learns one by trying.
   */
  public static boolean same(String hex, String other) {
    return MessageDigest.isEqual(
        hex.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }

  /** Adds bytes. */
  public Sha256 add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** Adds bytes {@code [from, from + count)}. */
  public Sha256 add(byte[] bytes, int from, int count) {
    digest.update(bytes, from, count);
    return this;
  }

  /** Adds a text as UTF-8. */
  public Sha256 add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds a regular file's content.
   *
   * @throws InputException as {@link InputFile#size}
   */
  public Sha256 addContent(Path file) {
    try (InputStream in = InputFile.stream(file)) {
      byte[] piece = new byte[1 << 17];
      int count = in.read(piece);
      while (count >= 0) {
        digest.update(piece, 0, count);
        count = in.read(piece);
      }
      return this;
    } catch (IOException e) {
      throw InputFile.cannotRead(file, e);
    }
  }

  /** The checksum of all that was added; begins anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
