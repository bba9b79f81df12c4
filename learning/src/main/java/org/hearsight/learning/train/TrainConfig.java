package org.hearsight.learning.train;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;

/**
 * How a model is trained; {@link #defaults()} are the seed's two stages.
 *
 * @param seed of weights, order and dropout; the same seed gives the same model
 * @param fusion of hearing and sight
 * @param cues whether the audio tokens carry {@link org.hearsight.core.audio.SpatialCues}
 * @param location form of the localizer's output
 * @param confidence what the confidence head learns
 * @param batch scenarios a step
 * @param stage1Epochs with all encoders frozen
 * @param stage2Epochs with the upper part of the SELD encoder freed
 * @param rates of learning
 * @param frozenShare of the encoder's parameter list that stays frozen in stage 2
 * @param mirrorShare of the training scenarios shown with left and right exchanged in an epoch
 * @param blindShare of the training scenarios shown without their picture in an epoch, so that the
 *     model has learned to answer from sound alone
 * @param tokenDropout share of the picture's tokens left out in training
 * @param trainScenes only so many scenarios of the training split, the first; 0 = all
 * @param fromScratch whether the whole SELD encoder trains from the first epoch, at the rates of
 *     adapter and head: what a pretrained one is compared with
 * @param int8 whether pictures are encoded in 8 bits, in training as in the model that comes of it
 */
@JsonNaming(SnakeCaseStrategy.class)
public record TrainConfig(
    long seed,
    Fusion fusion,
    boolean cues,
    LocationForm location,
    ConfidenceTarget confidence,
    int batch,
    int stage1Epochs,
    int stage2Epochs,
    Rates rates,
    double frozenShare,
    double mirrorShare,
    double blindShare,
    double tokenDropout,
    int trainScenes,
    boolean fromScratch,
    boolean int8) {

  /**
   * Learning rates.
   *
   * @param stage1 of adapter and head in stage 1
   * @param visualProjection in stage 1
   * @param stage2 of adapter and head in stage 2
   * @param encoder of the freed part of the SELD encoder
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Rates(double stage1, double visualProjection, double stage2, double encoder) {
    /** The seed's: 1e-3, 1e-4, 1e-4 and 1e-5. */
    public static final Rates SEED = new Rates(1e-3, 1e-4, 1e-4, 1e-5);
  }

  public TrainConfig {
    if (batch < 1 || stage1Epochs < 0 || stage2Epochs < 0 || stage1Epochs + stage2Epochs < 1) {
      throw new IllegalArgumentException("train: batch or epochs out of range");
    }
    if (!(frozenShare > 0 && frozenShare < 1)
        || !(blindShare >= 0 && blindShare < 1)
        || !(tokenDropout >= 0 && tokenDropout < 1)
        || !(mirrorShare >= 0 && mirrorShare <= 1)) {
      throw new IllegalArgumentException("train: a share is out of range");
    }
    if (trainScenes < 0) {
      throw new IllegalArgumentException("train: the number of scenarios is negative");
    }
  }

  /** The seed's epochs, rates and split of the encoder. */
  public static TrainConfig defaults() {
    return new TrainConfig(
        1,
        Fusion.SPATIAL,
        true,
        LocationForm.SPHERICAL,
        ConfidenceTarget.CORRECTNESS,
        32,
        30,
        20,
        Rates.SEED,
        0.5,
        0.5,
        0.1,
        0.2,
        0,
        false,
        false);
  }

  public TrainConfig withSeed(long s) {
    return new TrainConfig(
        s,
        fusion,
        cues,
        location,
        confidence,
        batch,
        stage1Epochs,
        stage2Epochs,
        rates,
        frozenShare,
        mirrorShare,
        blindShare,
        tokenDropout,
        trainScenes,
        fromScratch,
        int8);
  }

  public TrainConfig withForms(Fusion f, boolean withCues, LocationForm l, ConfidenceTarget c) {
    return new TrainConfig(
        seed,
        f,
        withCues,
        l,
        c,
        batch,
        stage1Epochs,
        stage2Epochs,
        rates,
        frozenShare,
        mirrorShare,
        blindShare,
        tokenDropout,
        trainScenes,
        fromScratch,
        int8);
  }

  /** Batch size and epochs of each stage. */
  public TrainConfig withSchedule(int size, int stage1, int stage2) {
    return new TrainConfig(
        seed,
        fusion,
        cues,
        location,
        confidence,
        size,
        stage1,
        stage2,
        rates,
        frozenShare,
        mirrorShare,
        blindShare,
        tokenDropout,
        trainScenes,
        fromScratch,
        int8);
  }

  /** Shares of mirrored scenes, omitted pictures and dropped tokens. */
  public TrainConfig withShares(double mirror, double blind, double tokens) {
    return new TrainConfig(
        seed,
        fusion,
        cues,
        location,
        confidence,
        batch,
        stage1Epochs,
        stage2Epochs,
        rates,
        frozenShare,
        mirror,
        blind,
        tokens,
        trainScenes,
        fromScratch,
        int8);
  }

  /** How many training scenarios, 0 for all, and whether the encoder starts from nothing. */
  public TrainConfig withData(int scenes, boolean scratch) {
    return new TrainConfig(
        seed,
        fusion,
        cues,
        location,
        confidence,
        batch,
        stage1Epochs,
        stage2Epochs,
        rates,
        frozenShare,
        mirrorShare,
        blindShare,
        tokenDropout,
        scenes,
        scratch,
        int8);
  }

  /** Whether pictures are encoded in 8 bits. */
  public TrainConfig withInt8(boolean quantized) {
    return new TrainConfig(
        seed,
        fusion,
        cues,
        location,
        confidence,
        batch,
        stage1Epochs,
        stage2Epochs,
        rates,
        frozenShare,
        mirrorShare,
        blindShare,
        tokenDropout,
        trainScenes,
        fromScratch,
        quantized);
  }

  /** All epochs of both stages. */
  public int epochs() {
    return stage1Epochs + stage2Epochs;
  }

  /** Does an epoch of a stage train parts of the encoder, and so start below its tokens? */
  boolean trainsEncoder(int stage) {
    return stage == 2 || fromScratch;
  }

  /** The stage, 1 or 2, of an epoch counted from 1. */
  public int stageOf(int epoch) {
    return epoch <= stage1Epochs ? 1 : 2;
  }
}
