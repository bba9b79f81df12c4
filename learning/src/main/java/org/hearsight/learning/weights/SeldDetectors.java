package org.hearsight.learning.weights;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.SeldCard;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.DistanceForm;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.inference.seld.SeldDetector;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.loss.AdpitLoss;
import org.hearsight.learning.model.SeldNet;

/** Opens pretrained or imported SELD networks, heads included, as detectors on ONNX Runtime. */
public final class SeldDetectors {
  private SeldDetectors() {}

  /**
   * Opens a network.
   *
   * @param clips that a scaler is fitted to where the network brings none along, as the official
   *     checkpoints do not
   * @param swaps in which it hears a recording, see {@link SeldDetector}
   * @throws InputException if it has no head
   */
  public static SeldDetector open(
      EncoderFolder folder,
      List<SeldDataset.Recording> clips,
      List<ChannelSwap> swaps,
      int threads,
      Progress progress) {
    if (!folder.card().hasHead()) {
      throw InputException.model(
          folder.folder(), "has_head: false", "give a network with its multi-ACCDDOA head");
    }
    byte[] graph;
    int classes;
    try (NDManager manager = TorchEngine.start(threads).newManager(Device.cpu())) {
      SeldNet net = EncoderImport.load(folder, manager);
      graph = NetworkGraph.audioWithHead(net, Map.of()).bytes();
      classes = classes(folder, net.config().outputs(), AdpitLoss.AXES);
    }
    SeldCard card = folder.card().seld();
    if (card == null) {
      FeatureScaler fitted = fitted(clips, progress);
      // Of all swaps alike: each is standardised after it was made.
      FeatureScaler scaler = swaps.size() > 1 ? fitted.symmetric() : fitted;
      card = new SeldCard(names(classes), DistanceForm.METRES, scaler);
    }
    OnnxNetwork network = OnnxNetwork.open(graph, folder.folder().toString(), threads);
    try {
      return new SeldDetector(network, card, swaps);
    } catch (InputException e) {
      network.close();
      throw e;
    }
  }

  /**
   * How many classes a multi-ACCDDOA head has.
   *
   * @param numbers that it gives for a token
   * @param axes of a track
   * @throws InputException if that is no whole number, as of DCASE 2023's heads, whose tracks have
   *     no distance
   */
  public static int classes(EncoderFolder folder, int numbers, int axes) {
    int aClass = AdpitLoss.TRACKS * axes;
    if (numbers % aClass != 0) {
      throw InputException.model(
          folder.folder(),
          "head: %d numbers a token, expected a multiple of %d (%d tracks of %d axes)"
              .formatted(numbers, aClass, AdpitLoss.TRACKS, axes),
          "give a network of DCASE 2024's form; one without distance serves 'train --seld' alone");
    }
    return numbers / aClass;
  }

  /** An imported head of thirteen classes has STARSS23's; others are known by their number. */
  public static List<String> names(int classes) {
    return classes == SeldDataset.STARSS23_CLASSES.size()
        ? SeldDataset.STARSS23_CLASSES
        : IntStream.range(0, classes).mapToObj(i -> "class_" + i).toList();
  }

  private static FeatureScaler fitted(List<SeldDataset.Recording> clips, Progress progress) {
    FoaFeatures features = new FoaFeatures();
    FeatureScaler.Fitter fitter = new FeatureScaler.Fitter(features);
    try (Progress.Task task = progress.begin("scale features", clips.size())) {
      for (SeldDataset.Recording r : clips) {
        fitter.add(features.compute(r.sound().channels()));
        task.advance(1);
      }
    }
    return fitter.fit();
  }
}
