package org.hearsight.benchmarks.row;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hearsight.benchmarks.measure.Goal;
import org.hearsight.benchmarks.measure.Row;
import org.hearsight.benchmarks.measure.Work;
import org.hearsight.core.bundle.ActivationRanges;
import org.hearsight.core.metrics.Statistics;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.encoder.VisualEncoder;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.encode.PictureCalibration;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.model.ResNet50;

/**
 * ResNet-50's features of pictures on ONNX Runtime, in fp32.
 *
 * @param threads of the engine
 */
public record PicturesRow(int threads) implements Row {
  private static final int PICTURES = 8;

  @Override
  public String name() {
    return "pictures";
  }

  @Override
  public String what() {
    return "ResNet-50 features, 8 images, fp32";
  }

  @Override
  public String how() {
    return "224 × 224, drawn weights. Ours takes five planes (colour, depth, occlusion), carries"
        + " pictures and tokens between Java and the engine and lays the tokens out; the peer is"
        + " torchvision's trunk on three planes, eager under no_grad, its tensors ready. The peak"
        + " is the best product of two matrices of "
        + MatrixPeak.size()
        + " on libtorch, seen between the repeats; so is the same work in 8 bits.";
  }

  @Override
  public Goal goal() {
    return Goal.timesFaster(1.4);
  }

  @Override
  public Work open() {
    TorchEngine engine = TorchEngine.start(threads);
    float[][] pictures = SeldBatch.gaussian(PICTURES, VisualPlanes.COUNT * View.SIZE * View.SIZE);
    byte[] graph;
    byte[] coarse;
    try (NDManager manager = engine.newManager(Device.cpu())) {
      ParameterFactory factory = new ParameterFactory(manager, new SplittableRandom(1));
      ResNet50 net = new ResNet50(ResNet50.Config.encoder(VisualPlanes.COUNT), factory);
      graph = NetworkGraph.picture(net, null, Map.of()).bytes();
      ActivationRanges ranges =
          PictureCalibration.of(List.of(pictures), net, threads, Progress.SILENT);
      coarse = NetworkGraph.picture(net, ranges, Map.of()).bytes();
    }
    return new Encoding(name(), pictures, encoder(graph), encoder(coarse), new MatrixPeak(engine));
  }

  private VisualEncoder encoder(byte[] graph) {
    return new VisualEncoder(OnnxNetwork.open(graph, "picture encoder", threads));
  }

  private static final class Encoding implements Work {
    private final String name;
    private final float[][] pictures;
    private final VisualEncoder encoder;
    private final VisualEncoder in8Bits;
    private final MatrixPeak peak;
    private final List<Double> coarse = new ArrayList<>();

    Encoding(
        String name,
        float[][] pictures,
        VisualEncoder encoder,
        VisualEncoder in8Bits,
        MatrixPeak peak) {
      this.name = name;
      this.pictures = pictures;
      this.encoder = encoder;
      this.in8Bits = in8Bits;
      this.peak = peak;
    }

    @Override
    public void once() {
      encoder.encode(pictures, View.SIZE, View.SIZE);
    }

    @Override
    public Optional<String> peer() {
      return Optional.of(name);
    }

    @Override
    public void between() {
      peak.measure();
      long started = System.nanoTime();
      in8Bits.encode(pictures, View.SIZE, View.SIZE);
      coarse.add((System.nanoTime() - started) / 1e6);
    }

    @Override
    public List<String> remarks(double ours) {
      long macs = ResNet50Cost.macs(ResNet50.Config.encoder(VisualPlanes.COUNT), View.SIZE);
      double rate = 2.0 * macs * PICTURES / (ours * 1e6);
      double in8 = Statistics.median(coarse.stream().mapToDouble(d -> d).toArray());
      return List.of(
          String.format(
              Locale.ROOT,
              "%.2f GMAC an image of five planes, %.0f GFLOP/s: %.0f %% of the machine's measured"
                  + " fp32 peak of %.0f GFLOP/s",
              macs / 1e9,
              rate,
              100 * rate / peak.gigaflops(),
              peak.gigaflops()),
          String.format(
              Locale.ROOT,
              "in 8 bits (train --int8, export --int8) %.0f ms, %.2f times as fast as in fp32",
              in8,
              ours / in8));
    }

    @Override
    public void close() {
      encoder.close();
      in8Bits.close();
      peak.close();
    }
  }
}
