package org.hearsight.learning.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.imagination.ModelInput;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.layer.TorchValue;
import org.hearsight.learning.layer.Value;

/** The part that is new and always trained: adapter and head on the encoders' features. */
public final class ImaginationModel extends Layer {
  private static final double LEAST_MOVED = 1e-6;

  private final Config config;
  private final Adapter adapter;
  private final ImaginationHead head;
  private final PlaceHead places;

  /**
   * The sizes of the parts, which must meet.
   *
   * @param places of the map; null in the other forms of the location
   * @param cues so many numbers of an audio token, the last ones, are cues and not the encoder's
   * @param withheld what has no effect, whatever comes in
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Config(
      Adapter.Config adapter,
      ImaginationHead.Config head,
      PlaceHead.Config places,
      int cues,
      List<ModelInput> withheld) {
    public Config {
      withheld = ModelInput.sorted(withheld);
      if ((head.location() == LocationForm.MAP) != (places != null)) {
        throw new IllegalArgumentException("head: a map, and nothing else, needs a place head");
      }
      if (places != null
          && (places.audioWidth() != adapter.audioWidth()
              || places.visualWidth() != adapter.visualWidth())) {
        throw new IllegalArgumentException("place head: its tokens are not the adapter's");
      }
      if (adapter.fusedWidth() != head.inputWidth()) {
        throw new IllegalArgumentException(
            "head: input_width "
                + head.inputWidth()
                + " is not the adapter's "
                + adapter.fusedWidth());
      }
    }

    /** Of a whole model. */
    public Config(Adapter.Config adapter, ImaginationHead.Config head, PlaceHead.Config places) {
      this(adapter, head, places, 0, List.of());
    }

    /** Of a model without a map. */
    public Config(Adapter.Config adapter, ImaginationHead.Config head) {
      this(adapter, head, null);
    }

    /**
     * The same without some of what comes in.
     *
     * @param haveCues whether there are {@link SpatialCues} beside the encoder's tokens
     */
    public Config without(List<ModelInput> inputs, boolean haveCues) {
      return new Config(adapter, head, places, haveCues ? SpatialCues.WIDTH : 0, inputs);
    }

