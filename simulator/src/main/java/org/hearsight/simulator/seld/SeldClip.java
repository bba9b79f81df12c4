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
import org.hearsight.simulator.sound.Disturbance;
import org.hearsight.simulator.sound.LabelFrames;
import org.hearsight.simulator.sound.Sound;
import org.hearsight.simulator.sound.SoundBank;
import org.hearsight.simulator.sound.SoundClass;

/**
 * One clip: one to three sources (in training now and then none), each with its own way and time,
 * ambience and microphone noise.
 *
 * @param samples [4][samples] in [−1, 1], W, Y, Z, X
 * @param used where all sounds come from, ambience last
 */
public record SeldClip(
    float[][] samples, List<LabelledSource> sources, List<Scenario.Source> used, Drawn drawn) {
  /** Loudest and faintest source differ by at most so much, dB. */
  private static final double RANGE = 12;

  /** In training, how often a clip holds no source: nothing is heard there but the ambience. */
  private static final double SILENT = 0.04;

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
      Venue venue, SoundBank sounds, Split split, double seconds, Draw draw) {
    for (int attempt = 0; attempt < PLACES; attempt++) {
      boolean silent = split == Split.TRAIN && draw.chance(SILENT);
      SeldClip clip = attempt(venue, sounds, split, seconds, silent, draw);
      if (silent || !clip.sources().isEmpty()) {
        return clip;
      }
    }
    throw new NoRoomException("no room for a source in " + PLACES + " places: " + venue);
  }

  /**
   * A source on its own at the microphone.
   *
   * @param heard [4][samples of the clip], pascal
   * @param level mean while it sounds, dB SPL
   * @param ratio direct to reverberant, dB; NaN where not known
   */
  private record Alone(
      LabelledSource label, Scenario.Source origin, float[][] heard, double level, double ratio) {}

  /** In one place; without sources if none is wanted, or there is no room for any. */
  private static SeldClip attempt(
      Venue venue, SoundBank sounds, Split split, double seconds, boolean silent, Draw draw) {
    Place place = Place.draw(venue, draw);
    double amount = draw.between(0, 1);
    int count = silent ? 0 : amount < 0.25 ? 1 : amount < 0.65 ? 2 : 3;
    List<Alone> sources = new ArrayList<>();
    for (int s = 0; s < 2 * count && sources.size() < count; s++) {
      Alone source = source(place, sources, sounds, split, seconds, draw);
      if (source != null) {
        sources.add(source);
      }
    }
    return mixed(place, sources, sounds, split, (int) Math.round(seconds * Foa.SAMPLE_RATE), draw);
  }

  /** One more source; null if there is no room for it, or it is never heard. */
  private static Alone source(
      Place place, List<Alone> others, SoundBank sounds, Split split, double seconds, Draw draw) {
    int index = classFor(others, draw);
    SeldKind kind = SeldKind.of(index);
    double length =
        Math.min(seconds, draw.between(draw.chance(0.4) ? SHORTEST : 0.6 * LONGEST, LONGEST));
    double start = start(others, length, seconds, draw);
    Trajectory way = place.way(kind, draw.chance(MOVING), length, draw);
    if (way == null) {
      return null;
    }
    int samples = (int) Math.round(length * Foa.SAMPLE_RATE);
    Sound sound = sounds.sound(SoundClass.of(index), split, samples, draw);
    double power = kind.power() + draw.between(-SeldKind.SPREAD, SeldKind.SPREAD);
    Emission emission = Emission.of(sound.samples(), power, 0, way, Place.directivity(way, draw));
    float[][] alone = new float[Foa.CHANNELS][(int) Math.round(seconds * Foa.SAMPLE_RATE)];
    Acoustics.Heard heard = play(place, emission, start, alone, draw);
    boolean[] active =
        LabelFrames.heard(
            sound.samples(),
            start,
            t -> heard.travel().applyAsDouble(t - start),
            alone[0].length / Sound.FRAME);
    double level = level(alone[Foa.W], active);
    LabelledSource label = new LabelledSource(index, start, way, active);
    return Double.isNaN(level)
        ? null
        : new Alone(label, sound.source(), alone, level, heard.ratio());
  }

  /** Some sound already when the clip begins, some still when it ends. */
  private static double start(List<Alone> others, double length, double seconds, Draw draw) {
    double latest = seconds - Math.max(0.6 * length, 0.8);
    double start = draw.between(-0.5, latest);
    if (others.isEmpty() || !draw.chance(0.5)) {
      return start;
    }
    // Together with the one before, more often than chance would have it.
    double before = others.get(others.size() - 1).label().start();
    return Math.max(-0.5, Math.min(latest, before + draw.between(-1, 1)));
  }

  private static int classFor(List<Alone> others, Draw draw) {
    while (true) {
      int index = draw.index(SoundClass.labels().size());
      boolean taken = others.stream().anyMatch(o -> o.label().index() == index);
      if (!taken || draw.chance(SAME_CLASS)) {
        return index;
      }
    }
  }

  /**
   * Plays a source that begins at a second of the clip.
   *
   * @param clip [4][samples], pascal; silent before
   */
  private static Acoustics.Heard play(
      Place place, Emission emission, double start, float[][] clip, Draw draw) {
    int at = (int) Math.round(start * Foa.SAMPLE_RATE);
    int tail = (int) (TAIL_SECONDS * Foa.SAMPLE_RATE);
    int length = Math.min(emission.samples().length + tail, clip[0].length - at);
    Acoustics acoustics = new Acoustics(place.surroundings(), length);
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
      Place place, List<Alone> sources, SoundBank sounds, Split split, int samples, Draw draw) {
    float[][] mix = new float[Foa.CHANNELS][samples];
    double loudest = sources.stream().mapToDouble(Alone::level).max().orElse(60);
    double faintest = loudest;
    List<Double> balanced = new ArrayList<>();
    for (Alone source : sources) {
      double level = source.level();
      if (level < loudest - RANGE) {
        // Nobody could tell it apart: it is brought nearer to the loudest.
        level = loudest - draw.between(0, RANGE);
      }
      float gain = (float) Math.pow(10, (level - source.level()) / 20);
      for (int c = 0; c < mix.length; c++) {
        for (int n = 0; n < samples; n++) {
          mix[c][n] += gain * source.heard()[c][n];
        }
      }
      faintest = Math.min(faintest, level);
      balanced.add(rounded(level));
    }
    double snr = split == Split.TRAIN ? draw.between(-5, 25) : draw.between(0, 30);
    Sound ambience = sounds.ambience(place.venue().setting(), split, samples, draw);
    List<Scenario.Source> used = new ArrayList<>(sources.stream().map(Alone::origin).toList());
    used.add(ambience.source());
    double level = DiffuseField.add(ambience.samples(), mix, faintest - snr, draw.random());
    double noise = Math.min(draw.between(8, 30), faintest - draw.between(10, 30));
    DiffuseField.addMicrophoneNoise(mix, noise, draw.random());
    MicrophoneFlaws.apply(mix, draw);
    if (split == Split.TRAIN) {
      Disturbance.draw(mix, loudest, draw);
    }
    double wanted = draw.between(-10, 20);
    float factor = (float) Math.pow(10, wanted / 20);
    for (float[] channel : mix) {
      for (int n = 0; n < samples; n++) {
        channel[n] *= factor;
      }
    }
    double gain = wanted + Calibration.toSamples(mix, 0);
    List<LabelledSource> labels = sources.stream().map(Alone::label).toList();
    return new SeldClip(
        mix,
        labels,
        used,
        new Drawn(
            place.facts(),
            labels.stream().map(l -> SoundClass.labels().get(l.index())).toList(),
            balanced,
            sources.stream().map(a -> Double.isNaN(a.ratio()) ? null : rounded(a.ratio())).toList(),
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
