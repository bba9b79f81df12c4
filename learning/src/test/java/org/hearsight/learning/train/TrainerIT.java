package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.encode.EncodedSet;
import org.hearsight.learning.loop.SavedRun;
import org.hearsight.learning.loop.TrainingLoop;
import org.hearsight.learning.model.Adapter;
import org.hearsight.learning.model.ImaginationHead;
import org.hearsight.learning.model.ImaginationModel;
import org.hearsight.learning.model.SeldNet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two stages on small networks and made-up encodings. */
class TrainerIT extends NativeTest {
  private static final int FRAMES = 10;
  private static final int HIDDEN = 16;
  private static final int CUES = 20;
  private static final int VISUAL = 256;
  private static final EncodedSet.Layout LAYOUT =
      new EncodedSet.Layout(FRAMES, HIDDEN, 2 * HIDDEN, CUES, 49, VISUAL);

  /** Of the encoder's forty parameters; the batch norms' statistics are none. */
  private static final int FROZEN = 20;

  private static final TrainConfig CONFIG = TrainConfig.defaults().withSchedule(6, 2, 2);

  @TempDir private Path folder;
  private ScenarioStore store;
  private EncodedSet encoded;

  @BeforeEach
  void encode() {
    store = TinyStore.index(folder.resolve("data"), 16, 6, 0);
    encoded = EncodedSet.open(folder.resolve("encoded.bin"), LAYOUT, "made up");
    store.scenarios().forEach(s -> encoded.append(encoding(s, s.seed())));
    // The training scenes' mirrored twins follow.
    store.scenarios(Split.TRAIN).forEach(s -> encoded.append(encoding(s, ~s.seed())));
  }

  private static EncodedSet.Encoded encoding(Scenario s, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new EncodedSet.Encoded(
        values(random, FRAMES * HIDDEN),
        values(random, FRAMES * 2 * HIDDEN),
        values(random, FRAMES * CUES),
        values(random, 49 * VISUAL),
        values(random, 49 * 2),
        (float) s.occlusionLevel());
  }

  @AfterEach
  void closeEncoded() {
    encoded.close();
  }

  private static float[] values(SplittableRandom random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return values;
  }

  /** A run with its networks. */
  private final class Run {
    final SeldNet encoder =
        new SeldNet(
            new SeldNet.Config(
                7, 64, 4, List.of(5, 1, 1), List.of(4, 4, 2), HIDDEN, 2, 2, 2, 8, 12, 0.05),
            factory(1));
    final ImaginationModel model;
    private final TrainConfig config;
    private final Path to;

    Run(TrainConfig config, String to) {
      this.config = config;
      this.to = folder.resolve(to);
      int audio = HIDDEN + (config.model().cues() ? CUES : 0);
      model =
          new ImaginationModel(
              new ImaginationModel.Config(
                  new Adapter.Config(config.model().fusion(), audio, VISUAL, 32, 4, 8, 49),
                  new ImaginationHead.Config(
                      64,
                      32,
                      16,
                      8,
                      TinyStore.TAXONOMY.size(),
                      config.model().location(),
                      0.3,
                      true)),
              factory(config.seed()));
    }

    TrainingLoop.Trained<EpochRecord> go(boolean resume, Progress progress) {
      return go(resume, progress, "made up");
    }

    TrainingLoop.Trained<EpochRecord> go(boolean resume, Progress progress, String fingerprint) {
      return new TrainingLoop<>(
              engine,
              Device.cpu(),
              new ImaginationTraining(
                  config, store, encoded, encoder, encoder.config().bands(), model),
              begun(to, resume, config, fingerprint),
              progress)
          .run();
    }
  }

  private static SavedRun<EpochRecord> begun(
      Path to, boolean resume, TrainConfig config, String fingerprint) {
    return SavedRun.begun(TrainingRun.folder(to), resume, config, fingerprint, EpochRecord.class);
  }

  /** Stops the run, as a person might, right after an epoch was noted. */
  private static Progress stopAfter(int epoch) {
    return Progress.notes(
        line -> {
          if (line.startsWith("epoch  " + epoch + "/")) {
            throw new CancellationException("stopped");
          }
        });
  }

