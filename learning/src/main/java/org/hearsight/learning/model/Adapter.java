package org.hearsight.learning.model;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.function.Function;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.learning.layer.Affine;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.layer.Linear;
import org.hearsight.learning.layer.MultiHeadAttention;
import org.hearsight.learning.layer.Parameter;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.layer.Value;

/**
 * Joins what is heard with what is seen, weighted by how much of the view is occluded.
 *
 * <p>{@link Fusion#SEED} works on pooled vectors as the seed's code, with the weights broadcast as
 * [B, 1]; its attention has one key, so it passes that key's value through. {@link Fusion#SPATIAL}
 * lets every audio token attend over the visual tokens, which know their place, occlusion and
 * depth, then pools both sides with learned weights.
 */
public final class Adapter extends Layer {
  private static final double POSITION_DEVIATION = 0.02;

  private final Config config;
  private final Linear audioProjection;
  private final Linear visualProjection;
  private final MultiHeadAttention crossAttention;
  private final Linear reliabilityIn;
  private final Linear reliabilityOut;
  private final Spatial spatial;

  /**
   * The sizes of the adapter.
   *
   * @param audioWidth numbers per audio token
   * @param visualWidth numbers per visual token
   * @param width both are projected to
   * @param heads of the cross-attention
   * @param reliabilityWidth of the hidden layer that weighs the senses
   * @param visualTokens of one picture
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Config(
      Fusion fusion,
      int audioWidth,
      int visualWidth,
      int width,
      int heads,
      int reliabilityWidth,
      int visualTokens) {
    public Config {
      if (fusion == null) {
        throw new IllegalArgumentException("adapter: fusion is missing");
      }
      if (Math.min(audioWidth, visualWidth) < 1 || Math.min(reliabilityWidth, visualTokens) < 1) {
        throw new IllegalArgumentException("adapter: every size must be positive");
      }
      if (heads < 1 || width < heads || width % heads != 0) {
        throw new IllegalArgumentException(
            "adapter: width " + width + " is not a multiple of " + heads + " heads");
      }
    }

    /** The seed's sizes on an audio encoder and ResNet-50. */
    public static Config of(Fusion fusion, int audioWidth) {
      return new Config(fusion, audioWidth, 2048, 512, 8, 64, 49);
    }

    /** Width of the fused vector. */
    public int fusedWidth() {
      return 2 * width;
    }
  }

  /**
   * What goes in.
   *
   * @param <V> arrays or values
   * @param audio seed: pooled [B, audioWidth]; spatial: tokens [B, T', audioWidth]
   * @param visual seed: pooled [B, visualWidth]; spatial: tokens [B, 49, visualWidth], rows first
   * @param geometry spatial: occlusion and inverse depth of each token's cell, [B, 49, 2]; null for
   *     seed
   * @param occlusion occluded part of the view, [B, 1]
   */
  public record Input<V>(V audio, V visual, V geometry, V occlusion) {
    <W> Input<W> map(Function<V, W> each) {
      W cells = geometry == null ? null : each.apply(geometry);
      return new Input<>(each.apply(audio), each.apply(visual), cells, each.apply(occlusion));
    }
  }

  /**
   * What comes out.
   *
   * @param reliability weights of hearing and sight, [B, 2], each row adding up to 1
   * @param fused [B, 2·width]
   */
  record Output(Value reliability, Value fused) {}

  public Adapter(Config config, ParameterFactory factory) {
    this.config = config;
    audioProjection =
        add("audio_projection", new Linear(factory, config.audioWidth(), config.width()));
    visualProjection =
        add("visual_projection", new Linear(factory, config.visualWidth(), config.width()));
    crossAttention =
        add("cross_attention", new MultiHeadAttention(factory, config.width(), config.heads(), 0));
    reliabilityIn = add("reliability_net.0", new Linear(factory, 1, config.reliabilityWidth()));
    reliabilityOut = add("reliability_net.2", new Linear(factory, config.reliabilityWidth(), 2));
    spatial = config.fusion() == Fusion.SPATIAL ? new Spatial(factory) : null;
  }

  public Config config() {
    return config;
  }

  Output forward(Input<Value> in) {
    Value hidden = reliabilityIn.forward(in.occlusion()).relu();
    Value reliability = reliabilityOut.forward(hidden).softmax(1); // [B, 2]
    Value visual = visualProjection.forward(in.visual());
    Value heard; // [B, width]
    Value seen; // [B, width]
    if (spatial == null) {
      heard = audioProjection.forward(in.audio());
      seen = crossAttention.toOne(visual);
    } else {
      // Both poolings are means of linear maps, so tokens are pooled first and projected once.
      Value tokens = in.audio();
      Affine audio = audioProjection.in(tokens);
      heard = audio.apply(pool(tokens, audio.then(spatial.audioPool.in(tokens))));
      Value placed = spatial.place(visual, in.geometry());
      seen = crossAttention.pooled(tokens, audio, placed, spatial.attendedPool.in(tokens));
    }
    Value weightedHeard = heard.mul(reliability.slice(1, 0, 1));
    Value weightedSeen = seen.mul(reliability.slice(1, 1, 2));
    return new Output(reliability, weightedHeard.concat(weightedSeen, 1));
  }

  /** Mean over tokens [B, T, width] to [B, width], weighted by a softmax of one score a token. */
  private static Value pool(Value tokens, Affine score) {
    return tokens.mul(score.apply(tokens).softmax(1)).sum(1);
  }

  /** What only the spatial form has. */
  private final class Spatial {
    private final Linear tokenGeometry;
    private final Parameter tokenPosition;
    private final Linear audioPool;
    private final Linear attendedPool;

    Spatial(ParameterFactory factory) {
      tokenPosition =
          add(
              "token_position",
              factory.normal(POSITION_DEVIATION, config.visualTokens(), config.width()));
      tokenGeometry = add("token_geometry", new Linear(factory, 2, config.width()));
      audioPool = add("audio_pool", new Linear(factory, config.width(), 1));
      attendedPool = add("attended_pool", new Linear(factory, config.width(), 1));
    }

    /** Adds to visual tokens [B, S, width] where they are and what covers them. */
    Value place(Value visual, Value geometry) {
      if (geometry == null) {
        throw new IllegalArgumentException("spatial fusion needs the tokens' geometry");
      }
      return visual.add(tokenGeometry.forward(geometry)).add(visual.of(tokenPosition));
    }
  }
}
