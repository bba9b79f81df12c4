package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.geometry.Direction;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;

/**
 * Every command that the documents print, run as printed but for three things: names of inputs
 * stand for small ones that were made before ({@link #INPUTS}), what is written goes into a folder
 * of its own, and numbers that cost time are made small ({@link #SMALL}, {@link #SHORT}). What
 * cannot run here ({@link #PARSED_ONLY}) is held by {@link PrintedCommandsTest} alone.
 */
class PrintedCommandsIT {
  /** Beginnings of commands, and why they do not run. */
  private static final Map<String, String> PARSED_ONLY =
      Map.of(
          "import --download", "fetches a file of 100 MB whose checksum nothing small has",
          "serve", "answers until it is stopped; ServeIT holds it",
          "benchmark", "measures for minutes, and a peer in Python",
          "validate-simulator", "sweeps for a minute; its parts are tests of the simulator");

  /** What the documents call an input, and what it is here, below the test's folder. */
  private static final Map<String, String> INPUTS = new HashMap<>();

  static {
    for (String data : List.of("data", "DATA", "real", "scenes", "STANDARD", "DIR")) {
      INPUTS.put(data, "data");
    }
    for (String clips : List.of("clips", "clips1", "clips2")) {
      INPUTS.put(clips, "clips");
    }
    for (String seld :
        List.of("SELD", "OFFICIAL", "first", "weights/seld", "encoders/seld", "encoders/mine")) {
      INPUTS.put(seld, "seld");
    }
    for (String resnet50 : List.of("RESNET50", "encoders/resnet50")) {
      INPUTS.put(resnet50, "resnet50");
    }
    for (String model : List.of("model", "MODEL")) {
      INPUTS.put(model, "model");
    }
    INPUTS.put("model/model.json", "model/model.json");
    INPUTS.put("docs/train-example.json", "train-example.json");
    INPUTS.put("STARSS23", "starss23");
    INPUTS.put("SOUNDS", "sounds");
    INPUTS.put("RIRS", "responses");
    INPUTS.put("church", "church");
    INPUTS.put("foa.wav", "foa.wav");
    INPUTS.put("view.png", "view.png");
    INPUTS.put("depth.png", "depth.png");
    INPUTS.put("3_1_dev_split0_multiaccdoa_foa_model.h5", "seld/weights.safetensors");
    INPUTS.put("model.pth", "avcrnn/weights.safetensors");
    INPUTS.put("clips/metadata_dev/dev-test-sim", "clips/metadata_dev/dev-test-sim");
    INPUTS.put("heard/dev-test-sim", "heard/dev-test-sim");
  }

  /** Values of options that cost time, whatever is printed. */
  private static final Map<String, String> SMALL =
      Map.of(
          "--train",
          "4",
          "--validation",
          "2",
          "--test",
          "2",
          "--preview",
          "1",
          "--clips",
          "2",
          "--epochs",
          "1",
          "--batch",
          "4",
          "--size",
          "64",
          "--full-epochs",
          "0");

  /** Options that a command gets where they are not printed. */
  private static final Map<String, List<String>> SHORT =
      Map.of(
          "demo",
          List.of("--train 4", "--validation 2", "--test 2", "--calibration 2", "--epochs 1 1"),
          "simulate",
          List.of("--train 4", "--validation 2", "--test 2"),
          "simulate-seld",
          List.of("--train 4", "--validation 2", "--test 2"),
          "occlude",
          List.of("--train 4", "--validation 2", "--test 2"),
          "ablate",
          List.of(
              "--rows whole", "--seeds 1", "--stage1-epochs 1", "--stage2-epochs 0", "--batch 4"),
          "sweep",
          List.of("--damage dead-channel"),
          "train",
          List.of("--stage1-epochs 1", "--stage2-epochs 0", "--batch 4"),
          "pretrain",
          List.of("--epochs 1", "--batch 4"),
          "pretrain-vision",
          List.of("--epochs 1", "--full-epochs 0", "--size 64", "--batch 4"));

  @TempDir private static Path folder;
  private static int outputs;

  @BeforeAll
  static void prepare() throws IOException {
    System.setProperty("hearsight.home", Path.of("..").toAbsolutePath().normalize().toString());
    TorchEngine engine = TorchEngine.start();
    Path shipped = Path.of("..", "weights", "seld"); // the one small encoder that has its head
    Files.createDirectory(in("seld"));
    for (String file : List.of("encoder.json", "weights.safetensors", "detector.onnx")) {
      Files.copy(shipped.resolve(file), in("seld").resolve(file));
    }
    EncoderImport.untrainedAudio(AudioBackbone.AVCRNN, engine, 1, folder.resolve("avcrnn"));
    EncoderImport.untrainedResnet50(engine, 1, folder.resolve("resnet50"));
    SmallRecordings.write(folder.resolve("starss23"));
    Files.copy(Path.of("..", "docs", "train-example.json"), in("train-example.json"));
    Path data = folder.resolve("data");
    ok(
        run(
            "simulate",
            "--train",
            "4",
            "--validation",
            "2",
            "--test",
            "2",
            "--calibration",
            "4",
            "--to",
            data));
    ok(
        run(
            "simulate-seld",
            "--train",
            "4",
            "--validation",
            "2",
            "--test",
            "2",
            "--to",
            in("clips")));
    ok(
        run(
            "train",
            "--data",
            data,
            "--seld",
            in("seld"),
            "--resnet50",
            in("resnet50"),
            "--stage1-epochs",
            "1",
            "--stage2-epochs",
            "0",
            "--batch",
            "4",
            "--to",
            in("model")));
    ok(run("detect", "--data", in("clips"), "--seld", in("seld"), "--to", in("heard")));
    writeRoom();
    ok(
        run(
            "simulate-measured",
            "--sounds",
            in("sounds"),
            "--responses",
            in("responses"),
            "--clips",
            "2",
            "--to",
            in("church")));
    ScenarioStore store = ScenarioStore.open(data);
    Scenario.Files files =
        store.scenarios().stream()
            .map(Scenario::files)
            .filter(f -> f.rgb() != null && f.depth() != null)
            .findFirst()
            .orElseThrow();
    Files.copy(store.resolve(files.audio()), in("foa.wav"));
    Files.copy(store.resolve(files.rgb()), in("view.png"));
    Files.copy(store.resolve(files.depth()), in("depth.png"));
  }

