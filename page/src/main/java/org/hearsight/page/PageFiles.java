package org.hearsight.page;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tukaani.xz.XZInputStream;

/**
 * The page's files, which {@code page/build.mjs} made and the jar holds: those of the class path's
 * folder {@value #FOLDER}, as a server serves them, and the WebAssembly that a page without a
 * server needs beside them.
 *
 * <p>The WebAssembly is ONNX Runtime's own build, byte for byte that of the npm package; it lies in
 * the jar as XZ, a sixth of its 14 MB, so that neither Node nor a download is needed to write a
 * static page.
 */
public final class PageFiles {
  /** Where the files lie on the class path. */
  public static final String FOLDER = "/page";

  /** What the page calls ONNX Runtime's WebAssembly. */
  public static final String RUNTIME = "ort-wasm-simd-threaded.wasm";

  /** Says who answers: a server, unless a static page is written. */
  public static final String ENGINE = "engine.json";

  /** The page itself. */
  public static final String INDEX = "index.html";

  private static final String LIST = "files.txt";

  private PageFiles() {}

  /** Names of all files, with slashes; {@value #INDEX} among them. */
  public static List<String> names() {
    try (InputStream in = open(LIST)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens a file.
   *
   * @param name one of {@link #names}
   */
  public static InputStream open(String name) {
    return resource(FOLDER + "/" + name);
  }

  /**
   * Writes ONNX Runtime's WebAssembly.
   *
   * @throws IOException if {@code out} does not take it
   */
  public static void writeRuntime(OutputStream out) throws IOException {
    try (InputStream in = new XZInputStream(new BufferedInputStream(resource(RUNTIME + ".xz")))) {
      long unused = in.transferTo(out);
    }
  }

  private static InputStream resource(String name) {
    InputStream in = PageFiles.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("the jar lacks " + name);
    }
    return in;
  }
}
