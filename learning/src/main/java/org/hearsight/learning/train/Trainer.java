package org.hearsight.learning.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.metrics.Statistics;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.encode.EncodedScenes;
import org.hearsight.learning.encode.OrderedTasks;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.layer.Parameter;
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
 * freeze boundary on. Validation judges the {@link WeightAverage}; of it the epoch with the lowest
 * validation loss is kept. After every epoch the whole state is written, so a run goes on after
 * {@code kill -9} to the same result: order, masks and omitted pictures of an epoch are drawn from
 * the seed and the epoch's number alone.
 */
public final class Trainer {
  private static final String ENCODER = "seld_encoder.";
  private static final String VISUAL_PROJECTION = "adapter.visual_projection.";

  private final TorchEngine engine;
  private final Device device;
  private final TrainConfig config;
  private final AudioEncoder encoder;
  private final int bands;
  private final ImaginationModel model;
  private final ImaginationLoss loss;
  private final TrainingSet train;
  private final TrainingSet validation;
  private final String fingerprint;
  private final Path stateFile;
  private final Path csvFile;
  private final Progress progress;

  private final List<EpochRecord> history = new ArrayList<>();
  private int bestEpoch;
  private Map<String, Tensor> averageModel = Map.of();
  private Map<String, Tensor> averageEncoder = Map.of();
  private Map<String, Tensor> bestModel = Map.of();
  private Map<String, Tensor> bestEncoder = Map.of();

  /**
   * @param encoder loaded with its pretrained weights
   * @param bands of the features it hears
   * @param model freshly drawn
   * @param fingerprint of the encoded data
   * @param folder where {@code training.safetensors} and {@code epochs.csv} are kept
   * @throws InputException if the training or the validation split is empty
   */
  public Trainer(
      TorchEngine engine,
      Device device,
      TrainConfig config,
      ScenarioStore store,
      EncodedScenes encoded,
      String fingerprint,
      AudioEncoder encoder,
      int bands,
      ImaginationModel model,
      Path folder,
      Progress progress) {
    this.engine = engine;
    this.device = device;
    this.config = config;
    this.encoder = encoder;
    this.bands = bands;
    this.model = model;
    this.loss =
        new ImaginationLoss(ImaginationLoss.Config.of(config.location(), config.confidence()));
    this.train = new TrainingSet(store, Split.TRAIN, encoded, config.trainScenes());
    this.validation = new TrainingSet(store, Split.VALIDATION, encoded, 0);
    this.fingerprint = fingerprint;
    this.stateFile = stateFile(folder);
    this.csvFile = folder.resolve("epochs.csv");
    this.progress = progress;
  }

  /** Where a run keeps its state; it is there from the first epoch on. */
  public static Path stateFile(Path folder) {
    return folder.resolve("training.safetensors");
  }

  /**
   * What training came to; model and encoder hold the best epoch's weights.
   *
   * @param temperature for the classifier's logits
   */
  public record Trained(List<EpochRecord> history, int bestEpoch, double temperature) {}

  /**
   * Trains to the end.
   *
   * @param state to go on with; null to begin
   * @throws InputException if the state does not fit the networks, or a loss is no finite number
   * @throws CancellationException if the thread is interrupted
   */
  Trained run(RunState state) {
    if (state != null) {
      restore(state);
    }
    try (NDManager manager = engine.newManager(device)) {
      for (int stage = 1; stage <= 2; stage++) {
        stage(stage, manager, state);
      }
      loadBest();
      return new Trained(List.copyOf(history), bestEpoch, temperature(manager));
    }
  }

  private void stage(int stage, NDManager manager, RunState resumed) {
    int last = stage == 1 ? config.stage1Epochs() : config.epochs();
    if (history.size() >= last) {
      return;
    }
    boolean midway = !history.isEmpty() && config.stageOf(history.size()) == stage;
    if (stage == 2 && !midway && bestEpoch > 0) {
      loadBest();
    }
    if (!midway) {
      averageModel = Map.of();
      averageEncoder = Map.of();
    }
    thaw(stage);
    try (Adam adam = new Adam(manager, groups(stage))) {
      if (midway) {
        adam.load(resumed.optimizer(), stateFile.toString());
      }
      try (Progress.Task task = progress.begin("stage " + stage, (long) last - history.size())) {
        while (history.size() < last) {
          epoch(history.size() + 1, stage, manager, adam);
          task.advance(1);
        }
      }
    }
  }

  /** Frees of the encoder what a stage trains. */
  private void thaw(int stage) {
    if (config.fromScratch()) {
      encoder.unfreezeTop(0);
    } else if (stage == 1) {
      encoder.freeze();
    } else {
      encoder.unfreezeTop(config.frozenShare());
    }
  }

