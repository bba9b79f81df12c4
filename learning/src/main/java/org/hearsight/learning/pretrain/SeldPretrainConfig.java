package org.hearsight.learning.pretrain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.seld.DistanceForm;
import org.hearsight.learning.loop.OptimizerConfig;
import org.hearsight.learning.loop.RateSchedule;
import org.hearsight.learning.loop.Settings;

/**
 * How a SELD network is trained; {@link #baseline()} has the DCASE 2024 baseline's numbers, but for
 * patience (there as long as all epochs) and channel swaps (there none). {@code docs/training.md}
 * says where each default comes from.
 *
 * @param seed of weights, order, dropout and channel swaps
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SeldPretrainConfig(
    long seed,
    Data data,
    Network network,
    Schedule schedule,
    OptimizerConfig optimizer,
    Loss loss,
    Augmentation augmentation) {

  /**
   * What it learns from.
   *
   * @param windowSeconds length of a window; its label frames are of 100 ms
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Data(double windowSeconds) {
    public Data {
      FieldValues.within("window_seconds", windowSeconds, 1, 600);
    }
  }

  /**
   * The SELD network.
   *
   * @param distance what its distance stands for
   * @param dropout rate of all dropouts
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Network(DistanceForm distance, double dropout) {
    public Network {
      if (distance == null) {
        throw new IllegalArgumentException("distance: missing");
      }
      FieldValues.share("dropout", dropout);
    }
  }

  /**
   * Epochs and rates.
   *
   * @param epochs at the most
   * @param patience epochs without a lower SELD error before training stops
   * @param rate of learning
   * @param cosine does the rate fall to zero along half a cosine over all epochs? Else it stays
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Schedule(int epochs, int patience, double rate, boolean cosine) {
    public Schedule {
      FieldValues.atLeast("epochs", epochs, 1);
      FieldValues.atLeast("patience", patience, 1);
      FieldValues.positive("rate", rate);
    }

    /** The share of the learning rate that a step takes. */
    double rateShare(long step, long steps) {
      return cosine ? RateSchedule.cosine(step, steps, 0) : 1;
    }
  }

  /**
   * What counts beside ADPIT, which weighs 1.
   *
   * @param tags of the cross-entropy of the classes that sound in a frame, said by a layer that is
   *     thrown away in the end; 0 = none. A squared error of vectors asks for names only by their
   *     lengths
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Loss(double tags) {
    public Loss {
      FieldValues.within("tags", tags, 0, 100);
    }
  }

  /**
   * What training shows otherwise than it is.
   *
   * @param swaps is every window heard in one of the sixteen channel swaps, drawn anew each time?
   * @param response standard deviation of another device's response, dB
   * @param gain of another device, up to so many dB either way
   * @param masks so many spans of bands, and of moments, are left out
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Augmentation(boolean swaps, double response, double gain, int masks) {
    public Augmentation {
      FieldValues.within("response", response, 0, 30);
      FieldValues.within("gain", gain, 0, 60);
      FieldValues.within("masks", masks, 0, 8);
    }
  }

  /**
   * Batches of 128 windows of 5 s, 250 epochs, Adam at 1e-3, dropout 0.05, distance in metres, as
   * the baseline has them; a patience of 50 epochs and channel swaps, as it does not.
   */
  public static SeldPretrainConfig baseline() {
    return new SeldPretrainConfig(
        1,
        new Data(5),
        new Network(DistanceForm.METRES, 0.05),
        new Schedule(250, 50, 1e-3, false),
        OptimizerConfig.plain(128),
        new Loss(0),
        new Augmentation(true, 0, 0, 0));
  }

  /** The same with other values of fields, called as in {@code schedule.rate}. */
  public SeldPretrainConfig with(Map<String, ?> values) {
    return Settings.with(this, values);
  }

  /** Of a window, of 100 ms. */
  int labelFrames() {
    return (int) Math.round(Foa.LABEL_FRAMES_PER_SECOND * data.windowSeconds());
  }
}
