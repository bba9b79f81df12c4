package org.hearsight.app.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Standard output that remembers whether all of it arrived: {@link PrintWriter} tells nobody that a
 * disk is full, and an answer must not be lost with exit code 0.
 */
public final class StandardOutput {
  /** 128 and the number of SIGPIPE, as other programs end whose reader has gone. */
  private static final int READER_GONE = 141;

  private static final Path LINK = Path.of("/proc/self/fd/1");

  private final Watched stream;
  private final PrintWriter writer;

  private final boolean isPipe;

  /**
   * @param target where it goes
   * @param isPipe is it known to have a reader, who alone can make it fail?
   */
  StandardOutput(OutputStream target, boolean isPipe) {
    this.isPipe = isPipe;
    stream = new Watched(target);
    writer = new PrintWriter(stream, true, UTF_8);
  }

  /** This process's. */
  public static StandardOutput standard() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out), isPipe());
  }

  public PrintWriter writer() {
    return writer;
  }

  /**
   * Sends what is left.
   *
   * @param code of the work
   * @param err gets a line if something was lost
   * @return {@code code}; 1 instead of 0 if something was lost, 141 if its reader has gone
   */
  public int end(int code, PrintWriter err) {
    writer.flush();
    IOException failure = stream.failure;
    if (failure == null) {
      return code;
    }
    // By what it is, where the system tells, else by the reason, which may be in its language.
    if (isPipe || String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe")) {
      return code == 0 ? READER_GONE : code;
    }
    err.println(
        "hearsight: standard output: cannot be written: "
            + failure.getMessage()
            + "; make room there, or send it elsewhere");
    return code == 0 ? ErrorLines.FAILED : code;
  }

  private static boolean isPipe() {
    try {
      String target = Files.readSymbolicLink(LINK).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException | UnsupportedOperationException e) {
      return false; // not Linux, or closed
    }
  }

  /** Keeps the first failure and sends nothing after it. */
  private static final class Watched extends OutputStream {
    private final OutputStream target;
    private IOException failure;

    Watched(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (failure != null) {
        throw failure;
      }
      try {
        target.write(bytes, from, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