  private List<Adam.Group> groups(int stage) {
    TrainConfig.Rates rates = config.rates();
    List<Adam.Group> groups = new ArrayList<>();
    if (config.trainsEncoder(stage)) {
      Map<String, Parameter> freed = new LinkedHashMap<>();
      encoder.trainableParameters().forEach((n, p) -> freed.put(ENCODER + n, p));
      double rate = stage == 1 ? rates.stage1() : rates.stage2();
      groups.add(new Adam.Group(freed, config.fromScratch() ? rate : rates.encoder()));
    }
    if (stage == 1) {
      groups.add(
          new Adam.Group(select(n -> n.startsWith(VISUAL_PROJECTION)), rates.visualProjection()));
      groups.add(new Adam.Group(select(n -> !n.startsWith(VISUAL_PROJECTION)), rates.stage1()));
    } else {
      groups.add(new Adam.Group(select(n -> true), rates.stage2()));
    }
    return groups;
  }

  private Map<String, Parameter> select(Predicate<String> wanted) {
    Map<String, Parameter> selected = new LinkedHashMap<>(model.parameters());
    selected.keySet().removeIf(wanted.negate());
    return selected;
  }

  private void epoch(int number, int stage, NDManager manager, Adam adam) {
    long started = System.nanoTime();
    SplittableRandom random = new SplittableRandom(config.seed()).split();
    for (int i = 0; i < number; i++) {
      random = random.split();
    }
    int[] order = Shuffle.of(train.size(), random);
    Sums sums = new Sums();
    model.train(true);
    encoder.train(config.trainsEncoder(stage));
    int[] at = new int[1];
    ahead(
        train,
        order,
        stage,
        random,
        prepared -> {
          engine.seed(config.seed(), number, at[0]);
          at[0] += config.batch();
          step(prepared, stage, manager, adam, sums);
        });
    model.train(false);
    encoder.train(false);
    Losses trained = sums.mean();
    requireFinite(number, "the loss", trained.total());
    Map<String, Tensor> modelNow = model.save();
    Map<String, Tensor> encoderNow = encoder.save();
    averageModel = WeightAverage.next(averageModel, modelNow);
    averageEncoder = WeightAverage.next(averageEncoder, encoderNow);
    load(averageModel, averageEncoder);
    Validation v = validate(number, stage, manager);
    load(modelNow, encoderNow);
    EpochRecord record =
        new EpochRecord(number, stage, trained, v.losses(), v.accuracy(), v.hiddenAngle());
    boolean best = bestEpoch == 0 || v.losses().total() < bestLoss();
    history.add(record);
    if (best) {
      bestEpoch = number;
      bestModel = averageModel;
      bestEncoder = averageEncoder;
    }
    save(adam);
    say(record, best, (System.nanoTime() - started) / 1e9);
  }

  /**
   * Takes the members of a split batch by batch; while the engine computes one, another thread
   * gathers the next. One thread alone draws from {@code random}, batch after batch.
   */
  private void ahead(
      TrainingSet set, int[] order, int stage, SplittableRandom random, Consumer<Prepared> taker) {
    List<Callable<Prepared>> batches = new ArrayList<>();
    for (int at = 0; at < order.length; at += config.batch()) {
      int[] members = Arrays.copyOfRange(order, at, Math.min(at + config.batch(), order.length));
      batches.add(() -> set.prepare(members, config, config.trainsEncoder(stage), random));
    }
    try (OrderedTasks reader = new OrderedTasks(1)) {
      reader.run(batches, taker);
    }
  }

  private void step(Prepared prepared, int stage, NDManager manager, Adam adam, Sums sums) {
    try (NDManager scope = manager.newSubManager();
        Gradients gradients = Gradients.record()) {
      Batch batch = train.toBatch(scope, prepared, config);
      ImaginationLoss.Parts parts = loss.compute(forward(batch, stage), batch.targets());
      gradients.backward(parts.total());
      adam.step();
      adam.zeroGradients();
      sums.add(parts, batch.targets());
    }
  }

  private ImaginationModel.Output forward(Batch batch, int stage) {
    int end = encoder.stageNames().size();
    NDArray audio = batch.tokens();
    if (config.fromScratch()) {
      audio = encoder.encode(audio.reshape(featureShape(audio)));
    } else if (stage == 2) {
      audio = encoder.encode(audio, encoder.firstTrainableStage(), end);
    }
    return model.forward(batch.input(audio, config.fusion()));
  }

  /** Features come as tokens of everything in them; they are planes, frames and bands. */
  private Shape featureShape(NDArray tokens) {
    Shape s = tokens.getShape();
    long planes = AudioFeatures.PLANES;
    return new Shape(s.get(0), planes, s.size() / s.get(0) / planes / bands, bands);
  }

  private record Validation(Losses losses, double accuracy, double hiddenAngle) {}

  private static void requireFinite(int epoch, String what, double loss) {
    FiniteLoss.require("training", epoch, what, loss, "the learning rates");
  }

