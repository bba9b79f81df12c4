package org.hearsight.learning.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.layer.BatchNorm2d;
import org.hearsight.learning.layer.Conv2d;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.layer.Linear;
import org.hearsight.learning.layer.LoadReport;
import org.hearsight.learning.layer.LoadRules;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.layer.TorchValue;
import org.hearsight.learning.layer.Value;

/**
 * ResNet-50 with torchvision's names, order and arithmetic (stride in the 3 x 3 convolution).
 *
 * <p>It may take more planes than RGB: weights of a three-plane network fit, with zeros for the
 * further planes, so that at first they change nothing. DJL's own {@code ResNetV1} is another
 * network. He et al., arXiv 1512.03385.
 */
public final class ResNet50 extends Layer {
  private static final int EXPANSION = 4;
  private static final String STEM = "conv1.weight";

  private final Config config;
  private final Conv2d conv1;
  private final BatchNorm2d bn1;
  private final List<Bottleneck> blocks = new ArrayList<>();
  private final Linear fc;

  /**
   * The sizes of the network.
   *
   * @param inChannels planes of a picture: 3, or 5 with inverse depth and occlusion
   * @param width of the first convolution
   * @param depths residual blocks in each of the four groups
   * @param classes of the classifier; 0 for none
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Config(int inChannels, int width, List<Integer> depths, int classes) {
    public Config {
      depths = List.copyOf(depths);
      FieldValues.atLeast("in_channels", inChannels, 3);
      FieldValues.atLeast("width", width, 1);
      if (depths.size() != 4 || depths.stream().anyMatch(d -> d < 1)) {
        throw new IllegalArgumentException(
            "depths: " + depths + ", expected four positive numbers");
      }
      FieldValues.atLeast("classes", classes, 0);
    }

    /** ResNet-50 without its classifier. */
    public static Config encoder(int inChannels) {
      return new Config(inChannels, 64, List.of(3, 4, 6, 3), 0);
    }

