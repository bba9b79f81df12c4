package org.hearsight.benchmarks.row;

import java.util.List;
import org.hearsight.benchmarks.measure.Outcome;
import org.hearsight.benchmarks.measure.ResultTable;
import org.hearsight.core.provenance.Machine;

/**
 * The page that the benchmark writes: the table, what it was measured on, and how.
 *
 * @param command that made it
 * @param version of Hearsight
 * @param versions of the libraries on both sides, a line
 * @param threads of both sides
 * @param rounds asked for
 */
public record PerformancePage(
    String command,
    String version,
    Machine machine,
    String versions,
    int threads,
    int rounds,
    List<Outcome> outcomes) {

  /** In Markdown. */
  public String markdown() {
    StringBuilder page = new StringBuilder();
    page.append("# How fast it is\n\n");
    page.append("Written by `").append(command).append("`, Hearsight ").append(version);
    page.append(".\n\n");
    page.append(machine.text()).append(". ").append(versions).append(". ");
    page.append(threads).append(threads == 1 ? " thread" : " threads").append(" on both sides, ");
    page.append(rounds).append(rounds == 1 ? " round" : " rounds").append(".\n\n");
    page.append(ResultTable.of(outcomes).markdown()).append('\n');
    List<String> remarks = ResultTable.remarks(outcomes);
    if (!remarks.isEmpty()) {
      remarks.forEach(r -> page.append("- ").append(r).append('\n'));
      page.append('\n');
    }
    page.append(
        """
        ## How it is measured

        Ours runs in the JVM of the command, the peer in one Python process that lives as long
        (`benchmarks/pytorch/peer.py`) with the same number of threads. Networks, data and
        optimizers are made ready first, and both sides warm up. Then they take turns, ours, the
        peer's, ours, …, each timing its own work alone, with 20 ms of rest between, so that
        whatever else the machine does falls on both and neither finds the other's threads
        spinning. A round's number is the median of its repeats; the table shows medians over the
        rounds, the ratio is the median of the rounds' ratios, and beside it stand the smallest and
        the largest. `asked` is the bound that a row is held to.

        """);
    for (Outcome o : outcomes) {
      page.append("- **").append(o.row().what()).append("** (`").append(o.row().name());
      page.append("`). ").append(o.row().how()).append('\n');
    }
    return page.toString();
  }
}
