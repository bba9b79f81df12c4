package org.hearsight.app.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.hearsight.app.console.FoaFormatOption;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.ViewOptions;
import org.hearsight.app.console.Writes;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.audio.SoundField;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.error.InputException;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.ViewReader;
import org.hearsight.core.vision.VisualPlanes;
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
      "Writes the DCASE 2024 features of a recording as safetensors, and all else that the graph of a"
          + " whole model asks for (docs/export.md), of the view that is given or of none.",
      "Tensor 'features' [frames, 7, 64]: log-mel of W, Y, Z, X in dB, then the intensity vector Y,"
          + " Z, X; unnormalised.",
      "Tensor 'cues' [tokens of 100 ms, 51]: directions and levels that go past the encoder to the"
          + " adapter, where a token is there.",
      "Tensors 'heard' [242, 72], 'seen' [23, 72], 'known' [169]: what a map of places is made of;"
          + " 'planes' [5, 224, 224], 'occlusion' [1], 'sight' [1]: the view, and whether there is"
          + " one."
    })
public final class FeaturesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FoaFormatOption foaFormat;
  @Mixin private ViewOptions view;

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
    ViewReader.Options options = OptionValues.of(spec, view::values);
    Audio foa = Foa.read(audio, foaFormat.format(), notes);
    int samples = foa.channels()[0].length;
    if (FoaFeatures.frames(samples) < 1) {
      throw new InputException(
          audio, "duration: " + samples + " samples hold no frame", "give 0.02 s or more");
    }
    View looked = View.blind();
    if (view.isGiven()) {
      ViewReader.Seen seen = view.read(options);
      seen.notes().forEach(notes);
      looked = seen.view();
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
    addScene(tensors, foa.channels(), looked);
    Safetensors.write(
        to,
        tensors,
        Map.of("source", audio.getFileName().toString(), "layout", "frames, channels, bands"));
    spec.commandLine().getOut().println("features " + tensor.shapeText() + " in " + to);
    return 0;
  }

  private static void addScene(Map<String, Tensor> tensors, float[][] foa, View view) {
    PlaceFeatures places = PlaceFeatures.of(foa, view);
    tensors.put("heard", Tensor.of(places.heard(), PlaceFeatures.HEARD, PlaceGrid.AZIMUTHS));
    tensors.put("seen", Tensor.of(places.seen(), PlaceFeatures.SEEN, PlaceGrid.AZIMUTHS));
    tensors.put("known", Tensor.of(places.known(), PlaceFeatures.KNOWN));
    tensors.put(
        "planes", Tensor.of(VisualPlanes.of(view), VisualPlanes.COUNT, View.SIZE, View.SIZE));
    tensors.put("occlusion", Tensor.of(new float[] {view.occlusionLevel()}, 1));
    tensors.put("sight", Tensor.of(new float[] {view.isBlind() ? 0 : 1}, 1));
  }
}
