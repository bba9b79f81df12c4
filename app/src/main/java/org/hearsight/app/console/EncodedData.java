package org.hearsight.app.console;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A data set that training reads, and where it is kept encoded. */
public final class EncodedData {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder that simulate wrote.")
  @Reads
  private Path data;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Folder of the encoded data set (default: DATA/encoded).")
  @Writes(Writes.Kind.CACHE)
  private Path cache;

  /** The data set's folder. */
  public Path folder() {
    return data;
  }

  /** Where encoded scenes are kept. */
  public Path encoded() {
    return cache == null ? data.resolve("encoded") : cache;
  }
}
