package org.hearsight.app.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.hearsight.app.console.FoaFormatOption;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Writes;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.audio.SoundField;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight features}. */
@Command(
    name = "features",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the DCASE 2024 features of a recording as safetensors.",
      "Tensor 'features' [frames, 7, 64]: log-mel of W, Y, Z, X in dB, then the intensity vector Y,"
          + " Z, X; unnormalised.",
      "Tensor 'cues' [tokens of 100 ms, 51]: directions and levels that go past the encoder to the"
          + " adapter, where a token is there."
    })
public final class FeaturesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FoaFormatOption foaFormat;

  @Option(
      names = "--audio",
      required = true,
      paramLabel = "FILE",
      description = "First-order ambisonic recording.")
  @Reads
  private Path audio;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "The safetensors file to write.")
  @Writes(Writes.Kind.FILE)
  private Path to;

  @Override
  public Integer call() {
    Consumer<String> notes = spec.commandLine().getErr()::println;
    Audio foa = Foa.read(audio, foaFormat.format(), notes);
    int samples = foa.channels()[0].length;
    if (FoaFeatures.frames(samples) < 1) {
      throw new InputException(
          audio, "duration: " + samples + " samples hold no frame", "give 0.02 s or more");
    }
    SoundField.doubt(foa.channels()).ifPresent(doubt -> notes.accept(audio + ": " + doubt));
    float[] features = new FoaFeatures().compute(foa.channels());
    int frames = FoaFeatures.frames(samples);
    Tensor tensor =
        Tensor.of(
            FoaFeatures.toFrameMajor(features), frames, FoaFeatures.PLANES, FoaFeatures.BANDS);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("features", tensor);
    int tokens = frames / FoaFeatures.FRAMES_PER_LABEL;
    if (tokens > 0) {
      float[] cues = new SpatialCues().of(features);
      tensors.put("cues", Tensor.of(cues, tokens, SpatialCues.WIDTH));
    }
    Safetensors.write(
        to,
        tensors,
        Map.of("source", audio.getFileName().toString(), "layout", "frames, channels, bands"));
    spec.commandLine().getOut().println("features " + tensor.shapeText() + " in " + to);
    return 0;
  }
}
