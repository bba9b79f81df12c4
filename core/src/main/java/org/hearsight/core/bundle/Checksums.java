package org.hearsight.core.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.JsonProblem;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Json;
import org.hearsight.core.file.Sha256;

/**
 * What the card of a folder vouches for: the SHA-256 of every part, and of its own content.
 *
 * <p>They stand under {@value #FIELD} in the card, by the paths of the files. The card's own is
 * that of all else in it, without spaces and line ends, so that a checkout with other line ends is
 * the same card and one with another digit is not. Cards that were written before there were
 * checksums have none, and open.
 *
 * @param card the file they stand in
 * @param sums by the part's path from the card's folder; empty for an older card
 */
public record Checksums(Path card, Map<String, String> sums) {
  private static final String FIELD = "checksums";

  /** What to do about a damaged part of a model or an encoder. */
  public static final String REMEDY =
      "copy the folder again from where it was made, or make it again";

  public Checksums {
    sums = Collections.unmodifiableMap(new LinkedHashMap<>(sums));
  }

  /** A card's content with what it vouches for. */
  record Sealed<T>(T content, Checksums checksums) {}

  /**
   * Writes a card; its parts must be there.
   *
   * @param content a record that has no field of the name {@value #FIELD}
   * @param parts paths from the card's folder
   * @throws InputException if a part is missing or the card cannot be written
   */
  static Checksums write(Path card, Object content, List<String> parts) {
    Map<String, String> sums = new LinkedHashMap<>();
    for (String part : parts) {
      sums.put(part, Sha256.of(card.resolveSibling(part)));
    }
    return write(card, content, sums);
  }

  /**
   * Writes another content of the card; the parts stay as they were vouched for.
   *
   * @throws InputException if the card cannot be written; the one before stays then
   */
  Checksums rewrite(Object content) {
    Map<String, String> parts = new LinkedHashMap<>(sums);
    parts.remove(fileName(card));
    return write(card, content, parts);
  }

  private static Checksums write(Path card, Object content, Map<String, String> parts) {
    ObjectNode shown = Json.tree(content);
    Map<String, String> sums = new LinkedHashMap<>();
    try {
      JsonNode exact = Json.EXACT.readTree(Json.line(shown));
      sums.put(fileName(card), Sha256.of(Json.EXACT.writeValueAsBytes(exact)));
      sums.putAll(parts);
      shown.set(FIELD, Json.tree(sums));
      AtomicFile.writeText(card, Json.page(shown));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(card + " cannot be serialised", e);
    }
    return new Checksums(card, sums);
  }

  /**
   * Reads a card and holds it against its own checksum; the parts are not looked at.
   *
   * @param format the forms it has had
   * @param parts names that a card with checksums must vouch for
   * @param remedy where there is none, or none that can be read
   * @throws InputException naming the field that is wrong
   */
  static <T> Sealed<T> read(
      Path card, Class<T> type, CardFormat format, List<String> parts, String remedy) {
    if (!Files.exists(card)) {
      throw new InputException(card, "is missing", remedy);
    }
    String text = InputFile.text(card, InputFile.SMALL);
    try {
      if (!(Json.EXACT.readTree(text) instanceof ObjectNode object)) {
        throw InputException.model(card, "holds no JSON object", remedy);
      }
      Checksums checksums = of(card, object.remove(FIELD));
      byte[] content = Json.EXACT.writeValueAsBytes(object);
      format.bring(card, object);
      checksums.requireOwn(content, parts);
      String brought = Json.EXACT.writeValueAsString(object);
      return new Sealed<>(Json.MAPPER.readValue(brought, type), checksums);
    } catch (JsonProcessingException e) {
      throw InputException.model(card, JsonProblem.text(e), remedy, e);
    }
  }

  private static Checksums of(Path card, JsonNode field) {
    Map<String, String> sums = new LinkedHashMap<>();
    if (field != null) {
      if (!field.isObject() || field.isEmpty()) {
        throw InputException.model(card, FIELD + ": is not an object of names", REMEDY);
      }
      field.properties().forEach(e -> sums.put(e.getKey(), e.getValue().asText()));
    }
    return new Checksums(card, sums);
  }

  private void requireOwn(byte[] canonical, List<String> parts) {
    if (!known()) {
      return;
    }
    if (!Sha256.of(canonical).equals(sums.get(fileName(card)))) {
      throw InputException.model(
          card, "is damaged or was edited: its content does not have its checksum", REMEDY);
    }
    for (String part : parts) {
      if (!sums.containsKey(part)) {
        throw InputException.model(card, FIELD + ": " + part + " is missing", REMEDY);
      }
    }
  }

  /** Are there any? Older cards have none. */
  public boolean known() {
    return !sums.isEmpty();
  }

  /**
   * Reads a part and refuses it if it is not there or, where there are checksums, not as it was
   * written.
   *
   * @throws InputException naming the part
   */
  public void require(Path part) {
    if (sums.containsKey(name(part)) && !Files.exists(part)) {
      throw InputException.model(part, "is missing", REMEDY);
    }
    long unused = InputFile.size(part);
    if (known() && !Sha256.of(part).equals(sums.get(name(part)))) {
      throw InputException.model(
          part, "is damaged: it does not have the checksum in " + fileName(card), REMEDY);
    }
  }

  /** Checks parts in a thread of its own, while they are being loaded. */
  public Check begin(Path... parts) {
    return new Check(() -> Arrays.stream(parts).forEach(this::require));
  }

  /** As the card calls a part: its path from the card's folder. */
  private String name(Path part) {
    Path folder = card.toAbsolutePath().getParent();
    return folder.relativize(part.toAbsolutePath()).toString().replace('\\', '/');
  }

  private static String fileName(Path file) {
    return file.getFileName().toString();
  }

  /** A check that goes on; nothing may be answered with the parts before {@link #await}. */
  public static final class Check {
    private final FutureTask<Void> task;

    private Check(Runnable work) {
      task = new FutureTask<>(work, null);
      Thread thread = new Thread(task, "checksums");
      thread.setDaemon(true);
      thread.start();
    }

    /**
     * Waits until all is read.
     *
     * @throws InputException naming the part that is damaged
     */
    public void await() {
      try {
        task.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("checksums");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException damaged) {
          throw damaged;
        }
        throw new IllegalStateException("checksums", e.getCause());
      }
    }
  }
}
