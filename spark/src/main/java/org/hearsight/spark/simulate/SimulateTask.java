package org.hearsight.spark.simulate;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Row;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;
import org.hearsight.datasets.run.Job;
import org.hearsight.datasets.run.PieceMaker;
import org.hearsight.datasets.run.ScenarioEntry;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.simulator.scenario.Want;
import org.hearsight.spark.shard.Made;
import org.hearsight.spark.shard.ShardTask;
import org.hearsight.spark.shard.Workbench;
import org.hearsight.spark.table.ParquetRows;

/** Makes the scenarios of a shard: the archive with their files, and the rows of the index. */
public final class SimulateTask implements ShardTask {
  @Serial private static final long serialVersionUID = 1L;

  /** Recordings are looked through once a JVM, and a million scenarios dealt out once. */
  private static final Map<SimulatePlan, Dealt> DEALT = new ConcurrentHashMap<>();

  private final SimulatePlan plan;

  public SimulateTask(SimulatePlan plan) {
    this.plan = plan;
  }

  /** All scenarios of a plan, and what makes them. */
  private record Dealt(Simulator simulator, List<Job<Want>> jobs) {
    static Dealt of(SimulatePlan plan) {
      Simulator simulator = Simulator.recipe(plan.config(), Progress.SILENT);
      return new Dealt(simulator, simulator.jobs());
    }
  }

  @Override
  public Made make(int shard, Workbench bench) throws IOException {
    Dealt dealt = DEALT.computeIfAbsent(plan, Dealt::of);
    String archive = Made.name("shards", shard, ".zip");
    Path zip = bench.folder().resolve("shard.zip");
    Path files = bench.folder().resolve("files");
    List<Row> index = new ArrayList<>();
    try (ScenarioShard.Writer writer = ScenarioShard.write(zip, files);
        PieceMaker<Want, ScenarioEntry> maker = dealt.simulator().maker(files)) {
      for (Job<Want> job : dealt.jobs().subList(plan.begin(shard), plan.begin(shard + 1))) {
        Stop.check();
        ScenarioEntry entry = maker.make(job);
        writer.add(entry);
        index.add(ScenarioIndex.row(entry.scenario(), archive));
      }
    }
    Path table = bench.folder().resolve("index.parquet");
    ParquetRows.write(table, ScenarioIndex.SCHEMA, index);
    return new Made(
        List.of(
            new Made.Part(archive, zip),
            new Made.Part(Made.name("scenarios", shard, ".parquet"), table)),
        index.size(),
        0);
  }
}
