package org.hearsight.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.acoustics.Acoustics;
import org.hearsight.simulator.acoustics.Calibration;
import org.hearsight.simulator.acoustics.DiffuseField;
import org.hearsight.simulator.acoustics.Directivity;
import org.hearsight.simulator.acoustics.Emission;
import org.hearsight.simulator.acoustics.SceneOfBoxes;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Hazard;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Trajectory;
import org.hearsight.simulator.sound.Disturbance;
import org.hearsight.simulator.sound.LabelFrames;
import org.hearsight.simulator.sound.Sound;
import org.hearsight.simulator.sound.SoundBank;
import org.hearsight.simulator.sound.SoundClass;

/**
 * The sound of one clip: the hazard, perhaps a harmless sound from another place, ambience from all
 * around and microphone noise. Some background holds less: noise of one colour, or nothing but the
 * microphone's own.
 *
 * @param samples [4][samples] in [−1, 1]
 * @param active label frames in which the hazard is heard; empty for background
 * @param sources hazard first
 * @param unknown kind of the harmless sound of background, if it is heard more than ambience
 * @param heard null for background
 * @param signalToNoise of the hazard against all else in the omnidirectional channel, over the
 *     whole clip, dB; NaN for background
 * @param harmlessLevel of the harmless sound of background, dB SPL; NaN where there is none
 * @param ambienceLevel of the omnidirectional channel as mixed, dB SPL; −∞ if it is silent
 * @param preamp drawn gain of the recording device, dB
 * @param gain dB the clip was turned down against clipping
 */
