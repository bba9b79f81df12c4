package org.hearsight.app.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.hearsight.core.error.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code hearsight spark}: a word for the launcher, so that it stands in the list of commands. The
 * jobs are a program of their own, as they need Spark's libraries and this one does not.
 */
@Command(
    name = "spark",
    mixinStandardHelpOptions = true,
    description =
        "Runs jobs on Apache Spark, here or on a cluster: ./hearsight spark --help"
            + " (docs/cluster.md).")
// Whatever follows is not looked at.
@SuppressWarnings("UnusedVariable")
public final class SparkCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", hidden = true)
  private List<String> words;

  @Override
  public Integer call() {
    throw new InputException(
        "spark",
        "Spark is not part of this program",
        "start it as ./hearsight spark in a checkout, or give hearsight-spark-jobs.jar to"
            + " spark-submit");
  }
}
