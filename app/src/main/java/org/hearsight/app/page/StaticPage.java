package org.hearsight.app.page;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Json;
import org.hearsight.learning.deploy.ServingModel;
import org.hearsight.page.PageFiles;

/**
 * The page as a static folder, whose model answers in the browser: any web host can serve it, from
 * any path, and nothing is sent back to it.
 *
 * @param folder of the page
 * @param bytes of all of it
 * @param model in it
 */
@JsonPropertyOrder({"folder", "bytes", "model"})
public record StaticPage(String folder, long bytes, ServingModel model) {
  private static final String MODEL = "model";

  /** What an engine is told: whose files lie where. */
  private record Engine(String engine, String model, String wasm) {}

  /**
   * Writes the folder; an earlier page in it is replaced. The page's own file comes last, so that a
   * folder without it was not finished.
   *
   * @param model folder of a trained model, or of a serving one
   * @param threads of ONNX Runtime
   * @throws InputException if the model is damaged, or {@code to} holds something else
   */
  public static StaticPage write(Path model, Path to, int threads) {
    requireFree(to);
    try {
      Files.deleteIfExists(to.resolve(PageFiles.INDEX));
    } catch (IOException e) {
      throw InputException.environment(
          to, "cannot be written: " + e.getMessage(), "check that you may write there", e);
    }
    ServingModel served = ServingModel.write(model, to.resolve(MODEL), threads);
    long bytes = served.bytes();
    for (String name : PageFiles.names()) {
      boolean others = name.equals(PageFiles.ENGINE) || name.equals(PageFiles.INDEX);
      bytes += others ? 0 : copy(name, to);
    }
    Path runtime = to.resolve(PageFiles.RUNTIME);
    AtomicFile.write(runtime, PageFiles::writeRuntime);
    Path engine = to.resolve(PageFiles.ENGINE);
    AtomicFile.writeText(engine, Json.page(new Engine("browser", MODEL + "/", PageFiles.RUNTIME)));
    bytes += InputFile.size(runtime) + InputFile.size(engine) + copy(PageFiles.INDEX, to);
    return new StaticPage(to.toString(), bytes, served);
  }

  private static long copy(String name, Path to) {
    Path target = to.resolve(name);
    AtomicFile.write(
        target,
        out -> {
          try (InputStream in = PageFiles.open(name)) {
            long unused = in.transferTo(out);
          }
        });
    return InputFile.size(target);
  }

  /** A page may be written into nothing, an empty folder, or over another page. */
  private static void requireFree(Path to) {
    boolean page = Files.exists(to.resolve(PageFiles.ENGINE)) || Files.exists(to.resolve(MODEL));
    if (Files.isDirectory(to) && !page && !FolderListing.entries(to).isEmpty()) {
      throw new InputException(
          to, "holds files that are not a page's", "choose another folder, or empty it");
    }
  }
}
