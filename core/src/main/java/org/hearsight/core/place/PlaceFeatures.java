package org.hearsight.core.place;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.concurrent.SharedWork;
import org.hearsight.core.vision.View;

/**
 * What is known about every place before anything is learned: heard from its azimuth, seen along
 * it, and known to all.
 *
 * <p>The same in training and inference. Turning a scene by whole cells turns the heard rows, a
 * mirror that swaps left and right mirrors both, exactly; so a network that scores every place
 * alike learns from each scene what it holds for all directions.
 *
 * @param heard [{@value #HEARD}, 72]: {@link CovarianceBeams}, {@link DirectionHistograms}, {@link
 *     Echoes}
 * @param seen [{@value #SEEN}, 72]: {@link FreeDistance}; all zero without depth
 * @param known [{@value #KNOWN}]: {@link Levels}; log10 of W's energy in five parts × eight bands;
 *     the clip's directness in eight bands; the camera's height in metres
 */
public record PlaceFeatures(float[] heard, float[] seen, float[] known) {
  /**
   * Raised when the same scene gives other numbers: what was computed or trained with others is
   * then refused or made anew.
   */
  public static final int VERSION = 1;

  private static final int HISTOGRAMS_AT = CovarianceBeams.ROWS;
  private static final int ECHOES_AT = HISTOGRAMS_AT + DirectionHistograms.ROWS;

  /** Rows that are heard, of 72 azimuths. */
  public static final int HEARD = ECHOES_AT + Echoes.ROWS;

  /** Is a heard row one of the {@link DirectionHistograms}? */
  public static boolean isHistogram(int row) {
    return row >= HISTOGRAMS_AT && row < ECHOES_AT;
  }

  /** Is a heard row one of the {@link Echoes}? */
  public static boolean isEcho(int row) {
    return row >= ECHOES_AT && row < HEARD;
  }

  /** Rows that are seen, of 72 azimuths. */
  public static final int SEEN = FreeDistance.ROWS;

  /** The row of what is seen that is 1 for an azimuth in the view and 0 for others. */
  public static final int IN_VIEW = FreeDistance.IN_VIEW;

  /** First of the rows that hold how far one sees, natural logarithms of metres. */
  public static final int SEEN_DISTANCES_AT = FreeDistance.DISTANCES_AT;

  /** How many rows do: nine heights, nearest and farthest. */
  public static final int SEEN_DISTANCES = FreeDistance.DISTANCES;

  private static final int ENERGIES_AT = Levels.WIDTH;
  private static final int DIRECTNESS_AT =
      ENERGIES_AT + CovarianceBeams.PARTS * CovarianceBeams.BANDS;

  /** Numbers that hearing alone gives. */
  private static final int LEVELS = DIRECTNESS_AT + CovarianceBeams.BANDS;

  /** Numbers that hold for every place. */
  public static final int KNOWN = LEVELS + 1;

  /** Clips from this length on are heard as they are, samples. */
  public static final int LEAST_SAMPLES = Foa.SAMPLE_RATE;

  private static final double TINY_ENERGY = 1e-9;
  private static final float BOUND = 20;

  public PlaceFeatures {
    require("heard", heard, HEARD * PlaceGrid.AZIMUTHS);
    require("seen", seen, SEEN * PlaceGrid.AZIMUTHS);
    require("known", known, KNOWN);
  }

  /**
   * What a clip gives, whatever is seen.
   *
   * @param heard [{@value #HEARD}, 72]
   * @param levels all of the known numbers but the last
   */
  public record Sound(float[] heard, float[] levels) {
    public Sound {
      require("heard", heard, HEARD * PlaceGrid.AZIMUTHS);
      require("levels", levels, LEVELS);
    }
  }

  /**
   * What a view gives, whatever is heard.
   *
   * @param seen [{@value #SEEN}, 72]
   * @param cameraHeight metres above the ground
   */
  public record Sight(float[] seen, float cameraHeight) {
    public Sight {
      require("seen", seen, SEEN * PlaceGrid.AZIMUTHS);
    }
  }

