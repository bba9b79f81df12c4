package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What we refuse: one line that names the file or the option, exit 1 (2 for wrong usage), nothing
 * on standard output and nothing half-written.
 */
class BadInputIT {
  @TempDir private static Path in;
  @TempDir private Path to;

  @BeforeAll
  static void write() throws IOException {
    BadInputs.write(in);
  }

  /** {@code IN/} stands for the folder of bad files, {@code TO/} for an empty one. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          features --audio IN/three.wav --to TO/f       | 1 | IN/three.wav: channels: 3, expected 4
          features --audio IN/empty --to TO/f           | 1 | IN/empty:
          features --audio IN/truncated.wav --to TO/f   | 1 | IN/truncated.wav:
          features --audio IN/header.wav --to TO/f      | 1 | IN/header.wav:
          features --audio IN/blip.wav --to TO/f        | 1 | IN/blip.wav: duration: 100 samples hold no frame
          features --audio IN/text --to TO/f            | 1 | IN/text:
          features --audio IN/none.wav --to TO/f        | 1 | IN/none.wav:
          features --audio IN --to TO/f                 | 1 | IN:
          features --audio IN/good.wav --to IN/text/f   | 1 | IN/text: is a file, expected a folder
          features --audio IN/good.wav --to IN/seld     | 1 | IN/seld: is a folder, expected a file
          imagine --model IN/none --audio IN/good.wav   | 1 | IN/none/model.json: is missing
          imagine --model IN/damaged-model --audio IN/good.wav | 1 | IN/damaged-model/model.json:
          imagine --model IN/none --audio IN/three.wav  | 1 | IN/three.wav: channels: 3
          imagine --model IN/none --audio IN/good.wav --rgb IN/text          | 1 | IN/text: is neither PNG nor JPEG
          imagine --model IN/none --audio IN/good.wav --rgb IN/empty         | 1 | IN/empty: is empty
          imagine --model IN/none --audio IN/good.wav --rgb IN/truncated.png | 1 | IN/truncated.png: is truncated
          imagine --model IN/none --audio IN/good.wav --depth IN/depth8.png  | 1 | IN/depth8.png: depth: 8-bit grayscale, expected 16-bit
          imagine --model IN/none --audio IN/good.wav --rgb IN/good.png --depth IN/depth-small.png | 1 | IN/depth-small.png: depth: 16 x 12 pixels, but the picture has 32 x 24
          imagine --model IN/none --audio IN/good.wav --occlusion IN/depth-small.png | 1 | IN/depth-small.png: occlusion: 16-bit grayscale, expected 8-bit
          imagine --model IN/none --audio IN/good.wav --occlusion-level 2    | 2 | occlusion level: 2.0 is not in [0, 1]
          imagine --model IN/none --audio IN/good.wav --occlusion-level NaN  | 2 | occlusion level: NaN
          imagine --model IN/none --audio IN/good.wav --hfov 200             | 2 | hfov: 200.0 is not between
          imagine --model IN/none --audio IN/good.wav --depth-hfov 87        | 2 | --depth-hfov: there is no depth; give --depth FILE
          imagine --model IN/none --audio IN/good.wav --depth-scale 0        | 2 | depth scale: 0.0 is not in [1, 100000]
          encode --seld IN/seld --input IN/nan.safetensors --to TO/e         | 1 | IN/nan.safetensors: tensor "input" [1, 7, 50, 64] holds NaN
          encode --seld IN/seld --input IN/shape.safetensors --to TO/e       | 1 | IN/shape.safetensors: tensor "input" has shape
          encode --seld IN/seld --input IN/whole.safetensors --to TO/e       | 1 | IN/whole.safetensors: tensor "input" is of type I64
          encode --seld IN/seld --input IN/short.safetensors --to TO/e       | 1 | IN/short.safetensors: input: [1, 7, 3, 64] holds no whole token
          encode --seld IN/seld --input IN/name.safetensors --to TO/e        | 1 | IN/name.safetensors: tensor "input" is missing
          encode --seld IN/seld --input IN/text --to TO/e                    | 1 | IN/text:
          encode --seld IN/resnet50 --input IN/nan.safetensors --to TO/e     | 1 | IN/resnet50/encoder.json: kind: resnet50, expected seldnet
          encode --seld IN/none --input IN/nan.safetensors --to TO/e         | 1 | IN/none/encoder.json: is missing
          adapt --weights IN/adapter-part.safetensors --input IN/adapt-nan.safetensors --to TO/a   | 1 | IN/adapt-nan.safetensors: tensor "visual"
          adapt --weights IN/adapter-part.safetensors --input IN/adapt-shape.safetensors --to TO/a | 1 | IN/adapt-shape.safetensors: tensor "visual" has shape
          adapt --weights IN/adapter-part.safetensors --input IN/nan.safetensors --to TO/a         | 1 | IN/nan.safetensors: tensor "audio" is missing
          adapt --weights IN/adapter-part.safetensors --input IN/adapt-good.safetensors --to TO/a  | 1 | IN/adapter-part.safetensors:
          adapt --weights IN/seld/weights.safetensors --input IN/adapt-good.safetensors --to TO/a  | 1 | IN/seld/weights.safetensors: tensor "adapter.audio_projection.weight" is missing
          adapt --weights IN/adapter-part.safetensors --input IN/adapt-good.safetensors --to TO/a --device gpu | 1 | device: 'gpu' is absent
          adapt --weights IN/adapter-part.safetensors --input IN/adapt-good.safetensors --to TO/a --device abacus | 2 | '--device': 'abacus'
          import avcrnn IN/seld/weights.safetensors --to TO/s | 1 | IN/seld/weights.safetensors:
          import seld IN/resnet50/weights.safetensors --to TO/s | 1 | IN/resnet50/weights.safetensors:
          import resnet50 IN/seld/weights.safetensors --to TO/r | 1 | IN/seld/weights.safetensors:
          import seld IN/weights.h5 --to TO/s           | 1 | IN/weights.h5:
          import seld IN/empty --to TO/s                | 1 | IN/empty:
          import seld IN/text --to TO/s                 | 1 | IN/text:
          import seld IN/good.png --to TO/s             | 1 | IN/good.png:
          import seld IN/none.pth --to TO/s             | 1 | IN/none.pth:
          import resnet50 --cache IN/none --to TO/r     | 1 | IN/none: holds no resnet50-*.pth
          import --download alexnet --to TO/r           | 2 | download: 'alexnet' names no known checkpoint
          import --download dcase2024 --cache TO/c --url http://127.0.0.1:1/a --to TO/r | 1 | http://127.0.0.1:1/a: no network, or nobody answers
          pretrain-vision --data IN/none --to TO/r      | 1 | IN/none/dataset.json: is missing
          pretrain-vision --data IN/data --to IN/resnet50 | 1 | IN/resnet50: holds a finished encoder already
          pretrain-vision --data IN/data --to TO/r --size 100 | 2 | --size: 100
          encode --input IN/nan.safetensors --to TO/e   | 1 | --seld: missing, and no encoder ships
          import seld IN --to TO/s                      | 1 | IN:
          import seld IN/seld/weights.safetensors --to IN/text/s | 1 | IN/text: is a file, expected a folder
          evaluate --model IN/none --data IN/none       | 1 | IN/none/dataset.json: is missing
          evaluate --model IN/none --data IN/data       | 1 | IN/none/model.json: is missing
          evaluate --model IN/none --data IN/none --to IN     | 1 | IN: is a folder, expected a file
          evaluate --model IN/none --data IN/none --answers IN | 1 | IN: is a folder, expected a file
          evaluate --model IN/none --data IN/unknown-class | 1 | IN/unknown-class/scenarios.jsonl, line 1: class: 'dragon' is unknown
          train --data IN/none --seld IN/seld --resnet50 IN/resnet50 --to TO/m | 1 | IN/none/dataset.json: is missing
          train --data IN/data --seld IN/none --resnet50 IN/resnet50 --to TO/m | 1 | IN/none/encoder.json: is missing
          train --data IN/data --seld IN/resnet50 --resnet50 IN/seld --to TO/m | 1 | IN/resnet50/encoder.json: kind
          train --data IN/data --seld IN/seld --encoder avcrnn --resnet50 IN/resnet50 --to TO/m | 1 | IN/seld/encoder.json: kind: seldnet, expected avcrnn
          train --data IN/none --encoder avcrnn --resnet50 IN/resnet50 --to TO/m | 1 | IN/none/dataset.json: is missing
          train --data IN/data --seld IN/seld --resnet50 IN/resnet50 --to IN/text/m | 1 | IN/text: is a file
          train --data IN/train-only --seld IN/seld --resnet50 IN/resnet50 --to TO/m | 1 | IN/train-only: split validation: holds no scenario
          train --data IN/train-only --to TO/m          | 1 | IN/train-only: split validation: holds no scenario
          train --data IN/unknown-class --seld IN/seld --resnet50 IN/resnet50 --to TO/m | 1 | IN/unknown-class/scenarios.jsonl, line 1
          train --data IN/data --seld IN/seld --resnet50 IN/resnet50 --to TO/m --device gpu:7 | 1 | device: 'gpu:7' is absent
          export --model IN/none --to TO/m.onnx         | 1 | IN/none/model.json: is missing
          export --model IN/damaged-model --to TO/m.onnx | 1 | IN/damaged-model/model.json:
          export --seld IN/resnet50 --to TO/s.onnx      | 1 | IN/resnet50/encoder.json: kind: resnet50, expected seldnet
          export --resnet50 IN/seld --to TO/r.onnx      | 1 | IN/seld/encoder.json: kind: seldnet, expected resnet50
          export --seld IN/seld --to IN/text/s.onnx     | 1 | IN/text: is a file, expected a folder
          simulate --to IN/text                         | 1 | IN/text: is a file, expected a folder
          simulate --to IN/foreign                      | 1 | IN/foreign: is not empty and holds no data set
          simulate --to TO/d --train -1                 | 2 | train: -1
          simulate --to TO/d --train 0 --validation 0 --test 0 | 2 | train + validation + test: 0
          simulate --to TO/d --workers -3               | 2 | workers: -3
          simulate-seld --to TO/d --workers 0           | 2 | workers: 0
          simulate-measured --sounds IN --responses IN --to TO/d --clips 0 | 2 | clips: 0
          simulate-measured --sounds IN --responses IN --to TO/d --snr NaN | 2 | snr: NaN
          detect --data IN/data --to TO/d --swaps 3     | 2 | '--swaps': 3 is none of 1, 2, 4, 8 and 16
          occlude --data IN --to TO/d --active 2        | 2 | active: 2.0
          pretrain-vision --data IN/data --to TO/r --epochs 0 | 2 | --epochs: 0
          simulate --to TO/d --sounds IN/none           | 1 | IN/none:
          demo --to IN/text/demo                        | 1 | IN/text: is a file
          demo --to TO/demo --sounds IN/none            | 1 | IN/none: is not a folder
          demo --to TO/demo --epochs -1 1               | 2 | stage1.epochs: -1
          demo --to TO/demo --epochs 0 0                | 2 | stage1.epochs: 0
          demo --to TO/demo --train -1                  | 2 | train: -1
          demo --to TO/demo --seld IN/weights.h5        | 1 | IN/weights.h5:
          evaluate seld --reference IN --prediction IN --classes 2000000000 | 2 | --classes: 2000000000
          nonsense                                      | 2 | 'nonsense'
          features --audio IN/good.wav --to TO/f --loud | 2 | '--loud'
          features --audio IN/good.wav                  | 2 | '--to=FILE'
          train --data IN/data --encoder harp --resnet50 IN/resnet50 --to TO/m | 2 | '--encoder'
          train --data IN/data --seld IN/seld --resnet50 IN/resnet50 --to TO/m --stage1-epochs -1 | 2 | epochs
          train --data IN/data --seld IN/seld --resnet50 IN/resnet50 --to TO/m --batch 0 | 2 | --batch
          train --data IN/data --seld IN/seld --resnet50 IN/resnet50 --to TO/m --fusion nuclear | 2 | '--fusion'
          imagine --model IN/none --audio IN/good.wav --occlusion IN/good.png --occlusion-level 0.5 | 2 | --occlusion
          imagine --model IN/none --audio IN/good.wav --hfov wide | 2 | '--hfov'
          simulate --to TO/d --indoor --outdoor         | 2 | --indoor
          export --model IN/none --seld IN/seld --to TO/m.onnx | 2 | --seld
          export --to TO/m.onnx                         | 2 | --model
          export --seld IN/seld                         | 2 | --to=FILE
          export --model IN/none --to TO/m.onnx --serving TO/m | 2 | --serving
          export --seld IN/seld --serving TO/m          | 2 | --serving goes with --model
          export --model IN/damaged-model --serving TO/m | 1 | IN/damaged-model/model.json:
          doctor --threads 0                            | 2 | '--threads'
          doctor --threads -2                           | 2 | '--threads'
          import                                        | 2 | subcommand
          import vgg IN/text --to TO/v                  | 2 | 'vgg'
          """)
  void isRefusedInOneLine(String command, int exit, String problem) throws IOException {
    Object[] args = Arrays.stream(command.split(" ")).map(this::place).toArray();
    refused(exit, place(problem), args);
  }

  private String place(String text) {
    return text.replaceFirst("^IN(?=[:/, ]|$)", in.toString()).replaceFirst("^TO/", to + "/");
  }

  static Stream<Path> hostileFiles() throws IOException {
    try (Stream<Path> files = Files.list(Cli.golden("core", "torch_files"))) {
      return files
          .filter(f -> f.getFileName().toString().matches("(hostile_.*|zip|legacy)\\.pth"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("hostileFiles")
  void hostileAndForeignCheckpointsAreRefused(Path file) throws IOException {
    refused(1, file + ": ", "import", "seld", file, "--to", to.resolve("s"));
    refused(1, file + ": ", "import", "resnet50", file, "--to", to.resolve("r"));
    assertThat(Path.of("/tmp/PWNED_BY_PICKLE")).doesNotExist();
  }

  @Test
  void aFullDiskIsSaidSo() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full on this system");
    refused(
        1,
        "/dev/full: cannot be written: ",
        "features",
        "--audio",
        in.resolve("good.wav"),
        "--to",
        full);
    assertThat(Files.isRegularFile(full)).isFalse();
  }

  /** The data's sound is missing, which is found only once the encoders are there. */
  @Test
  void trainingWithoutEncodersDrawsThem() {
    Cli.Result r = Cli.run("train", "--data", in.resolve("data"), "--to", to.resolve("m"));

    assertThat(r.exit()).isEqualTo(1);
    assertThat(r.errLines()).singleElement().asString().contains("a.wav: does not exist");
    for (String kind : new String[] {EncoderCard.SELDNET, EncoderCard.RESNET50}) {
      EncoderFolder drawn =
          EncoderFolder.open(to.resolve("m/training/encoders").resolve(kind + "-seed1"), kind);
      assertThat(drawn.card().pretrained()).isFalse();
    }
  }

