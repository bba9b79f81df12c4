package org.hearsight.inference.sweep;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hearsight.core.vision.View;

/**
 * Something that goes wrong with what a model hears or sees, by rising size.
 *
 * @param name as in {@code dead-channel}, for options and files
 * @param label for people, as in {@code one channel is dead}
 * @param size what the steps measure, with its unit
 * @param steps by rising size; the undamaged scene is none of them
 */
public record Damage(String name, String label, String size, List<Step> steps) {
  public Damage {
    steps = List.copyOf(steps);
  }

  /**
   * One size of it.
   *
   * @param label as in {@code −10 dB}
   * @param sound what becomes of the sound, [4][samples] at 24 kHz, which must not be changed; null
   *     where it stays as it is
   * @param view what becomes of the view; null where it stays as it is
   */
  public record Step(String label, SoundChange sound, ViewChange view) {
    static Step ofSound(String label, SoundChange change) {
      return new Step(label, change, null);
    }

    static Step ofView(String label, Function<View, View> change) {
      return new Step(label, null, (view, other) -> change.apply(view));
    }
  }

  /** Makes a damaged sound of one. */
  @FunctionalInterface
  public interface SoundChange {
    /**
     * The damaged sound.
     *
     * @param random the same for the same scene, damage and step
     */
    float[][] apply(float[][] foa, SplittableRandom random);
  }

  /** Makes a damaged view of one. */
  @FunctionalInterface
  public interface ViewChange {
    /**
     * The damaged view.
     *
     * @param other of another scene
     */
    View apply(View view, Supplier<View> other);
  }
}
