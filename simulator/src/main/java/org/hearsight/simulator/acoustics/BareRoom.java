package org.hearsight.simulator.acoustics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Material;

/**
 * An empty box-shaped room: mirror images near in time, decaying noise after them.
 *
 * <p>Images (Allen and Berkley, JASA 65, 1979) are taken up to the distance within which about
 * {@value #IMAGES} lie; from there on the field is a noise with the energy the images would have,
 * 4πc/V a second relative to the direct sound at one metre, falling by 60 dB in Eyring's time. What
 * surfaces scatter is taken from the images and given to the noise, which so begins with the direct
 * sound. The total is Hopkins and Stryker's 16π(1 − ᾱ)/A on average. Each source's tail is its own.
 *
 * <p>A source on the move has its direct sound and first reflections followed exactly; what comes
 * later is that of the middle of its way.
 */
public final class BareRoom implements Surroundings {
  /** Images in a response, roughly. */
  static final int IMAGES = 300;

  private static final double LONGEST = 2.2;
  private static final double DEEPEST = 50;

  private final Vec3 min;
  private final Vec3 max;
  private final double[][] loss;
  private final double[] seconds;
  private final double[] weight;

  /**
   * @param min lowest corner in microphone coordinates; {@code max} the highest
   * @param seconds reverberation time of each octave band
   * @param uneven [6] how the absorption spreads over the walls at x min, x max, y min … z max;
   *     positive, in proportion
   * @param weight [4] energy of the tail in W, Y, Z, X relative to an isotropic field
   */
  public BareRoom(Vec3 min, Vec3 max, double[] seconds, double[] uneven, double[] weight) {
    this.min = min;
    this.max = max;
    this.weight = weight.clone();
    this.seconds = new double[OctaveBands.COUNT];
    this.loss = new double[6][OctaveBands.COUNT];
    Vec3 size = max.minus(min);
    double[] area = {size.y() * size.z(), size.x() * size.z(), size.x() * size.y()};
    double mean = 0;
    for (int w = 0; w < 6; w++) {
      mean += uneven[w] * area[w / 2] / surface();
    }
    for (int b = 0; b < OctaveBands.COUNT; b++) {
      double air = air(b) * volume();
      // Eyring's −ln(1 − ᾱ); the air alone may already be quicker than what is asked for.
      double all = Math.max(0.01, (0.161 * volume() / seconds[b] - 4 * air) / surface());
      this.seconds[b] = 0.161 * volume() / (all * surface() + 4 * air);
      for (int w = 0; w < 6; w++) {
        loss[w][b] = all * uneven[w] / mean;
      }
    }
  }

  public double volume() {
    Vec3 size = max.minus(min);
    return size.x() * size.y() * size.z();
  }

  public double surface() {
    Vec3 size = max.minus(min);
    return 2 * (size.x() * size.y() + size.y() * size.z() + size.z() * size.x());
  }

  /** Reverberation time of an octave band as the surfaces and the air give it. */
  public double seconds(int band) {
    return seconds[band];
  }

  /** Is a place in the room and at least {@code margin} metres from its surfaces? */
  public boolean holds(Vec3 place, double margin) {
    Vec3 low = place.minus(min);
    Vec3 high = max.minus(place);
    return Math.min(Math.min(low.x(), low.y()), low.z()) >= margin
        && Math.min(Math.min(high.x(), high.y()), high.z()) >= margin;
  }

  @Override
  public Ways ways(Emission emission) {
    boolean still = emission.way().speed() == 0;
    Vec3 middle = emission.way().at(emission.way().seconds() / 2);
    Directivity directivity = emission.directivity();
    return new Ways() {
      @Override
      public List<SoundPath> followed(Vec3 place) {
        return still ? List.of() : images(inside(place), directivity, 0, 1);
      }

      @Override
      public List<SoundPath> lasting() {
        return images(middle, directivity, still ? 0 : 2, Integer.MAX_VALUE);
      }

      @Override
      public LateField late(double firstArrival) {
        return field(middle, directivity);
      }
    };
  }