    /** torchvision's ResNet-50 as it stands. */
    public static Config imageNet() {
      return new Config(3, 64, List.of(3, 4, 6, 3), 1000);
    }
  }

  public ResNet50(Config config, ParameterFactory factory) {
    this.config = config;
    conv1 = add("conv1", Conv2d.withoutBias(factory, config.inChannels(), config.width(), 7, 2, 3));
    bn1 = add("bn1", new BatchNorm2d(factory, config.width()));
    int in = config.width();
    for (int group = 0; group < 4; group++) {
      int width = config.width() << group;
      for (int i = 0; i < config.depths().get(group); i++) {
        int stride = group > 0 && i == 0 ? 2 : 1;
        blocks.add(
            add(
                "layer" + (group + 1) + "." + i,
                new Bottleneck(factory, in, width, stride, i == 0)));
        in = width * EXPANSION;
      }
    }
    fc = config.classes() == 0 ? null : add("fc", new Linear(factory, in, config.classes()));
  }

  public Config config() {
    return config;
  }

  /** Planes per feature cell: 2048. */
  public int width() {
    return config.width() * 8 * EXPANSION;
  }

  /** The name of the convolution that ends the last residual branch. */
  public String lastConvolution() {
    return "layer4." + (config.depths().get(3) - 1) + ".conv3";
  }

  /** Pictures [B, C, H, W] to features [B, 2048, H/32, W/32]. */
  public Value features(Value x) {
    return groups(stem(x), 4);
  }

  /** As {@link #features(Value)}, on libtorch. */
  public NDArray features(NDArray x) {
    return TorchValue.run(this::features, x);
  }

  /** Features [B, 2048, h, w] to their means [B, 2048]. */
  public Value pooled(Value features) {
    return features.planeMeans();
  }

  /** As {@link #pooled(Value)}, on libtorch. */
  public NDArray pooled(NDArray features) {
    return TorchValue.run(this::pooled, features);
  }

  /** Means [B, 2048] to class logits [B, classes], on libtorch. */
  public NDArray head(NDArray pooled) {
    if (fc == null) {
      throw new IllegalStateException("this ResNet has no classifier");
    }
    return TorchValue.run(fc::forward, pooled);
  }

  /** First convolution and pooling, [B, 64, H/4, W/4]. */
  Value stem(Value x) {
    Value y = bn1.forward(conv1.forward(x)).relu();
    return y.maxPool(new Value.Window(3, 3, 2, 2, 1));
  }

  /** The first {@code count} groups of residual blocks on what the stem gave. */
  Value groups(Value stem, int count) {
    int end = config.depths().subList(0, count).stream().mapToInt(d -> d).sum();
    Value y = stem;
    for (Bottleneck block : blocks.subList(0, end)) {
      y = block.forward(y);
    }
    return y;
  }

  /**
   * Takes weights of this or of a three-plane network; leaves a classifier out if this has none.
   */
  @Override
  public LoadReport load(Map<String, Tensor> tensors, String source, LoadRules rules) {
    Map<String, Tensor> fitted = new LinkedHashMap<>(tensors);
    fitted.computeIfPresent(STEM, (name, weight) -> widen(weight));
    LoadRules own = fc == null ? rules.skip("fc.", "this network ends in features") : rules;
    return super.load(fitted, source, own);
  }

  /**
   * Weights of a network that does not see some planes: zeros where the first convolution looks at
   * them, so that any content is like an empty one.
   *
   * @param tensors whose first convolution may have fewer planes, as a three-plane network
   */
  public static Map<String, Tensor> withoutPlanes(
      Map<String, Tensor> tensors, List<Integer> planes) {
    Map<String, Tensor> blind = new LinkedHashMap<>(tensors);
    blind.computeIfPresent(
        STEM,
        (name, weight) -> {
          int[] shape = weight.shape();
          int plane = shape[2] * shape[3];
          float[] all = weight.floats();
          for (int out = 0; out < shape[0]; out++) {
            for (int p : planes) {
              int at = (out * shape[1] + p) * plane;
              if (p < shape[1]) {
                Arrays.fill(all, at, at + plane, 0);
              }
            }
          }
          return Tensor.of(all, shape);
        });
    return blind;
  }

  /** [64, 3, 7, 7] to [64, inChannels, 7, 7], zeros behind RGB; any other shape as it is. */
  private Tensor widen(Tensor weight) {
    int[] shape = weight.shape();
    if (shape.length != 4 || shape[1] != 3 || config.inChannels() == 3) {
      return weight;
    }
    int plane = shape[2] * shape[3];
    float[] rgb = weight.floats();
    float[] all = new float[shape[0] * config.inChannels() * plane];
    for (int out = 0; out < shape[0]; out++) {
      System.arraycopy(rgb, out * 3 * plane, all, out * config.inChannels() * plane, 3 * plane);
    }
    int[] wide = Arrays.copyOf(shape, 4);
    wide[1] = config.inChannels();
    return Tensor.of(all, wide);
  }

  /** 1 x 1 down, 3 x 3, 1 x 1 up, around a shortcut. */
  private static final class Bottleneck extends Layer {
    private final Conv2d conv1;
    private final BatchNorm2d bn1;
    private final Conv2d conv2;
    private final BatchNorm2d bn2;
    private final Conv2d conv3;
    private final BatchNorm2d bn3;
    private final Conv2d downsample;
    private final BatchNorm2d downsampleNorm;

    Bottleneck(ParameterFactory factory, int in, int width, int stride, boolean project) {
      int out = width * EXPANSION;
      conv1 = add("conv1", Conv2d.withoutBias(factory, in, width, 1, 1, 0));
      bn1 = add("bn1", new BatchNorm2d(factory, width));
      conv2 = add("conv2", Conv2d.withoutBias(factory, width, width, 3, stride, 1));
      bn2 = add("bn2", new BatchNorm2d(factory, width));
      conv3 = add("conv3", Conv2d.withoutBias(factory, width, out, 1, 1, 0));
      bn3 = add("bn3", new BatchNorm2d(factory, out));
      downsample =
          project ? add("downsample.0", Conv2d.withoutBias(factory, in, out, 1, stride, 0)) : null;
      downsampleNorm = project ? add("downsample.1", new BatchNorm2d(factory, out)) : null;
    }

    Value forward(Value x) {
      Value y = bn1.forward(conv1.forward(x)).relu();
      y = bn2.forward(conv2.forward(y)).relu();
      y = bn3.forward(conv3.forward(y));
      Value shortcut = downsample == null ? x : downsampleNorm.forward(downsample.forward(x));
      return y.add(shortcut).relu();
    }
  }
}
