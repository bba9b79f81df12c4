package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/** Makes a new sound of its kind each time, {@link Sound#SAMPLE_RATE} samples a second. */
@FunctionalInterface
interface SoundGenerator {
  /** A mono signal of any level. */
  float[] generate(int samples, Draw draw);
}