  /** Found before an encoder is drawn, and before a demo has trained. */
  @Test
  void whatWouldBeLostIsFoundFirst() throws IOException {
    Path model = Files.createDirectories(to.resolve("m")).resolve("model.json");
    Files.writeString(model, "{}");
    Path encoder = Files.createDirectories(to.resolve("demo/model")).resolve("encoder.json");
    Files.writeString(encoder, "{}");

    Cli.Result train = Cli.run("train", "--data", in.resolve("data"), "--to", model.getParent());
    assertThat(train.exit()).isEqualTo(1);
    assertThat(train.errLines())
        .singleElement()
        .asString()
        .endsWith(": holds a trained model; choose another folder, or delete it");

    Cli.Result demo = Cli.run("demo", "--to", to.resolve("demo"));
    assertThat(demo.exit()).isEqualTo(1);
    assertThat(demo.errLines())
        .singleElement()
        .asString()
        .contains(encoder.getParent() + ": holds an encoder (encoder.json); ");
    assertThat(filesIn(to)).containsExactlyInAnyOrder(model, encoder);
  }

  @Test
  void anotherSampleRateIsResampledWithANote() {
    Path rate = in.resolve("rate.wav");

    Cli.Result r = Cli.run("features", "--audio", rate, "--to", to.resolve("f.safetensors"));

    assertThat(r.exit()).isZero();
    assertThat(r.err().strip()).isEqualTo(rate + ": resampled from 48000 Hz to 24000 Hz");
    assertThat(r.out()).startsWith("features [25, 7, 64] in ");
  }

  private void refused(int exit, String problem, Object... args) throws IOException {
    Cli.Result r = Cli.run(args);

    assertThat(r.errLines()).as(r.err()).hasSize(1);
    assertThat(r.err()).startsWith("hearsight: ").contains(problem.strip()).contains("; ");
    assertThat(r.err()).doesNotContain("unexpected", "Exception");
    assertThat(r.exit()).isEqualTo(exit);
    assertThat(r.out()).isEmpty();
    assertThat(filesIn(to)).as("half-written").isEmpty();
    assertThat(filesIn(in)).noneMatch(f -> f.toString().endsWith(".partial"));
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
