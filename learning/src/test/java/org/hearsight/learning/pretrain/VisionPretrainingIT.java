package org.hearsight.learning.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.tensor.DType;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.Torch;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.layer.Parameter;
import org.hearsight.learning.loop.Settings;
import org.hearsight.learning.model.ResNet50;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisionPretrainingIT extends NativeTest {
  private static final ResNet50.Config SMALL =
      new ResNet50.Config(VisualPlanes.COUNT, 8, List.of(1, 1, 1, 1), 0);

  private static final Cut CUT = Cut.WHOLE;

  @TempDir Path folder;

  private static VisionConfig config(int epochs) {
    return config(epochs, 1, 4, 3e-3);
  }

  private static VisionConfig config(int epochs, int fullEpochs, int batch, double rate) {
    return VisionConfig.defaults()
        .with(
            Map.of(
                "seed", 7,
                "network", SMALL,
                "schedule.epochs", epochs,
                "schedule.full_epochs", fullEpochs,
                "schedule.rate", rate,
                "optimizer.batch", batch));
  }

  private VisionPretraining pretraining(Path to, int epochs) {
    return new VisionPretraining(config(epochs), folder.resolve("data"), to, "cpu", 1);
  }

  /** Scenes one can learn: a wall whose distance is written all over the picture. */
  private void data() {
    ScenarioStore store = TinyStore.index(folder.resolve("data"), 16, 6, 0);
    for (Scenario s : store.scenarios()) {
      float[] depth = new float[View.SIZE * View.SIZE];
      float[] rgb = new float[3 * depth.length];
      int shape = (int) (s.seed() % 4);
      for (int i = 0; i < depth.length; i++) {
        boolean box = i % View.SIZE / 56 == shape;
        depth[i] = box ? 3 : 15;
        rgb[i] = box ? 0.9f : 0.1f;
      }
      StoredView.write(
          store.folder(), s.files(), new View(rgb, depth, new float[depth.length], 0.5f));
    }
  }

  @Test
  void theLossFallsAndTheEncoderIsStoredInHalfPrecision() {
    data();
    Path to = folder.resolve("encoder");
    VisionPretraining.Result result = pretraining(to, 16).run(false, Progress.SILENT);

    List<VisionEpoch> history = result.history();
    assertThat(history).hasSize(16);
    assertThat(history.stream().map(VisionEpoch::size).distinct()).containsExactly(128, 224);
    double first = history.get(0).train().total();
    assertThat(history.get(14).train().total()).isLessThan(0.4 * first);
    // A constant cannot tell the four kinds of picture apart.
    assertThat(history.get(14).train().free())
        .isLessThan(history.get(14).validation().freeConstant());

    EncoderFolder encoder = EncoderFolder.open(to, EncoderCard.RESNET50);
    assertThat(encoder.card().pretrained()).isTrue();
    assertThat(encoder.card().source()).contains("seed 7", "16 rendered scenes");
    Map<String, Tensor> weights = Safetensors.read(encoder.weights()).tensors();
    assertThat(weights.get("conv1.weight").dtype()).isEqualTo(DType.F16);
    assertThat(weights.get("bn1.running_var").dtype()).isEqualTo(DType.F32);
    ResNet50 net = new ResNet50(SMALL, factory(1));
    net.load(weights, "test");
    assertThat(net.save().get("conv1.weight").dtype()).isEqualTo(DType.F32);
    assertThat(NetworkGraph.picture(net, null, Map.of()).bytes()).isNotEmpty();
    assertThat(to.resolve("training.safetensors")).doesNotExist();
    assertThat(to.resolve("pretraining.json")).content().contains("validation_as_stored");
    assertThat(to.resolve("epochs.csv")).content().hasLineCount(1 + 16);
    VisionConfig given = Settings.read(to.resolve("pretraining.json"), VisionConfig.defaults());
    assertThat(given).isEqualTo(config(16));

    assertThatThrownBy(() -> pretraining(to, 16).run(true, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("finished encoder");
  }

  @Test
  void aResumedRunEndsInTheSameBytes() throws IOException {
    data();
    Path whole = folder.resolve("whole");
    Path stopped = folder.resolve("stopped");
    pretraining(whole, 3).run(false, Progress.SILENT);

    assertThatThrownBy(() -> pretraining(stopped, 3).run(false, interruptAfterEpoch(2)))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(stopped.resolve("encoder.json")).doesNotExist();
    assertThatThrownBy(() -> pretraining(stopped, 3).run(false, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--resume");
    assertThatThrownBy(() -> pretraining(stopped, 4).run(true, Progress.SILENT))
        .hasMessageContaining("other options");
    pretraining(stopped, 3).run(true, Progress.SILENT);

    // First the losses: they tell in which epoch two runs parted.
    assertThat(stopped.resolve("epochs.csv")).hasSameTextualContentAs(whole.resolve("epochs.csv"));
    assertThat(stopped.resolve("weights.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("weights.safetensors"));
    assertThat(stopped.resolve("pretraining.json"))
        .hasSameTextualContentAs(whole.resolve("pretraining.json"));
  }

  /** A step an epoch: the loss before it is a number, what the network says after it is none. */
  @Test
  void aRunThatDivergesIsRefusedAndLeavesNothing() {
    data();
    Path to = folder.resolve("wild");
    for (int batch : new int[] {4, 16}) {
      VisionConfig wild = config(1, 0, batch, 1e30);
      VisionPretraining run = new VisionPretraining(wild, folder.resolve("data"), to, "cpu", 1);
      assertThatThrownBy(() -> run.run(false, Progress.SILENT))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(
              "pretrain-vision: epoch 1: the "
                  + (batch == 4 ? "" : "validation ")
                  + "loss is not a finite number; lower --rate");
      assertThat(to).doesNotExist();
    }
  }

  /** A picture that was mended under its name is another data set. */
  @Test
  void picturesThatChangedAreNoticedOnResuming() throws IOException {
    data();
    Path to = folder.resolve("run");
    assertThatThrownBy(() -> pretraining(to, 2).run(false, interruptAfterEpoch(1)))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    ScenarioStore store = ScenarioStore.openPictures(folder.resolve("data"));
    Scenario first = store.scenarios(Split.TRAIN).get(0);
    StoredView.write(store.folder(), first.files(), View.blind());

    assertThatThrownBy(() -> pretraining(to, 2).run(true, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fingerprint: the run was started with other options or data");
  }

  /** Stopped after its card was written and before its state was thrown away. */
  @Test
  void aRunStoppedAtItsVeryEndEndsAgain() throws IOException {
    data();
    Path to = folder.resolve("run");
    Path state = to.resolve("training.safetensors");
    byte[][] last = new byte[1][];
    Progress keepState =
        Progress.notes(
            line -> {
              if (line.startsWith("epoch  2/2")) {
                last[0] = read(state);
              }
            });
    pretraining(to, 2).run(false, keepState);
    byte[] weights = read(to.resolve("weights.safetensors"));
    Files.write(state, last[0]);

    pretraining(to, 2).run(true, Progress.SILENT);

    assertThat(to.resolve("weights.safetensors")).hasBinaryContent(weights);
    assertThat(state).doesNotExist();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyPartOfTheLossReachesTheEncoder() {
    data();
    ScenarioStore store = ScenarioStore.openPictures(folder.resolve("data"));
    VisionNetwork network = new VisionNetwork(SMALL, store.taxonomy().size(), factory(1));
    network.train(true);
    for (int part = 0; part < 6; part++) {
      NDArray gradient = gradient(network, store, part);
      assertThat(gradient.abs().sum().toFloatArray()[0]).as("part %d", part).isPositive();
      Torch.zeroGradient(network.encoder().parameters().get("conv1.weight").array());
    }
  }

  private NDArray gradient(VisionNetwork network, ScenarioStore store, int part) {
    List<VisionTargets> targets = new ArrayList<>();
    float[][] planes = new float[8][];
    for (int i = 0; i < 8; i++) {
      Scenario s = store.scenarios(Split.TRAIN).get(i);
      View view = StoredView.read(store, s);
      targets.add(VisionTargets.of(view, s, store.taxonomy()).within(CUT));
      planes[i] = CUT.of(VisualPlanes.of(view));
    }
    assertThat(targets).anyMatch(t -> t.place() != null);
    try (Gradients g = Gradients.record()) {
      NDArray x = batch(planes);
      VisionLoss.Parts p =
          VisionLoss.compute(
              network.forward(x, Collections.nCopies(8, CUT)), targets, VisionConfig.Loss.even());
      g.backward(
          List.of(p.classes(), p.where(), p.place(), p.free(), p.edges(), p.beyond()).get(part));
    }
    Parameter first = network.encoder().parameters().get("conv1.weight");
    return Torch.gradient(first.array());
  }

  private NDArray batch(float[][] planes) {
    float[] all = new float[planes.length * planes[0].length];
    for (int i = 0; i < planes.length; i++) {
      System.arraycopy(planes[i], 0, all, i * planes[0].length, planes[0].length);
    }
    return TensorBridge.toArray(
        manager, all, planes.length, VisualPlanes.COUNT, CUT.side(), CUT.side());
  }

  @Test
  void lossesAreThoseOfTheirFormulas() {
    int n = VisionTargets.SECTORS;
    boolean[] edges = new boolean[2 * n];
    edges[3] = true; // sector 1, right side
    float[] free = new float[n];
    Arrays.fill(free, 1);
    float[] beyond = new float[n];
    beyond[1] = 2;
    VisionTargets seen =
        new VisionTargets(1, new float[] {0.5f, 0, 1}, free, edges, beyond, Cut.WHOLE);
    VisionTargets empty =
        new VisionTargets(0, null, free, new boolean[2 * n], new float[n], Cut.WHOLE);
    try (NDManager m = manager.newSubManager()) {
      VisionNetwork.Output out =
          new VisionNetwork.Output(
              m.zeros(new Shape(2, 49)).sub(Math.log(49)),
              7,
              m.zeros(new Shape(2, 4)),
              m.zeros(new Shape(2, 3)),
              m.zeros(new Shape(2, n)),
              m.ones(new Shape(2, 2, n)).mul(2f),
              m.zeros(new Shape(2, n)));
      VisionLoss.Parts p = VisionLoss.compute(out, List.of(seen, empty), VisionConfig.Loss.even());
      assertThat(p.classes().getFloat()).isCloseTo((float) Math.log(4), within(1e-5f));
      assertThat(p.where().getFloat()).isCloseTo((float) Math.log(49), within(1e-5f));
      assertThat(p.place().getFloat()).isCloseTo(0.5f, within(1e-6f));
      assertThat(p.free().getFloat()).isCloseTo(1, within(1e-6f));
      assertThat(p.beyond().getFloat()).isCloseTo(2, within(1e-6f));
      double yes = Math.log1p(Math.exp(-2));
      double no = Math.log1p(Math.exp(2));
      assertThat(p.edges().getFloat())
          .isCloseTo((float) ((yes + no * (4 * n - 1)) / (4 * n)), within(1e-5f));

      VisionScores.Tally tally = new VisionScores.Tally(4);
      tally.add(out, List.of(seen, empty));
      VisionScores s = tally.scores();
      assertThat(s.accuracy()).isEqualTo(0.5);
      assertThat(s.free()).isCloseTo(1, within(1e-6));
      assertThat(s.freeConstant()).isZero();
      assertThat(s.edgeF1()).isEqualTo(s.edgeF1Constant()).isCloseTo(2.0 / 65, within(1e-9));
      assertThat(s.place()).isCloseTo(Math.toDegrees(Math.atan(0.5)), within(1e-3));
    }
  }

  @Test
  void aStoreWithoutValidationIsRefused() {
    TinyStore.index(folder.resolve("data"), 4, 0, 0);
    assertThatThrownBy(() -> pretraining(folder.resolve("encoder"), 1).run(false, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("split validation: holds no scenario");
    assertThat(Files.exists(folder.resolve("encoder"))).isFalse();
  }

  /** Interrupts the calling thread in the first step after that many epochs. */
  private static Progress interruptAfterEpoch(int epochs) {
    AtomicInteger ended = new AtomicInteger();
    return new Progress() {
      @Override
      public Task begin(String name, long total) {
        return amount -> {
          if (ended.get() == epochs) {
            Thread.currentThread().interrupt();
          }
        };
      }

      @Override
      public void note(String line) {
        ended.addAndGet(line.startsWith("epoch") ? 1 : 0);
      }
    };
  }
}
