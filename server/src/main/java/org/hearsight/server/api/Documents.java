package org.hearsight.server.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import org.hearsight.server.http.Accepts;
import org.hearsight.server.problem.Problem;

/** The OpenAPI document, and the page that shows it, whose script and style come from a jar. */
public final class Documents {
  private static final String OWN = "/org/hearsight/server/";
  private static final String LIBRARY = "/META-INF/resources/webjars/swagger-ui/";

  /** The pages of the library set styles of elements and show icons that are written in place. */
  private static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src"
          + " 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Map<String, byte[]> files;

  /** Reads all of them, so that one that is missing is noticed at the start. */
  public Documents() {
    String library = LIBRARY + version() + "/";
    files =
        Map.of(
            "openapi.json", read(OWN + "openapi.json"),
            "index.html", read(OWN + "docs/index.html"),
            "start.js", read(OWN + "docs/start.js"),
            "swagger-ui-bundle.js", read(library + "swagger-ui-bundle.js"),
            "swagger-ui.css", read(library + "swagger-ui.css"),
            "favicon-32x32.png", read(library + "favicon-32x32.png"));
  }

  /** The jar's folder is called after its version. */
  private static String version() {
    Properties properties = new Properties();
    try (InputStream in =
        Documents.class.getResourceAsStream(
            "/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      if (in == null) {
        throw new IllegalStateException("the jar swagger-ui is missing");
      }
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new IllegalStateException("the jar swagger-ui is missing", e);
    }
  }

  private static byte[] read(String name) {
    try (InputStream in = Documents.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("a jar lacks " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("a jar lacks " + name, e);
    }
  }

  /** {@code GET /openapi.json}. */
  public void openApi(Context ctx) {
    ctx.contentType(Accepts.JSON).result(files.get("openapi.json"));
  }

  /** {@code GET /docs}: its files lie beside each other. */
  public void toPage(Context ctx) {
    ctx.status(308).header("Location", "/docs/index.html");
  }

  /** {@code GET /docs/{file}}. */
  public void page(Context ctx) {
    String name = ctx.pathParam("file");
    byte[] file = name.equals("openapi.json") ? null : files.get(name);
    if (file == null) {
      throw new Problem(Problem.Kind.NOT_FOUND, "there is no such page; see /docs");
    }
    ctx.header("Content-Security-Policy", POLICY);
    ctx.contentType(type(name)).result(file);
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      default -> "image/png";
    };
  }
}