  private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, t) -> assertThat(actual.get(name).bytes()).as(name).isEqualTo(t.bytes()));
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherDoesNot() {
    Run one = new Run(CONFIG, "one");
    Run two = new Run(CONFIG, "two");
    Run other = new Run(CONFIG.withSeed(2), "other");

    TrainingLoop.Trained<EpochRecord> first = one.go(false, Progress.SILENT);
    TrainingLoop.Trained<EpochRecord> second = two.go(false, Progress.SILENT);
    TrainingLoop.Trained<EpochRecord> third = other.go(false, Progress.SILENT);

    assertThat(second).isEqualTo(first);
    assertSame(two.model.save(), one.model.save());
    assertSame(two.encoder.save(), one.encoder.save());
    assertThat(folder.resolve("two/epochs.csv"))
        .hasSameBinaryContentAs(folder.resolve("one/epochs.csv"));
    assertThat(folder.resolve("two/training.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("one/training.safetensors"));
    assertThat(third.history()).isNotEqualTo(first.history());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aStoppedRunGoesOnToTheSameBytes(int epoch) {
    Run whole = new Run(CONFIG, "whole");
    TrainingLoop.Trained<EpochRecord> expected = whole.go(false, Progress.SILENT);
    assertThatThrownBy(() -> new Run(CONFIG, "stopped").go(false, stopAfter(epoch)))
        .isInstanceOf(CancellationException.class);

    Run resumed = new Run(CONFIG, "stopped");
    List<String> notes = new ArrayList<>();
    TrainingLoop.Trained<EpochRecord> trained = resumed.go(true, Progress.notes(notes::add));

    assertThat(notes.get(0)).isEqualTo("going on after epoch " + epoch + " of 4");
    assertThat(notes).hasSize(1 + 4 - epoch);
    assertThat(trained).isEqualTo(expected);
    assertSame(resumed.model.save(), whole.model.save());
    assertSame(resumed.encoder.save(), whole.encoder.save());
    assertThat(folder.resolve("stopped/training.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("whole/training.safetensors"));
  }

  @Test
  void aFinishedRunResumedIsTheSameAgain() {
    Run whole = new Run(CONFIG, "whole");
    TrainingLoop.Trained<EpochRecord> expected = whole.go(false, Progress.SILENT);

    Run again = new Run(CONFIG, "whole");

    assertThat(again.go(true, Progress.SILENT)).isEqualTo(expected);
    assertSame(again.model.save(), whole.model.save());
  }

  @Test
  void anotherRunIsNotOverwrittenNorMixedUp() {
    new Run(CONFIG, "run").go(false, Progress.SILENT);

    assertThat(refusal(CONFIG, false, "made up"))
        .contains("holds a run already")
        .contains("--resume");
    assertThat(refusal(CONFIG.withSchedule(6, 2, 3), true, "made up"))
        .contains("config: the run was started with other options");
    assertThat(refusal(CONFIG, true, "other data")).contains("fingerprint: ");
  }

  private String refusal(TrainConfig config, boolean resume, String fingerprint) {
    InputException e =
        catchThrowableOfType(
            InputException.class,
            () -> new Run(config, "run").go(resume, Progress.SILENT, fingerprint));
    Path state = TrainingRun.folder(folder.resolve("run")).state();
    assertThat(e).hasMessageStartingWith(state + ": ");
    assertThat(e.getMessage()).contains("; ").doesNotContain("\n");
    return e.getMessage();
  }

  @Test
  void aDamagedStateIsRefused() throws IOException {
    new Run(CONFIG, "run").go(false, Progress.SILENT);
    Path state = TrainingRun.folder(folder.resolve("run")).state();
    byte[] bytes = Files.readAllBytes(state);

    Files.write(state, Arrays.copyOf(bytes, bytes.length / 2));
    refusal(CONFIG, true, "made up");
    Files.write(state, new byte[0]);
    refusal(CONFIG, true, "made up");
  }

  @Test
  void stageOneLeavesTheEncoderAlone() {
    Run run = new Run(CONFIG.withSchedule(6, 3, 0), "run");
    Map<String, Tensor> encoder = run.encoder.save();
    Map<String, Tensor> model = run.model.save();

    TrainingLoop.Trained<EpochRecord> trained = run.go(false, Progress.SILENT);

    assertSame(run.encoder.save(), encoder);
    run.model
        .save()
        .forEach((name, t) -> assertThat(t.bytes()).as(name).isNotEqualTo(model.get(name).bytes()));
    assertThat(trained.history()).extracting(EpochRecord::stage).containsOnly(1);
  }

  @Test
  void stageTwoTrainsTheUpperHalfOfTheEncoderAlone() {
    Run run = new Run(CONFIG.withSchedule(6, 0, 2), "run");
    Map<String, Tensor> before = run.encoder.save();
    List<String> parameters =
        run.encoder.parameters().keySet().stream().filter(n -> !n.startsWith("fnn_list.")).toList();
    assertThat(parameters).hasSize(2 * FROZEN);

    run.go(false, Progress.SILENT);

    Map<String, Tensor> after = run.encoder.save();
    List<String> freed = parameters.subList(FROZEN, parameters.size());
    after.forEach(
        (name, t) -> {
          if (freed.contains(name)) {
            assertThat(t.bytes()).as(name).isNotEqualTo(before.get(name).bytes());
          } else {
            assertThat(t.bytes()).as(name).isEqualTo(before.get(name).bytes());
          }
        });
    assertThat(after.keySet()).anyMatch(n -> n.endsWith("running_var"));
  }

  @Test
  void stageTwoStartsFromTheBestEpochOfStageOne() {
    Run one = new Run(CONFIG.withSchedule(6, 2, 0), "one");
    TrainingLoop.Trained<EpochRecord> first = one.go(false, Progress.SILENT);
    Run both = new Run(CONFIG, "both");

    TrainingLoop.Trained<EpochRecord> second = both.go(false, Progress.SILENT);

    assertThat(second.history().subList(0, 2)).isEqualTo(first.history());
    assertThat(second.history()).extracting(EpochRecord::stage).containsExactly(1, 1, 2, 2);
    assertThat(second.bestEpoch())
        .isEqualTo(
            1 + smallest(second.history().stream().map(r -> r.validation().total()).toList()));
  }

  private static TrainConfig withRates(TrainConfig c, double stage1, double visual, double rest) {
    return c.with("stage1.rate", stage1)
        .with("stage1.visual_projection_rate", visual)
        .with("stage2.rate", rest)
        .with("stage2.encoder_rate", rest);
  }

  @Test
  void theSecondStageStartsFromTheBestWeightsNotTheLast() {
    TrainConfig first = CONFIG.withSchedule(6, 4, 0);
    Run one = new Run(first, "one");
    one.go(false, Progress.SILENT);
    TrainConfig still = withRates(CONFIG.withSchedule(6, 4, 1), 1e-3, 1e-4, 1e-12);
    new Run(still, "still").go(false, Progress.SILENT);

    Map<String, Tensor> best = one.model.save();
    Map<String, Tensor> last = lastWeights(first, "one");
    Map<String, Tensor> after = lastWeights(still, "still");
    assertThat(distance(after, best)).isLessThan(1e-6);
    assertThat(distance(after, last)).isGreaterThan(1e-3);
  }

  private Map<String, Tensor> lastWeights(TrainConfig config, String run) {
    return begun(folder.resolve(run), true, config, "made up").now().get("model");
  }

  /** The largest difference between any two numbers. */
  private static double distance(Map<String, Tensor> a, Map<String, Tensor> b) {
    assertThat(a.keySet()).isEqualTo(b.keySet());
    double largest = 0;
    for (String name : a.keySet()) {
      float[] x = a.get(name).floats();
      float[] y = b.get(name).floats();
      for (int i = 0; i < x.length; i++) {
        largest = Math.max(largest, Math.abs(x[i] - y[i]));
      }
    }
    return largest;
  }

  @Test
  void aLossThatIsNoNumberEndsTrainingInWords() {
    TrainConfig wild = withRates(CONFIG, 1e30, 1e30, 1e30);

    assertThatThrownBy(() -> new Run(wild, "wild").go(false, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("epoch 1: the loss is not a finite number");
    assertThat(folder.resolve("wild/training.safetensors")).doesNotExist();
  }

  /**
   * One scene, one step an epoch, and weights that stand still: what differs from epoch to epoch is
   * what dropout leaves out.
   */
  @Test
  void masksDifferFromEpochToEpochButNotOnResuming() {
    TrainConfig still =
        withRates(
            CONFIG.withSchedule(1, 3, 0).withShares(0, 0, 0).with("data.train_scenes", 1),
            1e-30,
            1e-30,
            1e-30);
    List<EpochRecord> whole = new Run(still, "whole").go(false, Progress.SILENT).history();
    assertThat(whole.stream().map(r -> r.validation().total()).distinct()).hasSize(1);
    assertThat(whole.stream().map(r -> r.train().total()).distinct()).hasSize(3);

    assertThatThrownBy(() -> new Run(still, "stopped").go(false, stopAfter(1)))
        .isInstanceOf(CancellationException.class);
    assertThat(new Run(still, "stopped").go(true, Progress.SILENT).history()).isEqualTo(whole);
  }

  /** Its training loss is a number, which the step after it makes the last. */
  @Test
  void aValidationLossThatIsNoNumberIsNeverTheBest() {
    TrainConfig wild = withRates(CONFIG.withSchedule(16, 1, 0), 1e30, 1e30, 1e30);

    assertThatThrownBy(() -> new Run(wild, "wild").go(false, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "training: epoch 1: the validation loss is not a finite number;"
                + " lower the learning rates, or look for damaged data");
    assertThat(folder.resolve("wild/training.safetensors")).doesNotExist();
  }

  @Test
  void oneFlippedBitOfTheStateIsRefusedAndTheRemedyWorks() throws IOException {
    new Run(CONFIG, "run").go(false, Progress.SILENT);
    Path state = TrainingRun.folder(folder.resolve("run")).state();
    byte[] good = Files.readAllBytes(state);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 50; i++) {
      byte[] bad = good.clone();
      // The first ones in the header, where another name, shape or history would be read.
      int at = i < 25 ? random.nextInt(3000) : random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(state, bad);

      assertThat(refusal(CONFIG, true, "made up"))
          .endsWith("; delete it and give the command without --resume to train anew");
    }

    Files.delete(state);
    new Run(CONFIG, "run").go(false, Progress.SILENT);
    assertThat(state).hasBinaryContent(good);
  }

  @Test
  void aStateOfAnotherVersionIsRefused() {
    new Run(CONFIG, "run").go(false, Progress.SILENT);
    Path state = TrainingRun.folder(folder.resolve("run")).state();
    Safetensors before = Safetensors.read(state);
    Map<String, String> about = new HashMap<>(before.metadata());
    about.remove("version");
    Safetensors.write(state, before.tensors(), about);

    assertThat(refusal(CONFIG, true, "made up"))
        .contains("version: 1, expected 3")
        .endsWith("; delete it and give the command without --resume to train anew");
  }

  /** Killed between the two files, and nothing left to train. */
  @Test
  void theTableOfEpochsIsMendedOnResuming() throws IOException {
    new Run(CONFIG, "run").go(false, Progress.SILENT);
    Path table = folder.resolve("run/epochs.csv");
    byte[] whole = Files.readAllBytes(table);
    Files.delete(table);

    new Run(CONFIG, "run").go(true, Progress.SILENT);

    assertThat(table).hasBinaryContent(whole);
  }

  private static int smallest(List<Double> values) {
    int best = 0;
    for (int i = 1; i < values.size(); i++) {
      best = values.get(i) < values.get(best) ? i : best;
    }
    return best;
  }

  @Test
  void theSeedsFormsTrainToo() {
    TrainConfig seeds =
        CONFIG.withForms(Fusion.SEED, false, LocationForm.SEED, ConfidenceTarget.SEED);

    TrainingLoop.Trained<EpochRecord> trained =
        new Run(seeds.withSchedule(8, 80, 1).withShares(0, 0, 0), "seed")
            .go(false, Progress.SILENT);

    double first = trained.history().get(0).train().total();
    double last = trained.history().get(79).train().total();
    assertThat(last).as("sixteen scenarios are learned by heart").isLessThan(0.8 * first);
  }

  @Test
  @Tag("memory")
  @EnabledOnOs(OS.LINUX)
  void fiftyEpochsLeaveNothingBehind() throws IOException {
    Run run = new Run(TrainConfig.defaults().withSchedule(8, 30, 20), "run");
    AtomicInteger epoch = new AtomicInteger();
    Map<Integer, Integer> arrays = new HashMap<>();
    Map<Integer, Long> outside = new HashMap<>();
    Map<Integer, Long> resident = new HashMap<>();
    Map<Integer, Long> heap = new HashMap<>();

    run.go(
        false,
        Progress.notes(
            line -> {
              int e = epoch.incrementAndGet();
              if (e == 5 || e == 25 || e == 35 || e == 50) {
                arrays.put(e, manager.getParentManager().getManagedArrays().size());
                System.gc();
                heap.put(
                    e, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024);
                outside.put(e, residentKb("/proc/self/smaps", "[heap]", "Rss:"));
                resident.put(e, residentKb("/proc/self/status", "", "VmRSS:"));
              }
            }));

    assertThat(arrays.get(25)).as("stage 1").isEqualTo(arrays.get(5));
    assertThat(arrays.get(50)).as("stage 2").isEqualTo(arrays.get(35));
    // The batches alone, kept, would be 40 MB in twenty epochs. Stage 2 needs more than stage 1, so
    // each is looked at by itself.
    assertThat(outside.get(25) - outside.get(5)).as("stage 1, native kB").isLessThan(4 * 1024);
    assertThat(outside.get(50) - outside.get(35)).as("stage 2, native kB").isLessThan(4 * 1024);
    // Of the whole process. Java's heap is resident from the beginning, see "memory" in pom.xml.
    assertThat(resident.get(25) - resident.get(5)).as("stage 1, kB").isLessThan(8 * 1024);
    assertThat(resident.get(50) - resident.get(35)).as("stage 2, kB").isLessThan(8 * 1024);
    assertThat(heap.get(50) - heap.get(5)).as("Java's heap, kB").isLessThan(4 * 1024);
  }

  /**
   * A number of the kernel's about this process: the first line that begins with {@code key}, from
   * the line that ends with {@code mapping} on. Malloc's heap, where tensors live, is one mapping.
   */
  private static long residentKb(String file, String mapping, String key) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .dropWhile(line -> !line.endsWith(mapping))
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .getAsLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
