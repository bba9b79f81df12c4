package org.hearsight.learning.model;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.layer.CircularConv2d;
import org.hearsight.learning.layer.Conv2d;
import org.hearsight.learning.layer.Dropout;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.layer.Linear;
import org.hearsight.learning.layer.Parameter;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.layer.Value;

/**
 * Says how likely the hazard is at each place of the {@link PlaceGrid}: one small network scores
 * every place, from what is heard from its azimuth, seen along it, and known to all of them.
 *
 * <p>Because all places share its weights, what is learned of one azimuth holds for every other,
 * and a few hundred scenes are enough. What a place is told apart by: the features of its azimuth,
 * the picture's tokens in its column of the view, its distance, and whether it lies before, at or
 * behind what is seen there. Convolutions over the map, circular in azimuth, then let each place
 * know of places further and further away (dilations 1, 2, 4, 8, 1), with gates that depend on the
 * sound.
 *
 * <p>Turned features give the turned map, exactly, where nothing is seen: no place knows which
 * azimuth it has. So turning blind scenes in training would teach nothing; mirroring does, as
 * kernels have a left and a right.
 *
 * <p>The answer is a logit for every place, then how far the hazard is above the microphone.
 *
 * <p>It can be asked with either sense shut, {@link #deaf} and {@link #blind}; what is not heard is
 * then as on the average of the training scenes.
 */
public final class PlaceHead extends Layer {
  private static final int[] DILATIONS = {1, 2, 4, 8, 1};

  private static final int KNOWN_WIDTH = 128;
  private static final int HEARD_WIDTH = 96;
  private static final int RISE_WIDTH = 64;

  /** A number that hardly differs from scene to scene is noise, and is not blown up. */
  private static final double LEAST_DEVIATION = 1e-3;

  private static final Dropout KNOWN_DROPOUT = new Dropout(0.3);
  private static final Dropout HEARD_DROPOUT = new Dropout(0.2);
  private static final Dropout TOKEN_DROPOUT = new Dropout(0.3);
  private static final Dropout BLOCK_DROPOUT = new Dropout(0.1);

  private static final int AZIMUTHS = PlaceGrid.AZIMUTHS;
  private static final int DISTANCES = PlaceGrid.DISTANCES;
  private static final int SIDE = VisualPlanes.TOKENS_PER_SIDE;

  private final Config config;
  private final Standard heardStandard;
  private final Standard knownStandard;
  private final Parameter logDistance;
  private final Parameter columns;
  private final Parameter inPicture;
  private final Parameter radius;
  private final Parameter visualWeight;
  private final Parameter ofHearing;
  private final Parameter ofSight;
  private final Parameter shutEyes;
  private final Linear knownIn;
  private final Linear tokensIn;
  private final Linear knownOut;
  private final Linear heardIn;
  private final Linear heardOut;
  private final Linear seenIn;
  private final Conv2d cellIn;
  private final Linear radiusIn;
  private final List<CircularConv2d> blocks = new ArrayList<>();
  private final List<Linear> gates = new ArrayList<>();
  private final Conv2d out;
  private final Linear riseIn;
  private final Linear riseOut;

