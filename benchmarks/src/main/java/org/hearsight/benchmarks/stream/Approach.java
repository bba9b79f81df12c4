package org.hearsight.benchmarks.stream;

import java.util.List;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.Motion;
import org.hearsight.core.dataset.Split;
import org.hearsight.simulator.acoustics.Acoustics;
import org.hearsight.simulator.acoustics.Calibration;
import org.hearsight.simulator.acoustics.DiffuseField;
import org.hearsight.simulator.acoustics.Directivity;
import org.hearsight.simulator.acoustics.Emission;
import org.hearsight.simulator.acoustics.SceneOfBoxes;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scenario.SceneDraw;
import org.hearsight.simulator.scenario.Want;
import org.hearsight.simulator.scene.Cover;
import org.hearsight.simulator.scene.Hazard;
import org.hearsight.simulator.scene.Layout;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.sound.Sound;
import org.hearsight.simulator.sound.SoundBank;
import org.hearsight.simulator.sound.SoundClass;

/**
 * A siren that begins to sound out of sight and comes nearer: five seconds of ambience, then five
 * in which it approaches behind something.
 *
 * @param foa [4][samples], ten seconds
 * @param heard seconds of the stream at which its first sound reaches the microphone
 * @param signalToNoise of the siren against the ambience while it sounds, dB
 */
record Approach(float[][] foa, double heard, double signalToNoise) {
  static final double BEFORE = 5;
  static final double SOUNDING = 5;
  private static final String SIREN = "siren";

  /** As of data sets: a hazard nobody could hear says nothing. */
  private static final double MOST_MARGIN = 20;

  private static final double QUIETEST = 38;
  private static final double LOUDEST = 64;
  private static final double MICROPHONE = 20;

  /** The one of a number; the same number is the same approach. */
  static Approach of(int number) {
    List<Layout> layouts = Layout.in(Setting.OUTDOOR);
    Want want =
        new Want(
            SIREN,
            Cover.OCCLUDED,
            Setting.OUTDOOR,
            layouts.get(number % layouts.size()),
            Motion.APPROACHING,
            number % 2 == 0);
    return Draw.from(number, draw -> of(SceneDraw.draw(want, SOUNDING, draw), draw));
  }

  private static Approach of(SceneDraw.DrawnScene drawn, Draw draw) {
    int before = (int) (BEFORE * Foa.SAMPLE_RATE);
    int sounding = (int) (SOUNDING * Foa.SAMPLE_RATE);
    Hazard hazard = drawn.scene().hazard();
    SoundBank bank = SoundBank.generated();
    Sound siren = bank.sound(SoundClass.SIREN, Split.TEST, sounding, draw);
    Acoustics acoustics = new Acoustics(new SceneOfBoxes(drawn.scene()), sounding);
    Acoustics.Heard heard =
        acoustics.add(
            Emission.of(siren.samples(), hazard.power(), 0, hazard.way(), Directivity.NONE),
            draw.random());
    double level = acoustics.level();
    float[][] pressure = new float[Foa.CHANNELS][before + sounding];
    for (int c = 0; c < pressure.length; c++) {
      System.arraycopy(acoustics.pressure()[c], 0, pressure[c], before, sounding);
    }
    double ambience =
        Math.min(draw.between(QUIETEST, LOUDEST), level - draw.between(0, MOST_MARGIN));
    Sound around = bank.ambience(Setting.OUTDOOR, Split.TEST, before + sounding, draw);
    double added = DiffuseField.add(around.samples(), pressure, ambience, draw.random());
    DiffuseField.addMicrophoneNoise(pressure, MICROPHONE, draw.random());
    double unused = Calibration.toSamples(pressure, 0);
    return new Approach(pressure, BEFORE + heard.travel().applyAsDouble(0), level - added);
  }
}
