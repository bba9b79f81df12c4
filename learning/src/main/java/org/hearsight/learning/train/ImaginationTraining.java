package org.hearsight.learning.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.imagination.ModelInput;
import org.hearsight.core.imagination.UnknownDetector;
import org.hearsight.core.metrics.Statistics;
import org.hearsight.inference.scene.Answers;
import org.hearsight.learning.encode.EncodedScenes;
import org.hearsight.learning.encode.OrderedTasks;
import org.hearsight.learning.encode.PlaceSet;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.layer.Parameter;
import org.hearsight.learning.loop.FiniteLoss;
import org.hearsight.learning.loop.Means;
import org.hearsight.learning.loop.OptimizerConfig;
import org.hearsight.learning.loop.Shuffle;
import org.hearsight.learning.loop.TrainingTask;
import org.hearsight.learning.loss.HazardTarget;
import org.hearsight.learning.loss.ImaginationLoss;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.ImaginationModel;
import org.hearsight.learning.optim.Adam;
import org.hearsight.learning.train.EpochRecord.Losses;
import org.hearsight.learning.train.TrainingSet.Batch;
import org.hearsight.learning.train.TrainingSet.Prepared;

/**
 * The seed's two stages on encoded scenarios.
 *
 * <p>Stage 1 trains adapter and head on what the frozen encoders said. Stage 2 starts from the best
 * epoch so far and also trains the upper part of the SELD encoder, from the activations at the
 * freeze boundary on. The epoch with the lowest validation loss is kept.
 */
public final class ImaginationTraining implements TrainingTask<Prepared, EpochRecord> {
  private static final String ENCODER = "seld_encoder.";
  private static final String VISUAL_PROJECTION = "adapter.visual_projection.";

  private final TrainConfig config;
  private final AudioEncoder encoder;
  private final int bands;
  private final ImaginationModel model;
  private final ImaginationLoss loss;
  private final TrainingSet train;
  private final TrainingSet validation;

  /**
   * @param places of the same scenes; null unless the location is a map of them
   * @param encoder loaded with its pretrained weights
   * @param bands of the features it hears
   * @param model freshly drawn
   * @throws org.hearsight.core.error.InputException if the training or the validation split is
   *     empty
   */
  public ImaginationTraining(
      TrainConfig config,
      ScenarioStore store,
      EncodedScenes encoded,
      PlaceSet places,
      AudioEncoder encoder,
      int bands,
      ImaginationModel model) {
    this.config = config;
    this.encoder = encoder;
    this.bands = bands;
    this.model = model;
    TrainConfig.Loss weights = config.loss();
    this.loss =
        new ImaginationLoss(
            new ImaginationLoss.Config(
                weights.classification(),
                weights.location(),
                weights.confidence(),
                config.model().location(),
                config.model().confidence()));
    this.train = new TrainingSet(store, Split.TRAIN, encoded, places, config.data().trainScenes());
    this.validation = new TrainingSet(store, Split.VALIDATION, encoded, places, 0);
    if (model.places() != null) {
      train.standardise(model.places(), config.model().withheld());
    }
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
    return new FiniteLoss("training", "the learning rates");
  }

  @Override
  public Map<String, Layer> networks() {
    Map<String, Layer> networks = new LinkedHashMap<>();
    networks.put("model", model);
    networks.put("encoder", encoder);
    return networks;
  }

  @Override
  public List<Stage> stages() {
    return List.of(
        new Stage("stage 1", config.stage1().epochs()),
        new Stage("stage 2", config.stage2().epochs()));
  }

  @Override
  public List<Adam.Group> free(int stage) {
    thaw(stage);
    double rate = stage == 1 ? config.stage1().rate() : config.stage2().rate();
    List<Adam.Group> groups = new ArrayList<>();
    if (config.trainsEncoder(stage)) {
      Map<String, Parameter> freed = new LinkedHashMap<>();
      encoder.trainableParameters().forEach((n, p) -> freed.put(ENCODER + n, p));
      boolean whole = config.encoder().trainsWhole();
      groups.add(new Adam.Group(freed, whole ? rate : config.stage2().encoderRate()));
    }
    if (stage == 1) {
      groups.add(
          new Adam.Group(
              select(n -> n.startsWith(VISUAL_PROJECTION)),
              config.stage1().visualProjectionRate()));
      groups.add(new Adam.Group(select(n -> !n.startsWith(VISUAL_PROJECTION)), rate));
    } else {
      groups.add(new Adam.Group(select(n -> true), rate));
    }
    return groups;
  }