  /**
   * The sizes of the head.
   *
   * @param audioWidth of an audio token, with its cues
   * @param visualWidth of a visual token
   * @param width of every place's features
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Config(int audioWidth, int visualWidth, int width) {
    public Config {
      if (Math.min(Math.min(audioWidth, visualWidth), width) < 1) {
        throw new IllegalArgumentException("place head: every size must be positive");
      }
    }

    /** The usual width, on an adapter's tokens. */
    public static Config of(Adapter.Config adapter) {
      return new Config(adapter.audioWidth(), adapter.visualWidth(), 48);
    }
  }

  /**
   * What goes in beside the adapter's input, {@link PlaceFeatures}.
   *
   * @param <V> arrays or values
   * @param heard [B, {@value PlaceFeatures#HEARD}, {@value PlaceGrid#AZIMUTHS}]
   * @param seen [B, {@value PlaceFeatures#SEEN}, {@value PlaceGrid#AZIMUTHS}]
   * @param known [B, {@value PlaceFeatures#KNOWN}]
   * @param hears [B, 1], 0 where nothing is heard and 1 elsewhere; null if all is heard
   */
  public record Input<V>(V heard, V seen, V known, V hears) {
    public Input(V heard, V seen, V known) {
      this(heard, seen, known, null);
    }

    <W> Input<W> map(Function<V, W> each) {
      W all = hears == null ? null : each.apply(hears);
      return new Input<>(each.apply(heard), each.apply(seen), each.apply(known), all);
    }
  }

  /** Mean and reciprocal deviation over the training scenes, for each kind of number. */
  private final class Standard {
    private final Parameter shift;
    private final Parameter scale;

    Standard(ParameterFactory factory, String name, int width) {
      shift = add(name + "_shift", factory.buffer(0, width));
      scale = add(name + "_scale", factory.buffer(1, width));
    }

    /** Over the last axis. */
    Value of(Value x) {
      return x.add(x.of(shift)).mul(x.of(scale));
    }

    void set(double[] mean, double[] deviation) {
      float[] shifts = new float[mean.length];
      float[] scales = new float[mean.length];
      for (int i = 0; i < mean.length; i++) {
        shifts[i] = (float) -mean[i];
        scales[i] = (float) (1 / Math.max(deviation[i], LEAST_DEVIATION));
      }
      shift.set(shifts);
      scale.set(scales);
    }
  }

  public PlaceHead(Config config, ParameterFactory factory) {
    this.config = config;
    int c = config.width();
    heardStandard = new Standard(factory, "heard", PlaceFeatures.HEARD);
    knownStandard = new Standard(factory, "known", PlaceFeatures.KNOWN);
    logDistance = add("log_distance", factory.buffer(logDistances(), 1, 1, 1, DISTANCES));
    radius = add("radius", factory.buffer(radii(), DISTANCES, 2));
    columns = add("columns", factory.buffer(columns(), SIDE, AZIMUTHS));
    ofHearing = add("of_hearing", factory.buffer(known(1, 0), PlaceFeatures.KNOWN));
    ofSight = add("of_sight", factory.buffer(known(0, 1), PlaceFeatures.KNOWN));
    float unseen = PlaceFeatures.see(View.blind()).cameraHeight();
    shutEyes = add("shut_eyes", factory.buffer(known(0, unseen), PlaceFeatures.KNOWN));
    inPicture = add("in_picture", factory.buffer(inPicture(), 1, 1, AZIMUTHS));
    knownIn = add("known.0", new Linear(factory, PlaceFeatures.KNOWN, KNOWN_WIDTH));
    tokensIn = add("tokens", new Linear(factory, config.audioWidth(), KNOWN_WIDTH));
    knownOut = add("known.3", new Linear(factory, KNOWN_WIDTH, c));
    heardIn = add("heard.0", new Linear(factory, PlaceFeatures.HEARD, HEARD_WIDTH));
    heardOut = add("heard.3", new Linear(factory, HEARD_WIDTH, c));
    seenIn = add("seen", new Linear(factory, PlaceFeatures.SEEN, c));
    double bound = 1 / Math.sqrt(config.visualWidth());
    visualWeight = add("visual_weight", factory.uniform(bound, c, config.visualWidth()));
    cellIn = add("cell", Conv2d.withBias(factory, PlaceFeatures.SEEN_DISTANCES, c, 1, 1, 0));
    radiusIn = add("distance", new Linear(factory, 2, c));
    for (int i = 0; i < DILATIONS.length; i++) {
      blocks.add(add("blocks." + i, new CircularConv2d(factory, c, c, DILATIONS[i])));
      gates.add(add("gates." + i, new Linear(factory, c, c)));
    }
    out = add("out", Conv2d.withBias(factory, c, 1, 1, 1, 0));
    riseIn = add("rise.0", new Linear(factory, 2 * c, RISE_WIDTH));
    riseOut = add("rise.2", new Linear(factory, RISE_WIDTH, 1));
  }

  private static float[] logDistances() {
    float[] logs = new float[DISTANCES];
    for (int d = 0; d < DISTANCES; d++) {
      logs[d] = (float) PlaceGrid.logDistance(d);
    }
    return logs;
  }

  /** Numbers for what is known: one for all that is heard, one for what is seen, which is last. */
  private static float[] known(float heard, float seen) {
    float[] all = new float[PlaceFeatures.KNOWN];
    Arrays.fill(all, heard);
    all[all.length - 1] = seen;
    return all;
  }

  /** How far away a cell is, from −1 to 1, and the square of it. */
  private static float[] radii() {
    float[] radii = new float[2 * DISTANCES];
    for (int d = 0; d < DISTANCES; d++) {
      float r = 2f * d / (DISTANCES - 1) - 1;
      radii[2 * d] = r;
      radii[2 * d + 1] = r * r;
    }
    return radii;
  }

  /** What share each column of the picture's tokens has in each azimuth of the view. */
  private static float[] columns() {
    float[] shares = new float[SIDE * AZIMUTHS];
    double half = View.HFOV_DEGREES / 2;
    for (int a = 0; a < AZIMUTHS; a++) {
      double azimuth = PlaceGrid.azimuth(a);
      if (Math.abs(azimuth) < half) {
        // Left is a positive azimuth, and column 0.
        double across = Math.tan(Math.toRadians(azimuth)) / Math.tan(Math.toRadians(half));
        double at = (1 - across) / 2 * SIDE - 0.5; // in columns, from the centre of the first
        for (int t = 0; t < SIDE; t++) {
          double inside = Math.max(0, Math.min(SIDE - 1, at));
          shares[t * AZIMUTHS + a] = (float) Math.max(0, 1 - Math.abs(t - inside));
        }
      }
    }
    return shares;
  }

  /** Where columns have a share: 1 in the view, 0 elsewhere. */
  private static float[] inPicture() {
    float[] columns = columns();
    float[] all = new float[AZIMUTHS];
    for (int i = 0; i < columns.length; i++) {
      all[i % AZIMUTHS] += columns[i];
    }
    return all;
  }

  public Config config() {
    return config;
  }

  /**
   * Takes over how what is heard and known lies over the training scenes.
   *
   * @param heardMean of each kind of number, over scenes and azimuths
   * @param heardDeviation an infinite one withholds its row, which then always lies on its mean
   * @param knownMean of each number, over scenes
   */
  public void standardise(
      double[] heardMean, double[] heardDeviation, double[] knownMean, double[] knownDeviation) {
    heardStandard.set(heardMean, heardDeviation);
    knownStandard.set(knownMean, knownDeviation);
  }

  /** The same with ears shut. */
  Input<Value> deaf(Input<Value> in) {
    return new Input<>(in.heard(), in.seen(), in.known(), in.known().slice(1, 0, 1).mul(0));
  }

  /**
   * The same with eyes shut, as {@link PlaceFeatures#blind()}; tokens of the picture are zero then.
   */
  Input<Value> blind(Input<Value> in) {
    Value known = in.known();
    Value unseen = known.mul(known.of(ofHearing)).add(known.of(shutEyes));
    return new Input<>(in.heard(), in.seen().mul(0), unseen, in.hears());
  }

  /**
   * Scores the places.
   *
   * @param audio tokens [B, T', audioWidth] or their mean [B, audioWidth]
   * @param visual tokens [B, 49, visualWidth], rows first, or their mean [B, visualWidth]
   * @param pooled whether both are means
   * @return [B, {@value PlaceGrid#CELLS} + 1]: a logit for each place, then the rise in metres
   */
  Value forward(Input<Value> in, Value audio, Value visual, boolean pooled) {
    boolean training = isTraining();
    Value known = known(in, pooled ? audio : audio.mean(1)); // [B, c]
    Value x = places(in.seen()).add(azimuths(in, known, visual, pooled)).relu();
    for (int i = 0; i < DILATIONS.length; i++) {
      Value gate = gates.get(i).forward(known).expandDims(2).expandDims(3);
      Value y = blocks.get(i).forward(x, AZIMUTHS).add(gate).relu();
      x = BLOCK_DROPOUT.planes(x.add(y), training); // [B, c, 72, 16]
    }
    Value logits = out.forward(x).reshape(0, PlaceGrid.CELLS);
    Value likely = logits.softmax(1).expandDims(1); // [B, 1, 1152]
    Value there = x.reshape(0, config.width(), PlaceGrid.CELLS).mul(likely).sum(2); // [B, c]
    Value rise = riseOut.forward(riseIn.forward(there.concat(known, 1)).relu());
    return logits.concat(rise, 1);
  }

  /** What is the same for all places, [B, c]. */
  private Value known(Input<Value> in, Value audio) {
    Value known = knownStandard.of(in.known());
    Value tokens = audio;
    Value hears = in.hears();
    if (hears != null) {
      known = known.mul(hears.mul(known.of(ofHearing)).add(known.of(ofSight)));
      tokens = audio.mul(hears);
    }
    Value x = knownIn.forward(known).add(tokensIn.forward(tokens)).relu();
    return knownOut.forward(KNOWN_DROPOUT.elements(x, isTraining()));
  }

  /** What is the same for all places of an azimuth, [B, c, 72, 1]. */
  private Value azimuths(Input<Value> in, Value known, Value visual, boolean pooled) {
    Value each = heardStandard.of(in.heard().swapAxes(1, 2)); // [B, 72, rows]
    Value h =
        heardIn.forward(in.hears() == null ? each : each.mul(in.hears().expandDims(2))).relu();
    Value heard = heardOut.forward(HEARD_DROPOUT.elements(h, isTraining())); // [B, 72, c]
    Value both = heard.add(seenIn.forward(in.seen().swapAxes(1, 2))).swapAxes(1, 2);
    return both.add(picture(visual, pooled)).add(known.expandDims(2)).expandDims(3);
  }

  /**
   * What the picture's tokens say, by azimuth, [B, c, 72]: of those in its column; their mean says
   * the same in all of the view. Without a picture tokens are zero, and so is this.
   */
  private Value picture(Value visual, boolean pooled) {
    Value projected = visual.linear(visual.of(visualWeight), null).relu();
    Value x = TOKEN_DROPOUT.elements(projected, isTraining());
    return pooled
        ? x.expandDims(2).mul(x.of(inPicture))
        : x.reshape(0, SIDE, SIDE, config.width())
            .mean(1)
            .swapAxes(1, 2) // [B, c, 7]
            .matMul(x.of(columns));
  }

  /** What tells the places of an azimuth apart, [B, c, 72, 16]. */
  private Value places(Value seen) {
    int at = PlaceFeatures.SEEN_DISTANCES_AT;
    int in = PlaceFeatures.IN_VIEW;
    Value surfaces = seen.slice(1, at, at + PlaceFeatures.SEEN_DISTANCES).mul(-1).expandDims(3);
    Value behind = surfaces.add(seen.of(logDistance)).tanh(); // before −, behind +
    Value cells = cellIn.forward(behind.mul(seen.slice(1, in, in + 1).expandDims(3)));
    Value distance = radiusIn.forward(seen.of(radius)).swapAxes(0, 1); // [c, 16]
    return cells.add(distance.reshape(1, config.width(), 1, DISTANCES));
  }
}
