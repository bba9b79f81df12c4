package org.hearsight.datasets.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol of all writers, with pieces that are a line of text. */
class DatasetRunTest {
  private static final int PIECES = 6;
  private static final int AT_ONCE = -2;

  @TempDir private Path folder;
  private final AtomicInteger made = new AtomicInteger();

  record Line(String id, Split split) implements Piece {
    @Override
    public Split part() {
      return split;
    }

    @Override
    public List<String> written() {
      return List.of("data/" + id + ".txt");
    }

    @Override
    public Map<String, String> lines() {
      return Map.of(DatasetFolder.DRAWS, toString());
    }
  }

  /** Six lines of text; one may fail, or all. */
  private final class Lines implements Recipe<Integer, Line> {
    private final Path to;
    private final int seed;
    private final int fails;

    Lines(Path to, int seed, int fails) {
      this.to = to;
      this.seed = seed;
      this.fails = fails;
    }

    @Override
    public String command() {
      return "test";
    }

    @Override
    public String verb() {
      return "write";
    }

    @Override
    public String pieces() {
      return "lines";
    }

    @Override
    public ObjectNode header() {
      ObjectNode header = new ObjectMapper().createObjectNode();
      header.putObject("generator").put("name", "test").put("version", "1");
      return header.put("seed", seed);
    }

    @Override
    public Class<Line> type() {
      return Line.class;
    }

    @Override
    public List<Job<Integer>> jobs() {
      return IntStream.range(0, PIECES)
          .mapToObj(i -> new Job<>("p" + i, i < 4 ? Split.TRAIN : Split.TEST, i, i))
          .toList();
    }

    @Override
    public PieceMaker<Integer, Line> maker() {
      return job -> {
        if (fails == AT_ONCE) {
          AtomicFile.writeText(to.resolve("data/half.txt"), "half");
          throw new IllegalStateException("at once");
        }
        if (job.want() == fails) {
          throw new IllegalStateException("piece " + fails);
        }
        made.incrementAndGet();
        Line line = new Line(job.id(), job.split());
        AtomicFile.writeText(to.resolve(line.written().get(0)), "text of " + job.want() + "\n");
        return line;
      };
    }
  }

  private DatasetRun<Line> begin(Path to) {
    return DatasetRun.begin(to, new Lines(to, 1, -1));
  }

  private void write(Path to, int fails) {
    DatasetRun.write(to, new Lines(to, 1, fails), 2, Progress.SILENT);
  }