  /** The noise after the direct sound of a source. */
  LateField field(Vec3 source, Directivity directivity) {
    double longest = Arrays.stream(seconds).max().orElseThrow();
    double mixed = SoundSpeed.seconds(reach(source));
    double end = Math.max(mixed, longest * DEEPEST / 60) + 0.01;
    double perSecond = 4 * Math.PI * SoundSpeed.METRES_PER_SECOND / volume() / Foa.SAMPLE_RATE;
    double hits = SoundSpeed.METRES_PER_SECOND * surface() / (4 * volume());
    return new LateField(
        (int) (SoundSpeed.seconds(source.norm()) * Foa.SAMPLE_RATE),
        (int) (Math.min(LONGEST, end) * Foa.SAMPLE_RATE) + BandKernels.TAPS - BandKernels.CENTRE,
        (b, t) -> {
          double scattered =
              t >= mixed ? 1 : 1 - Math.pow(1 - Material.scattering(b), Math.max(0, t) * hits);
          double left = Math.pow(10, -6 * t / seconds[b]);
          return directivity.diffuse(b) * perSecond * scattered * left;
        },
        weight);
  }

  /** Images within reach, of at least {@code from} and at most {@code to} reflections. */
  List<SoundPath> images(Vec3 source, Directivity directivity, int from, int to) {
    double reach = reach(source);
    Vec3 size = max.minus(min);
    int nx = Math.min(to, (int) (reach / size.x()) + 1);
    int ny = Math.min(to, (int) (reach / size.y()) + 1);
    int nz = Math.min(to, (int) (reach / size.z()) + 1);
    List<SoundPath> paths = new ArrayList<>();
    for (int i = -nx; i <= nx; i++) {
      for (int j = -ny; j <= ny; j++) {
        for (int k = -nz; k <= nz; k++) {
          int order = Math.abs(i) + Math.abs(j) + Math.abs(k);
          if (order < from || order > to) {
            continue;
          }
          Vec3 image =
              new Vec3(
                  mirrored(source.x(), min.x(), max.x(), i),
                  mirrored(source.y(), min.y(), max.y(), j),
                  mirrored(source.z(), min.z(), max.z(), k));
          if (image.norm() <= reach) {
            paths.add(path(image, i, j, k, directivity));
          }
        }
      }
    }
    return paths;
  }

  private SoundPath path(Vec3 image, int i, int j, int k, Directivity directivity) {
    Vec3 from = image.unit();
    Vec3 sent =
        new Vec3(
            i % 2 == 0 ? -from.x() : from.x(),
            j % 2 == 0 ? -from.y() : from.y(),
            k % 2 == 0 ? -from.z() : from.z());
    int order = Math.abs(i) + Math.abs(j) + Math.abs(k);
    int[] hits = {low(i), low(-i), low(j), low(-j), low(k), low(-k)};
    SoundPath.Kind kind = order == 0 ? SoundPath.Kind.DIRECT : SoundPath.Kind.WALL;
    long which = ((i + 512L) << 20) | ((j + 512L) << 10) | (k + 512L);
    return SoundPath.of(
        new SoundPath.Id(kind, which),
        image.norm(),
        from,
        b -> {
          double lost = -order * Math.log(1 - Material.scattering(b));
          for (int w = 0; w < 6; w++) {
            lost += hits[w] * loss[w][b];
          }
          return Math.exp(-lost / 2) * directivity.gain(b, sent);
        });
  }

  /** Reflections at the lower wall of image number {@code m}; those at the upper are of −m. */
  private static int low(int m) {
    return m < 0 ? (1 - m) / 2 : m / 2;
  }

  private static double mirrored(double at, double low, double high, int m) {
    return (m % 2 == 0 ? at : low + high - at) + m * (high - low);
  }

  private double reach(Vec3 source) {
    return Math.max(Math.cbrt(IMAGES * volume() * 3 / (4 * Math.PI)), 1.3 * source.norm() + 1);
  }

  private Vec3 inside(Vec3 p) {
    return new Vec3(
        Math.max(min.x() + 0.05, Math.min(max.x() - 0.05, p.x())),
        Math.max(min.y() + 0.05, Math.min(max.y() - 0.05, p.y())),
        Math.max(min.z() + 0.05, Math.min(max.z() - 0.05, p.z())));
  }

  /** Energy lost in a metre of air. */
  private static double air(int band) {
    return AirAbsorption.decibelsPerMetre(band) / (10 * Math.log10(Math.E));
  }
}
