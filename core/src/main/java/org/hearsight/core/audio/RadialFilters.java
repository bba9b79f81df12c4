package org.hearsight.core.audio;

import org.hearsight.core.geometry.Vec3;

/**
 * What the radius of a {@link CapsuleArray} does to W and to Y, Z, X, and the filters that undo it.
 *
 * <p>A plane wave at the angle γ to a capsule gives Σ bₙ(kr) Pₙ(cos γ): for capsules p + (1 −
 * p)·cos in free air bₙ = (2n + 1) iⁿ (p jₙ − i (1 − p) jₙ′), on a rigid sphere bₙ = (2n + 1) iⁿ
 * (−i) / ((kr)² hₙ⁽²⁾′) (Rafaely, <i>Fundamentals of Spherical Array Processing</i>, 2015; the time
 * dependence is e^{iωt}). The filters of order 0 and 1 undo the phase of b₀ and b₁, and bring the
 * level to what a diffuse field has in SN3D: as long as kr is below 1 that is 1/b₀ and 1/b₁, above
 * it higher orders fold into the four channels and only the sum of powers can be right. On a sphere
 * b₁ vanishes towards 0 Hz; there the filters amplify by {@link #MOST} at the most, which for a
 * radius of 4.2 cm lasts down to about 150 Hz.
 *
 * <p>They are linear in phase but for that, {@link #REACH} samples to either side. Immutable; for
 * many threads.
 */
final class RadialFilters {
  /** Taps on either side of the middle one. */
  static final int REACH = 1023;

  /** Of one order, 20 dB. */
  private static final double MOST = 10;

  private static final double SPEED_OF_SOUND = 343;
  private static final int SIZE = 4096;

  /** Orders above kr that still count. */
  private static final int MORE_ORDERS = 12;

  private final double[][] to = new double[2][];
  private final double[][] from = new double[2][];

  RadialFilters(CapsuleArray array) {
    double[][] cosines = cosines(array);
    double[][] matrix = array.toHarmonics();
    double[][] decode = new double[2][SIZE];
    double[][] encode = new double[2][SIZE];
    for (int k = 0; k <= SIZE / 2; k++) {
      double hertz = (double) k * Foa.SAMPLE_RATE / SIZE;
      double kr = 2 * Math.PI * hertz / SPEED_OF_SOUND * array.radius();
      double[][] b = modes(array, kr);
      double[] power = diffuse(b, matrix, cosines);
      for (int n = 0; n < 2; n++) {
        double modulus = Math.hypot(b[n][0], b[n][1]);
        double level = Math.sqrt(power[n]);
        double gain = modulus == 0 ? 0 : level / (power[n] + 0.25 / (MOST * MOST)) / modulus;
        put(decode[n], k, gain * b[n][0], -gain * b[n][1]);
        put(encode[n], k, b[n][0], b[n][1]);
      }
    }
    for (int n = 0; n < 2; n++) {
      to[n] = taps(decode[n]);
      from[n] = taps(encode[n]);
    }
  }

  /** Between each two capsules. */
  private static double[][] cosines(CapsuleArray array) {
    int n = array.capsules().size();
    double[][] cosines = new double[n][n];
    for (int i = 0; i < n; i++) {
      Vec3 u = array.capsules().get(i).unit();
      for (int j = 0; j < n; j++) {
        cosines[i][j] = u.dot(array.capsules().get(j).unit());
      }
    }
    return cosines;
  }

  /**
   * Power of the order-0 channel, and of the three of order 1 together, in a diffuse field in which
   * W has power 1.
   */
  private static double[] diffuse(double[][] b, double[][] matrix, double[][] cosines) {
    double[] power = new double[2];
    int capsules = cosines.length;
    for (int i = 0; i < capsules; i++) {
      for (int j = 0; j < capsules; j++) {
        double both = 0;
        double before = 0;
        double legendre = 1;
        for (int n = 0; n < b.length; n++) {
          both += (b[n][0] * b[n][0] + b[n][1] * b[n][1]) / (2 * n + 1) * legendre;
          double next = ((2 * n + 1) * cosines[i][j] * legendre - n * before) / (n + 1);
          before = legendre;
          legendre = next;
        }
        for (int k = 0; k < matrix.length; k++) {
          power[k == Foa.W ? 0 : 1] += matrix[k][i] * matrix[k][j] * both;
        }
      }
    }
    return power;
  }

  /** All bₙ that count, [n][2]: real and imaginary part. */
  private static double[][] modes(CapsuleArray array, double kr) {
    double p = array.pattern();
    int orders = (int) Math.ceil(kr) + MORE_ORDERS;
    double[][] b = new double[orders][2];
    if (kr == 0) {
      b[0][0] = p;
      b[1][0] = 1 - p;
      return b;
    }
    SphericalBessel bessel = new SphericalBessel(kr, orders);
    for (int n = 0; n < orders; n++) {
      double re;
      double im;
      if (array.mount() == CapsuleArray.Mount.SPHERE) {
        // −i / (x² (j′ − i y′)) = (y′ − i j′) / (x² (j′² + y′²))
        double j = bessel.firstDerivative(n);
        double y = bessel.secondDerivative(n);
        double scale = 1 / (kr * kr * (j * j + y * y));
        re = y * scale;
        im = -j * scale;
      } else {
        re = p * bessel.first(n);
        im = -(1 - p) * bessel.firstDerivative(n);
      }
      int factor = 2 * n + 1;
      switch (n % 4) { // iⁿ
        case 0 -> b[n] = new double[] {factor * re, factor * im};
        case 1 -> b[n] = new double[] {-factor * im, factor * re};
        case 2 -> b[n] = new double[] {-factor * re, -factor * im};
        default -> b[n] = new double[] {factor * im, -factor * re};
      }
    }
    return b;
  }

  /** Into JTransforms' packing; what is imaginary at 0 Hz and at half the rate has no place. */
  private static void put(double[] spectrum, int k, double re, double im) {
    if (k == 0) {
      spectrum[0] = re;
    } else if (k == spectrum.length / 2) {
      spectrum[1] = re;
    } else {
      spectrum[2 * k] = re;
      spectrum[2 * k + 1] = im;
    }
  }

  /** The response around its middle, faded out over its outer half. */
  private static double[] taps(double[] spectrum) {
    Fourier.of(SIZE).realInverse(spectrum, true);
    double[] taps = new double[2 * REACH + 1];
    for (int i = -REACH; i <= REACH; i++) {
      double edge = Math.max(0, 2.0 * Math.abs(i) / (REACH + 1) - 1);
      taps[i + REACH] = spectrum[Math.floorMod(i, SIZE)] * (0.5 + 0.5 * Math.cos(Math.PI * edge));
    }
    return taps;
  }

  /** Undoes the radius: b₀·W and b₁·(Y, Z, X) become W, Y, Z, X. */
  float[][] toFoa(float[][] mixed) {
    return filter(mixed, to);
  }

  /** Brings it in: W, Y, Z, X become b₀·W and b₁·(Y, Z, X). */
  float[][] fromFoa(float[][] foa) {
    return filter(foa, from);
  }

  private static float[][] filter(float[][] in, double[][] taps) {
    float[][] out = new float[in.length][];
    for (int c = 0; c < in.length; c++) {
      out[c] = FirFilter.centred(taps[c == Foa.W ? 0 : 1], in[c]);
    }
    return out;
  }
}
