package org.hearsight.learning.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.learning.layer.BatchNorm2d;
import org.hearsight.learning.layer.Conv2d;
import org.hearsight.learning.layer.Gru;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.layer.Linear;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.layer.TorchValue;
import org.hearsight.learning.layer.Value;

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
  private static final String NAME = "av_crnn";
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
      requirePositive(NAME, inChannels, bands, audEmbedSize, visInSize, visEmbedSize);
      requirePositive(NAME, hidden, outputs);
      if (timePools.size() != Cnn3.BLOCKS || bandPools.size() != Cnn3.BLOCKS) {
        throw new IllegalArgumentException(
            "av_crnn: time_pools and band_pools need one number for each of three convolutions");
      }
      new Pools(timePools, bandPools).require(NAME, bands);
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

    private Pools pools() {
      return new Pools(timePools, bandPools);
    }

    /** Feature frames per output token. */
    public int timeStride() {
      return pools().ofTime();
    }
  }

  public AvCrnn(Config config, ParameterFactory factory) {
    super(
        new Form(
            config.inChannels(),
            config.bands(),
            config.timeStride(),
            2 * config.hidden(),
            List.of("conv1", "conv2", "conv3", "gru"),
            HEAD));
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
    TorchValue heard = TorchValue.of(encode(features, 0, Cnn3.BLOCKS));
    return TorchValue.array(recurrence(heard, TorchValue.of(boxes)));
  }

  /**
   * Tokens [B, T', 2·hidden] to events [B, T', outputs]: track by track x, y and z of all classes.
   * The baseline repeats each token for its feature frames.
   */
  @Override
  public Value head(Value encoded) {
    return fcXyz.forward(encoded);
  }

  @Override
  protected Value stage(int stage, Value x) {
    if (stage == Cnn3.BLOCKS) {
      return recurrence(x, x.zeros(config.visInSize()));
    }
    Conv2d conv = audioEncoder.conv.get(stage);
    BatchNorm2d bn = audioEncoder.bn.get(stage);
    Value y = config.pools().block(stage, conv, bn, x); // [B, filters, T/…, F/…]
    boolean last = stage == Cnn3.BLOCKS - 1;
    return last ? y.mean(3).swapAxes(1, 2) : y; // [B, T', filters]
  }

  @Override
  protected boolean trains(int stage) {
    return stage < Cnn3.BLOCKS
        ? audioEncoder.trains(stage)
        : gru.trains(0) || visionEncoder.stream().anyMatch(l -> !l.isFrozen());
  }

  private Value recurrence(Value heard, Value boxes) {
    Value seen = boxes;
    for (Linear layer : visionEncoder) {
      seen = layer.forward(seen); // [B, visEmbedSize]
    }
    return gru.forward(heard.besideEach(seen)); // [B, T', 2·hidden]
  }

  /** Three 3 x 3 convolutions without bias, and their batch norms. */
  private static final class Cnn3 extends Layer {
    private static final int BLOCKS = 3;

    private final List<Conv2d> conv = new ArrayList<>();
    private final List<BatchNorm2d> bn = new ArrayList<>();

    Cnn3(ParameterFactory factory, Config config) {
      int out = config.audEmbedSize();
      for (int i = 0; i < BLOCKS; i++) {
        int in = i == 0 ? config.inChannels() : out;
        conv.add(add("conv" + (i + 1), Conv2d.uniformWithoutBias(factory, in, out, 3, 1, 1)));
      }
      for (int i = 0; i < BLOCKS; i++) {
        bn.add(add("bn" + (i + 1), new BatchNorm2d(factory, out)));
      }
    }

    boolean trains(int i) {
      return !conv.get(i).isFrozen() || !bn.get(i).isFrozen();
    }
  }
}
