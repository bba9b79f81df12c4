package org.hearsight.simulator.acoustics;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Trajectory;

/** A scene of boxes as {@link Acoustics} hears it: around edges and off walls, with its tail. */
public record SceneSurroundings(Scene scene) implements Surroundings {
  /** The directivity is not used: sound that is bent arrives from all sides of a source. */
  @Override
  public void play(
      float[] dry, Trajectory way, Directivity directivity, float[][] pressure, RandomGenerator r) {
    Acoustics acoustics = new Acoustics(scene, pressure[0].length, Foa.SAMPLE_RATE);
    float[] padded = Arrays.copyOf(dry, Fft.length(Math.max(dry.length, pressure[0].length)));
    acoustics.add(new Emission(padded, 0, way), r);
    for (int c = 0; c < pressure.length; c++) {
      for (int n = 0; n < pressure[c].length; n++) {
        pressure[c][n] += acoustics.pressure()[c][n];
      }
    }
  }

  /** Is there any way from a place to the microphone? */
  public boolean reaches(Vec3 place) {
    return !new PathFinder(scene, Vec3.ZERO, place.z()).find(place).isEmpty();
  }
}
