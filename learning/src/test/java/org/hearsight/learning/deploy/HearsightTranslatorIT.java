package org.hearsight.learning.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.progress.Progress;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.Observation;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.train.TrainConfig;
import org.hearsight.learning.train.TrainingRun;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One exported file through the Deep Java Library, in a Java without libtorch, beside the library
 * on the model's folder.
 */
class HearsightTranslatorIT {
  private static final double NEAR = 1e-4;
  private static final long LONGEST_SECONDS = 240;

  @TempDir private static Path folder;
  private static ScenarioStore store;

  @BeforeAll
  static void encoders() {
    TorchEngine engine = TorchEngine.start(1);
    store = TinyStore.write(folder.resolve("data"), 8, 4, 2);
    EncoderImport.untrainedSeld(engine, 1, folder.resolve("seld"));
    EncoderImport.untrainedResnet50(engine, 1, folder.resolve("resnet50"));
  }

  private static Path trained(LocationForm form) {
    Path model = folder.resolve("model-" + form);
    new TrainingRun(
            TrainConfig.defaults()
                .withForms(Fusion.SPATIAL, true, form, ConfidenceTarget.CORRECTNESS)
                .withSchedule(8, 1, 0),
            store.folder(),
            folder.resolve("seld"),
            folder.resolve("resnet50"),
            model,
            folder.resolve("cache-" + form),
            "cpu",
            1)
        .run(false, Progress.SILENT);
    return model;
  }

  private record Ran(int exit, List<String> out, String err) {}

  private static Ran translate(Path onnx) throws IOException, InterruptedException {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String withoutTorch =
        Arrays.stream(path.split(Pattern.quote(File.pathSeparator)))
            .map(entry -> Path.of(entry).toAbsolutePath())
            .filter(entry -> !entry.getFileName().toString().startsWith("pytorch-"))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                withoutTorch,
                TranslatedScenes.class.getName(),
                onnx.toString(),
                store.folder().toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    assertThat(ended).as("ended in time: " + Files.readString(err)).isTrue();
    return new Ran(process.exitValue(), Files.readAllLines(out), Files.readString(err));
  }

  @ParameterizedTest
  @EnumSource(names = {"SPHERICAL", "MAP"})
  void itAnswersAsTheLibrary(LocationForm form) throws IOException, InterruptedException {
    Path model = trained(form);
    Path onnx = folder.resolve(form + ".onnx");
    assertThat(Export.model(model, onnx, 1, "test").largestDifference()).isLessThan(NEAR);

    Ran translated = translate(onnx);

    assertThat(translated.exit()).as(translated.err()).isZero();
    List<Observation> scenes = TranslatedScenes.scenes(store);
    assertThat(translated.out()).hasSameSizeAs(scenes).doesNotHaveDuplicates();
    try (Hearsight hearsight = Hearsight.load(model, 1)) {
      for (int i = 0; i < scenes.size(); i++) {
        Observation scene = scenes.get(i);
        ObjectNode expected = Json.tree(hearsight.imagine(scene.clip(), scene.view()));
        expected.remove("unknown"); // takes the encoder's tokens, which the one graph does not give
        assertNear("scene " + i, Json.MAPPER.readTree(translated.out().get(i)), expected);
      }
    }
  }

  private static void assertNear(String where, JsonNode found, JsonNode expected) {
    assertThat(found.getNodeType()).as(where).isEqualTo(expected.getNodeType());
    assertThat(found.size()).as(where).isEqualTo(expected.size());
    if (expected.isObject()) {
      expected
          .properties()
          .forEach(e -> assertNear(where + " " + e.getKey(), found.path(e.getKey()), e.getValue()));
    } else if (expected.isArray()) {
      for (int i = 0; i < expected.size(); i++) {
        assertNear(where + " " + i, found.get(i), expected.get(i));
      }
    } else if (expected.isNumber()) {
      double number = expected.asDouble();
      assertThat(found.asDouble())
          .as(where)
          .isCloseTo(number, within(NEAR * Math.max(1, Math.abs(number))));
    } else {
      assertThat(found).as(where).isEqualTo(expected);
    }
  }

  @Test
  void anotherGraphIsRefused() throws IOException, InterruptedException {
    Path onnx = folder.resolve("pictures.onnx");
    Export unused = Export.resnet50(folder.resolve("resnet50"), onnx, 1, "test");

    Ran translated = translate(onnx);

    assertThat(translated.exit()).isNotZero();
    assertThat(translated.err())
        .contains("metadata: taxonomy: missing; give the file that 'hearsight export");
  }
}