  private Path half(String name) {
    Path to = folder.resolve(name);
    assertThatThrownBy(() -> write(to, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("piece 4");
    return to;
  }

  private Map<String, String> whole() throws IOException {
    write(folder.resolve("whole"), -1);
    return contents(folder.resolve("whole"));
  }

  private static Map<String, String> contents(Path root) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path f : walk.filter(Files::isRegularFile).toList()) {
        contents.put(root.relativize(f).toString(), Files.readString(f));
      }
    }
    return contents;
  }

  @Test
  void aStoppedRunIsMarkedAndGoesOn() throws IOException {
    Path to = half("half");
    assertThatThrownBy(() -> DatasetFolder.open(to))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is an unfinished data set of hearsight test; run the command that");
    int before = made.get();
    assertThat(before).isGreaterThanOrEqualTo(4);

    write(to, -1);

    assertThat(made).hasValue(PIECES);
    assertThat(contents(to)).isEqualTo(whole()).hasSize(PIECES + 3);
    assertThat(DatasetFolder.open(to).requireAll(Progress.SILENT)).isEqualTo(PIECES + 2);
    assertThat(DatasetFolder.open(to).header().at("/counts/train").asInt()).isEqualTo(4);
  }

  /** What an unclean file system leaves: a name without content, or half of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"data/p1.txt", ".unfinished/p1.json", "data/p0.txt", ".unfinished/p3.json"})
  void whatIsNotAsItWasIsMadeAgain(String name) throws IOException {
    Map<String, String> whole = whole();
    for (String change : List.of("empty", "cut", "flipped", "gone")) {
      Path to = half(change);
      Path file = to.resolve(name);
      byte[] good = Files.readAllBytes(file);
      switch (change) {
        case "empty" -> Files.write(file, new byte[0]);
        case "cut" -> Files.write(file, Arrays.copyOf(good, good.length - 2));
        case "flipped" -> {
          good[good.length / 2] ^= 4;
          Files.write(file, good);
        }
        default -> Files.delete(file);
      }
      made.set(0);
      write(to, -1);
      assertThat(contents(to)).as(change).isEqualTo(whole);
      assertThat(made.get()).as(change).isBetween(2, 3);
    }
  }

  /** Every state that an end which was cut short can leave. */
  @Test
  void anEndThatWasCutShortIsMadeUpFor() throws IOException {
    Map<String, String> whole = whole();
    List<String> last = List.of("files.sha256", "dataset.json", "draws.jsonl");
    for (int lost = 0; lost <= last.size(); lost++) {
      for (boolean plan : new boolean[] {true, false}) {
        Path to = half("end" + lost + plan);
        Map<String, String> mark = contents(to.resolve(".unfinished"));
        write(to, -1);
        // The mark is back: with all of the journal, or with none where the end was written.
        for (Map.Entry<String, String> e : mark.entrySet()) {
          AtomicFile.writeText(to.resolve(".unfinished").resolve(e.getKey()), e.getValue());
        }
        for (String name : last.subList(0, lost)) {
          Files.delete(to.resolve(name));
        }
        if (!plan && lost == 0) {
          try (Stream<Path> entries = Files.list(to.resolve(".unfinished"))) {
            for (Path p : entries.toList()) {
              Files.delete(p);
            }
          }
        }
        write(to, -1);
        assertThat(contents(to)).as("%d lost", lost).isEqualTo(whole);
      }
    }
  }

  @Test
  void leftoversOfARunThatWasKilledAtOnceAreNoHindrance() throws IOException {
    Path to = folder.resolve("killed");
    Files.createDirectories(to.resolve(".unfinished"));
    Files.writeString(to.resolve(FolderLock.NAME), "test, process 1 on nowhere");
    Files.writeString(to.resolve(".unfinished/.run.json.00000000-1-1-1.partial"), "{");
    Files.writeString(to.resolve(".unfinished/.run.json.0badname.partial"), "{");
    write(to, -1);
    assertThat(to.resolve(".unfinished")).doesNotExist();
    assertThat(to.resolve(FolderLock.NAME)).doesNotExist();
    Files.writeString(to.resolve(FolderLock.NAME), "test, process 1 on nowhere");
    write(to, -1);
    assertThat(to.resolve(FolderLock.NAME)).doesNotExist();
  }

  @Test
  void nothingIsLeftWhereNothingWasMade() throws IOException {
    Path fresh = folder.resolve("fresh");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    for (Path to : List.of(fresh, empty)) {
      assertThatThrownBy(() -> DatasetRun.write(to, new Lines(to, 1, AT_ONCE), 2, Progress.SILENT))
          .hasMessage("at once");
    }
    assertThat(fresh).doesNotExist();
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void twoAtOnceAreRefusedByName() {
    Path to = folder.resolve("two");
    try (DatasetRun<Line> first = begin(to)) {
      assertThat(first.isFinished()).isFalse();
      assertThatThrownBy(() -> begin(to))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(to + ": is being written by another process (test, process ");
    }
    write(to, -1);
  }

  @Test
  void olderUnfinishedSetsAndForeignFoldersAreRefused() throws IOException {
    Path older = folder.resolve("older");
    AtomicFile.writeText(
        older.resolve("dataset.json"), new Lines(older, 1, -1).header().toString());
    AtomicFile.writeText(older.resolve(".unfinished/p1.json"), "{}");
    assertThatThrownBy(() -> write(older, -1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("an unfinished data set of an older version; delete the folder");
    Path foreign = folder.resolve("foreign");
    AtomicFile.writeText(foreign.resolve("photo.jpg"), "");
    assertThatThrownBy(() -> write(foreign, -1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not empty and holds no data set");
    List<Path> there = new ArrayList<>();
    try (Stream<Path> content = Files.list(foreign)) {
      there.addAll(content.toList());
    }
    assertThat(there).containsExactly(foreign.resolve("photo.jpg"));
    Path half = half("other");
    assertThatThrownBy(() -> DatasetRun.begin(half, new Lines(half, 2, -1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("seed: was 1, now 2");
  }

  @Test
  void aNameAsLongAsNamesGet() {
    Path to = folder.resolve("a".repeat(255));
    write(to, -1);
    assertThat(DatasetFolder.open(to).files()).hasSize(PIECES + 2);
  }
}
