package org.hearsight.learning.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.learning.engine.Torch;
import org.hearsight.learning.layer.BatchNorm2d;
import org.hearsight.learning.layer.Conv2d;
import org.hearsight.learning.layer.Gru;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.layer.Linear;
import org.hearsight.learning.layer.ParameterFactory;

/**
 * The audio-visual baseline of STARSS23 as an audio encoder: sound event localization and detection
 * from magnitudes and phase differences.
 *
 * <p>Three convolutions, their mean over frequency beside an embedding of the persons' boxes in the
 * picture, one bidirectional GRU, a linear layer. Names and order are those of the published code's
 * {@code AudioVisualCRNN}; its features are {@link org.hearsight.core.audio.AvCrnnFeatures}.
 * Shimada et al., arXiv 2306.09126.
 *
 * <p>Fed as an encoder, it sees no box: all zeros, which is what the baseline itself feeds when its
 * detector finds nobody. The baseline cuts sound into windows of 1.27 s, eight tokens. Nothing in
 * the network depends on that length, so a clip is encoded as a whole: 31 tokens of 160 ms in 5 s,
 * each knowing all of the clip, and no seams between windows.
 */
public final class AvCrnn extends AudioEncoder {
  private static final String HEAD = "fc_xyz.";

  private final Config config;
  private final Cnn3 audioEncoder;
  private final List<Linear> visionEncoder = new ArrayList<>();
  private final Gru gru;
  private final Linear fcXyz;

  /**
   * The sizes of the network; {@link #starss23()} are the published code's.
   *
   * @param inChannels feature planes
   * @param bands of a feature frame
   * @param timePools pooling in time after each of the three convolutions
   * @param bandPools pooling in frequency after each of them
   * @param audEmbedSize filters of every convolution
   * @param visInSize numbers of the box input: 2 axes · 6 boxes · 37 places
   * @param visEmbedSize width of both vision layers
   * @param hidden width of a GRU direction
   * @param outputs numbers per output token: tracks · (x, y, z) · classes
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Config(
      int inChannels,
      int bands,
      List<Integer> timePools,
      List<Integer> bandPools,
      int audEmbedSize,
      int visInSize,
      int visEmbedSize,
      int hidden,
      int outputs) {
    public Config {
      timePools = List.copyOf(timePools);
      bandPools = List.copyOf(bandPools);
      int smallest =
          List.of(inChannels, bands, audEmbedSize, visInSize, visEmbedSize, hidden, outputs)
              .stream()
              .mapToInt(i -> i)
              .min()
              .getAsInt();
      if (smallest < 1) {
        throw new IllegalArgumentException("av_crnn: every size must be positive");
      }
      if (timePools.size() != Cnn3.BLOCKS || bandPools.size() != Cnn3.BLOCKS) {
        throw new IllegalArgumentException(
            "av_crnn: time_pools and band_pools need one number for each of three convolutions");
      }
      if (bands / product(bandPools) < 1) {
        throw new IllegalArgumentException("av_crnn: band_pools leave no band of " + bands);
      }
    }

    /** The sizes of the STARSS23 baseline (13 classes, three tracks). */
    public static Config starss23() {
      return new Config(
          7, 257, List.of(4, 2, 2), List.of(4, 4, 2), 64, 2 * 6 * 37, 64, 256, 3 * 3 * 13);
    }

    /** The same network for another task. */
    public Config withOutputs(int n) {
      return new Config(
          inChannels,
          bands,
          timePools,
          bandPools,
          audEmbedSize,
          visInSize,
          visEmbedSize,
          hidden,
          n);
    }

    /** Feature frames per output token. */
    public int timeStride() {
      return product(timePools);
    }

