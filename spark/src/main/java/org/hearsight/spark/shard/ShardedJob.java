package org.hearsight.spark.shard;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.file.Json;
import org.hearsight.core.progress.Progress;

/**
 * A job in shards, as its driver sees it.
 *
 * <pre>
 * plan.json                    what decides all that comes out; another plan is refused
 * done/shard-00007.json        a shard whose files are in their places
 * _attempts/…  _marks/…        of shards in work
 * manifest.json                all shards with sizes and SHA-256; there once all are done
 * </pre>
 *
 * <p>Executors only add attempts; the driver alone gives the files of one attempt their names and
 * then notes the shard. So a shard is there once whatever dies, a shard that is noted is never made
 * again, and one driver at a time may work on a folder.
 */
public final class ShardedJob {
  public static final String MANIFEST = "manifest.json";
  private static final int VERSION = 1;
  private static final String PLAN = "plan.json";
  private static final String DONE = "done";

  private final JobFolder folder;
  private final ObjectNode plan;
  private final int shards;

  /**
   * @param plan what decides all that comes out, the job's name in its field {@code job}
   * @param shards how many there are
   */
  public ShardedJob(JobFolder folder, ObjectNode plan, int shards) {
    this.folder = folder;
    this.plan = plan.deepCopy().put("format_version", VERSION).put("shards", shards);
    this.shards = shards;
  }

  /**
   * How many shards items make.
   *
   * @param shardSize items of a shard
   * @throws IllegalArgumentException if no shard can have this size, or there are too many
   */
  public static int shards(long items, int shardSize) {
    requireSize(shardSize);
    long shards = (items + shardSize - 1) / shardSize;
    FieldValues.within("shards", (double) shards, 0, Integer.MAX_VALUE);
    return (int) shards;
  }

  /**
   * Refuses a size that no shard can have.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public static void requireSize(int shardSize) {
    FieldValues.within("shard size", shardSize, 1, Integer.MAX_VALUE);
  }

  /**
   * What a finished job's folder holds.
   *
   * @param plan as it was given
   * @param shards by number
   */
  @JsonIgnoreProperties({"records", "quarantined"}) // sums, for people
  public record Manifest(JsonNode plan, List<ShardEntry> shards) {
    public Manifest {
      shards = List.copyOf(shards);
    }

    /** Scenarios, rows or windows that were made. */
    public long records() {
      return shards.stream().mapToLong(ShardEntry::records).sum();
    }

    /** Those that were left aside. */
    public long quarantined() {
      return shards.stream().mapToLong(ShardEntry::quarantined).sum();
    }
  }

  /**
   * The manifest of a finished job.
   *
   * @throws InputException if there is none
   */
  public static Manifest manifest(JobFolder folder) {
    return folder.json(MANIFEST, Manifest.class);
  }

  /**
   * Makes the shards that are missing.
   *
   * @throws InputException if the folder holds something else, a shard cannot be made, or the work
   *     was stopped
   */
  public Manifest run(SparkContext spark, ShardTask task, Progress progress) {
    if (!folder.isLocal()) {
      return complete(spark, task, progress);
    }
    return FolderLock.holding(
        folder.local(), "spark " + name(), () -> complete(spark, task, progress));
  }

  private String name() {
    return plan.path("job").asText();
  }

  private Manifest complete(SparkContext spark, ShardTask task, Progress progress) {
    try {
      claim();
      SortedMap<Integer, ShardEntry> done = done();
      if (done.size() == shards && folder.exists(MANIFEST)) {
        progress.note(folder.address() + " is finished already");
        return manifest(folder);
      }
      if (!done.isEmpty()) {
        progress.note(done.size() + " of " + shards + " shards were done before");
      }
      new ShardRounds(spark, folder, name(), task, progress).make(shards, done, this::commit);
      return finish(done);
    } catch (IOException e) {
      throw folder.failed("", "used", e);
    }
  }

  /** Takes a free folder for this plan, or finds that it has it. */
  private void claim() throws IOException {
    if (folder.exists(PLAN)) {
      refuseOther(folder.json(PLAN, JsonNode.class));
      return;
    }
    List<String> there = folder.list("").stream().filter(n -> !n.equals(FolderLock.NAME)).toList();
    if (!there.isEmpty()) {
      throw new InputException(
          folder.address(), "is not empty and holds no job", "choose an empty or new folder");
    }
    folder.write(PLAN, Json.page(plan));
  }

  private void refuseOther(JsonNode there) throws IOException {
    // Through text and back: only what was parsed the same way compares equal.
    JsonNode ours = Json.MAPPER.readTree(plan.toString());
    for (Map.Entry<String, JsonNode> field : ours.properties()) {
      JsonNode old = there.path(field.getKey());
      if (!field.getValue().equals(old)) {
        throw new InputException(
            folder.address() + "/" + PLAN,
            field.getKey() + ": was " + shown(old) + ", now " + shown(field.getValue()),
            "give the same options and inputs to go on, or choose another folder");
      }
    }
  }

  private static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "missing" : value.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  /** Shards that are noted and whose files are there; of a finished job, too, that lost some. */
  private SortedMap<Integer, ShardEntry> done() throws IOException {
    List<ShardEntry> noted = new ArrayList<>();
    if (folder.exists(MANIFEST)) {
      noted.addAll(manifest(folder).shards());
    }
    for (String name : folder.list(DONE)) {
      noted.add(folder.json(DONE + "/" + name, ShardEntry.class));
    }
    SortedMap<Integer, ShardEntry> done = new TreeMap<>();
    for (ShardEntry entry : noted) {
      boolean whole = true;
      for (ShardEntry.File file : entry.files()) {
        whole &= folder.size(file.name()) == file.size();
      }
      if (whole) {
        done.put(entry.shard(), entry);
      }
    }
    return done;
  }

  /** Gives the files of an attempt their places; what lay there was of a driver that died. */
  private void commit(ShardMaking.Attempt attempt) throws IOException {
    ShardEntry entry = attempt.entry();
    for (ShardEntry.File file : entry.files()) {
      folder.move(attempt.folder() + "/" + file.name(), file.name());
    }
    folder.write(DONE + "/" + ShardEntry.name(entry.shard()) + ".json", Json.page(entry));
    folder.delete(attempt.folder());
    folder.delete(Suspects.folder(entry.shard()));
  }

  private Manifest finish(SortedMap<Integer, ShardEntry> done) throws IOException {
    Manifest manifest = new Manifest(plan, List.copyOf(done.values()));
    ObjectNode page = Json.tree(manifest);
    page.put("records", manifest.records()).put("quarantined", manifest.quarantined());
    folder.write(MANIFEST, Json.page(page));
    for (String left : List.of(DONE, ShardMaking.ATTEMPTS, Suspects.FOLDER)) {
      folder.delete(left);
    }
    return manifest;
  }

  /** A sentence about what came out. */
  public static String summary(Manifest manifest, String records) {
    return String.format(
        Locale.ROOT,
        "%d %s in %d shards, %d quarantined",
        manifest.records(),
        records,
        manifest.shards().size(),
        manifest.quarantined());
  }
}
