package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Trajectory;
import org.hearsight.simulator.scene.Worlds;
import org.junit.jupiter.api.Test;

class AcousticsTest {
  private static final int RATE = 24000;
  private static final int CLIP = 2 * RATE;

  @Test
  void aClickArrivesAfterTheWayAndAsWeakAsTheWayIsLong() {
    for (int k = 1; k <= 3; k++) {
      double metres = 3.432 * k; // 240 samples at 343.2 m/s
      float[] click = new float[Emission.samplesFor(CLIP)];
      int lead = click.length - CLIP;
      click[lead + 1000] = 1;
      float[][] heard = play(Worlds.freeField(), click, standing(new Vec3(metres, 0, 0)));
      int peak = peak(heard[0]);
      assertThat(peak).isEqualTo(1000 + 240 * k);
      assertThat(heard[0][peak] * metres).isCloseTo(1, within(0.1)); // air dulls the click
    }
  }

  @Test
  void intensityPointsAtTheSource() {
    float[] noise = noise(Emission.samplesFor(CLIP));
    for (double azimuth : new double[] {-170, -60, 15, 90, 133}) {
      for (double elevation : new double[] {-50, 0, 35}) {
        Direction truth = new Direction(azimuth, elevation);
        float[][] p = play(Worlds.freeField(), noise, standing(truth.at(4)));
        Vec3 intensity = new Vec3(dot(p[0], p[3]), dot(p[0], p[1]), dot(p[0], p[2]));
        assertThat(Direction.of(intensity).angleTo(truth)).isLessThan(0.1);
      }
    }
  }

  @Test
  void anApproachingToneIsHigherByTheDopplerFactor() {
    double frequency = 1000;
    for (double speed : new double[] {15, -15}) {
      float[] tone = new float[Emission.samplesFor(CLIP)];
      for (int i = 0; i < tone.length; i++) {
        tone[i] = (float) Math.sin(2 * Math.PI * frequency * i / RATE);
      }
      Trajectory way = new Trajectory(new Vec3(40, 0, 0), new Vec3(40 - 2 * speed, 0, 0), 2);
      float[] w = play(Worlds.freeField(), tone, way)[0];
      int first = -1;
      int last = -1;
      int cycles = -1;
      for (int i = 6000; i < CLIP - 2000; i++) {
        if (w[i - 1] < 0 && w[i] >= 0) {
          first = first < 0 ? i : first;
          last = i;
          cycles++;
        }
      }
      double heard = (double) cycles * RATE / (last - first);
      double expected = frequency * 343.2 / (343.2 - speed);
      assertThat(heard).isCloseTo(expected, within(0.0005 * expected));
    }
  }

  /**
   * Clips seldom end where a step of 50 ms does: to its end a moving tone is the one of theory,
   * sin(2πf(t − r/c)) / r with r at the time of emission, within 2 %.
   */
  @Test
  void aMovingToneFollowsTheoryToTheEndOfAnyClip() {
    double frequency = 1000;
    double speed = 30;
    for (double seconds : new double[] {1.0, 1.001, 1.013, 1.03, 1.049}) {
      int clip = (int) Math.round(seconds * RATE);
      float[] tone = new float[Emission.samplesFor(clip)];
      int lead = tone.length - clip;
      for (int i = 0; i < tone.length; i++) {
        tone[i] = (float) Math.sin(2 * Math.PI * frequency * (i - lead) / RATE);
      }
      Vec3 start = new Vec3(50, 0, 0);
      Trajectory way = new Trajectory(start, new Vec3(50 - speed * seconds, 0, 0), seconds);
      Acoustics acoustics = new Acoustics(new SceneOfBoxes(Worlds.freeField()), clip);
      Acoustics.Heard heard = acoustics.add(new Emission(tone, lead, way), new SplittableRandom(1));
      for (int n = clip / 2; n < clip; n++) {
        double t = (double) n / RATE;
        // t = e + (50 - v e) / c
        double emitted = (t - 50 / 343.2) / (1 - speed / 343.2);
        double r = 50 - speed * emitted;
        double theory = Math.sin(2 * Math.PI * frequency * emitted) / r * AirAbsorption.gain(3, r);
        assertThat(acoustics.pressure()[0][n])
            .as("sample %d of %d", n, clip)
            .isCloseTo((float) theory, within((float) (0.02 / r)));
        assertThat(heard.travel().applyAsDouble(t)).isCloseTo(r / 343.2, within(1e-4));
      }
    }
  }