  /** Recordings with their licences, and a room whose two responses are plane waves. */
  private static void writeRoom() {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder sources = new StringBuilder("file,use\n");
    for (String name : List.of("dog/a", "dog/b", "siren/c", "siren/d")) {
      float[] noise = new float[2 * Foa.SAMPLE_RATE];
      for (int i = 0; i < noise.length; i++) {
        noise[i] = (float) (random.nextDouble() - 0.5);
      }
      wav(in("sounds").resolve(name + ".wav"), noise);
      boolean scores = name.endsWith("b") || name.endsWith("d");
      sources
          .append(name)
          .append(".wav,")
          .append(scores ? "evaluation" : "permissive")
          .append('\n');
    }
    AtomicFile.writeText(in("sounds").resolve("SOURCES.csv"), sources.toString());
    for (int azimuth : new int[] {80, -170}) {
      float[][] response = new float[Foa.CHANNELS][100];
      float[] gains = FoaEncoder.gains(new Direction(azimuth, 5));
      for (int c = 0; c < Foa.CHANNELS; c++) {
        response[c][0] = 0.5f * gains[c];
      }
      wav(in("responses").resolve(azimuth + ".wav"), response);
    }
    AtomicFile.writeText(
        in("responses").resolve("room.csv"),
        "file,azimuth_deg,elevation_deg,distance_m\n80.wav,80,5,3\n-170.wav,-170,5,6.5\n");
  }

  private static void wav(Path file, float[]... channels) {
    Wav.write(file, new Audio(Foa.SAMPLE_RATE, channels), Encoding.PCM_16);
  }

  @AfterAll
  static void forgetHome() {
    System.clearProperty("hearsight.home");
  }

  private static Path in(String name) {
    return folder.resolve(name);
  }

  private static Cli.Result run(Object... words) {
    return Cli.run(words);
  }

  private static void ok(Cli.Result result) {
    assertThat(result.exit()).as(result.err()).isZero();
  }

  static Stream<PrintedCommands.Printed> commands() throws IOException {
    return PrintedCommands.all().stream()
        .filter(
            p -> PARSED_ONLY.keySet().stream().noneMatch(String.join(" ", p.words())::startsWith));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void runs(PrintedCommands.Printed printed) {
    List<String> words = new ArrayList<>();
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    ParseResult parsed =
        Hearsight.commandLine(nowhere, nowhere).parseArgs(printed.words().toArray(String[]::new));
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
      words.add(parsed.commandSpec().name());
    }
    for (ArgSpec arg : parsed.matchedArgs()) {
      String name = arg.isOption() ? ((CommandLine.Model.OptionSpec) arg).longestName() : null;
      List<String> values = arg.originalStringValues();
      if (arg.arity().max() == 0) {
        words.add(name);
      }
      for (int i = 0; arg.arity().max() > 0 && i < values.size(); i++) {
        if (name != null && i % Math.max(1, arg.arity().min()) == 0) {
          words.add(name);
        }
        words.add(here(arg, name, values.get(i)));
      }
    }
    for (String more : SHORT.getOrDefault(words.get(0), List.of())) {
      List<String> option = List.of(more.split(" "));
      if (!words.contains(option.get(0))) {
        words.addAll(option);
      }
    }
    if (words.get(0).equals("demo") && !words.contains("--to")) {
      words.addAll(List.of("--to", in("out" + outputs++).toString()));
    }

    ok(run(words.toArray()));
  }

  /** A printed value, as it is here. */
  private static String here(ArgSpec arg, String option, String value) {
    if (option != null
        && List.of(
                "--to",
                "--answers",
                "--serving",
                "--page",
                "--map",
                "--report",
                "--differences",
                "--monitor")
            .contains(option)) {
      Path output = in("out" + outputs++);
      return (value.contains(".") ? output.resolve(value) : output).toString();
    }
    Class<?> element = arg.auxiliaryTypes()[arg.auxiliaryTypes().length - 1];
    if (element != Path.class) {
      return SMALL.getOrDefault(option, value);
    }
    int equals = value.indexOf('=') + 1;
    String input = INPUTS.get(value.substring(equals));
    assertThat(input).as("what '" + value + "' stands for, in INPUTS").isNotNull();
    return value.substring(0, equals) + in(input);
  }
}