  private Validation validate(int epoch, int stage, NDManager manager) {
    Sums sums = new Sums();
    List<Double> hidden = new ArrayList<>();
    int[] right = new int[1];
    eachValidationBatch(
        stage,
        manager,
        (batch, out) -> {
          sums.add(loss.compute(out, batch.targets()), batch.targets());
          requireFinite(epoch, "the validation loss", sums.mean().total());
          float[] logits = out.classLogits().toFloatArray();
          float[] raw = out.location().toFloatArray();
          int classes = logits.length / batch.targets().size();
          int width = config.location().width();
          for (int i = 0; i < batch.targets().size(); i++) {
            Scenario truth = batch.scenarios().get(i);
            float[] row = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
            right[0] += Statistics.largest(row) == batch.targets().get(i).classIndex() ? 1 : 0;
            if (!truth.isBackground() && truth.visibilityBin() == VisibilityBin.HIDDEN) {
              float[] place = Arrays.copyOfRange(raw, i * width, (i + 1) * width);
              hidden.add(
                  config
                      .location()
                      .decode(place)
                      .location()
                      .direction()
                      .angleTo(truth.location().direction()));
            }
          }
        });
    double median = Statistics.median(hidden.stream().mapToDouble(d -> d).toArray());
    return new Validation(sums.mean(), right[0] / (double) validation.size(), median);
  }

  /** Takes a batch of the validation split and what the model says about it. */
  private interface Visitor {
    void visit(Batch batch, ImaginationModel.Output out);
  }

  private void eachValidationBatch(int stage, NDManager manager, Visitor visitor) {
    ahead(
        validation,
        IntStream.range(0, validation.size()).toArray(),
        stage,
        null,
        prepared -> {
          try (NDManager scope = manager.newSubManager()) {
            Gradients.pause(
                () -> {
                  Batch batch = validation.toBatch(scope, prepared, config);
                  visitor.visit(batch, forward(batch, stage));
                });
          }
        });
  }

  private double temperature(NDManager manager) {
    List<float[]> logits = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    // The best epoch may be of either stage; from the boundary on both give the same.
    thaw(2);
    eachValidationBatch(
        2,
        manager,
        (batch, out) -> {
          float[] all = out.classLogits().toFloatArray();
          int classes = all.length / batch.targets().size();
          for (int i = 0; i < batch.targets().size(); i++) {
            logits.add(Arrays.copyOfRange(all, i * classes, (i + 1) * classes));
            targets.add(batch.targets().get(i).classIndex());
          }
        });
    return TemperatureScaling.fit(
        logits.toArray(float[][]::new), targets.stream().mapToInt(i -> i).toArray());
  }

  private void save(Adam adam) {
    RunState.Run run = new RunState.Run(config, fingerprint, history, bestEpoch);
    new RunState(
            run,
            model.save(),
            encoder.save(),
            adam.save(),
            averageModel,
            averageEncoder,
            bestModel,
            bestEncoder)
        .write(stateFile);
    writeHistory();
  }

  private void writeHistory() {
    AtomicFile.writeText(csvFile, EpochRecord.csv(history));
  }

  private void restore(RunState state) {
    history.addAll(state.run().history());
    bestEpoch = state.run().bestEpoch();
    averageModel = state.averageModel();
    averageEncoder = state.averageEncoder();
    bestModel = state.bestModel();
    bestEncoder = state.bestEncoder();
    load(state.model(), state.encoder());
    writeHistory(); // killed between state and table, the table lacks the last epoch
    progress.note("going on after epoch " + history.size() + " of " + config.epochs());
  }

  private void loadBest() {
    load(bestModel, bestEncoder);
  }

  private void load(Map<String, Tensor> modelWeights, Map<String, Tensor> encoderWeights) {
    model.load(modelWeights, stateFile.toString());
    encoder.load(encoderWeights, stateFile.toString());
  }

  private double bestLoss() {
    return history.get(bestEpoch - 1).validation().total();
  }

  private void say(EpochRecord r, boolean best, double seconds) {
    progress.note(
        String.format(
            Locale.ROOT,
            "epoch %2d/%d  stage %d  loss %6.3f  validation %6.3f  class right %3.0f %%  hidden"
                + " %6s  %.1f s%s",
            r.epoch(),
            config.epochs(),
            r.stage(),
            r.train().total(),
            r.validation().total(),
            100 * r.accuracy(),
            r.hiddenText(),
            seconds,
            best ? "  best" : ""));
  }

  /** Losses added up over batches: each part by the scenarios it averages over. */
  private final class Sums {
    private double classification;
    private double location;
    private double confidence;
    private int scenarios;
    private int hazards;

    void add(ImaginationLoss.Parts parts, List<HazardTarget> targets) {
      int n = targets.size();
      int located = (int) targets.stream().filter(t -> t.location() != null).count();
      classification += n * parts.classification().getFloat();
      confidence += n * parts.confidence().getFloat();
      location += located * parts.location().getFloat();
      scenarios += n;
      hazards += located;
    }

    Losses mean() {
      double c = classification / scenarios;
      double l = hazards == 0 ? 0 : location / hazards;
      double s = confidence / scenarios;
      ImaginationLoss.Config w = loss.config();
      return new Losses(w.alpha() * c + w.beta() * l + w.gamma() * s, c, l, s);
    }
  }
}
