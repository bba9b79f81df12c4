package org.hearsight.simulator.sound;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Setting;

/** Sounds made from formulas, for every class; no recording is needed to simulate. */
final class GeneratedSounds {
  private static final Map<String, SoundGenerator> HAZARDS =
      Map.of(
          "siren", new Sirens(),
          "horn", new Horns(),
          "engine", new Engines(),
          "train", new Trains(),
          "footsteps", new Footsteps(),
          "dog", new Barks(),
          "voice", new Voices(),
          "power_tool", new PowerTools(),
          "impact", new Impacts());

  private GeneratedSounds() {}

  static Sound hazard(String className, int samples, Draw draw) {
    return sound(className, HAZARDS.get(className), samples, draw);
  }

  static Sound ambience(Setting setting, int samples, Draw draw) {
    return any(Ambiences.in(setting), samples, draw);
  }

  static Sound harmless(Setting setting, int samples, Draw draw) {
    return any(HarmlessSounds.in(setting), samples, draw);
  }

  private static Sound any(Map<String, SoundGenerator> generators, int samples, Draw draw) {
    List<String> names = new ArrayList<>(generators.keySet());
    String name = names.get(draw.index(names.size()));
    return sound(name, generators.get(name), samples, draw);
  }

  /** A generator's sound under a name. */
  static Sound sound(String name, SoundGenerator generator, int samples, Draw draw) {
    float[] signal = Synth.faded(generator.generate(samples, draw), 0.02);
    Scenario.Source source = new Scenario.Source("generated " + name, "generated", name);
    return Sound.normalised(signal, source);
  }
}