  private static void require(String field, float[] values, int length) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          field + ": " + values.length + " numbers, expected " + length);
    }
  }

  /**
   * The features of a scene.
   *
   * @param foa [4][samples], W, Y, Z, X (SN3D) at 24 kHz
   */
  public static PlaceFeatures of(float[][] foa, View view) {
    return of(hear(foa), see(view));
  }

  /** What of these numbers the sound gives. */
  public Sound sound() {
    return new Sound(heard, Arrays.copyOf(known, LEVELS));
  }

  /** What of these numbers the view gives. */
  public Sight sight() {
    return new Sight(seen, known[LEVELS]);
  }

  /** The features of a scene whose parts are there. */
  public static PlaceFeatures of(Sound sound, Sight sight) {
    float[] known = new float[KNOWN];
    System.arraycopy(sound.levels(), 0, known, 0, LEVELS);
    known[LEVELS] = sight.cameraHeight();
    return new PlaceFeatures(sound.heard(), sight.seen(), known);
  }

  /**
   * Listens to a clip; one shorter than a second is heard as the end of a second that begins in
   * silence.
   *
   * @param foa [4][samples], W, Y, Z, X (SN3D) at 24 kHz
   * @throws org.hearsight.core.error.InputException as {@link Foa#require}
   */
  public static Sound hear(float[][] foa) {
    return hear(foa, 1);
  }

  /**
   * As {@link #hear(float[][])}.
   *
   * @param threads that share the work; their number changes no bit of the result
   */
  public static Sound hear(float[][] foa, int threads) {
    Foa.require("audio", foa);
    int samples = foa[Foa.W].length;
    if (samples < LEAST_SAMPLES) {
      float[][] second = new float[Foa.CHANNELS][LEAST_SAMPLES];
      for (int c = 0; c < Foa.CHANNELS; c++) {
        System.arraycopy(foa[c], 0, second[c], LEAST_SAMPLES - samples, samples);
      }
      return hear(second, threads);
    }
    PlaceFrame[] frames = new PlaceFrame[FrameProducts.frames(samples)];
    SharedWork.blocks(
        frames.length,
        threads,
        (from, to) -> {
          FrameProducts products = new FrameProducts();
          for (int i = from; i < to; i++) {
            products.read(foa, i);
            frames[i] = PlaceFrame.of(products);
          }
        });
    DirectionHistograms.Pointing each = new DirectionHistograms.Pointing();
    return hear(foa, i -> frames[i], (i, made) -> made.apply(each), threads);
  }

  /**
   * Listens to a clip whose frames are computed in some way.
   *
   * @param foa [4][samples], {@value #LEAST_SAMPLES} or more
   * @param source gives the frame of a number, each once and in order
   * @param kept keeps what frames point at
   * @param threads that share the work; their number changes no bit of the result
   */
  static Sound hear(
      float[][] foa, IntFunction<PlaceFrame> source, DirectionHistograms.Kept kept, int threads) {
    float[] heard = new float[HEARD * PlaceGrid.AZIMUTHS];
    float[] levels = new float[LEVELS];
    SharedWork.all(
        threads,
        () -> sumFrames(foa, source, kept, heard, levels),
        () -> Echoes.write(foa, heard, ECHOES_AT * PlaceGrid.AZIMUTHS));
    for (int i = 0; i < heard.length; i++) {
      heard[i] = Math.max(-BOUND, Math.min(BOUND, heard[i]));
    }
    return new Sound(heard, levels);
  }

  /** All that is summed over frames: the heard rows but for echoes, and the levels. */
  private static void sumFrames(
      float[][] foa,
      IntFunction<PlaceFrame> source,
      DirectionHistograms.Kept kept,
      float[] heard,
      float[] levels) {
    int frames = FrameProducts.frames(foa[Foa.W].length);
    CovarianceBeams beams = new CovarianceBeams(frames);
    DirectionHistograms histograms = new DirectionHistograms(frames);
    Levels loudness = new Levels(frames);
    for (int i = 0; i < frames; i++) {
      PlaceFrame frame = source.apply(i);
      beams.add(i, frame.covariances());
      histograms.add(i, frame.bins());
      loudness.add(i, frame.levels());
    }
    beams.finish();
    beams.write(heard, 0);
    histograms.write(heard, HISTOGRAMS_AT * PlaceGrid.AZIMUTHS, kept);
    loudness.write(levels, 0);
    for (int b = 0; b < CovarianceBeams.BANDS; b++) {
      for (int part = 0; part < CovarianceBeams.PARTS; part++) {
        levels[ENERGIES_AT + part * CovarianceBeams.BANDS + b] =
            (float) Math.log10(beams.energy(part, b) + TINY_ENERGY);
      }
      levels[DIRECTNESS_AT + b] = (float) beams.directness(b);
    }
  }

  /** Looks at a view. */
  public static Sight see(View view) {
    return new Sight(FreeDistance.of(view), (float) CameraHeight.of(view));
  }

  /** The features of the scene in a mirror that swaps left and right. */
  public PlaceFeatures mirrored() {
    float[] other = new float[heard.length];
    int n = PlaceGrid.AZIMUTHS;
    for (int i = 0; i < heard.length; i++) {
      other[i - i % n + PlaceGrid.mirror(i % n)] = heard[i];
    }
    return new PlaceFeatures(other, FreeDistance.mirrored(seen), known);
  }

  /**
   * The features after everything around has moved to the left.
   *
   * @param cells of azimuth, 5° each; negative to the right
   * @throws IllegalStateException if something is seen: what moves into the view is not known
   */
  public PlaceFeatures turned(int cells) {
    for (float s : seen) {
      if (s != 0) {
        throw new IllegalStateException("features with a view cannot be turned");
      }
    }
    float[] other = new float[heard.length];
    int n = PlaceGrid.AZIMUTHS;
    for (int i = 0; i < heard.length; i++) {
      other[i - i % n + PlaceGrid.turned(i % n, cells)] = heard[i];
    }
    return new PlaceFeatures(other, seen, known);
  }

  /** The same scene with eyes closed: nothing seen, an ordinary camera's height. */
  public PlaceFeatures blind() {
    float[] other = known.clone();
    other[LEVELS] = (float) CameraHeight.UNKNOWN;
    return new PlaceFeatures(heard, new float[seen.length], other);
  }

  /** What the heard rows are, in their order. */
  public static List<String> heardNames() {
    List<String> names = new ArrayList<>(CovarianceBeams.names());
    names.addAll(DirectionHistograms.names());
    names.addAll(Echoes.names());
    return List.copyOf(names);
  }

  /** What the seen rows are, in their order. */
  public static List<String> seenNames() {
    return List.copyOf(FreeDistance.names());
  }
}
