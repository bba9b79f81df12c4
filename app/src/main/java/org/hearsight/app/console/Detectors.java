package org.hearsight.app.console;

import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.inference.seld.SeldDetector;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.weights.DetectorGraph;

/** Opens the SELD networks that commands listen with. */
public final class Detectors {
  private Detectors() {}

  /**
   * Opens a network by the graph in its folder. Folders of earlier versions have none: theirs is
   * made anew, and that alone takes libtorch.
   *
   * @param clips that a scaler is fitted to where the network brings none along
   * @throws InputException if the folder holds no SELD network with its head, or its graph must be
   *     made where libtorch is not installed
   */
  public static SeldDetector open(
      Path folder,
      List<SeldDataset.Recording> clips,
      List<ChannelSwap> swaps,
      int threads,
      Progress progress) {
    EncoderFolder encoder = EncoderFolder.open(folder, EncoderCard.SELDNET);
    if (encoder.detector().isPresent()) {
      return SeldDetector.open(encoder, clips, swaps, threads, progress);
    }
    OnnxNetwork made = OnnxNetwork.open(graph(encoder, threads), folder.toString(), threads);
    return SeldDetector.of(made, encoder, clips, swaps, progress);
  }

  /**
   * The same to hear the scenes of a split as they are.
   *
   * @param store whose scenes of the split a scaler is fitted to where the network brings none
   */
  public static SeldDetector open(
      Path folder, ScenarioStore store, Split split, int threads, Progress progress) {
    EncoderFolder encoder = EncoderFolder.open(folder, EncoderCard.SELDNET);
    if (encoder.card().seld() != null) {
      return open(folder, List.of(), List.of(ChannelSwap.IDENTITY), threads, progress);
    }
    FoaFeatures features = new FoaFeatures();
    FeatureScaler.Fitter fitter = new FeatureScaler.Fitter(features);
    List<Scenario> scenes = store.scenarios(split);
    try (Progress.Task task = progress.begin("scale features", scenes.size())) {
      for (Scenario s : scenes) {
        fitter.add(features.compute(Clip.read(store.file(s.files().audio())).foa()));
        task.advance(1);
      }
    }
    return SeldDetector.open(encoder, fitter.fit(), List.of(ChannelSwap.IDENTITY), threads);
  }

  private static byte[] graph(EncoderFolder encoder, int threads) {
    try {
      return DetectorGraph.of(encoder, threads);
    } catch (LinkageError e) {
      throw InputException.environment(
          encoder.folder(),
          "detector.onnx: missing, and making it takes libtorch",
          "import or pretrain the encoder again with this version",
          e);
    }
  }
}