    /** The seed's sizes. */
    public static Config of(Fusion fusion, int audioWidth, int classes, LocationForm location) {
      Adapter.Config adapter = Adapter.Config.of(fusion, audioWidth);
      return new Config(
          adapter,
          ImaginationHead.Config.of(adapter.fusedWidth(), classes, location),
          location == LocationForm.MAP ? PlaceHead.Config.of(adapter) : null);
    }
  }

  /**
   * What comes out.
   *
   * @param <V> arrays or values
   * @param classLogits [B, classes]
   * @param location raw numbers of the {@link LocationForm}, [B, width]
   * @param confidence in [0, 1], [B, 1]
   * @param reliability weights of hearing and sight, [B, 2]: the adapter's; of a map, out of
   *     training, {@link #influence}
   * @param fused [B, 1024]
   */
  public record Output<V>(V classLogits, V location, V confidence, V reliability, V fused) {}

  public ImaginationModel(Config config, ParameterFactory factory) {
    this.config = config;
    adapter = add("adapter", new Adapter(config.adapter(), factory));
    head = add("imagination_head", new ImaginationHead(config.head(), factory));
    places =
        config.places() == null ? null : add("place_head", new PlaceHead(config.places(), factory));
  }

  public Config config() {
    return config;
  }

  public Adapter adapter() {
    return adapter;
  }

  public ImaginationHead head() {
    return head;
  }

  /** The head of the map; null in the other forms of the location. */
  public PlaceHead places() {
    return places;
  }

  /**
   * Answers.
   *
   * @param place what the map needs beside; null in the other forms of the location
   */
  public Output<Value> forward(Adapter.Input<Value> in, PlaceHead.Input<Value> place) {
    return config.withheld().isEmpty()
        ? given(in, place)
        : given(shut(in), place == null ? null : shut(place));
  }

  private Output<Value> given(Adapter.Input<Value> in, PlaceHead.Input<Value> place) {
    Adapter.Output joined = adapter.forward(in);
    ImaginationHead.Output answer = head.forward(joined.fused());
    boolean pooled = config.adapter().fusion() == Fusion.SEED;
    Value location =
        places == null ? answer.location() : places.forward(place, in.audio(), in.visual(), pooled);
    Value reliability =
        places == null || isTraining()
            ? joined.reliability()
            : influence(location, in, place, pooled);
    return new Output<>(
        answer.classLogits(), location, answer.confidence(), reliability, joined.fused());
  }

  /**
   * The adapter's input without what is withheld: zeros, which tell of nothing as they are always
   * there.
   */
  private Adapter.Input<Value> shut(Adapter.Input<Value> in) {
    boolean blind = withholds(ModelInput.PICTURE);
    Value visual = in.visual();
    return new Adapter.Input<>(
        heard(in.audio()),
        blind || withholds(ModelInput.PICTURE_TOKENS) ? visual.mul(0) : visual,
        in.geometry() == null ? null : geometry(in.geometry()),
        ModelInput.hideOcclusion(config.withheld()) ? in.occlusion().mul(0) : in.occlusion());
  }

  private Value heard(Value audio) {
    int width = config.adapter().audioWidth();
    int tokens = width - config.cues();
    if (withholds(ModelInput.SOUND) || (withholds(ModelInput.SELD_TOKENS) && tokens == width)) {
      return audio.mul(0);
    }
    if (!withholds(ModelInput.SELD_TOKENS)) {
      return audio;
    }
    int last = config.adapter().fusion() == Fusion.SEED ? 1 : 2;
    return audio.slice(last, 0, tokens).mul(0).concat(audio.slice(last, tokens, width), last);
  }

  /** Occlusion and inverse depth, [B, 49, 2]. */
  private Value geometry(Value cells) {
    Value occlusion = cells.slice(2, 0, 1);
    Value depth = cells.slice(2, 1, 2);
    boolean blind = withholds(ModelInput.PICTURE);
    return (blind || withholds(ModelInput.OCCLUSION) ? occlusion.mul(0) : occlusion)
        .concat(blind || withholds(ModelInput.DEPTH) ? depth.mul(0) : depth, 2);
  }

  /** Of the map; single rows are withheld by {@link PlaceHead#standardise}. */
  private PlaceHead.Input<Value> shut(PlaceHead.Input<Value> place) {
    PlaceHead.Input<Value> in = withholds(ModelInput.SOUND) ? places.deaf(place) : place;
    return withholds(ModelInput.PICTURE) || withholds(ModelInput.DEPTH) ? places.blind(in) : in;
  }

  private boolean withholds(ModelInput input) {
    return config.withheld().contains(input);
  }

  /**
   * How much each sense has to do with the map, [B, 2]: the probability that moves elsewhere when
   * the map is asked without that sense (total variation distance), both scaled to add up to 1.
   */
  private Value influence(
      Value location, Adapter.Input<Value> in, PlaceHead.Input<Value> place, boolean pooled) {
    Value whole = likely(location);
    Value deaf = likely(places.forward(places.deaf(place), in.audio(), in.visual(), pooled));
    Value blind =
        likely(places.forward(places.blind(place), in.audio(), in.visual().mul(0), pooled));
    // Where neither sense moves anything they weigh the same.
    Value moved = moved(whole, deaf).concat(moved(whole, blind), 1).add(LEAST_MOVED); // [B, 2]
    return moved.div(moved.sum(1).expandDims(1));
  }

  private static Value likely(Value location) {
    return location.slice(1, 0, PlaceGrid.CELLS).softmax(1);
  }

  /** The total variation distance of two maps, [B, 1]. */
  private static Value moved(Value from, Value to) {
    return from.add(to.mul(-1)).relu().sum(1).expandDims(1);
  }

  /** As {@link #forward}, on libtorch, of a model without a map. */
  public Output<NDArray> answer(Adapter.Input<NDArray> in) {
    return answer(in, null);
  }

  /** As {@link #forward}, on libtorch. */
  public Output<NDArray> answer(Adapter.Input<NDArray> in, PlaceHead.Input<NDArray> place) {
    Output<Value> out =
        forward(in.map(TorchValue::of), place == null ? null : place.map(TorchValue::of));
    return new Output<>(
        TorchValue.array(out.classLogits()),
        TorchValue.array(out.location()),
        TorchValue.array(out.confidence()),
        TorchValue.array(out.reliability()),
        TorchValue.array(out.fused()));
  }
}
