package org.hearsight.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.Png;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.EncoderImport;

/** A folder of everything that can be wrong with a file, and of the good files beside it. */
final class BadInputs {
  private final Path folder;

  private BadInputs(Path folder) {
    this.folder = folder;
  }

  static void write(Path folder) throws IOException {
    BadInputs in = new BadInputs(folder);
    in.sounds();
    in.pictures();
    in.tensors();
    in.checkpoints();
    in.dataSets();
  }

  private void sounds() throws IOException {
    wav("good.wav", 4, 24_000);
    wav("three.wav", 3, 24_000);
    wav("rate.wav", 4, 48_000);
    Wav.write(folder.resolve("blip.wav"), new Audio(24_000, new float[4][100]), Encoding.PCM_16);
    byte[] good = Files.readAllBytes(folder.resolve("good.wav"));
    bytes("empty", new byte[0]);
    bytes("truncated.wav", Arrays.copyOf(good, good.length / 2));
    bytes("header.wav", Arrays.copyOf(good, 20));
    bytes("text", "not what you think\n".getBytes(StandardCharsets.UTF_8));
  }

  /** Noise from one direction, so that nothing is to be said of it as a sound field. */
  private void wav(String name, int channels, int rate) {
    float[] gains = {1, 0.6f, 0.48f, 0.64f};
    float[][] samples = new float[channels][rate / 2];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < samples[0].length; i++) {
      float sound = (float) random.nextDouble(-0.3, 0.3);
      for (int c = 0; c < channels; c++) {
        samples[c][i] = gains[c] * sound;
      }
    }
    Wav.write(folder.resolve(name), new Audio(rate, samples), Encoding.PCM_16);
  }

  private void pictures() throws IOException {
    byte[] rgb = Png.rgb(new int[32 * 24], 32, 24);
    bytes("good.png", rgb);
    bytes("truncated.png", Arrays.copyOf(rgb, rgb.length / 2));
    bytes("depth8.png", Png.gray8(new byte[32 * 24], 32, 24));
    bytes("depth-small.png", Png.gray16(new short[16 * 12], 16, 12));
  }

  private void tensors() {
    tensor("nan.safetensors", "input", new int[] {1, 7, 50, 64}, Float.NaN);
    tensor("shape.safetensors", "input", new int[] {1, 7, 50, 32}, 0);
    tensor("short.safetensors", "input", new int[] {1, 7, 3, 64}, 0);
    tensor("name.safetensors", "imput", new int[] {1, 7, 50, 64}, 0);
    Safetensors.write(
        folder.resolve("whole.safetensors"),
        Map.of("input", Tensor.of(new long[7 * 50 * 64], 1, 7, 50, 64)),
        Map.of());
    adapterInput("adapt-good.safetensors", 0, 2048);
    adapterInput("adapt-nan.safetensors", Float.NaN, 2048);
    adapterInput("adapt-shape.safetensors", 0, 2047);
  }

  private void tensor(String name, String tensor, int[] shape, float last) {
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    values[values.length - 1] = last;
    Safetensors.write(folder.resolve(name), Map.of(tensor, Tensor.of(values, shape)), Map.of());
  }

  private void adapterInput(String name, float last, int width) {
    float[] visual = new float[width];
    visual[width - 1] = last;
    Map<String, Tensor> in = new LinkedHashMap<>();
    in.put("audio", Tensor.of(new float[128], 1, 128));
    in.put("visual", Tensor.of(visual, 1, width));
    in.put("occlusion", Tensor.of(new float[1], 1, 1));
    Safetensors.write(folder.resolve(name), in, Map.of());
  }

  private void checkpoints() throws IOException {
    TorchEngine engine = TorchEngine.start(1);
    EncoderImport.untrainedSeld(engine, 1, folder.resolve("seld"));
    EncoderImport.untrainedResnet50(engine, 1, folder.resolve("resnet50"));
    Map<String, Tensor> adapter = new LinkedHashMap<>();
    adapter.put("adapter.audio_projection.weight", Tensor.of(new float[512 * 128], 512, 128));
    adapter.put("imagination_head.classifier.2.weight", Tensor.of(new float[10 * 256], 10, 256));
    Safetensors.write(folder.resolve("adapter-part.safetensors"), adapter, Map.of());
    byte[] hdf5 =
        Arrays.copyOf(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 26, '\n'}, 4096);
    bytes("weights.h5", hdf5);
  }

  private void dataSets() throws IOException {
    Path data = folder.resolve("data");
    Scenario s = scenario(1, Split.TRAIN);
    ScenarioStore.Header header =
        new ScenarioStore.Header(
            ScenarioStore.FORMAT_VERSION,
            Taxonomy.hazards(),
            JsonNodeFactory.instance.objectNode(),
            1,
            JsonNodeFactory.instance.objectNode());
    ScenarioStore.write(data, header, List.of(s, scenario(2, Split.VALIDATION)));
    ScenarioStore.write(folder.resolve("train-only"), header, List.of(s));
    Path unknown = folder.resolve("unknown-class");
    ScenarioStore.write(unknown, header, List.of(s));
    Path lines = unknown.resolve("scenarios.jsonl");
    Files.writeString(lines, Files.readString(lines).replace("background", "dragon"));
    Path model = Files.createDirectory(folder.resolve("damaged-model"));
    Files.writeString(model.resolve("model.json"), "{\"format_version\": 1");
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("diary.txt"), "dear diary");
  }

  private static Scenario scenario(int number, Split split) {
    return new Scenario(
        "fold3_room1_mix000" + number,
        split,
        Taxonomy.BACKGROUND,
        null,
        0,
        0,
        null,
        1,
        List.of(),
        new Scenario.Files("a.wav", "a.csv", "a.png", "b.png", "c.png"),
        null);
  }

  private void bytes(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }
}