    private static int product(List<Integer> factors) {
      return factors.stream().reduce(1, Math::multiplyExact);
    }
  }

  public AvCrnn(Config config, ParameterFactory factory) {
    this.config = config;
    audioEncoder = add("audio_encoder", new Cnn3(factory, config));
    int embed = config.visEmbedSize();
    visionEncoder.add(add("vision_encoder.0", new Linear(factory, config.visInSize(), embed)));
    visionEncoder.add(add("vision_encoder.1", new Linear(factory, embed, embed)));
    gru = add("gru", new Gru(factory, config.audEmbedSize() + embed, config.hidden(), 1, 0));
    fcXyz = add("fc_xyz", new Linear(factory, 2 * config.hidden(), config.outputs()));
  }

  public Config config() {
    return config;
  }

  @Override
  public int width() {
    return 2 * config.hidden();
  }

  @Override
  public int inChannels() {
    return config.inChannels();
  }

  @Override
  public int bands() {
    return config.bands();
  }

  @Override
  public int framesPerToken() {
    return config.timeStride();
  }

  @Override
  public String headPrefix() {
    return HEAD;
  }

  @Override
  public List<String> stageNames() {
    return List.of("conv1", "conv2", "conv3", "gru");
  }

  @Override
  public int widthAfter(int stage) {
    return switch (stage - Cnn3.BLOCKS) {
      case -1 -> config.audEmbedSize();
      case 0 -> width();
      default -> 0;
    };
  }

  /**
   * Tokens of sound and picture, as the baseline was trained.
   *
   * @param features [B, C, T, F]
   * @param boxes where the detector saw persons, [B, visInSize]
   * @return [B, T', 2·hidden]
   */
  public NDArray encode(NDArray features, NDArray boxes) {
    return recurrence(encode(features, 0, Cnn3.BLOCKS), boxes);
  }

  /**
   * Tokens [B, T', 2·hidden] to events [B, T', outputs]: track by track x, y and z of all classes.
   * The baseline repeats each token for its feature frames.
   */
  @Override
  public NDArray head(NDArray encoded) {
    return fcXyz.forward(encoded);
  }

  @Override
  protected NDArray stage(int stage, NDArray x) {
    if (stage == Cnn3.BLOCKS) {
      Shape noBox = new Shape(x.getShape().get(0), config.visInSize());
      return recurrence(x, x.getManager().zeros(noBox));
    }
    NDArray y = audioEncoder.block(stage, x); // [B, filters, T/…, F/…]
    boolean last = stage == Cnn3.BLOCKS - 1;
    return last ? y.mean(new int[] {3}).swapAxes(1, 2) : y; // [B, T', filters]
  }

  @Override
  protected boolean trains(int stage) {
    return stage < Cnn3.BLOCKS
        ? audioEncoder.trains(stage)
        : gru.trains(0) || visionEncoder.stream().anyMatch(l -> !l.isFrozen());
  }

  private NDArray recurrence(NDArray heard, NDArray boxes) {
    Shape tokens = heard.getShape();
    NDArray seen = boxes;
    for (Linear layer : visionEncoder) {
      seen = layer.forward(seen); // [B, visEmbedSize]
    }
    Shape everywhere = new Shape(tokens.get(0), tokens.get(1), config.visEmbedSize());
    return gru.forward(heard.concat(seen.expandDims(1).broadcast(everywhere), 2));
  }

  /** Three blocks of 3 x 3 convolution without bias, batch norm, rectifier and pooling. */
  private static final class Cnn3 extends Layer {
    private static final int BLOCKS = 3;

    private final List<Conv2d> conv = new ArrayList<>();
    private final List<BatchNorm2d> bn = new ArrayList<>();
    private final List<Shape> pools = new ArrayList<>();

    Cnn3(ParameterFactory factory, Config config) {
      int out = config.audEmbedSize();
      for (int i = 0; i < BLOCKS; i++) {
        int in = i == 0 ? config.inChannels() : out;
        conv.add(add("conv" + (i + 1), Conv2d.uniformWithoutBias(factory, in, out, 3, 1, 1)));
        pools.add(new Shape(config.timePools().get(i), config.bandPools().get(i)));
      }
      for (int i = 0; i < BLOCKS; i++) {
        bn.add(add("bn" + (i + 1), new BatchNorm2d(factory, out)));
      }
    }

    NDArray block(int i, NDArray x) {
      NDArray y = Torch.relu(bn.get(i).forward(conv.get(i).forward(x)));
      return Torch.maxPool2d(y, pools.get(i), pools.get(i), new Shape(0, 0));
    }

    boolean trains(int i) {
      return !conv.get(i).isFrozen() || !bn.get(i).isFrozen();
    }
  }
}
