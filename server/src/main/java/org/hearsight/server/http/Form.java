package org.hearsight.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.util.Promise;
import org.hearsight.server.problem.Problem;

/** The fields of a {@code multipart/form-data} request: texts and files by their names. */
public final class Form {
  /** Its media type. */
  public static final String MEDIA_TYPE = "multipart/form-data";

  /** Two pictures, sound and a dozen options, for as many scenes as a batch may have. */
  private static final int MOST_PARTS = 256;

  /** By RFC 2046. */
  private static final int LONGEST_BOUNDARY = 70;

  private static final int MOST_HEADERS = 4096;
  private static final int MOST_TEXT = 1 << 16;

  private final Map<String, byte[]> fields;

  /**
   * @param fields by their names, in order
   */
  public Form(Map<String, byte[]> fields) {
    this.fields = new LinkedHashMap<>(fields);
  }

  /**
   * Reads the fields of a body.
   *
   * @param contentType with the boundary
   * @throws Problem 400 if it is not such a form
   */
  public static Form read(Body body, String contentType) {
    String boundary = boundary(contentType);
    MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
    parser.setMaxParts(MOST_PARTS);
    parser.setPartHeadersMaxLength(MOST_HEADERS);
    parser.setMaxLength(-1); // the body is in memory already
    parser.setMaxFileSize(-1);
    parser.setMaxMemoryFileSize(-1);
    CompletableFuture<MultiPartFormData.Parts> parsed = new CompletableFuture<>();
    parser.parse(new ByteBufferContentSource(body.pieces()), Promise.Invocable.toPromise(parsed));
    try (MultiPartFormData.Parts parts = parsed.join()) {
      Map<String, byte[]> fields = new LinkedHashMap<>();
      for (MultiPart.Part part : parts) {
        String name = name(part);
        if (fields.put(name, bytes(part)) != null) {
          throw bad("the field %s stands twice".formatted(name));
        }
      }
      return new Form(fields);
    } catch (CompletionException | IllegalStateException | UncheckedIOException e) {
      throw bad("the form is not complete or not well-formed");
    }
  }

  private static String boundary(String contentType) {
    Map<String, String> parameters = new HashMap<>();
    HttpField.getValueParameters(contentType, parameters);
    String boundary = parameters.get("boundary");
    if (boundary == null || boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
      throw bad("Content-Type: no boundary of 1 to " + LONGEST_BOUNDARY + " characters");
    }
    return boundary;
  }

  private static String name(MultiPart.Part part) {
    String name = part.getName();
    if (name == null || name.isEmpty()) {
      throw bad("a part of the form has no name");
    }
    return name.length() > 64 ? name.substring(0, 64) : name;
  }

  private static byte[] bytes(MultiPart.Part part) {
    try (InputStream in = Content.Source.asInputStream(part.newContentSource(null, 0, -1))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the fields. */
  public Set<String> names() {
    return fields.keySet();
  }

  /** A field as it came; null if it is not there. */
  public byte[] file(String name) {
    return fields.get(name);
  }

  /**
   * A field as text; null if it is not there.
   *
   * @throws Problem 400 if it is too long for one
   */
  public String text(String name) {
    byte[] bytes = fields.get(name);
    if (bytes == null) {
      return null;
    }
    if (bytes.length > MOST_TEXT) {
      throw bad("%s: %d bytes, expected a short text".formatted(name, bytes.length));
    }
    return new String(bytes, StandardCharsets.UTF_8).strip();
  }

  private static Problem bad(String detail) {
    return new Problem(Problem.Kind.BAD_REQUEST, detail);
  }
}
