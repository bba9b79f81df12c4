package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Trajectory;
import org.junit.jupiter.api.Test;

/** Responses of empty rooms against statistical room acoustics. */
class BareRoomTest {
  private static final double[] EVEN = {1, 1, 1, 1, 1, 1};
  private static final double[] ISOTROPIC = {1, 1, 1, 1};

  /** Fitted from −5 to −35 dB of Schroeder's integral at 1 kHz; within 15 %. */
  @Test
  void theReverberationTimeIsTheOneAskedFor() {
    double[][] rooms = {{4, 3, 2.5, 0.3}, {8, 6, 3, 0.7}, {15, 10, 6, 1.2}, {30, 18, 11, 2.5}};
    for (double[] room : rooms) {
      BareRoom bare = room(room[0], room[1], room[2], room[3]);
      Vec3 source = new Vec3(0.3 * room[0], 0.2 * room[1], 0.3);
      float[][] response = response(bare, source, Directivity.NONE, new SplittableRandom(4));
      float[] band = new BandSplit(response[Foa.W]).band(3);
      double asked = bare.seconds(3);
      assertThat(decay(band)).isCloseTo(asked, Offset.offset(0.15 * asked));
    }
  }

  /**
   * L. L. Beranek, Acoustics (1954), 10.25, with Eyring's room constant: reverberant to direct
   * energy is 16π(1 − ᾱ)r²/A at r metres. Mean over rooms and places; 2 dB.
   */
  @Test
  void directToReverberantIsThatOfHopkinsAndStryker() {
    Draw draw = new Draw(new SplittableRandom(2));
    double sum = 0;
    int count = 24;
    for (int i = 0; i < count; i++) {
      double x = draw.between(5, 25);
      double y = draw.between(4, 15);
      double z = draw.between(2.5, 8);
      double t = draw.between(0.4, 2);
      BareRoom bare = room(x, y, z, t);
      Vec3 source = new Vec3(0.3 * x, draw.between(-0.3, 0.3) * y, 0.5);
      float[][] response = response(bare, source, Directivity.NONE, draw.random());
      SoundPath direct = bare.images(source, Directivity.NONE, 0, 0).get(0);
      double[] energy = new BandSplit(response[Foa.W]).energy();
      float[][] alone = new float[Foa.CHANNELS][response[0].length];
      BandKernels.add(direct, alone);
      double[] own = new BandSplit(alone[Foa.W]).energy();
      double ratio = 10 * Math.log10(own[3] / (energy[3] - own[3]));
      double area = 0.161 * bare.volume() / bare.seconds(3);
      double absorption = 1 - Math.exp(-area / bare.surface());
      double r = source.norm();
      double theory = -10 * Math.log10(16 * Math.PI * (1 - absorption) * r * r / area);
      assertThat(ratio).as("room %d", i).isCloseTo(theory, Offset.offset(6.0));
      sum += (ratio - theory) / count;
    }
    assertThat(sum).isCloseTo(0, Offset.offset(2.0));
  }

  @Test
  void theTailIsIndependentInAllChannelsWithSn3dWeights() {
    BareRoom bare = room(12, 9, 6, 1.5);
    float[][] response =
        response(bare, new Vec3(3, 2, 1), Directivity.NONE, new SplittableRandom(8));
    int from = Foa.SAMPLE_RATE / 4;
    double w = product(response[0], response[0], from);
    for (int c = 1; c < Foa.CHANNELS; c++) {
      double own = product(response[c], response[c], from);
      assertThat(10 * Math.log10(own / w)).isCloseTo(-4.77, Offset.offset(1.0));
      for (int d = 0; d < c; d++) {
        double cross = product(response[c], response[d], from);
        double other = product(response[d], response[d], from);
        assertThat(cross / Math.sqrt(own * other)).isCloseTo(0, Offset.offset(0.12));
      }
    }
  }

  @Test
  void aDirectionalSourceSendsLessIntoTheRoomThanToItsFront() {
    Vec3 source = new Vec3(2, 1, 0.2);
    Directivity facing = new Directivity(source.unit().times(-1), 2);
    BareRoom bare = room(12, 9, 6, 1.5);
    double omni = drr(bare, source, Directivity.NONE);
    assertThat(drr(bare, source, facing) - omni).isBetween(3.0, 9.0);
  }

  @Test
  void aMovingSourceComesFromWhereItIs() {
    BareRoom bare = room(20, 20, 8, 0.2);
    Trajectory way = new Trajectory(new Vec3(1, 3, 0), new Vec3(1, -3, 0), 2);
    Draw draw = new Draw(new SplittableRandom(1));
    float[] dry = new float[2 * Foa.SAMPLE_RATE];
    for (int i = 0; i < dry.length; i++) {
      dry[i] = (float) draw.normal();
    }
    Acoustics acoustics = new Acoustics(bare, dry.length);
    acoustics.add(new Emission(dry, 0, way), draw.random());
    float[][] pressure = acoustics.pressure();
    assertThat(product(pressure[Foa.W], pressure[Foa.Y], 4000, 8000)).isPositive();
    assertThat(product(pressure[Foa.W], pressure[Foa.Y], 40_000, 44_000)).isNegative();
  }

  private static double drr(BareRoom room, Vec3 source, Directivity directivity) {
    float[][] response = response(room, source, directivity, new SplittableRandom(3));
    float[][] alone = new float[Foa.CHANNELS][response[0].length];
    BandKernels.add(room.images(source, directivity, 0, 0).get(0), alone);
    double direct = product(alone[0], alone[0], 0);
    return 10 * Math.log10(direct / (product(response[0], response[0], 0) - direct));
  }

  /** To a source that stands still: all of it is one response. */
  private static float[][] response(
      BareRoom room, Vec3 source, Directivity directivity, RandomGenerator r) {
    Trajectory standing = Trajectory.standing(source, 1);
    Surroundings.Ways ways = room.ways(new Emission(new float[1], 0, standing, directivity));
    return Response.of(ways.lasting(), ways.late(0), r).taps();
  }

  private static BareRoom room(double x, double y, double z, double t) {
    double[] seconds = new double[OctaveBands.COUNT];
    Arrays.fill(seconds, t);
    Vec3 min = new Vec3(-0.4 * x, -0.45 * y, -Math.min(1.5, z / 2));
    return new BareRoom(min, min.plus(new Vec3(x, y, z)), seconds, EVEN, ISOTROPIC);
  }

  private static double product(float[] a, float[] b, int from) {
    return product(a, b, from, a.length);
  }

  private static double product(float[] a, float[] b, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** Seconds to fall by 60 dB, from −5 to −35 dB of the backward integral. */
  private static double decay(float[] response) {
    double[] left = new double[response.length + 1];
    for (int i = response.length - 1; i >= 0; i--) {
      left[i] = left[i + 1] + (double) response[i] * response[i];
    }
    int from = 0;
    while (left[from] > left[0] * Math.pow(10, -0.5)) {
      from++;
    }
    int to = from;
    while (left[to] > left[0] * Math.pow(10, -3.5)) {
      to++;
    }
    return 2.0 * (to - from) / Foa.SAMPLE_RATE;
  }
}
