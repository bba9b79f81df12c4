package org.hearsight.learning.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.Torch;

/**
 * How far the localizer's raw numbers are from the true places, averaged over the hazards of a
 * batch; 0 with gradient 0 if there is none.
 *
 * <p>{@link LocationForm#SEED}: mean squared error of azimuth / 180°, elevation / 90° and distance
 * / 30 m.
 *
 * <p>{@link LocationForm#SPHERICAL}: the negative log-likelihood of the place, a density over the
 * sphere times one over log-distance r:
 *
 * <pre>
 * direction  −κ μ·x − log κ + log(4π sinh κ)
 *            = κ |μ − x|² / 2 − log κ + log(1 − e^(−2κ)) + log 2π
 * distance   (s + (r − m)² e^(−s) + log 2π) / 2
 * </pre>
 *
 * <p>{@link LocationForm#MAP}: the cross-entropy of the places with the {@link PlaceGrid#label soft
 * label} of the true one, and {@value #RISE_WEIGHT} times the smoothed absolute error of the rise
 * (Huber, 1964; quadratic within a metre).
 *
 * <p>The second line of the direction has no large number to cancel at any κ. Fisher, "Dispersion
 * on a sphere", 1953.
 */
final class LocationLoss {
  private static final double LOG_2_PI = Math.log(2 * Math.PI);

  /** Keeps the length of a zero vector differentiable. */
  private static final double TINY = 1e-12;

  private static final double RISE_WEIGHT = 0.3;

  private LocationLoss() {}

  /** The loss, a scalar, of raw numbers [B, form's width]. */
  static NDArray of(LocationForm form, NDArray raw, List<HazardTarget> targets) {
    int hazards = (int) targets.stream().filter(t -> t.location() != null).count();
    int width =
        switch (form) {
          case SEED -> 3;
          case SPHERICAL -> 4;
          case MAP -> form.width();
        };
    float[] values = new float[targets.size() * width];
    float[] weights = new float[targets.size()];
    for (int i = 0; i < targets.size(); i++) {
      Location location = targets.get(i).location();
      if (location != null) {
        weights[i] = 1f / hazards;
        encode(form, location, values, i * width);
      }
    }
    NDManager manager = raw.getManager();
    NDArray target = TensorBridge.toArray(manager, values, targets.size(), width);
    NDArray weight = TensorBridge.toArray(manager, weights, targets.size(), 1);
    NDArray each =
        switch (form) {
          case SEED -> squaredError(raw, target);
          case SPHERICAL -> negativeLogLikelihood(raw, target);
          case MAP -> crossEntropy(raw, target);
        };
    return each.mul(weight).sum();
  }

  private static void encode(LocationForm form, Location location, float[] values, int at) {
    switch (form) {
      case SEED -> {
        values[at] = (float) (location.azimuth() / 180);
        values[at + 1] = (float) (location.elevation() / 90);
        values[at + 2] = (float) (location.distance() / LocationForm.SEED_DISTANCE);
      }
      case SPHERICAL -> {
        Vec3 x = location.direction().unit();
        values[at] = (float) x.x();
        values[at + 1] = (float) x.y();
        values[at + 2] = (float) x.z();
        values[at + 3] = (float) Math.log(location.distance());
      }
      case MAP -> {
        System.arraycopy(PlaceGrid.label(location), 0, values, at, PlaceGrid.CELLS);
        values[at + PlaceGrid.CELLS] = (float) PlaceGrid.rise(location);
      }
    }
  }

  private static NDArray squaredError(NDArray raw, NDArray target) {
    return raw.sub(target).square().mean(new int[] {1}, true); // [B, 1]
  }

  private static NDArray crossEntropy(NDArray raw, NDArray target) {
    int cells = PlaceGrid.CELLS;
    NDArray logLikely = Torch.logSoftmax(Torch.slice(raw, 1, 0, cells), 1);
    NDArray places = logLikely.mul(Torch.slice(target, 1, 0, cells)).sum(new int[] {1}, true).neg();
    NDArray off =
        Torch.slice(raw, 1, cells, cells + 1).sub(Torch.slice(target, 1, cells, cells + 1)).abs();
    NDArray within = Torch.clip(off, 0, 1);
    NDArray rise =
        within.mul(off.sub(Torch.times(within, 0.5))); // off² / 2 up to 1, then off − 1/2
    return places.add(Torch.times(rise, RISE_WEIGHT)); // [B, 1]
  }

  private static NDArray negativeLogLikelihood(NDArray raw, NDArray target) {
    NDArray vector = Torch.slice(raw, 1, 0, 3);
    NDArray length = Torch.plus(vector.square().sum(new int[] {1}, true), TINY).sqrt();
    NDArray mean = vector.div(length);
    NDArray logKappa =
        Torch.clip(
            Torch.slice(raw, 1, 3, 4), LocationForm.MIN_LOG_KAPPA, LocationForm.MAX_LOG_KAPPA);
    NDArray kappa = logKappa.exp();
    NDArray halfChord =
        Torch.times(mean.sub(Torch.slice(target, 1, 0, 3)).square().sum(new int[] {1}, true), 0.5);
    NDArray tail = Torch.plus(Torch.times(kappa, -2).exp().neg(), 1).log(); // log(1 − e^(−2κ))
    NDArray direction = Torch.plus(kappa.mul(halfChord).sub(logKappa).add(tail), LOG_2_PI);

    NDArray logVariance =
        Torch.clip(
            Torch.slice(raw, 1, 5, 6),
            LocationForm.MIN_LOG_VARIANCE,
            LocationForm.MAX_LOG_VARIANCE);
    NDArray error = Torch.slice(target, 1, 3, 4).sub(Torch.slice(raw, 1, 4, 5));
    NDArray distance =
        Torch.times(
            Torch.plus(error.square().mul(logVariance.neg().exp()).add(logVariance), LOG_2_PI),
            0.5);
    return direction.add(distance); // [B, 1]
  }
}
