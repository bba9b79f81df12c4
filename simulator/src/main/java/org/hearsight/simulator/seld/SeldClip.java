package org.hearsight.simulator.seld;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.simulator.acoustics.Acoustics;
import org.hearsight.simulator.acoustics.Calibration;
import org.hearsight.simulator.acoustics.DiffuseField;
import org.hearsight.simulator.acoustics.Emission;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.draw.NoRoomException;
import org.hearsight.simulator.scene.Trajectory;
import org.hearsight.simulator.sound.LabelFrames;
import org.hearsight.simulator.sound.SeldSounds;
import org.hearsight.simulator.sound.Sound;

/**
 * One clip: one to three sources, each with its own way and time, ambience and microphone noise.
 *
 * @param samples [4][samples] in [−1, 1], W, Y, Z, X
 * @param used where all sounds come from, ambience last
 */
public record SeldClip(
    float[][] samples, List<LabelledSource> sources, List<Scenario.Source> used, Drawn drawn) {
  /** Loudest and faintest source differ by at most so much, dB. */
  private static final double RANGE = 12;

  private static final int PLACES = 50;
  private static final double SHORTEST = 1;
  private static final double LONGEST = 5;
  private static final double MOVING = 0.4;
  private static final double SAME_CLASS = 0.1;
  private static final double TAIL_SECONDS = 2.5;

  /**
   * How a clip came about.
   *
   * @param levels of the sources at the microphone while they sound, dB SPL
   * @param drr direct-to-reverberant energy ratios of the sources, dB; null where not known
   * @param snr of the faintest source, while it sounds, over the ambience as both meet the
   *     microphone, dB; null if the ambience is silent
   * @param gain of the whole clip against the calibration, dB
   */
  record Drawn(
      @JsonUnwrapped Place.Facts place,
      List<String> classes,
      List<Double> levels,
      List<Double> drr,
      Double snr,
      double gain) {}

  public static SeldClip make(
      Venue venue, SeldSounds sounds, Split split, double seconds, Draw draw) {
    for (int attempt = 0; attempt < PLACES; attempt++) {
      SeldClip clip = attempt(venue, sounds, split, seconds, draw);
      if (!clip.sources().isEmpty()) {
        return clip;
      }
    }
    throw new NoRoomException("no room for a source in " + PLACES + " places: " + venue);
  }

  /** In one place; without sources if there is no room for any. */
  private static SeldClip attempt(
      Venue venue, SeldSounds sounds, Split split, double seconds, Draw draw) {
    int samples = (int) Math.round(seconds * Foa.SAMPLE_RATE);
    int frames = samples / Sound.FRAME;
    Place place = Place.draw(venue, draw);
    double amount = draw.between(0, 1);
    int count = amount < 0.25 ? 1 : amount < 0.65 ? 2 : 3;
    List<LabelledSource> sources = new ArrayList<>();
    List<Scenario.Source> used = new ArrayList<>();
    List<float[][]> heard = new ArrayList<>();
    List<Double> levels = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int s = 0; s < 2 * count && sources.size() < count; s++) {
      int index = classFor(sources, draw);
      SeldKind kind = SeldKind.of(index);
      double length =
          Math.min(seconds, draw.between(draw.chance(0.4) ? SHORTEST : 0.6 * LONGEST, LONGEST));
      // Some sound already when the clip begins, some still when it ends.
      double latest = seconds - Math.max(0.6 * length, 0.8);
      double start = draw.between(-0.5, latest);
      if (!sources.isEmpty() && draw.chance(0.5)) {
        // Together with the one before, more often than chance would have it.
        double before = sources.get(sources.size() - 1).start();
        start = Math.max(-0.5, Math.min(latest, before + draw.between(-1, 1)));
      }
      Trajectory way = place.way(kind, draw.chance(MOVING), length, draw);
      if (way == null) {
        continue;
      }
      Sound sound =
          sounds.sound(
              SeldSounds.CLASSES.get(index),
              split,
              (int) Math.round(length * Foa.SAMPLE_RATE),
              draw);
      float[] dry = sound.samples();
      double power = kind.power() + draw.between(-SeldKind.SPREAD, SeldKind.SPREAD);
      float[][] alone = new float[Foa.CHANNELS][samples];
      Acoustics.Heard played = play(place, dry, way, power, start, alone, draw);
      double begin = start;
      boolean[] active =
          LabelFrames.heard(dry, begin, t -> played.travel().applyAsDouble(t - begin), frames);
      double level = level(alone[Foa.W], active);
      if (Double.isNaN(level)) {
        continue;
      }
      sources.add(new LabelledSource(index, start, way, active));
      used.add(sound.source());
      heard.add(alone);
      levels.add(level);
      ratios.add(Double.isNaN(played.ratio()) ? null : rounded(played.ratio()));
    }
    return mixed(place, sounds, split, sources, used, heard, levels, ratios, samples, draw);
  }

  private static int classFor(List<LabelledSource> others, Draw draw) {
    int index = draw.index(SeldSounds.COUNT_OF_CLASSES);
    while (contains(others, index) && !draw.chance(SAME_CLASS)) {
      index = draw.index(SeldSounds.COUNT_OF_CLASSES);
    }
    return index;
  }

  private static boolean contains(List<LabelledSource> sources, int index) {
    return sources.stream().anyMatch(e -> e.index() == index);
  }

  /**
   * The source alone at the microphone.
   *
   * @param clip [4][samples], pascal; silent before
   */
  private static Acoustics.Heard play(
      Place place,
      float[] dry,
      Trajectory way,
      double power,
      double start,
      float[][] clip,
      Draw draw) {
    int at = (int) Math.round(start * Foa.SAMPLE_RATE);
    int tail = (int) (TAIL_SECONDS * Foa.SAMPLE_RATE);
    int length = Math.min(dry.length + tail, clip[0].length - at);
    Acoustics acoustics = new Acoustics(place.surroundings(), length);
    Emission emission = Emission.of(dry, power, 0, way, Place.directivity(way, draw));
    Acoustics.Heard heard = acoustics.add(emission, draw.random());
    int from = Math.max(0, -at);
    for (int c = 0; c < clip.length; c++) {
      System.arraycopy(acoustics.pressure()[c], from, clip[c], at + from, length - from);
    }
    return heard;
  }

  /** Mean level while it sounds, dB SPL; NaN if it is never heard. */
  private static double level(float[] w, boolean[] active) {
    double sum = 0;
    int count = 0;
    for (int f = 0; f < active.length; f++) {
      if (active[f]) {
        for (int i = f * Sound.FRAME; i < (f + 1) * Sound.FRAME; i++) {
          sum += (double) w[i] * w[i];
        }
        count += Sound.FRAME;
      }
    }
    return count == 0 || sum == 0 ? Double.NaN : Calibration.decibels(Math.sqrt(sum / count));
  }

  private static SeldClip mixed(
      Place place,
      SeldSounds sounds,
      Split split,
      List<LabelledSource> sources,
      List<Scenario.Source> used,
      List<float[][]> heard,
      List<Double> levels,
      List<Double> ratios,
      int samples,
      Draw draw) {
    float[][] mix = new float[Foa.CHANNELS][samples];
    double loudest = levels.stream().mapToDouble(Double::doubleValue).max().orElse(60);
    double faintest = loudest;
    List<Double> balanced = new ArrayList<>();
    for (int s = 0; s < heard.size(); s++) {
      double level = levels.get(s);
      if (level < loudest - RANGE) {
        // Nobody could tell it apart: it is brought nearer to the loudest.
        level = loudest - draw.between(0, RANGE);
      }
      float gain = (float) Math.pow(10, (level - levels.get(s)) / 20);
      for (int c = 0; c < mix.length; c++) {
        for (int n = 0; n < samples; n++) {
          mix[c][n] += gain * heard.get(s)[c][n];
        }
      }
      faintest = Math.min(faintest, level);
      balanced.add(rounded(level));
    }
    double snr = draw.between(0, 30);
    Sound ambience = sounds.ambience(place.venue().setting(), split, samples, draw);
    used.add(ambience.source());
    double level = DiffuseField.add(ambience.samples(), mix, faintest - snr, draw.random());
    double noise = Math.min(draw.between(8, 30), faintest - draw.between(10, 30));
    DiffuseField.addMicrophoneNoise(mix, noise, draw.random());
    MicrophoneFlaws.apply(mix, draw);
    double wanted = draw.between(-10, 20);
    float factor = (float) Math.pow(10, wanted / 20);
    for (float[] channel : mix) {
      for (int n = 0; n < samples; n++) {
        channel[n] *= factor;
      }
    }
    double gain = wanted + Calibration.toSamples(mix, 0);
    List<String> classes = sources.stream().map(e -> SeldSounds.CLASSES.get(e.index())).toList();
    return new SeldClip(
        mix,
        sources,
        used,
        new Drawn(
            place.facts(),
            classes,
            balanced,
            ratios,
            Double.isInfinite(level) ? null : rounded(faintest - level),
            rounded(gain)));
  }

  /** The labels of the clip. */
  public List<SeldEvent> labels() {
    return LabelledSource.labels(sources);
  }

  private static double rounded(double value) {
    return Math.rint(value * 100) / 100;
  }
}