public record ClipSound(
    float[][] samples,
    boolean[] active,
    List<Scenario.Source> sources,
    String unknown,
    Acoustics.Heard heard,
    double hazardLevel,
    double signalToNoise,
    double harmlessLevel,
    double ambienceLevel,
    double noiseLevel,
    double preamp,
    double gain) {

  /**
   * Devices of one make differ by about this much, dB either way. Moderate, because loudness is to
   * carry distance.
   */
  private static final double PREAMP_SPREAD = 3;

  private static final double HARMLESS_BESIDE_HAZARD = 0.25;
  private static final double HARMLESS_IN_BACKGROUND = 0.7;

  private static final Scenario.Source SILENCE =
      new Scenario.Source("generated silence", Scenario.Source.GENERATED, "silence");

  /** What background is heard on. */
  private enum Backdrop {
    AMBIENCE,
    NOISE,
    SILENCE;

    static Backdrop of(double share) {
      return share < 0.8 ? AMBIENCE : share < 0.9 ? NOISE : SILENCE;
    }
  }

  public static ClipSound of(Scene scene, SoundBank bank, Split split, double seconds, Draw draw) {
    int clip = (int) Math.round(seconds * Foa.SAMPLE_RATE);
    int length = Emission.samplesFor(clip);
    int lead = length - clip;
    Acoustics acoustics = new Acoustics(new SceneOfBoxes(scene), clip);
    List<Scenario.Source> sources = new ArrayList<>();
    boolean[] active = {};
    Acoustics.Heard heard = null;
    double hazardLevel = Double.NaN;
    float[] alone = null;
    Hazard hazard = scene.hazard();
    if (hazard != null) {
      Sound sound = bank.sound(SoundClass.of(hazard.kind().name()), split, length, draw);
      sources.add(sound.source());
      heard =
          acoustics.add(
              Emission.of(sound.samples(), hazard.power(), lead, hazard.way(), Directivity.NONE),
              draw.random());
      double start = -(double) lead / Foa.SAMPLE_RATE;
      active =
          LabelFrames.heard(sound.samples(), start, heard.travel(), clip / Foa.LABEL_FRAME_SAMPLES);
      hazardLevel = acoustics.level();
      alone = acoustics.pressure()[Foa.W].clone();
    }
    Backdrop backdrop = hazard == null ? Backdrop.of(draw.between(0, 1)) : Backdrop.AMBIENCE;
    boolean indoors = scene.setting().indoors();
    double harmlessLevel = Double.NaN;
    String harmless = null;
    if (backdrop == Backdrop.AMBIENCE
        && draw.chance(hazard == null ? HARMLESS_IN_BACKGROUND : HARMLESS_BESIDE_HAZARD)) {
      Vec3 place = freePlace(scene, draw);
      if (place != null) {
        Sound sound = bank.harmless(scene.setting(), split, length, draw);
        sources.add(sound.source());
        Trajectory standing = Trajectory.standing(place, seconds);
        // Beside a hazard it must not drown it; alone, it is as loud as some hazards are.
        double power = hazard != null ? draw.between(62, 88) : draw.between(68, indoors ? 96 : 106);
        acoustics.add(
            Emission.of(sound.samples(), power, lead, standing, Directivity.NONE), draw.random());
        if (hazard == null) {
          harmless = sound.kind();
          harmlessLevel = acoustics.level();
        }
      }
    }
    double ambienceLevel = Double.NEGATIVE_INFINITY;
    double noiseLevel = draw.between(12, 26);
    switch (backdrop) {
      case AMBIENCE -> {
        Sound ambience = bank.ambience(scene.setting(), split, clip, draw);
        sources.add(ambience.source());
        double level = indoors ? draw.between(28, 50) : draw.between(38, 64);
        double margin = draw.between(0, 20);
        if (hazard != null) {
          // A hazard nobody could hear teaches nothing: it stands out by at least the drawn margin.
          level = Math.min(level, hazardLevel - margin);
          noiseLevel = Math.min(noiseLevel, hazardLevel - 10);
        }
        ambienceLevel =
            DiffuseField.add(ambience.samples(), acoustics.pressure(), level, draw.random());
      }
      case NOISE -> {
        Sound noise = bank.noise(clip, draw);
        sources.add(noise.source());
        double level = draw.between(30, 85);
        ambienceLevel =
            DiffuseField.add(noise.samples(), acoustics.pressure(), level, draw.random());
      }
      case SILENCE -> {
        sources.add(SILENCE);
        noiseLevel = draw.between(12, 45);
      }
    }
    DiffuseField.addMicrophoneNoise(acoustics.pressure(), noiseLevel, draw.random());
    if (split == Split.TRAIN) {
      // Of a loud hazard's own level they would hide everything; of the ambience's they are usual.
      Disturbance.draw(acoustics.pressure(), ambienceLevel + 6, draw);
    }
    double signalToNoise = alone == null ? Double.NaN : ratio(alone, acoustics.pressure()[Foa.W]);
    double preamp = draw.between(-PREAMP_SPREAD, PREAMP_SPREAD);
    double gain = Calibration.toSamples(acoustics.pressure(), preamp);
    return new ClipSound(
        acoustics.pressure(),
        active,
        sources,
        harmlessLevel > ambienceLevel ? harmless : null,
        heard,
        hazardLevel,
        signalToNoise,
        harmlessLevel,
        ambienceLevel,
        noiseLevel,
        preamp,
        gain);
  }

  /** A signal's energy over that of what came on top of it, dB. */
  private static double ratio(float[] signal, float[] all) {
    double wanted = 0;
    double rest = 0;
    for (int i = 0; i < signal.length; i++) {
      double other = (double) all[i] - signal[i];
      wanted += (double) signal[i] * signal[i];
      rest += other * other;
    }
    return 10 * Math.log10(wanted / rest);
  }

  /** Level of the omnidirectional channel, dB re full scale. */
  public double clipLevel() {
    return Foa.level(samples);
  }

  /** A place in the open, on the ground or a few metres up; null if none is found. */
  private static Vec3 freePlace(Scene scene, Draw draw) {
    boolean indoors = scene.setting().indoors();
    for (int i = 0; i < 30; i++) {
      Direction direction = new Direction(draw.between(-180, 180), 0);
      Vec3 flat = direction.at(draw.ratioBetween(1.5, indoors ? 10 : 25));
      double height = scene.groundLevel() + draw.between(0.2, indoors ? 2 : 6);
      Vec3 place = new Vec3(flat.x(), flat.y(), height);
      boolean inside = scene.solids().stream().anyMatch(s -> s.box().contains(place));
      if (!inside && (!indoors || scene.clear(place, Vec3.ZERO))) {
        return place;
      }
    }
    return null;
  }
}
