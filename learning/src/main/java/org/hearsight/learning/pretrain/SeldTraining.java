package org.hearsight.learning.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.Torch;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.layer.Linear;
import org.hearsight.learning.layer.TorchValue;
import org.hearsight.learning.loop.FiniteLoss;
import org.hearsight.learning.loop.OptimizerConfig;
import org.hearsight.learning.loop.Shuffle;
import org.hearsight.learning.loop.TrainingTask;
import org.hearsight.learning.loss.AdpitLoss;
import org.hearsight.learning.loss.BinaryCrossEntropy;
import org.hearsight.learning.model.SeldNet;
import org.hearsight.learning.optim.Adam;

/**
 * A SELD network on windows with ADPIT; the epoch with the lowest SELD error on the validation
 * split is kept.
 */
final class SeldTraining implements TrainingTask<SeldTraining.Prepared, SeldEpoch> {
  private static final String NETWORK = "network";
  private static final String TAGS = "tags";

  private final SeldPretrainConfig config;
  private final SeldNet net;

  /** Says of each token which classes sound; null where the loss does not ask for it. */
  private final Linear tags;

  private final SeldWindows train;
  private final SeldValidation validation;
  private final AdpitTargets targets;
  private final FeatureAugmentation augmentation;

  SeldTraining(
      SeldPretrainConfig config,
      SeldNet net,
      Linear tags,
      SeldWindows train,
      SeldValidation validation,
      AdpitTargets targets,
      FeatureScaler scaler) {
    this.config = config;
    this.augmentation = new FeatureAugmentation(config.augmentation(), scaler);
    this.net = net;
    this.tags = tags;
    this.train = train;
    this.validation = validation;
    this.targets = targets;
  }

  /** A batch of windows: standardised features, permuted tracks, classes that sound. */
  record Prepared(int size, float[] features, float[] permuted, float[] active) {}

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
    return new FiniteLoss("pretraining", "--learning-rate");
  }

  @Override
  public Map<String, Layer> networks() {
    return tags == null ? Map.of(NETWORK, net) : Map.of(NETWORK, net, TAGS, tags);
  }

  @Override
  public List<Stage> stages() {
    return List.of(new Stage("pretrain", config.schedule().epochs()));
  }

  @Override
  public int patience() {
    return config.schedule().patience();
  }

  @Override
  public List<Adam.Group> free(int stage) {
    List<Adam.Group> groups = new ArrayList<>();
    for (Layer layer : tags == null ? List.of(net) : List.of(net, tags)) {
      layer.unfreeze();
      groups.add(new Adam.Group(layer.parameters(), config.schedule().rate()));
    }
    return groups;
  }

  @Override
  public void train(int stage, boolean on) {
    net.train(on);
  }

  @Override
  public int steps() {
    return -Math.floorDiv(-train.size(), config.optimizer().batch());
  }

  @Override
  public double rateShare(long step, long steps) {
    return config.schedule().rateShare(step, steps);
  }

  @Override
  public List<Callable<Prepared>> batches(int epoch, int stage, SplittableRandom random) {
    int[] order = Shuffle.of(train.size(), random);
    int batch = config.optimizer().batch();
    List<Callable<Prepared>> batches = new ArrayList<>();
    for (int at = 0; at < order.length; at += batch) {
      int n = Math.min(batch, order.length - at);
      int[] members = new int[n];
      ChannelSwap[] swaps = new ChannelSwap[n];
      for (int i = 0; i < n; i++) {
        members[i] = order[at + i];
        int drawn = random.nextInt(ChannelSwap.values().size());
        swaps[i] =
            config.augmentation().swaps() ? ChannelSwap.values().get(drawn) : ChannelSwap.IDENTITY;
      }
      SplittableRandom own = augmentation.isNone() ? null : random.split();
      batches.add(() -> prepare(members, swaps, own));
    }
    return batches;
  }

  private Prepared prepare(int[] members, ChannelSwap[] swaps, SplittableRandom random) {
    int size = train.featureSize();
    float[] features = new float[members.length * size];
    float[] permuted = null;
    float[] active = new float[members.length * train.labelFrames() * targets.classes()];
    for (int i = 0; i < members.length; i++) {
      train.features(members[i], swaps[i], features, i * size);
      if (random != null) {
        augmentation.apply(features, i * size, size, random);
      }
      float[] tracks = targets.tracks(train.events(members[i]), train.labelFrames(), swaps[i]);
      float[] sounding = targets.active(train.events(members[i]), train.labelFrames());
      System.arraycopy(sounding, 0, active, i * sounding.length, sounding.length);
      float[] one = AdpitLoss.permuted(tracks, targets.classes());
      permuted = permuted == null ? new float[members.length * one.length] : permuted;
      System.arraycopy(one, 0, permuted, i * one.length, one.length);
    }
    return new Prepared(members.length, features, permuted, active);
  }

  @Override
  public Loss loss(NDManager scope, Prepared batch, int stage) {
    NDArray input = train.toArray(scope, batch.size(), batch.features());
    NDArray tokens = net.encode(input); // [B, frames, width]
    NDArray loss = AdpitLoss.compute(net.head(tokens), batch.permuted());
    if (tags == null) {
      return new Loss(loss, List.of(loss), batch.size());
    }
    NDArray logits = TorchValue.run(tags::forward, tokens); // [B, frames, classes]
    NDArray truth = TensorBridge.toArray(scope, batch.active(), logits.getShape().getShape());
    NDArray named = BinaryCrossEntropy.each(logits, truth).mean();
    NDArray total = loss.add(Torch.times(named, config.loss().tags()));
    return new Loss(total, List.of(loss), batch.size());
  }

  @Override
  public SeldEpoch judge(NDManager manager, int epoch, int stage, double[] means) {
    SeldEpoch record = validation.judge(net, manager, epoch, means[0]);
    finite().require(epoch, "the validation loss", record.validationLoss());
    finite().require(epoch, "the SELD error", record.seldError());
    return record;
  }
}
