package org.hearsight.learning.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.encode.OrderedTasks;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.loop.FiniteLoss;
import org.hearsight.learning.loop.OptimizerConfig;
import org.hearsight.learning.loop.Shuffle;
import org.hearsight.learning.loop.TrainingTask;
import org.hearsight.learning.optim.Adam;
import org.hearsight.learning.pretrain.VisionPictures.Batch;
import org.hearsight.learning.pretrain.VisionPictures.Item;

/** A picture encoder with its heads on pieces of pictures; the last epoch is kept. */
final class VisionTraining implements TrainingTask<Batch, VisionEpoch> {
  private static final String NETWORK = "network";

  /** Whole pictures that batch norm's statistics are taken from. */
  private static final int SETTLE = 512;

  private final VisionConfig config;
  private final VisionNetwork network;
  private final VisionPictures train;
  private final VisionPictures validation;

  VisionTraining(
      VisionConfig config, VisionNetwork network, VisionPictures train, VisionPictures validation) {
    this.config = config;
    this.network = network;
    this.train = train;
    this.validation = validation;
  }

  @Override
  public long seed() {
    return config.seed();
  }

  @Override
  public OptimizerConfig optimizer() {
    return config.optimizer();
  }

  @Override
  public FiniteLoss finite() {
    return new FiniteLoss("pretrain-vision", "--rate");
  }

  @Override
  public Map<String, Layer> networks() {
    return Map.of(NETWORK, network);
  }

  @Override
  public List<Stage> stages() {
    return List.of(new Stage("pretrain-vision", config.schedule().epochs()));
  }

  @Override
  public List<Adam.Group> free(int stage) {
    return List.of(new Adam.Group(network.parameters(), config.schedule().rate()));
  }

  @Override
  public void train(int stage, boolean on) {
    network.train(on);
  }

  /** Incomplete batches are left out, unless there is no other: batch norm would suffer. */
  @Override
  public int steps() {
    return Math.max(1, train.size() / config.optimizer().batch());
  }

  @Override
  public double rateShare(long step, long steps) {
    return config.schedule().rateShare(step, steps);
  }

  @Override
  public List<Callable<Batch>> batches(int epoch, int stage, SplittableRandom random) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < train.size(); i++) {
      items.add(train.varied(i, config.schedule().sizeIn(epoch), config.augmentation(), random));
    }
    Shuffle.inPlace(items, random);
    return train.reads(items, config.optimizer().batch()).subList(0, steps());
  }

  @Override
  public Loss loss(NDManager scope, Batch batch, int stage) {
    VisionLoss.Parts parts =
        VisionLoss.compute(forward(batch, scope), batch.targets(), config.loss());
    return new Loss(parts.total(), parts.all(), 1, 1, 1, 1, 1, 1, 1);
  }

  private VisionNetwork.Output forward(Batch batch, NDManager scope) {
    NDArray pictures =
        TensorBridge.toArray(
            scope,
            batch.planes(),
            batch.targets().size(),
            VisualPlanes.COUNT,
            batch.side(),
            batch.side());
    return network.forward(pictures, batch.targets().stream().map(VisionTargets::cut).toList());
  }

  @Override
  public VisionEpoch judge(NDManager manager, int epoch, int stage, double[] m) {
    return new VisionEpoch(
        epoch,
        config.schedule().sizeIn(epoch),
        new VisionEpoch.Losses(m[0], m[1], m[2], m[3], m[4], m[5], m[6]),
        scores(manager, epoch));
  }

  /** Of the network as it is, on the whole pictures of the validation split. */
  VisionScores scores(NDManager manager, int epoch) {
    VisionScores.Tally tally = new VisionScores.Tally(network.classCount());
    OrderedTasks.oneAhead(
        validation.reads(validation.plain(validation.size()), config.optimizer().batch()),
        batch -> {
          try (NDManager scope = manager.newSubManager()) {
            Gradients.pause(
                () -> {
                  VisionNetwork.Output out = forward(batch, scope);
                  NDArray loss = VisionLoss.compute(out, batch.targets(), config.loss()).total();
                  finite().require(epoch, "the validation loss", loss.getFloat());
                  tally.add(out, batch.targets());
                });
          }
        });
    return tally.scores();
  }

  /**
   * Batch norm's statistics of pieces are not those of whole pictures, whose rims are a smaller
   * part; takes them from whole ones, without learning.
   */
  void settle(NDManager manager) {
    List<Item> items = train.plain(Math.min(SETTLE, train.size()));
    int batch = config.optimizer().batch();
    network.train(true);
    OrderedTasks.oneAhead(
        train.reads(items, batch).subList(0, Math.max(1, items.size() / batch)),
        read -> {
          try (NDManager scope = manager.newSubManager()) {
            Gradients.pause(() -> forward(read, scope));
          }
        });
    network.train(false);
  }
}
