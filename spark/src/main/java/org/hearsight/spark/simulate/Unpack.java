package org.hearsight.spark.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.core.progress.Progress;
import org.hearsight.datasets.run.DatasetRun;
import org.hearsight.datasets.run.Job;
import org.hearsight.datasets.run.PieceMaker;
import org.hearsight.datasets.run.Recipe;
import org.hearsight.datasets.run.ScenarioEntry;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.simulator.scenario.Want;
import org.hearsight.spark.shard.JobFolder;
import org.hearsight.spark.shard.ShardEntry;
import org.hearsight.spark.shard.ShardedJob;

/**
 * Makes the data set of a simulation in shards that {@code hearsight simulate} would have made, to
 * the byte: a writer of data sets whose pieces are taken out of archives instead of simulated.
 */
public final class Unpack implements Recipe<Want, ScenarioEntry> {
  /** In the job's plan: what the simulation is. */
  public static final String PLAN = "simulation";

  /** In the job's plan: the data set's header. */
  public static final String HEADER = "header";

  private final JobFolder from;
  private final Path to;
  private final ShardedJob.Manifest manifest;
  private final SimulatePlan plan;
  private final Map<String, ShardEntry> shards = new HashMap<>(); // by scenario
  private final List<Job<Want>> jobs;

  private Unpack(JobFolder from, Path to, ShardedJob.Manifest manifest, SimulatePlan plan) {
    this.from = from;
    this.to = to;
    this.manifest = manifest;
    this.plan = plan;
    this.jobs = Simulator.jobs(plan.config());
    for (ShardEntry shard : manifest.shards()) {
      for (int i = plan.begin(shard.shard()); i < plan.begin(shard.shard() + 1); i++) {
        shards.put(jobs.get(i).id(), shard);
      }
    }
  }

  /**
   * Puts a data set together, or goes on with one.
   *
   * @param from folder of a finished simulation
   * @param to folder of the data set
   * @throws InputException if the simulation is not finished or damaged, or as {@link
   *     DatasetRun#write}
   */
  public static ScenarioStore run(JobFolder from, Path to, int workers, Progress progress) {
    ShardedJob.Manifest manifest = ShardedJob.manifest(from);
    SimulatePlan plan;
    try {
      plan = Json.MAPPER.treeToValue(manifest.plan().path(PLAN), SimulatePlan.class);
    } catch (JsonProcessingException e) {
      plan = null;
    }
    if (plan == null) {
      throw new InputException(
          from.address(), "holds no simulation", "give a folder that spark simulate wrote");
    }
    DatasetRun.write(to, new Unpack(from, to, manifest, plan), workers, progress);
    return plan.picturesOnly() ? ScenarioStore.openPictures(to) : ScenarioStore.open(to);
  }

  @Override
  public String command() {
    return "spark unpack";
  }

  @Override
  public String verb() {
    return "unpack";
  }

  @Override
  public String pieces() {
    return "scenarios";
  }

  @Override
  public ObjectNode header() {
    return (ObjectNode) manifest.plan().path(HEADER).deepCopy();
  }

  @Override
  public Class<ScenarioEntry> type() {
    return ScenarioEntry.class;
  }

  @Override
  public List<Job<Want>> jobs() {
    return jobs;
  }

  /** Scenarios of a shard share its archive. */
  @Override
  public List<List<Integer>> batches(List<Job<Want>> all) {
    List<List<Integer>> batches = new ArrayList<>();
    for (int shard = 0; shard < plan.shards(); shard++) {
      batches.add(IntStream.range(plan.begin(shard), plan.begin(shard + 1)).boxed().toList());
    }
    return batches;
  }

  @Override
  public PieceMaker<Want, ScenarioEntry> maker() {
    return new Extractor();
  }

  /** Takes scenarios out of the archive of the first one it is asked for. */
  private final class Extractor implements PieceMaker<Want, ScenarioEntry> {
    private Path copy;
    private ScenarioShard shard;

    @Override
    public ScenarioEntry make(Job<Want> job) {
      if (shard == null) {
        open(shards.get(job.id()));
      }
      return shard.extract(job.id(), to);
    }

    private void open(ShardEntry entry) {
      try {
        copy = Files.createTempFile("hearsight-", ".zip");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      from.fetch(entry.files().get(0), copy);
      shard = ScenarioShard.open(copy);
    }

    @Override
    public void close() {
      if (shard != null) {
        shard.close();
      }
      try {
        if (copy != null) {
          Files.deleteIfExists(copy);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