  /** Frees of the encoder what a stage trains. */
  private void thaw(int stage) {
    if (config.encoder().trainsWhole()) {
      encoder.unfreezeTop(0);
    } else if (stage == 1) {
      encoder.freeze();
    } else {
      encoder.unfreezeTop(config.encoder().frozenShare());
    }
  }

  private Map<String, Parameter> select(Predicate<String> wanted) {
    Map<String, Parameter> selected = new LinkedHashMap<>(model.parameters());
    selected.keySet().removeIf(wanted.negate());
    return selected;
  }

  @Override
  public void train(int stage, boolean on) {
    model.train(on);
    encoder.train(on && config.trainsEncoder(stage));
  }

  @Override
  public int steps() {
    return -Math.floorDiv(-train.size(), config.optimizer().batch());
  }

  @Override
  public double rateShare(long step, long steps) {
    long first = (long) config.stage1().epochs() * steps();
    return step < first
        ? config.stage1().schedule().share(step, first)
        : config.stage2().schedule().share(step - first, steps - first);
  }

  /** A step is called by its first example, as it was before other trainings had this loop. */
  @Override
  public int seedStride() {
    return config.optimizer().batch();
  }

  /** One thread alone draws from {@code random}, batch after batch. */
  @Override
  public List<Callable<Prepared>> batches(int epoch, int stage, SplittableRandom random) {
    return batches(train, Shuffle.of(train.size(), random), stage, random);
  }

  private List<Callable<Prepared>> batches(
      TrainingSet set, int[] order, int stage, SplittableRandom random) {
    int batch = config.optimizer().batch();
    List<Callable<Prepared>> batches = new ArrayList<>();
    for (int at = 0; at < order.length; at += batch) {
      int[] members = Arrays.copyOfRange(order, at, Math.min(at + batch, order.length));
      batches.add(() -> set.prepare(members, config, config.trainsEncoder(stage), random));
    }
    return batches;
  }

  @Override
  public Loss loss(NDManager scope, Prepared prepared, int stage) {
    Batch batch = train.toBatch(scope, prepared, config);
    return loss(forward(batch, stage), batch.targets());
  }

  /** Each part counts by the scenarios it is a mean over. */
  private Loss loss(ImaginationModel.Output<NDArray> out, List<HazardTarget> targets) {
    ImaginationLoss.Parts parts = loss.compute(out, targets);
    int n = targets.size();
    long located = targets.stream().filter(t -> t.location() != null).count();
    return new Loss(
        parts.total(),
        List.of(parts.classification(), parts.location(), parts.confidence()),
        n,
        located,
        n);
  }

  private Losses losses(double... means) {
    ImaginationLoss.Config w = loss.config();
    double total = w.alpha() * means[0] + w.beta() * means[1] + w.gamma() * means[2];
    return new Losses(total, means[0], means[1], means[2]);
  }

  private ImaginationModel.Output<NDArray> forward(Batch batch, int stage) {
    return model.answer(batch.input(tokens(batch, stage), config.model().fusion()), batch.places());
  }

  /** What the audio encoder makes of a batch, [B, T', D]. */
  private NDArray tokens(Batch batch, int stage) {
    int end = encoder.stageNames().size();
    NDArray audio = batch.tokens();
    if (config.encoder().trainsWhole()) {
      audio = encoder.encode(audio.reshape(featureShape(audio)));
    } else if (stage == 2) {
      audio = encoder.encode(audio, encoder.firstTrainableStage(), end);
    }
    return audio;
  }

  /** Features come as tokens of everything in them; they are planes, frames and bands. */
  private Shape featureShape(NDArray tokens) {
    Shape s = tokens.getShape();
    long planes = AudioFeatures.PLANES;
    return new Shape(s.get(0), planes, s.size() / s.get(0) / planes / bands, bands);
  }

