package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.loop.SavedRun;
import org.hearsight.learning.loop.TrainingLoop;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the two stages train and keep. */
class StagesIT extends TinyTraining {
  /** Of the encoder's forty parameters; the batch norms' statistics are none. */
  private static final int FROZEN = 20;

  /** What no step moves: constants of the grid and the view. */
  private static final List<String> FIXED =
      List.of(
          "log_distance", "radius", "columns", "in_picture", "of_hearing", "of_sight", "shut_eyes");

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
    assertThat(TrainingRun.folder(folder.resolve("two")).table())
        .hasSameBinaryContentAs(TrainingRun.folder(folder.resolve("one")).table());
    assertThat(TrainingRun.folder(folder.resolve("two")).state())
        .hasSameBinaryContentAs(TrainingRun.folder(folder.resolve("one")).state());
    assertThat(third.history()).isNotEqualTo(first.history());
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

  @Test
  void theSecondStageStartsFromTheBestWeightsNotTheLast() {
    TrainConfig first = CONFIG.withSchedule(6, 4, 0);
    Run one = new Run(first, "one");
    one.go(false, Progress.SILENT);
    TrainConfig still = withRates(CONFIG.withSchedule(6, 4, 1), 1e-3, 1e-3, 1e-12);
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
    assertThat(TrainingRun.folder(folder.resolve("wild")).state()).doesNotExist();
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
    assertThat(TrainingRun.folder(folder.resolve("wild")).state()).doesNotExist();
  }

  /** Beyond single precision, which the loss before the step does not show. */
  @Test
  void weightsThatAreNoNumbersEndTrainingInWords() {
    TrainConfig wild = withRates(CONFIG.withSchedule(16, 1, 0), 1e39, 1e39, 1e39);

    assertThatThrownBy(() -> new Run(wild, "wild").go(false, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "training: epoch 1: the weights are not finite numbers;"
                + " lower the learning rates, or look for damaged data");
    assertThat(TrainingRun.folder(folder.resolve("wild")).state()).doesNotExist();
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

  /** All twelve, a step each in both stages, with and without cues as they allow. */
  @Test
  void everyCombinationOfFormsTrains() {
    for (Fusion fusion : Fusion.values()) {
      for (LocationForm location : LocationForm.values()) {
        for (ConfidenceTarget confidence : ConfidenceTarget.values()) {
          String name = fusion + "-" + location + "-" + confidence;
          boolean cues = fusion == Fusion.SPATIAL;
          TrainConfig config = CONFIG.withForms(fusion, cues, location, confidence);
          Run run = new Run(config.withSchedule(16, 1, 1), name);
          Map<String, Tensor> before = run.model.save();

          TrainingLoop.Trained<EpochRecord> trained = run.go(false, Progress.SILENT);

          assertThat(trained.history()).as(name).hasSize(2);
          assertThat(trained.history().get(1).train().location()).as(name).isGreaterThan(0);
          SavedRun<EpochRecord> saved = begun(folder.resolve(name), true, run.config, "made up");
          saved
              .now()
              .get("model")
              .forEach(
                  (n, t) -> {
                    boolean fixed = FIXED.stream().anyMatch(n::endsWith);
                    boolean moved = !Arrays.equals(t.floats(), before.get(n).floats());
                    assertThat(moved).as(name + ": " + n + " moved").isEqualTo(!fixed);
                  });
        }
      }
    }
  }

  /** A map learns by heart what is random, as the other forms do. */
  @Test
  void aMapTrains() {
    TrainConfig map =
        CONFIG.withForms(Fusion.SPATIAL, true, LocationForm.MAP, ConfidenceTarget.CORRECTNESS);

    TrainingLoop.Trained<EpochRecord> trained =
        new Run(map.withSchedule(8, 40, 1).withShares(0, 0, 0), "map").go(false, Progress.SILENT);

    double first = trained.history().get(0).train().location();
    double last = trained.history().get(39).train().location();
    assertThat(last).as("sixteen scenarios are learned by heart").isLessThan(0.8 * first);
  }

  /** Each of them changes the weights, by the first epoch already. */
  @ParameterizedTest
  @CsvSource({
    "optimizer.weight_decay, 0.5",
    "optimizer.gradient_clip, 0.01",
    "model.dropout, 0.6",
    "loss.location, 0.1",
    "stage1.rate, 0.01"
  })
  void whatIsSetFromOutsideReachesTraining(String field, double value) {
    TrainConfig once = CONFIG.withSchedule(6, 1, 0);
    Run usual = new Run(once, "usual");
    Run other = new Run(once.with(field, value), "other");
    usual.go(false, Progress.SILENT);
    other.go(false, Progress.SILENT);

    assertThat(distance(other.model.save(), usual.model.save())).isGreaterThan(1e-6);
  }

  /** Without an average, what is judged and kept are the weights themselves. */
  @Test
  void withoutAnAverageTheWeightsThemselvesAreKept() {
    TrainConfig plain = CONFIG.with("optimizer.average", 1.0);
    Run run = new Run(plain, "plain");
    TrainingLoop.Trained<EpochRecord> trained = run.go(false, Progress.SILENT);
    Run averaged = new Run(CONFIG, "averaged");

    SavedRun<EpochRecord> saved = begun(folder.resolve("plain"), true, plain, "made up");
    assertThat(saved.average()).isSameAs(saved.now());
    assertThat(trained.history()).isNotEqualTo(averaged.go(false, Progress.SILENT).history());
    assertSame(run.model.save(), saved.best().get("model"));
  }

  @Test
  @Tag("memory")
  @EnabledOnOs(OS.LINUX)
  void fiftyEpochsLeaveNothingBehind() throws IOException {
    Run run = new Run(CONFIG.withSchedule(8, 30, 20), "run");
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
