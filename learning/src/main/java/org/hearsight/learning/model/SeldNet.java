package org.hearsight.learning.model;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hearsight.learning.layer.BatchNorm2d;
import org.hearsight.learning.layer.Conv2d;
import org.hearsight.learning.layer.Dropout;
import org.hearsight.learning.layer.Gru;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.layer.LayerNorm;
import org.hearsight.learning.layer.Linear;
import org.hearsight.learning.layer.MultiHeadAttention;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.layer.Value;

/**
 * The audio baseline of DCASE 2023 and 2024 task 3: sound event localization, detection and
 * distance.
 *
 * <p>Convolution blocks, a bidirectional GRU whose squashed halves gate each other, self-attention
 * blocks with layer norm, and linear layers without activation. Names and order are those of the
 * published checkpoint. Adavanne et al., arXiv 1807.00129; Shimada et al., arXiv 2306.09126; Krause
 * et al., arXiv 2403.11827.
 */
public final class SeldNet extends AudioEncoder {
  private static final String NAME = "seld_net";
  private static final String HEAD = "fnn_list.";

  private final Config config;
  private final List<ConvBlock> convolutions = new ArrayList<>();
  private final Gru gru;
  private final List<MultiHeadAttention> attentions = new ArrayList<>();
  private final List<LayerNorm> norms = new ArrayList<>();
  private final List<Linear> head = new ArrayList<>();
  private final Dropout dropout;

  /**
   * The sizes of the network; {@link #dcase2024()} are the published checkpoint's.
   *
   * @param inChannels feature planes
   * @param bands of a feature frame
   * @param filters of every convolution
   * @param timePools pooling in time after each convolution block
   * @param bandPools pooling in frequency after each convolution block
   * @param hidden width of a GRU direction and of everything after it
   * @param gruLayers stacked GRU layers
   * @param attentions self-attention blocks
   * @param heads of each self-attention block
   * @param headWidth of the linear layer before the output
   * @param outputs numbers per output frame: tracks · (x, y, z, distance) · classes
   * @param dropout rate of all dropouts
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Config(
      int inChannels,
      int bands,
      int filters,
      List<Integer> timePools,
      List<Integer> bandPools,
      int hidden,
      int gruLayers,
      int attentions,
      int heads,
      int headWidth,
      int outputs,
      double dropout) {
    public Config {
      timePools = List.copyOf(timePools);
      bandPools = List.copyOf(bandPools);
      requirePositive(NAME, inChannels, bands, filters, hidden, gruLayers, heads);
      requirePositive(NAME, headWidth, outputs, attentions + 1);
      new Pools(timePools, bandPools).require(NAME, bands);
    }

    /** The sizes of the DCASE 2024 FOA checkpoint (13 classes, three tracks). */
    public static Config dcase2024() {
      return new Config(
          7, 64, 64, List.of(5, 1, 1), List.of(4, 4, 2), 128, 2, 2, 8, 128, 3 * 4 * 13, 0.05);
    }

    /** The same network for another task. */
    public Config withOutputs(int n) {
      return with(n, dropout);
    }

    /** The same network with another rate of all dropouts. */
    public Config withDropout(double rate) {
      return with(outputs, rate);
    }

    private Config with(int otherOutputs, double otherDropout) {
      return new Config(
          inChannels,
          bands,
          filters,
          timePools,
          bandPools,
          hidden,
          gruLayers,
          attentions,
          heads,
          headWidth,
          otherOutputs,
          otherDropout);
    }

    /** The stages in their order, as {@link AudioEncoder#stageNames} has them. */
    public List<String> stageNames() {
      List<String> names = new ArrayList<>();
      timePools.forEach(pool -> names.add("conv" + names.size()));
      IntStream.range(0, gruLayers).forEach(i -> names.add("gru" + i));
      IntStream.range(0, attentions).forEach(i -> names.add("attention" + i));
      return List.copyOf(names);
    }

    private Pools pools() {
      return new Pools(timePools, bandPools);
    }