  @Override
  public EpochRecord judge(NDManager manager, int epoch, int stage, double[] means) {
    Means judged = new Means();
    List<Double> hidden = new ArrayList<>();
    int[] right = new int[1];
    eachBatch(
        validation,
        stage,
        manager,
        batch -> {
          ImaginationModel.Output<NDArray> out = forward(batch, stage);
          judged.add(loss(out, batch.targets()));
          finite().require(epoch, "the validation loss", judged.values());
          float[][] logits = rows(out.classLogits(), batch.targets().size());
          float[][] places = rows(out.location(), batch.targets().size());
          for (int i = 0; i < logits.length; i++) {
            Scenario truth = batch.scenarios().get(i);
            int answer = Statistics.largest(logits[i]);
            right[0] += answer == batch.targets().get(i).classIndex() ? 1 : 0;
            if (!truth.isBackground() && truth.visibilityBin() == VisibilityBin.HIDDEN) {
              hidden.add(angle(places[i], truth));
            }
          }
        });
    return new EpochRecord(
        epoch,
        stage,
        losses(means),
        losses(judged.values()),
        right[0] / (double) validation.size(),
        Statistics.median(hidden.stream().mapToDouble(d -> d).toArray()));
  }

  /** Between the place that was said and the true one, degrees. */
  private double angle(float[] place, Scenario truth) {
    return config
        .model()
        .location()
        .decode(place)
        .location()
        .direction()
        .angleTo(truth.location().direction());
  }

  private static float[][] rows(NDArray array, int n) {
    float[] all = array.toFloatArray();
    int width = all.length / n;
    return IntStream.range(0, n)
        .mapToObj(i -> Arrays.copyOfRange(all, i * width, (i + 1) * width))
        .toArray(float[][]::new);
  }

  /** Hands the scenes of a split out as they are, in order. */
  private void eachBatch(TrainingSet set, int stage, NDManager manager, Consumer<Batch> visitor) {
    OrderedTasks.oneAhead(
        batches(set, IntStream.range(0, set.size()).toArray(), stage, null),
        prepared -> {
          try (NDManager scope = manager.newSubManager()) {
            Gradients.pause(() -> visitor.accept(set.toBatch(scope, prepared, config)));
          }
        });
  }

  /**
   * What tells sounds of no class from the others, of the networks as they are; null if the data
   * hold too few of them, or the model is not given what it would be told by.
   */
  UnknownDetector unknown(NDManager manager) {
    if (ModelInput.hideTokens(config.model().withheld())) {
      return null;
    }
    // The best epoch may be of either stage; from the boundary on both give the same.
    thaw(2);
    return heard(train, manager).fit(heard(validation, manager));
  }

  /**
   * What the networks as they are say of scenes, in their order: the numbers of {@link
   * Answers#OUTPUTS}, by name.
   */
  List<Map<String, float[]>> answers(TrainingSet set, NDManager manager) {
    thaw(2);
    List<Map<String, float[]>> all = new ArrayList<>();
    eachBatch(
        set,
        2,
        manager,
        batch -> {
          int n = batch.scenarios().size();
          Map<String, float[][]> said = named(forward(batch, 2), n);
          for (int i = 0; i < n; i++) {
            Map<String, float[]> one = new LinkedHashMap<>();
            int at = i;
            said.forEach((name, rows) -> one.put(name, rows[at]));
            all.add(one);
          }
        });
    return all;
  }

  private static Map<String, float[][]> named(ImaginationModel.Output<NDArray> out, int n) {
    List<NDArray> arrays =
        List.of(out.classLogits(), out.location(), out.confidence(), out.reliability());
    Map<String, float[][]> named = new LinkedHashMap<>();
    for (int i = 0; i < arrays.size(); i++) {
      named.put(Answers.OUTPUTS.get(i), rows(arrays.get(i), n));
    }
    return named;
  }

  private UnknownFit heard(TrainingSet set, NDManager manager) {
    UnknownFit fit = new UnknownFit();
    eachBatch(
        set,
        2,
        manager,
        batch -> {
          NDArray heard = tokens(batch, 2);
          int width = (int) heard.getShape().get(2);
          float[][] each = rows(heard, batch.scenarios().size());
          for (int i = 0; i < each.length; i++) {
            fit.add(batch.scenarios().get(i), UnknownDetector.summary(each[i], width));
          }
        });
    return fit;
  }
}
