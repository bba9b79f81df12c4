package org.hearsight.spark.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** On what Spark a job runs; what {@code spark-submit} said holds where an option says nothing. */
public final class SparkOptions {
  /** The launcher's: the jar with the jobs, for executors that have none yet. */
  private static final String JAR = "hearsight.spark.jar";

  private static final String MASTER = "spark.master";

  /** What holds unless somebody says otherwise, and why. */
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    // A machine whose disk is full fails at once and would take task after task.
    DEFAULTS.put("spark.excludeOnFailure.enabled", "true");
    DEFAULTS.put("spark.excludeOnFailure.task.maxTaskAttemptsPerNode", "3");
    DEFAULTS.put("spark.excludeOnFailure.stage.maxFailedExecutorsPerNode", "1000");
    // As the launcher has it for one machine; see ARCHITECTURE.md.
    DEFAULTS.put("spark.executorEnv.MALLOC_ARENA_MAX", "1");
    DEFAULTS.put("spark.executorEnv.GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
    DEFAULTS.put("spark.ui.showConsoleProgress", "false");
  }

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Where Spark runs: local[*], local-cluster[2,1,2048], spark://HOST:7077, yarn, …"
              + " (default: what spark-submit says, else local[*]).")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark, as in spark.executor.memory=2g; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /**
   * Starts Spark, or joins what runs already.
   *
   * @param name of the job, as Spark's pages show it
   */
  public SparkSession start(String name) {
    SparkConf conf = new SparkConf();
    DEFAULTS.forEach((key, value) -> conf.setIfMissing(key, value));
    settings.forEach((key, value) -> conf.set(key, value));
    if (master != null) {
      conf.setMaster(master);
    }
    conf.setIfMissing(MASTER, "local[*]");
    boolean here = conf.get(MASTER).startsWith("local[") || conf.get(MASTER).equals("local");
    String jar = System.getProperty(JAR);
    if (jar != null && !here) {
      conf.setIfMissing("spark.jars", jar);
    }
    if (jar != null) {
      // The launcher's Spark lives as long as its command: nobody would find its pages.
      conf.setIfMissing("spark.ui.enabled", "false");
    }
    conf.setIfMissing("spark.app.name", "hearsight " + name);
    return SparkSession.builder().config(conf).getOrCreate();
  }
}