  @Test
  void movingBehindACornerMakesNoClick() {
    Scene scene = Worlds.with(Worlds.onGround(5, 9, 1, 60, 40));
    float[] tone = new float[Emission.samplesFor(CLIP)];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) Math.sin(2 * Math.PI * 200 * i / RATE);
    }
    float[] w = play(scene, tone, new Trajectory(new Vec3(11, -4, 0), new Vec3(11, 12, 0), 2))[0];
    double steepest = 0;
    for (int i = 1; i < w.length; i++) {
      steepest = Math.max(steepest, Math.abs(w[i] - w[i - 1]));
    }
    // Direct sound, ground, wall and both together at their nearest, all at full slope.
    double slope = 2 * Math.PI * 200 / RATE * 4 / 11;
    assertThat(steepest).isLessThan(slope);
  }

  @Test
  void apparentDirectionOfAHiddenSourceIsTheEdge() {
    Scene scene = Worlds.with(Worlds.onGround(-40, 5, 2, 60, 40));
    Acoustics acoustics = new Acoustics(new SceneOfBoxes(scene), CLIP);
    float[] noise = noise(Emission.samplesFor(CLIP));
    Acoustics.Heard heard =
        acoustics.add(
            new Emission(noise, noise.length - CLIP, standing(new Vec3(9, 12, 0))),
            new SplittableRandom(1));
    assertThat(heard.apparent().azimuth()).isCloseTo(Math.toDegrees(Math.atan2(2, 5)), within(0.1));
    double way = Math.hypot(5, 2) + Math.hypot(9 - 5, 12 - 2);
    assertThat(heard.travel().applyAsDouble(1)).isCloseTo(way / 343.2, within(1e-5));
    double rms = Calibration.pascal(acoustics.level());
    assertThat(rms).isGreaterThan(0.001); // unit noise at one metre: hidden, not silent
  }

  /** Without walls a clip holds the direct sound alone: shifted, weaker, dulled by air. */
  @Test
  void anAnechoicSceneIsTheDirectPath() {
    float[] noise = noise(Emission.samplesFor(CLIP));
    int lead = noise.length - CLIP;
    float[][] p = play(Worlds.freeField(), noise, standing(new Vec3(0, 6.864, 0))); // 480 samples
    BandSplit bands = new BandSplit(noise);
    for (int n = 0; n < CLIP; n++) {
      double expected = 0;
      for (int b = 0; b < OctaveBands.COUNT; b++) {
        expected += bands.band(b)[lead + n - 480] * AirAbsorption.gain(b, 6.864) / 6.864;
      }
      assertThat(p[0][n]).isCloseTo((float) expected, within(1e-5f));
      assertThat(p[1][n]).isCloseTo((float) expected, within(1e-5f));
      assertThat(p[2][n]).isZero();
      assertThat(p[3][n]).isCloseTo(0, within(1e-5f));
    }
  }

  /** What a passing low tone leaves above 3 kHz: more than 60 dB below it. */
  @Test
  void motionThroughShadowAndLightLeavesNoClicksInTheSpectrum() {
    Scene scene = Worlds.with(Worlds.onGround(5, 9, 1, 60, 40));
    float[] tone = new float[Emission.samplesFor(CLIP)];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) Math.sin(2 * Math.PI * 200 * i / RATE);
    }
    float[] w = play(scene, tone, new Trajectory(new Vec3(11, -4, 0), new Vec3(11, 12, 0), 2))[0];
    float[] windowed = w.clone();
    for (int i = 0; i < windowed.length; i++) {
      windowed[i] *= (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / windowed.length));
    }
    double[] energy = new BandSplit(windowed).energy();
    double low = energy[0] + energy[1];
    for (int b = 5; b < OctaveBands.COUNT; b++) {
      assertThat(10 * Math.log10(energy[b] / low)).as("band %d", b).isLessThan(-60);
    }
  }

  @Test
  void aStillSourceSoundsAsOneThatHardlyMoves() {
    Scene scene = Worlds.with(Worlds.onGround(5, 9, 1, 60, 40));
    float[] noise = noise(Emission.samplesFor(CLIP));
    Vec3 place = new Vec3(11, 3, 0.2);
    float[][] still = play(scene, noise, standing(place));
    Vec3 beside = place.plus(new Vec3(1e-9, 0, 0));
    float[][] moving = play(scene, noise, new Trajectory(place, beside, 2));
    for (int c = 0; c < 4; c++) {
      for (int n = 0; n < still[c].length; n++) {
        assertThat(still[c][n])
            .as("channel %d, sample %d", c, n)
            .isCloseTo(moving[c][n], within(1e-4f));
      }
    }
  }

  /** Off the ground and a wall, one response or ways played one by one: within 1 % of the peak. */
  @Test
  void whatLastsSoundsAsWhatIsFollowed() {
    OpenGround.Wall wall = new OpenGround.Wall(new Vec3(0, 1, 0), 6, Material.BRICK);
    OpenGround open = new OpenGround(-1.5, Material.ASPHALT, List.of(wall));
    float[] tone = new float[Emission.samplesFor(CLIP)];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) Math.sin(2 * Math.PI * 500 * i / RATE);
    }
    Vec3 place = new Vec3(7, 3, 0.2);
    float[][] lasting = play(open, tone, standing(place));
    Trajectory hardly = new Trajectory(place, place.plus(new Vec3(1e-9, 0, 0)), 2);
    float[][] followed = play(open, tone, hardly);
    float peak = Math.abs(followed[0][peak(followed[0])]);
    for (int c = 0; c < 4; c++) {
      for (int n = 0; n < CLIP - 1000; n++) {
        assertThat(lasting[c][n])
            .as("channel %d, sample %d", c, n)
            .isCloseTo(followed[c][n], within(0.01f * peak));
      }
    }
  }

  @Test
  void clipsAreTurnedDownOnlyIfTheyWouldClip() {
    float[][] soft = {{0.2f, -0.4f}, {0, 0}, {0, 0}, {0, 0}};
    assertThat(Calibration.toSamples(soft, 0)).isZero();
    assertThat(soft[0][1]).isCloseTo(-0.4f / 6.3246f, within(1e-5f)); // full scale is 6.3 Pa
    float[][] loud = {{20, 0}, {0, 0}, {0, 0}, {0, 0}};
    assertThat(Calibration.toSamples(loud, 0)).isCloseTo(-10.18, within(0.01));
    assertThat(loud[0][0]).isCloseTo(0.98f, within(1e-6f));
    float[][] amplified = {{0.2f, 0}, {0, 0}, {0, 0}, {0, 0}};
    assertThat(Calibration.toSamples(amplified, 6)).isZero();
    assertThat(amplified[0][0]).isCloseTo(1.9953f * 0.2f / 6.3246f, within(1e-5f));
  }

  @Test
  void octaveBandsSumToTheSignal() {
    float[] noise = noise(4096);
    BandSplit split = new BandSplit(noise);
    for (int i = 0; i < noise.length; i++) {
      double sum = 0;
      for (int b = 0; b < OctaveBands.COUNT; b++) {
        sum += split.band(b)[i];
      }
      assertThat(sum).isCloseTo(noise[i], within(1e-5));
    }
  }

  private static float[][] play(Scene scene, float[] samples, Trajectory way) {
    return play(new SceneOfBoxes(scene), samples, way);
  }

  private static float[][] play(Surroundings place, float[] samples, Trajectory way) {
    Acoustics acoustics = new Acoustics(place, CLIP);
    acoustics.add(new Emission(samples, samples.length - CLIP, way), new SplittableRandom(1));
    return acoustics.pressure();
  }

  private static Trajectory standing(Vec3 place) {
    return Trajectory.standing(place, 2);
  }

  private static float[] noise(int n) {
    SplittableRandom r = new SplittableRandom(5);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) r.nextGaussian();
    }
    return x;
  }

  private static int peak(float[] x) {
    int best = 0;
    for (int i = 0; i < x.length; i++) {
      if (Math.abs(x[i]) > Math.abs(x[best])) {
        best = i;
      }
    }
    return best;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
