package org.hearsight.benchmarks.row;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearsight.benchmarks.measure.Goal;
import org.hearsight.benchmarks.measure.Row;
import org.hearsight.benchmarks.measure.Work;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.file.ScratchFolder;
import org.hearsight.core.progress.Progress;
import org.hearsight.learning.train.TrainConfig;
import org.hearsight.learning.train.TrainingRun;

/**
 * A whole training, from files to the best checkpoint and the finished model.
 *
 * @param likeForLike the seed's fusion, location and confidence, no mirrored twins and nothing left
 *     out; else our defaults
 * @param data folder of the data set
 * @param seld folder of the audio encoder
 * @param resnet50 folder of the picture encoder, asked for when the row begins
 */
public record TwoStagesRow(
    boolean likeForLike,
    Path data,
    Path seld,
    Supplier<Path> resnet50,
    int threads,
    Progress progress)
    implements Row {

  @Override
  public String name() {
    return likeForLike ? "two-stages-seed" : "two-stages";
  }

  @Override
  public String what() {
    return likeForLike
        ? "two stages, 30 + 20 epochs, the seed's model"
        : "two stages, 30 + 20 epochs, our defaults";
  }

  @Override
  public String how() {
    return likeForLike
        ? "Ours is run: files, features, encoders, both stages with validation after every epoch,"
            + " best checkpoint, exported model. The peer is the seed's loop in eager PyTorch:"
            + " features once, both encoders in every epoch, batch 32, Adam. Its time is scaled"
            + " from three batches of each stage, and it is charged neither for reading files nor"
            + " for validation. Its listing leaves ResNet-50's gradients on, and is timed so; its"
            + " text wants them off, and that is shown beside."
        : "The same peer; ours with spatial fusion over 49 picture tokens, spatial cues and every"
            + " training scene encoded a second time as in a mirror, which the seed does not do.";
  }

  @Override
  public Goal goal() {
    return Goal.timesFaster(50);
  }

  @Override
  public Pace pace() {
    return Pace.ONCE;
  }

  private TrainConfig config() {
    return likeForLike ? TrainConfig.seeds() : TrainConfig.defaults();
  }

  @Override
  public Work open() {
    int scenes = ScenarioStore.open(data).scenarios(Split.TRAIN).size();
    TrainConfig config = config();
    String size = "%d %d %d".formatted(scenes, config.stage1().epochs(), config.stage2().epochs());
    return new Training(config, scenes, size, resnet50.get(), ScratchFolder.create());
  }

  private final class Training implements Work {
    private final TrainConfig config;
    private final int scenes;
    private final String size;
    private final Path pictureEncoder;
    private final ScratchFolder scratch;
    private TrainingRun.Result result;

    Training(
        TrainConfig config, int scenes, String size, Path pictureEncoder, ScratchFolder scratch) {
      this.config = config;
      this.scenes = scenes;
      this.size = size;
      this.pictureEncoder = pictureEncoder;
      this.scratch = scratch;
    }

    @Override
    public void once() {
      Path folder = scratch.path();
      result =
          new TrainingRun(
                  config,
                  data,
                  seld,
                  pictureEncoder,
                  folder.resolve("model"),
                  folder.resolve("encoded"),
                  "cpu",
                  threads)
              .run(false, progress);
    }

    @Override
    public Optional<String> peer() {
      return Optional.of("two-stages " + size);
    }

    @Override
    public Map<String, String> besides() {
      return Map.of("the seed's loop with ResNet-50's gradients off", "two-stages-frozen " + size);
    }

    @Override
    public List<String> remarks(double ours) {
      return List.of(
          String.format(
              Locale.ROOT,
              "%d training scenarios; ours encodes for %.0f s and trains for %.0f s, best epoch"
                  + " %d; the peer's time is scaled from three batches of each stage",
              scenes,
              result.encodeSeconds(),
              result.trainSeconds(),
              result.trained().bestEpoch()));
    }

    @Override
    public void close() {
      scratch.close();
    }
  }
}
