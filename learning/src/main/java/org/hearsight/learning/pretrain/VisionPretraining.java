package org.hearsight.learning.pretrain;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.tensor.DType;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.encode.Fingerprint;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.optim.Adam;
import org.hearsight.learning.pretrain.VisionPictures.Batch;
import org.hearsight.learning.pretrain.VisionPictures.Item;
import org.hearsight.learning.train.FiniteLoss;

/**
 * Trains a picture encoder from nothing on rendered scenes, to tell what {@link VisionTargets}
 * holds, and keeps it as an {@link EncoderFolder} in half precision.
 *
 * <p>After every epoch the whole state is written, so a run goes on after {@code kill -9} to the
 * same result: what an epoch shows, and how, is drawn from the seed and its number alone.
 *
 * @param data folder of a data set; it needs no sound
 * @param to folder of the encoder
 * @param device to train on
 * @param threads of the engine
 */
public record VisionPretraining(
    VisionConfig config, Path data, Path to, String device, int threads) {
  private static final String STATE = "training.safetensors";
  private static final String REPORT = "pretraining.json";
  private static final String ENCODER = "encoder.";

  /** Raised when the same pictures are shown otherwise. */
  private static final int DATA_VERSION = 1;

  /** Whole pictures that batch norm's statistics are taken from. */
  private static final int SETTLE = 512;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A finished run.
   *
   * @param scores on the validation split, of the encoder as it is stored, at full size
   */
  public record Result(EncoderFolder folder, List<VisionEpoch> history, VisionScores scores) {}

  /**
   * Runs to the end.
   *
   * @param resume go on where an earlier run into the same folder stopped
   * @throws org.hearsight.core.error.InputException if data or folder are unusable
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Result run(boolean resume, Progress progress) {
    // One that was stopped between its card and the end has its state still, and ends again.
    EncoderOutput.require(to, to.resolve(STATE));
    ScenarioStore store = ScenarioStore.openPictures(data);
    VisionPictures.requireSome(store, Split.TRAIN);
    VisionPictures.requireSome(store, Split.VALIDATION);
    return FolderLock.holding(to, "pretrain-vision", () -> run(store, resume, progress));
  }

  private Result run(ScenarioStore store, boolean resume, Progress progress) {
    String fingerprint =
        new Fingerprint("pictures", DATA_VERSION).andScenes(store, false, threads, progress).hex();
    VisionState state = VisionState.begun(to.resolve(STATE), resume, config, fingerprint);
    TorchEngine engine = TorchEngine.start(threads);
    Device on = engine.device(device);
    try (NDManager manager = engine.newManager(on);
        VisionPictures train = new VisionPictures(store, Split.TRAIN);
        VisionPictures validation = new VisionPictures(store, Split.VALIDATION)) {
      VisionNetwork network =
          new VisionNetwork(
              config.network(),
              store.taxonomy().size(),
              new ParameterFactory(manager, new SplittableRandom(config.seed())));
      List<VisionEpoch> history = new ArrayList<>();
      try (Adam adam =
          new Adam(manager, List.of(new Adam.Group(network.parameters(), config.rate())))) {
        if (state != null) {
          history.addAll(state.run().history());
          network.load(state.network(), to.resolve(STATE).toString());
          adam.load(state.optimizer(), to.resolve(STATE).toString());
          progress.note("going on after epoch " + history.size() + " of " + config.epochs());
        }
        while (history.size() < config.epochs()) {
          long started = System.nanoTime();
          int number = history.size() + 1;
          VisionEpoch.Losses losses = epoch(number, manager, network, adam, train, progress);
          requireFinite(number, "the loss", losses.total());
          VisionScores scores = validate(number, manager, network, validation);
          history.add(new VisionEpoch(number, config.sizeIn(number), losses, scores));
          new VisionState(
                  new VisionState.Run(config, fingerprint, history), network.save(), adam.save())
              .write(to.resolve(STATE));
          double seconds = (System.nanoTime() - started) / 1e9;
          progress.note(history.get(number - 1).line(config.epochs(), seconds));
        }
      }
      return finish(store, fingerprint, network, history, manager, train, validation, engine);
    }
  }

  private VisionEpoch.Losses epoch(
      int number,
      NDManager manager,
      VisionNetwork network,
      Adam adam,
      VisionPictures train,
      Progress progress) {
    SplittableRandom random = new SplittableRandom(config.seed()).split();
    for (int i = 0; i < number; i++) {
      random = random.split();
    }
    List<Item> items = items(train, config.sizeIn(number), random);
    int steps = VisionPictures.wholeBatches(items.size(), config.batch());
    long[] step = {(number - 1L) * steps};
    long all = (long) config.epochs() * steps;
    Sums sums = new Sums();
    network.train(true);
    try (Progress.Task task =
        progress.begin("epoch " + number, (long) steps * Math.min(config.batch(), items.size()))) {
      train.each(
          items,
          config.batch(),
          true,
          batch -> {
            step(batch, manager, network, adam, config.rateAt(step[0]++, all), sums);
            task.advance(batch.targets().size());
          });
    }
    network.train(false);
    return sums.mean();
  }

  private static List<Item> items(VisionPictures pictures, int side, SplittableRandom random) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      items.add(pictures.varied(i, side, random));
    }
    for (int i = items.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Item other = items.set(j, items.get(i));
      items.set(i, other);
    }
    return items;
  }

  private static void step(
      Batch batch, NDManager manager, VisionNetwork network, Adam adam, double rate, Sums sums) {
    try (NDManager scope = manager.newSubManager();
        Gradients gradients = Gradients.record()) {
      VisionLoss.Parts parts = VisionLoss.compute(forward(batch, network, scope), batch.targets());
      gradients.backward(parts.total());
      adam.step(rate);
      adam.zeroGradients();
      sums.add(parts);
    }
  }

  private static void requireFinite(int epoch, String what, double loss) {
    FiniteLoss.require("pretrain-vision", epoch, what, loss, "--rate");
  }

  private VisionScores validate(
      int epoch, NDManager manager, VisionNetwork network, VisionPictures pictures) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      items.add(pictures.plain(i));
    }
    VisionScores.Tally tally = new VisionScores.Tally(network.classCount());
    pictures.each(
        items,
        config.batch(),
        false,
        batch -> {
          try (NDManager scope = manager.newSubManager()) {
            Gradients.pause(
                () -> {
                  VisionNetwork.Output out = forward(batch, network, scope);
                  double loss = VisionLoss.compute(out, batch.targets()).total().getFloat();
                  requireFinite(epoch, "the validation loss", loss);
                  tally.add(out, batch.targets());
                });
          }
        });
    return tally.scores();
  }

  private static VisionNetwork.Output forward(Batch batch, VisionNetwork network, NDManager scope) {
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

  /**
   * Batch norm's statistics of pieces are not those of whole pictures, whose rims are a smaller
   * part; takes them from whole ones, without learning.
   */
  private void settle(NDManager manager, VisionNetwork network, VisionPictures pictures) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < Math.min(SETTLE, pictures.size()); i++) {
      items.add(pictures.plain(i));
    }
    network.train(true);
    pictures.each(
        items,
        config.batch(),
        true,
        batch -> {
          try (NDManager scope = manager.newSubManager()) {
            Gradients.pause(() -> forward(batch, network, scope));
          }
        });
    network.train(false);
  }

  /** Rounds the encoder, judges what is left, and writes it; the card comes last. */
  private Result finish(
      ScenarioStore store,
      String fingerprint,
      VisionNetwork network,
      List<VisionEpoch> history,
      NDManager manager,
      VisionPictures train,
      VisionPictures validation,
      TorchEngine engine) {
    if (config.fullEpochs() == 0) {
      settle(manager, network, train);
    }
    Map<String, Tensor> rounded = new LinkedHashMap<>(network.save());
    rounded.replaceAll((name, t) -> name.startsWith(ENCODER) ? half(t) : t);
    network.load(rounded, "half precision");
    VisionScores scores = validate(config.epochs(), manager, network, validation);
    Map<String, Tensor> encoder = new LinkedHashMap<>();
    rounded.forEach(
        (name, t) -> {
          if (name.startsWith(ENCODER)) {
            encoder.put(name.substring(ENCODER.length()), t);
          }
        });
    String source =
        "pretrain-vision, seed %d, %d epochs on %d rendered scenes of seed %d"
            .formatted(
                config.seed(),
                config.epochs(),
                store.scenarios(Split.TRAIN).size(),
                store.header().seed());
    EncoderCard card =
        new EncoderCard(
            EncoderCard.FORMAT_VERSION,
            EncoderCard.RESNET50,
            network.encoder().width(),
            VisualPlanes.COUNT,
            true,
            false,
            source,
            "");
    Safetensors.write(
        to.resolve("weights.safetensors"),
        encoder,
        Map.of("kind", card.kind(), "source", card.source()));
    AtomicFile.writeText(
        to.resolve(REPORT), report(store, fingerprint, history, scores, engine) + "\n");
    EncoderFolder folder = EncoderFolder.finish(to, card);
    discardState();
    return new Result(folder, List.copyOf(history), scores);
  }

  /**
   * Weights in half precision. Vectors, which are batch norm's, keep single precision: they are few
   * and a variance may be beyond half precision's range.
   */
  private static Tensor half(Tensor t) {
    return t.dtype() == DType.F32 && t.shape().length > 1
        ? Tensor.halves(t.floats(), t.shape())
        : t;
  }

  private String report(
      ScenarioStore store,
      String fingerprint,
      List<VisionEpoch> history,
      VisionScores scores,
      TorchEngine engine) {
    ObjectNode report = JSON.createObjectNode();
    report.set("config", JSON.valueToTree(config));
    report.put("data_sha256", fingerprint);
    report.put("data_seed", store.header().seed());
    report.set("data_generator", store.header().generator());
    report.put("threads", threads);
    report.put("engine", "PyTorch " + engine.version());
    report.set("validation_as_stored", JSON.valueToTree(scores));
    report.set("epochs", JSON.valueToTree(history));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the report cannot be serialised", e);
    }
  }

  /** The state is six times as large as the encoder and of no more use. */
  private void discardState() {
    try {
      Files.deleteIfExists(to.resolve(STATE));
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(to.resolve(STATE), e);
    }
  }

  /** Losses added up over batches. */
  private static final class Sums {
    private final double[] sums = new double[7];
    private int batches;

    void add(VisionLoss.Parts p) {
      NDArray[] parts = {
        p.total(), p.classes(), p.where(), p.place(), p.free(), p.edges(), p.beyond()
      };
      for (int i = 0; i < parts.length; i++) {
        sums[i] += parts[i].getFloat();
      }
      batches++;
    }

    VisionEpoch.Losses mean() {
      double n = batches;
      return new VisionEpoch.Losses(
          sums[0] / n,
          sums[1] / n,
          sums[2] / n,
          sums[3] / n,
          sums[4] / n,
          sums[5] / n,
          sums[6] / n);
    }
  }
}