    /** Feature frames per output frame. */
    public int timeStride() {
      return pools().ofTime();
    }
  }

  public SeldNet(Config config, ParameterFactory factory) {
    super(
        new Form(
            config.inChannels(),
            config.bands(),
            config.timeStride(),
            config.hidden(),
            config.stageNames(),
            HEAD));
    this.config = config;
    dropout = new Dropout(config.dropout());
    for (int i = 0; i < config.timePools().size(); i++) {
      int in = i == 0 ? config.inChannels() : config.filters();
      // Pooling and dropout take the numbers in between.
      convolutions.add(
          add("conv_block_list." + 3 * i, new ConvBlock(factory, in, config.filters())));
    }
    int gruIn = config.filters() * (config.bands() / config.pools().ofBands());
    gru =
        add("gru", new Gru(factory, gruIn, config.hidden(), config.gruLayers(), config.dropout()));
    for (int i = 0; i < config.attentions(); i++) {
      attentions.add(
          add(
              "mhsa_block_list." + i,
              new MultiHeadAttention(factory, config.hidden(), config.heads(), config.dropout())));
    }
    for (int i = 0; i < config.attentions(); i++) {
      norms.add(add("layer_norm_list." + i, new LayerNorm(factory, config.hidden())));
    }
    head.add(add(HEAD + 0, new Linear(factory, config.hidden(), config.headWidth())));
    head.add(add(HEAD + 1, new Linear(factory, config.headWidth(), config.outputs())));
  }

  public Config config() {
    return config;
  }

  /** Only the directions of the last recurrent layer are joined to one. */
  @Override
  public int widthAfter(int stage) {
    int layer = stage - convolutions.size();
    if (layer < 0) {
      return 0;
    }
    return layer < gru.depth() - 1 ? 2 * config.hidden() : config.hidden();
  }

  /** Tokens [B, T', hidden] to events [B, T', outputs], without activation as published. */
  @Override
  public Value head(Value encoded) {
    Value y = encoded;
    for (Linear layer : head) {
      y = layer.forward(y);
    }
    return y;
  }

  @Override
  protected Value stage(int stage, Value x) {
    int i = stage;
    if (i < convolutions.size()) {
      return convolution(i, x);
    }
    i -= convolutions.size();
    return i < gru.depth() ? recurrence(i, x) : attention(i - gru.depth(), x);
  }

  @Override
  protected boolean trains(int stage) {
    int i = stage;
    if (i < convolutions.size()) {
      return !convolutions.get(i).isFrozen();
    }
    i -= convolutions.size();
    if (i < gru.depth()) {
      return gru.trains(i);
    }
    i -= gru.depth();
    return !attentions.get(i).isFrozen() || !norms.get(i).isFrozen();
  }

  private Value convolution(int i, Value x) {
    ConvBlock block = convolutions.get(i);
    Value y = config.pools().block(i, block.conv, block.bn, x);
    return dropout.planes(y, block.isTraining()); // [B, filters, T', F']
  }

  private Value recurrence(int i, Value x) {
    Value y = i == 0 ? x.swapAxes(1, 2).reshape(0, 0, -1) : x; // [B, T', filters·F']
    y = gru.forward(y, i); // [B, T', 2·hidden]
    if (i < gru.depth() - 1) {
      return y;
    }
    Value squashed = y.tanh();
    int h = config.hidden();
    return squashed.slice(2, h, 2 * h).mul(squashed.slice(2, 0, h)); // [B, T', hidden]
  }

  private Value attention(int i, Value x) {
    return norms.get(i).forward(attentions.get(i).forward(x).add(x)); // [B, T', hidden]
  }

  /** 3 x 3 convolution and its batch norm. */
  private static final class ConvBlock extends Layer {
    private final Conv2d conv;
    private final BatchNorm2d bn;

    ConvBlock(ParameterFactory factory, int in, int out) {
      conv = add("conv", Conv2d.withBias(factory, in, out, 3, 1, 1));
      bn = add("bn", new BatchNorm2d(factory, out));
    }
  }
}
