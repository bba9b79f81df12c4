package org.hearsight.spark.shard;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Spark jobs over the shards that are missing, one after the other, for as long as they get on.
 *
 * <p>Spark gives a job up once a task has failed four times (in local mode once). Where an item
 * ends the JVM that is no reason to stop: each death leaves a mark, so the next round knows more. A
 * round in which no shard was finished and no mark was left ends the work.
 */
final class ShardRounds {
  private static final long LOOK_MILLIS = 200;

  /** Of Spark's report, what failed; the class's own name goes. */
  private static final Pattern REASON = Pattern.compile("(?:[\\w$]+\\.)+[\\w$]+: ([^\\n]+)");

  private final SparkContext spark;
  private final JobFolder folder;
  private final String job;
  private final ShardTask task;
  private final Progress progress;
  private final Map<String, double[]> busy = new TreeMap<>();

  ShardRounds(SparkContext spark, JobFolder folder, String job, ShardTask task, Progress progress) {
    this.spark = spark;
    this.folder = folder;
    this.job = job;
    this.task = task;
    this.progress = progress;
  }

  /** Gives an attempt its place. */
  @FunctionalInterface
  interface Commit {
    void take(ShardMaking.Attempt attempt) throws IOException;
  }

  /**
   * Makes what is missing.
   *
   * @param done what is there; all of it at the end
   */
  void make(int shards, SortedMap<Integer, ShardEntry> done, Commit commit) throws IOException {
    try (Progress.Task bar = progress.begin(job, shards)) {
      bar.advance(done.size());
      String failure = null;
      while (done.size() < shards) {
        int before = done.size();
        long marks = folder.count(Suspects.FOLDER);
        List<Integer> missing =
            IntStream.range(0, shards).filter(i -> !done.containsKey(i)).boxed().toList();
        failure = round(missing, done, commit, bar);
        if (done.size() == before && folder.count(Suspects.FOLDER) == marks) {
          throw InputException.environment(
              folder.address(),
              (shards - done.size()) + " of " + shards + " shards were not made: " + failure,
              "mend it and run the same command again to go on; if that changed the data, into another"
                  + " folder");
        }
        if (failure != null && done.size() < shards) {
          progress.note("trying " + (shards - done.size()) + " shards again: " + failure);
        }
      }
    }
    busy.forEach(
        (executor, sum) ->
            progress.note(
                String.format(
                    Locale.ROOT,
                    "executor %s: %.0f shards, busy for %.1f s",
                    executor,
                    sum[0],
                    sum[1])));
  }

  /** One Spark job; returns why it failed, null if it did not. */
  private String round(
      List<Integer> missing, SortedMap<Integer, ShardEntry> done, Commit commit, Progress.Task bar)
      throws IOException {
    BlockingQueue<ShardMaking.Attempt> arrived = new LinkedBlockingQueue<>();
    SimpleFutureAction<BoxedUnit> action = submit(missing, arrived);
    try {
      while (true) {
        boolean over = action.isCompleted(); // before looking: what came earlier is in the queue
        ShardMaking.Attempt attempt = arrived.poll(over ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (attempt != null) {
          commit.take(attempt);
          done.put(attempt.entry().shard(), attempt.entry());
          double[] sum = busy.computeIfAbsent(attempt.executor(), e -> new double[2]);
          sum[0]++;
          sum[1] += attempt.seconds();
          bar.advance(1);
        } else if (over) {
          return failure(action);
        }
        Stop.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped");
    } finally {
      action.cancel(); // of no effect once it is over
    }
  }

  private SimpleFutureAction<BoxedUnit> submit(
      List<Integer> missing, BlockingQueue<ShardMaking.Attempt> arrived) {
    RDD<Integer> shards =
        JavaSparkContext.fromSparkContext(spark).parallelize(missing, missing.size()).rdd();
    Seq<Object> all =
        CollectionConverters.asScala(
                IntStream.range(0, missing.size()).<Object>mapToObj(Integer::valueOf).toList())
            .toSeq();
    String run = spark.applicationId() + "-" + ProcessHandle.current().pid();
    return spark.submitJob(
        shards,
        new ShardMaking(folder.address(), run, task),
        all,
        new AbstractFunction2<Object, ShardMaking.Attempt, BoxedUnit>() {
          @Override
          public BoxedUnit apply(Object number, ShardMaking.Attempt attempt) {
            arrived.add(attempt);
            return BoxedUnit.UNIT;
          }
        },
        new AbstractFunction0<BoxedUnit>() {
          @Override
          public BoxedUnit apply() {
            return BoxedUnit.UNIT;
          }
        });
  }

  private static String failure(SimpleFutureAction<BoxedUnit> action) {
    return action
        .value()
        .get()
        .failed()
        .map(e -> e)
        .toOption()
        .map(ShardRounds::reason)
        .getOrElse(() -> null);
  }

  /** The line of Spark's report that says what failed, without its class. */
  static String reason(Throwable e) {
    String report = String.valueOf(e.getMessage());
    Matcher named = REASON.matcher(report);
    return named.find() ? named.group(1).strip() : report.lines().findFirst().orElse("no reason");
  }
}
