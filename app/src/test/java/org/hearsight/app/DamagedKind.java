package org.hearsight.app;

import static org.hearsight.app.FileTree.regular;

import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.file.Sha256;

/**
 * A kind of file, and the command that reads it.
 *
 * @param files of this kind
 * @param held do we hold a checksum of it?
 * @param share of all damages, in relation to the other kinds
 * @param reader the command
 * @param outputs files and folders it writes, which are part of its answer and removed before it
 */
record DamagedKind(
    String kind, List<Path> files, boolean held, int share, Reader reader, List<Path> outputs) {

  /** What a command made of a damaged file. */
  enum Verdict {
    REFUSED("refused"),
    SAME("mended or the same answer"),
    OTHER("another answer"),
    FAILED("not refused in one line");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  @FunctionalInterface
  interface Reader {
    Cli.Result read();
  }

  Cli.Result read() {
    outputs.forEach(FileTree::delete);
    return reader.read();
  }

  /** All that the command said and wrote. */
  String answer(Cli.Result result) {
    Sha256 sum = new Sha256().add(result.out());
    outputs.forEach(o -> regular(o).forEach(f -> sum.add(o.relativize(f) + "\n").addContent(f)));
    return sum.hex();
  }

  Verdict verdict(Cli.Result result, String expected) {
    if (result.exit() == 0) {
      return answer(result).equals(expected) ? Verdict.SAME : Verdict.OTHER;
    }
    List<String> refusals =
        result.errLines().stream()
            .filter(l -> l.startsWith("hearsight: ") && !l.startsWith("hearsight: note"))
            .toList();
    return result.exit() == 1 && refusals.size() == 1 && !refusals.get(0).contains("unexpected")
        ? Verdict.REFUSED
        : Verdict.FAILED;
  }
}
