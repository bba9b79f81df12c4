package org.hearsight.simulator.sound;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Setting;

/** What is heard where nothing happens: wind, distant traffic, rain, leaves; fans and room tone. */
final class Ambiences {
  private static final SortedMap<String, SoundGenerator> INDOOR =
      new TreeMap<>(
          Map.of("ventilation", Ambiences::ventilation, "room_tone", Ambiences::roomTone));

  private static final SortedMap<String, SoundGenerator> OUTDOOR =
      new TreeMap<>(
          Map.of(
              "wind", Ambiences::wind,
              "traffic_hum", Ambiences::traffic,
              "rain", Ambiences::rain));

  private Ambiences() {}

  /** Generators by name. */
  static SortedMap<String, SoundGenerator> in(Setting setting) {
    return setting.indoors() ? INDOOR : OUTDOOR;
  }

  /** Noise of one colour, from a band to white: not the sound of anything. */
  static float[] noise(int samples, Draw draw) {
    float[] white = Synth.white(samples, draw);
    return switch (draw.index(4)) {
      case 0 -> white;
      case 1 -> Synth.pink(samples, draw);
      case 2 -> Synth.lowPass(Synth.pink(samples, draw), draw.ratioBetween(200, 3000));
      default -> Synth.bandPass(white, draw.ratioBetween(300, 5000), draw.between(0.5, 2));
    };
  }

  private static float[] wind(int samples, Draw draw) {
    float[] low = Synth.lowPass(Synth.pink(samples, draw), draw.between(200, 500));
    float[] whistle = Synth.bandPass(Synth.white(samples, draw), draw.between(300, 900), 3);
    float[] gust = Synth.wander(samples, draw.between(0.4, 1.5), draw);
    for (int i = 0; i < samples; i++) {
      low[i] = low[i] * (1 + 0.7f * gust[i]) + 0.3f * whistle[i] * Math.max(0, gust[i]);
    }
    return low;
  }

  private static float[] traffic(int samples, Draw draw) {
    float[] out = Synth.lowPass(Synth.pink(samples, draw), draw.between(500, 1200));
    float[] tyres = Synth.bandPass(Synth.white(samples, draw), draw.between(700, 1100), 0.7);
    float[] swell = Synth.wander(samples, 0.5, draw);
    for (int i = 0; i < samples; i++) {
      out[i] += (0.25f + 0.2f * swell[i]) * tyres[i];
    }
    return out;
  }

  private static float[] rain(int samples, Draw draw) {
    float[] out = Synth.highPass(Synth.white(samples, draw), draw.between(1000, 2500));
    int drops = (int) (samples / Synth.RATE * draw.between(20, 80));
    for (int d = 0; d < drops; d++) {
      float[] drop = Synth.bandPass(Synth.burst(0.003, draw), draw.between(1500, 7000), 4);
      Synth.add(out, drop, draw.index(samples), draw.between(1, 4));
    }
    return out;
  }

  private static float[] ventilation(int samples, Draw draw) {
    float[] out = Synth.lowPass(Synth.pink(samples, draw), draw.between(300, 1500));
    double hum = draw.of(50.0, 100.0, 120.0) * draw.between(0.96, 1);
    double[] frequency = new double[samples];
    Arrays.fill(frequency, hum);
    float[] tone = Synth.harmonics(frequency, new double[] {1, 0.5, 0.3, 0.1});
    Synth.add(out, tone, 0, draw.between(0.02, 0.25));
    return out;
  }

  private static float[] roomTone(int samples, Draw draw) {
    return Synth.lowPass(Synth.pink(samples, draw), draw.between(400, 4000));
  }
}
