package org.hearsight.simulator.sound;

import java.util.SortedMap;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.simulator.draw.Draw;

/** Makes a new sound of its kind each time, from a formula: {@link Sound#SAMPLE_RATE} samples/s. */
@FunctionalInterface
interface SoundGenerator {
  /** A mono signal of any level. */
  float[] generate(int samples, Draw draw);

  /** A sound under a name. */
  default Sound sound(String name, int samples, Draw draw) {
    float[] signal = Synth.faded(generate(samples, draw), 0.02);
    return Sound.normalised(
        signal,
        new Scenario.Source(
            Scenario.Source.GENERATED + " " + name, Scenario.Source.GENERATED, name),
        name);
  }

  /** A sound of one of several generators, by name. */
  static Sound any(SortedMap<String, SoundGenerator> generators, int samples, Draw draw) {
    String name = draw.of(generators.keySet().toArray(String[]::new));
    return generators.get(name).sound(name, samples, draw);
  }
}
