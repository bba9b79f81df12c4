package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.EncoderImport;
import org.hearsight.learning.weights.TorchCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The commands that show single parts, number by number. */
class InspectionIT {
  @TempDir private Path folder;

  private static void assertDone(Cli.Result r) {
    assertThat(r.err()).isEmpty();
    assertThat(r.exit()).isZero();
  }

  /** Largest deviation over the largest expected magnitude. */
  private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    double[] a = actual.doubles();
    double[] e = expected.doubles();
    double scale = 0;
    double off = 0;
    for (int i = 0; i < e.length; i++) {
      scale = Math.max(scale, Math.abs(e[i]));
      off = Math.max(off, Double.isNaN(a[i]) ? Double.POSITIVE_INFINITY : Math.abs(a[i] - e[i]));
    }
    assertThat(off).isLessThanOrEqualTo(tolerance * scale);
  }

  @Test
  void featuresAreTheBaselines() {
    Path to = folder.resolve("f.safetensors");

    Cli.Result r =
        Cli.run("features", "--audio", Cli.golden("core", "features/foa.wav"), "--to", to);

    assertDone(r);
    assertThat(r.out()).isEqualTo("features [50, 7, 64] in " + to + System.lineSeparator());
    Tensor expected =
        Safetensors.read(Cli.golden("core", "features/features.safetensors"))
            .require("features", 50, 7, 64);
    assertClose(Safetensors.read(to).require("features", 50, 7, 64), expected, 1e-6);
    float[][] foa = Foa.read(Cli.golden("core", "features/foa.wav")).channels();
    assertThat(Safetensors.read(to).require("cues", 10, SpatialCues.WIDTH).floats())
        .containsExactly(new SpatialCues().of(new FoaFeatures().compute(foa)));
  }

  /** With a view, and as one that is blind without. */
  @Test
  void featuresAreAllThatAGraphAsksFor() throws IOException {
    Path audio = Cli.golden("core", "features/foa.wav");
    float[][] foa = Foa.read(audio).channels();
    Path picture = folder.resolve("view.png");
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    image.setRGB(20, 30, 0xff8040);
    assertThat(ImageIO.write(image, "png", picture.toFile())).isTrue();
    Path to = folder.resolve("seen.safetensors");

    Cli.Result r = Cli.run("features", "--audio", audio, "--rgb", picture, "--to", to);
    assertThat(r.exit()).isZero();
    assertThat(r.err()).contains("no depth: how far the surfaces are is unknown to the model");
    Safetensors seen = Safetensors.read(to);
    View view = View.read(picture, null);
    assertThat(seen.require("planes", 5, 224, 224).floats()).containsExactly(VisualPlanes.of(view));
    PlaceFeatures places = PlaceFeatures.of(foa, view);
    assertThat(seen.require("heard", 242, 72).floats()).containsExactly(places.heard());
    assertThat(seen.require("seen", 23, 72).floats()).containsExactly(places.seen());
    assertThat(seen.require("known", 169).floats()).containsExactly(places.known());
    assertThat(seen.require("occlusion", 1).floats()).containsExactly(view.occlusionLevel());
    assertThat(seen.require("sight", 1).floats()).containsExactly(1);

    Path blind = folder.resolve("blind.safetensors");
    assertDone(Cli.run("features", "--audio", audio, "--to", blind));
    assertThat(Safetensors.read(blind).require("sight", 1).floats()).containsExactly(0);
    assertThat(Safetensors.read(blind).require("known", 169).floats())
        .containsExactly(PlaceFeatures.of(foa, View.blind()).known());
  }

  @Test
  void anEncoderWithoutAHeadIsImportedAndEncodes() {
    Path drawn =
        EncoderImport.untrainedSeld(TorchEngine.start(1), 3, folder.resolve("drawn")).weights();
    Path seld = folder.resolve("seld");

    Cli.Result imported = Cli.run("import", "seld", drawn, "--to", seld, "--threads", 1);

    assertDone(imported);
    assertTableNamesAll(imported, StateDict.read(drawn));
    Path input = folder.resolve("in.safetensors");
    Safetensors.write(input, Map.of("input", noise(2, 7, 50, 64)), Map.of());
    List<Path> outputs = List.of(folder.resolve("a.safetensors"), folder.resolve("b.safetensors"));
    for (Path to : outputs) {
      Cli.Result r =
          Cli.run("encode", "--seld", seld, "--input", input, "--to", to, "--threads", 1);
      assertDone(r);
      assertThat(r.out().strip()).isEqualTo("encoder [2, 10, 128] in " + to);
    }
    assertThat(outputs.get(0)).hasSameBinaryContentAs(outputs.get(1));
    Safetensors out = Safetensors.read(outputs.get(0));
    assertThat(out.tensors()).containsOnlyKeys("encoder");
    assertThat(out.require("encoder", 2, 10, 128).isFinite()).isTrue();
  }

  @Test
  void theStarss23NetworkIsImportedAndEncodesToo() {
    TorchEngine engine = TorchEngine.start(1);
    Path drawn =
        EncoderImport.untrainedAudio(AudioBackbone.AVCRNN, engine, 3, folder.resolve("drawn"))
            .weights();
    Path avCrnn = folder.resolve("avcrnn");

    Cli.Result imported = Cli.run("import", "avcrnn", drawn, "--to", avCrnn, "--threads", 1);

    assertDone(imported);
    assertTableNamesAll(imported, StateDict.read(drawn));
    Path input = folder.resolve("in.safetensors");
    Safetensors.write(input, Map.of("input", noise(2, 7, 128, 257)), Map.of());
    Path to = folder.resolve("out.safetensors");
    Cli.Result encoded =
        Cli.run("encode", "--seld", avCrnn, "--input", input, "--to", to, "--threads", 1);
    assertDone(encoded);
    assertThat(encoded.out().strip()).isEqualTo("encoder [2, 8, 512] in " + to);
    assertThat(Safetensors.read(to).require("encoder", 2, 8, 512).isFinite()).isTrue();
  }

  @Test
  void theOfficialCheckpointGivesTheOfficialNumbers() {
    Path checkpoint = Cli.shared("checkpoints/dcase2024_foa_multiaccddoa.h5");
    Path golden = Cli.shared("golden/seldnet/seldnet.safetensors");
    Path seld = folder.resolve("seld");
    Path to = folder.resolve("out.safetensors");

    Cli.Result imported = Cli.run("import", "seld", checkpoint, "--to", seld);
    Cli.Result encoded = Cli.run("encode", "--seld", seld, "--input", golden, "--to", to);

    assertDone(imported);
    assertTableNamesAll(imported, StateDict.read(checkpoint));
    assertDone(encoded);
    Safetensors expected = Safetensors.read(golden);
    Safetensors actual = Safetensors.read(to);
    assertThat(actual.tensors()).containsOnlyKeys("encoder", "output");
    for (String name : List.of("encoder", "output")) {
      assertClose(actual.tensors().get(name), expected.tensors().get(name), 1e-4);
    }
  }

  @Test
  void theSeedsAdapterGivesTheSeedsNumbers() {
    Path golden = Cli.shared("golden/imagination/forward.safetensors");
    Path weights = Cli.shared("golden/imagination/weights.pth");
    Path to = folder.resolve("out.safetensors");

    Cli.Result r = Cli.run("adapt", "--weights", weights, "--input", golden, "--to", to);

    assertDone(r);
    Safetensors expected = Safetensors.read(golden);
    Safetensors actual = Safetensors.read(to);
    assertThat(actual.tensors()).containsOnlyKeys(OUTPUTS);
    for (String name : OUTPUTS) {
      assertClose(actual.tensors().get(name), expected.tensors().get(name), 1e-4);
    }
  }

  private static final String[] OUTPUTS = {
    "reliability", "fused", "class_logits", "location", "confidence"
  };

  /** Weights of zero: what comes out then is known by heart. */
  @Test
  void anAdapterOfZeroesIsUndecided() {
    Path weights = folder.resolve("weights.safetensors");
    Safetensors.write(weights, zeroAdapter(96, 4), Map.of());
    Path input = folder.resolve("in.safetensors");
    Map<String, Tensor> in = new LinkedHashMap<>();
    in.put("audio", noise(3, 96));
    in.put("visual", noise(3, 2048));
    in.put("occlusion", Tensor.of(new float[] {0, 0.5f, 1}, 3, 1));
    Safetensors.write(input, in, Map.of());
    Path to = folder.resolve("out.safetensors");

    Cli.Result r =
        Cli.run("adapt", "--weights", weights, "--input", input, "--to", to, "--threads", 1);

    assertDone(r);
    assertThat(r.out().lines()).hasSize(5).contains("fused [3, 1024] in " + to);
    Safetensors out = Safetensors.read(to);
    assertThat(out.require("reliability", 3, 2).floats()).containsOnly(0.5f);
    assertThat(out.require("fused", 3, 1024).floats()).containsOnly(0);
    assertThat(out.require("class_logits", 3, 4).floats()).containsOnly(0);
    assertThat(out.require("location", 3, 3).floats()).containsOnly(0);
    assertThat(out.require("confidence", 3, 1).floats()).containsOnly(0.5f);
  }

  private static Map<String, Tensor> zeroAdapter(int audio, int classes) {
    Map<String, Tensor> w = new LinkedHashMap<>();
    linear(w, "adapter.audio_projection", audio, 512);
    linear(w, "adapter.visual_projection", 2048, 512);
    w.put("adapter.cross_attention.in_proj_weight", Tensor.of(new float[1536 * 512], 1536, 512));
    w.put("adapter.cross_attention.in_proj_bias", Tensor.of(new float[1536], 1536));
    linear(w, "adapter.cross_attention.out_proj", 512, 512);
    linear(w, "adapter.reliability_net.0", 1, 64);
    linear(w, "adapter.reliability_net.2", 64, 2);
    linear(w, "imagination_head.shared.0", 1024, 512);
    linear(w, "imagination_head.classifier.0", 512, 256);
    linear(w, "imagination_head.classifier.2", 256, classes);
    linear(w, "imagination_head.localizer.0", 512, 256);
    linear(w, "imagination_head.localizer.2", 256, 3);
    linear(w, "imagination_head.confidence.0", 512, 128);
    linear(w, "imagination_head.confidence.2", 128, 1);
    return w;
  }

  private static void linear(Map<String, Tensor> weights, String name, int in, int out) {
    weights.put(name + ".weight", Tensor.of(new float[out * in], out, in));
    weights.put(name + ".bias", Tensor.of(new float[out], out));
  }

  private static Tensor noise(int... shape) {
    int n = 1;
    for (int s : shape) {
      n *= s;
    }
    SplittableRandom random = new SplittableRandom(5);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return Tensor.of(values, shape);
  }

  private static void assertTableNamesAll(Cli.Result r, StateDict state) {
    List<String> lines = r.out().lines().toList();
    for (Map.Entry<String, Tensor> e : state.tensors().entrySet()) {
      assertThat(lines)
          .filteredOn(l -> l.startsWith(e.getKey() + " "))
          .as(e.getKey())
          .singleElement()
          .asString()
          .contains(e.getValue().shapeText())
          .containsAnyOf(" taken", " ignored: ");
    }
    assertThat(r.out())
        .containsPattern(
            state.tensors().size() + " tensors: \\d+ taken, \\d+ ignored, \\d+ missing");
  }

  @Test
  void doctorSaysWhatThereIs() throws IOException {
    Cli.Result text = Cli.run("doctor", "--threads", 1);
    assertDone(text);
    assertThat(text.out())
        .contains("JVM ", "PyTorch  ", "ONNX Runtime ", " 1 threads in use", "memory ", "weights ");

    Cli.Result json = Cli.run("doctor", "--json", "--threads", 1);
    assertDone(json);
    JsonNode found = new ObjectMapper().readTree(json.out());
    assertThat(found.get("threads").asInt()).isEqualTo(1);
    assertThat(found.get("pytorch").asText()).startsWith("2.");
    assertThat(found.get("onnx_runtime").asText()).startsWith("1.");
    assertThat(json.out().strip()).startsWith("{").endsWith("}");
    // Where import looks, TORCH_HOME and all.
    assertThat(found.get("weights").fieldNames())
        .toIterable()
        .containsExactly(TorchCache.folder().toString());
  }

  @Test
  void doctorHoldsFoldersAgainstTheirChecksums(@TempDir Path folder) throws IOException {
    Path weights = folder.resolve("weights.safetensors");
    Safetensors.write(weights, Map.of("w", Tensor.of(new float[] {1, 2}, 2)), Map.of());
    EncoderFolder.finish(
        folder,
        new EncoderCard(
            EncoderCard.FORMAT_VERSION, EncoderCard.SELDNET, 128, 7, true, true, "test", ""));
    Cli.Result whole = Cli.run("doctor", "--threads", 1, "--check", folder);
    assertDone(whole);
    assertThat(whole.out()).contains(folder + ": an encoder, whole: 2 checksums are right");

    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 64;
    Files.write(weights, bytes);
    Cli.Result damaged = Cli.run("doctor", "--threads", 1, "--check", folder);
    assertThat(damaged.exit()).isEqualTo(1);
    assertThat(damaged.out()).contains(folder + ": not whole");
    assertThat(damaged.errLines()).hasSize(1);
    assertThat(damaged.err()).contains(weights + ": is damaged: ");

    Path card = folder.resolve("encoder.json");
    Files.writeString(
        card, Files.readString(card).replaceFirst("(?s),\\s*\"checksums\" : \\{.*?\\}", ""));
    Cli.Result older = Cli.run("doctor", "--threads", 1, "--check", folder);
    assertDone(older);
    assertThat(older.out()).contains(folder + ": an encoder, written before there were checksums");
  }

  private static CommandLine parser() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return Hearsight.commandLine(nowhere, nowhere);
  }

  static Stream<List<String>> commands() {
    List<List<String>> all = new ArrayList<>();
    collect(parser(), List.of(), all);
    return all.stream();
  }

  private static void collect(CommandLine command, List<String> path, List<List<String>> all) {
    all.add(path);
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(name);
              collect(sub, longer, all);
            });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpExplainsEveryOption(List<String> command) {
    List<String> args = new ArrayList<>(command);
    args.add("--help");

    Cli.Result r = Cli.run(args.toArray());

    assertDone(r);
    String full = ("hearsight " + String.join(" ", command)).strip();
    assertThat(r.out()).startsWith("Usage: " + full);
    CommandLine at = parser();
    for (String word : command) {
      at = at.getSubcommands().get(word);
    }
    at.getCommandSpec()
        .options()
        .forEach(
            o -> {
              assertThat(o.description()).as(full + " " + o.longestName()).isNotEmpty();
              assertThat(r.out()).contains(o.longestName().replaceFirst("^-+", ""));
            });
  }
}
