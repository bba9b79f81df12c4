package org.hearsight.learning.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.seld.AccddoaDecoder;
import org.hearsight.core.seld.Average;
import org.hearsight.core.seld.ScoredClip;
import org.hearsight.core.seld.SeldClasses;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.core.seld.SeldMetrics;
import org.hearsight.core.seld.SeldReport;
import org.hearsight.core.seld.SeldScore;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.loss.AdpitLoss;
import org.hearsight.learning.model.SeldNet;

/** Judges a SELD network on the validation windows, as DCASE 2024 scores systems. */
final class SeldValidation {
  private static final int BATCH = 32;

  private final SeldWindows windows;
  private final AdpitTargets targets;
  private final AccddoaDecoder decoder;

  SeldValidation(SeldWindows windows, AdpitTargets targets) {
    this.windows = windows;
    this.targets = targets;
    this.decoder = new AccddoaDecoder(targets.classes());
  }

  /** Runs the network over all windows; scores are macro averages. */
  SeldEpoch judge(SeldNet net, NDManager manager, int epoch, double trainLoss) {
    List<ScoredClip> clips = new ArrayList<>();
    double loss = 0;
    for (int at = 0; at < windows.size(); at += BATCH) {
      int n = Math.min(BATCH, windows.size() - at);
      loss += n * judge(net, manager, at, n, clips);
    }
    Map<SeldScore, Double> scores =
        SeldReport.scores(
            clips, SeldMetrics.DCASE_2024, Average.MACRO, SeldClasses.numbered(targets.classes()));
    return new SeldEpoch(
        epoch,
        trainLoss,
        loss / windows.size(),
        scores.get(SeldScore.F20),
        scores.get(SeldScore.ANGLE),
        scores.get(SeldScore.RELATIVE_DISTANCE),
        scores.get(SeldScore.SELD_ERROR));
  }

  private double judge(SeldNet net, NDManager manager, int at, int n, List<ScoredClip> clips) {
    int size = windows.featureSize();
    float[] features = new float[n * size];
    float[][] permuted = new float[n][];
    for (int i = 0; i < n; i++) {
      windows.features(at + i, ChannelSwap.IDENTITY, features, i * size);
      permuted[i] =
          AdpitLoss.permuted(
              targets.tracks(windows.events(at + i), windows.labelFrames(), ChannelSwap.IDENTITY),
              targets.classes());
    }
    float[] all = new float[n * permuted[0].length];
    for (int i = 0; i < n; i++) {
      System.arraycopy(permuted[i], 0, all, i * permuted[i].length, permuted[i].length);
    }
    try (NDManager scope = manager.newSubManager()) {
      return Gradients.infer(
          () -> {
            NDArray output = net.head(net.encode(windows.toArray(scope, n, features)));
            float[] said = output.toFloatArray();
            int each = said.length / n;
            for (int i = 0; i < n; i++) {
              clips.add(clip(at + i, Arrays.copyOfRange(said, i * each, (i + 1) * each)));
            }
            return (double) AdpitLoss.compute(output, all).getFloat();
          });
    }
  }

  private ScoredClip clip(int index, float[] output) {
    targets.distance().decode(output, targets.classes());
    int frames = windows.window(index).frames();
    List<SeldEvent> predicted =
        decoder.events(output).stream().filter(e -> e.frame() < frames).toList();
    return new ScoredClip("window " + index, windows.events(index), predicted);
  }
}
