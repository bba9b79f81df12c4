package org.hearsight.benchmarks.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Path RESULTS = ROOT.resolve("docs/results");
  private static final Path TRANSFER = ROOT.resolve("benchmarks/results/transfer");

  @TempDir private Path folder;

  /** The page is what the command makes of the files, to the letter. */
  @Test
  void thePageIsMadeOfTheFiles() throws IOException {
    assertThat(Files.readString(ROOT.resolve("docs/results.md")))
        .isEqualTo(ResultsPage.of(RESULTS, TRANSFER));
  }

  @Test
  void whatWasNotMeasuredIsSaid() throws IOException {
    Files.copy(RESULTS.resolve("published.json"), folder.resolve("published.json"));
    String page = ResultsPage.of(folder, TRANSFER);
    assertThat(page)
        .contains("Not measured yet: `docs/results/ablation.json` is missing")
        .contains("Not measured yet: `docs/results/peers.json` is missing")
        .contains("| OVAD |");
  }

  /** Verdicts follow from the intervals: what the runs of three seeds cannot tell is not shown. */
  @Test
  void claimsAreHeldAgainstTheRuns() throws IOException {
    Files.copy(RESULTS.resolve("published.json"), folder.resolve("published.json"));
    String page = ResultsPage.of(folder, TRANSFER);
    List<String> claims =
        page.lines()
            .filter(l -> l.startsWith("| ") && l.contains("`benchmarks/results/transfer`"))
            .toList();
    assertThat(claims).hasSize(5);
    // Of docs/weights.md: 0.79 beside 0.69 ± 0.07 is no difference that three seeds show;
    // 17.9 ± 0.8 beside 15.1 ± 1.3 is one, the other way.
    assertThat(claims.get(1))
        .contains("names: **not shown**; places: **refuted**")
        .contains("macro F1 0.79 beside 0.69");
    assertThat(claims.get(2))
        .contains("names: shown")
        .contains("0.73 beside 0.45")
        .contains("18.4 beside 15.1");
    assertThat(claims.get(4)).contains(" runs by one command");
  }
}
