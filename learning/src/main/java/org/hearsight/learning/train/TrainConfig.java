package org.hearsight.learning.train;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.imagination.ModelInput;
import org.hearsight.learning.loop.OptimizerConfig;
import org.hearsight.learning.loop.RateSchedule;
import org.hearsight.learning.loop.Settings;

/**
 * How a model is trained, in two stages; {@link #seeds()} is the original design's way. {@code
 * docs/training.md} says where each default comes from.
 *
 * @param seed of weights, order and dropout; the same seed gives the same model
 * @param stage1 with all encoders frozen
 * @param stage2 with the upper part of the SELD encoder freed
 */
@JsonNaming(SnakeCaseStrategy.class)
public record TrainConfig(
    long seed,
    Data data,
    Encoder encoder,
    Model model,
    Stage1 stage1,
    Stage2 stage2,
    OptimizerConfig optimizer,
    Loss loss,
    Augmentation augmentation) {

  /**
   * What it learns from.
   *
   * @param trainScenes only so many scenarios of the training split, the first; 0 = all
   * @param int8 whether pictures are encoded in 8 bits, in training as in the model that comes of
   *     it
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Data(int trainScenes, boolean int8) {
    public Data {
      FieldValues.atLeast("train_scenes", trainScenes, 0);
    }
  }

  /**
   * The SELD encoder.
   *
   * @param fromScratch whether it is drawn, and all of it trains from the first epoch, at the rates
   *     of adapter and head: what a pretrained one is compared with
   * @param frozenShare of its parameter list that stays frozen in stage 2, below 1 and no less than
   *     what lies below its tokens, which the run requires: 20 of 40 parameters of SELDnet, 9 of 21
   *     of AvCrnn. 0: nothing is ever frozen, and all of it trains from the first epoch, as from
   *     scratch, but from what it learned. Without effect from scratch
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Encoder(boolean fromScratch, double frozenShare) {
    public Encoder {
      FieldValues.share("frozen_share", frozenShare);
    }

    /** Does all of it train from the first epoch, so that its features alone are made before? */
    boolean trainsWhole() {
      return fromScratch || frozenShare == 0;
    }
  }

  /**
   * Adapter and head.
   *
   * @param fusion of hearing and sight
   * @param cues whether the audio tokens carry {@link org.hearsight.core.audio.SpatialCues}
   * @param location form of the localizer's output
   * @param confidence what the confidence head learns
   * @param dropout after the head's shared layer
   * @param withheld what the model is not given, in training and ever after, to show what it brings
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Model(
      Fusion fusion,
      boolean cues,
      LocationForm location,
      ConfidenceTarget confidence,
      double dropout,
      List<ModelInput> withheld) {
    public Model {
      withheld = ModelInput.sorted(withheld);
      if (fusion == null || location == null || confidence == null) {
        throw new IllegalArgumentException("fusion, location or confidence: missing");
      }
      FieldValues.share("dropout", dropout);
    }
  }

  /**
   * Adapter and head alone.
   *
   * @param rate of learning
   * @param visualProjectionRate of the projection of pictures
   * @param schedule of all rates over the stage
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Stage1(
      int epochs, double rate, double visualProjectionRate, RateSchedule schedule) {
    public Stage1 {
      FieldValues.atLeast("epochs", epochs, 0);
      FieldValues.positive("rate", rate);
      FieldValues.positive("visual_projection_rate", visualProjectionRate);
      requireSchedule(schedule);
    }
  }

  /**
   * Adapter, head and the freed part of the SELD encoder.
   *
   * @param rate of adapter and head
   * @param encoderRate of the freed part
   * @param schedule of all rates over the stage
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Stage2(int epochs, double rate, double encoderRate, RateSchedule schedule) {
    public Stage2 {
      FieldValues.atLeast("epochs", epochs, 0);
      FieldValues.positive("rate", rate);
      FieldValues.positive("encoder_rate", encoderRate);
      requireSchedule(schedule);
    }
  }

  private static void requireSchedule(RateSchedule schedule) {
    if (schedule == null) {
      throw new IllegalArgumentException("schedule: missing, expected constant or cosine");
    }
  }

  /** Weights of the three parts of the loss: the seed's α, β and γ. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Loss(double classification, double location, double confidence) {
    public Loss {
      FieldValues.atLeast("classification", classification, 0);
      FieldValues.atLeast("location", location, 0);
      FieldValues.atLeast("confidence", confidence, 0);
    }
  }

  /**
   * What training shows otherwise than it is.
   *
   * @param mirrorShare of the training scenarios shown with left and right exchanged in an epoch
   * @param blindShare of the training scenarios shown without their picture in an epoch, so that
   *     the model has learned to answer from sound alone
   * @param tokenDropout share of the picture's tokens left out
   * @param deafShare of the training scenarios whose map is asked without their sound in an epoch,
   *     so that what each sense has to do with it can be told; without effect where the location is
   *     not a map
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Augmentation(
      double mirrorShare, double blindShare, double tokenDropout, double deafShare) {
    public Augmentation {
      FieldValues.within("mirror_share", mirrorShare, 0, 1);
      FieldValues.share("blind_share", blindShare);
      FieldValues.share("token_dropout", tokenDropout);
      FieldValues.share("deaf_share", deafShare);
    }
  }

  public TrainConfig {
    if (stage1.epochs() + stage2.epochs() < 1) {
      throw new IllegalArgumentException("stage1.epochs: 0 in both stages, expected 1 or more");
    }
  }

  /** Our own: a map of places by spatial fusion, on rates that fall along cosines. */
  public static TrainConfig defaults() {
    return defaults(Fusion.SPATIAL);
  }

  /** The same of another fusion; the seed's has no cues. */
  public static TrainConfig defaults(Fusion fusion) {
    return new TrainConfig(
        1,
        new Data(0, false),
        new Encoder(false, 0.5),
        new Model(
            fusion,
            fusion == Fusion.SPATIAL,
            LocationForm.MAP,
            ConfidenceTarget.CORRECTNESS,
            0.3,
            List.of()),
        new Stage1(10, 1.5e-3, 1.5e-3, RateSchedule.COSINE),
        new Stage2(5, 2e-4, 5e-5, RateSchedule.COSINE),
        new OptimizerConfig(32, 0.01, 1, 0.3),
        new Loss(1, 2, 0.5),
        new Augmentation(0.5, 0.1, 0.2, 0.1));
  }

  /**
   * The design this project grew from: its forms, epochs and rates, every scene as it is. Only the
   * average of weights that is judged is ours.
   */
  public static TrainConfig seeds() {
    return new TrainConfig(
        1,
        new Data(0, false),
        new Encoder(false, 0.5),
        new Model(Fusion.SEED, false, LocationForm.SEED, ConfidenceTarget.SEED, 0.3, List.of()),
        new Stage1(30, 1e-3, 1e-3, RateSchedule.CONSTANT),
        new Stage2(20, 1e-4, 1e-5, RateSchedule.CONSTANT),
        new OptimizerConfig(32, 0, 0, 0.3),
        new Loss(1, 2, 0.5),
        new Augmentation(0, 0, 0, 0.1));
  }

  /** The same with another value of a field, called as in {@code stage1.rate}. */
  public TrainConfig with(String field, Object value) {
    return Settings.with(this, Map.of(field, value));
  }

  public TrainConfig withSeed(long s) {
    return with("seed", s);
  }

  /** Batch size and epochs of each stage. */
  public TrainConfig withSchedule(int batch, int epochs1, int epochs2) {
    return Settings.with(
        this, Map.of("optimizer.batch", batch, "stage1.epochs", epochs1, "stage2.epochs", epochs2));
  }

  public TrainConfig withForms(Fusion fusion, boolean cues, LocationForm l, ConfidenceTarget c) {
    return Settings.with(
        this,
        Map.of(
            "model.fusion",
            fusion,
            "model.cues",
            cues,
            "model.location",
            l,
            "model.confidence",
            c));
  }

  /** Shares of mirrored scenes, omitted pictures and dropped tokens. */
  public TrainConfig withShares(double mirror, double blind, double tokens) {
    return Settings.with(
        this,
        Map.of(
            "augmentation.mirror_share", mirror,
            "augmentation.blind_share", blind,
            "augmentation.token_dropout", tokens));
  }

  /** All epochs of both stages. */
  public int epochs() {
    return stage1.epochs() + stage2.epochs();
  }

  /** Does an epoch of a stage train parts of the encoder, and so start below its tokens? */
  boolean trainsEncoder(int stage) {
    return stage == 2 || encoder.trainsWhole();
  }
}
