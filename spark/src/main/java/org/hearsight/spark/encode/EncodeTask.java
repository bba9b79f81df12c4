package org.hearsight.spark.encode;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.audio.DoubtfulRecordings;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Stop;
import org.hearsight.learning.encode.EncodedScenes.Item;
import org.hearsight.learning.encode.EncodedSet;
import org.hearsight.learning.encode.PlaceSet;
import org.hearsight.learning.encode.SceneEncoder;
import org.hearsight.spark.shard.Made;
import org.hearsight.spark.shard.ShardTask;
import org.hearsight.spark.shard.Workbench;

/**
 * Encodes the scenes of a shard: a file of records as training keeps them, and one of place
 * features where a map is trained.
 *
 * <p>A record's place says which scene it is of, so none can be left out: a scene that cannot be
 * read fails the shard with the line that training would end with.
 *
 * @param shardSize scenes of a shard, a multiple of {@link SceneEncoder#BATCH}: so batches begin
 *     where they do on one machine, and give the same bytes
 */
record EncodeTask(ShippedEncoders encoders, int shardSize) implements ShardTask {
  @Serial private static final long serialVersionUID = 1L;

  static final String ENCODED = "encoded";
  static final String PLACES = "places";

  @Override
  public Made make(int shard, Workbench bench) throws IOException {
    ShippedEncoders.Opened opened = encoders.open();
    int begin = shard * shardSize;
    int end = Math.min(opened.items().size(), begin + shardSize);
    List<Item> own = opened.items().subList(begin, end);
    List<Made.Part> parts = new ArrayList<>();
    Path encoded = bench.folder().resolve("encoded.bin");
    encode(opened, own, encoded, bench);
    parts.add(new Made.Part(Made.name(ENCODED, shard, ".bin"), encoded));
    List<Scenario> scenes = own.stream().filter(i -> !i.mirrored()).map(Item::scenario).toList();
    if (opened.recipe().places() != null && !scenes.isEmpty()) {
      Path places = bench.folder().resolve("places.bin");
      fill(opened, scenes, places);
      parts.add(new Made.Part(Made.name(PLACES, shard, ".bin"), places));
    }
    return new Made(parts, own.size(), 0);
  }

  private static void encode(
      ShippedEncoders.Opened opened, List<Item> own, Path file, Workbench bench)
      throws IOException {
    DoubtfulRecordings doubtful = new DoubtfulRecordings(); // the driver's user hears of none
    try (EncodedSet set = opened.recipe().openEncoded(file)) {
      for (int at = 0; at < own.size(); at += SceneEncoder.BATCH) {
        List<Item> batch = own.subList(at, Math.min(own.size(), at + SceneEncoder.BATCH));
        if (bench.isCareful()) {
          tryAlone(opened, batch, bench, doubtful);
        }
        encoded(opened, batch, doubtful).forEach(set::append);
      }
      set.finish();
    }
  }

  /**
   * Encodes each scene by itself before the batch: one that ends the JVM is then known by name.
   * What comes of it is thrown away, as its last bits may not be those of the batch.
   *
   * @throws InputException naming a scene that ended the JVM again and again
   */
  private static void tryAlone(
      ShippedEncoders.Opened opened, List<Item> batch, Workbench bench, DoubtfulRecordings doubtful)
      throws IOException {
    for (Item item : batch) {
      Scenario s = item.scenario();
      if (!bench.mayTry(item.mirrored() ? s.id() + " in a mirror" : s.id())) {
        throw new InputException(
            opened.store().resolve(s.files().audio()),
            "ended the JVM "
                + (Workbench.MOST_DEATHS + 1)
                + " times, or the pictures of scenario "
                + s.id()
                + " did",
            "make these files anew, or a data set without the scenario");
      }
      List<EncodedSet.Encoded> unused = encoded(opened, List.of(item), doubtful);
    }
  }

  private static List<EncodedSet.Encoded> encoded(
      ShippedEncoders.Opened opened, List<Item> batch, DoubtfulRecordings doubtful) {
    Stop.check();
    int tokens = opened.recipe().layout().frames();
    return opened.encoder().encode(opened.store(), batch, tokens, doubtful);
  }

  private static void fill(ShippedEncoders.Opened opened, List<Scenario> scenes, Path file) {
    try (PlaceSet set = opened.recipe().openPlaces(file)) {
      for (Scenario s : scenes) {
        Stop.check();
        set.append(PlaceSet.features(opened.store(), s));
      }
      set.finish();
    }
  }
}
