package org.hearsight.core.audio;

/**
 * First-order sound as a microphone turned to the left hears it: what came from azimuth φ comes
 * from φ − turn.
 *
 * <p>A rotation about the vertical axis mixes X and Y and leaves W and Z as they are.
 */
public final class FoaTurn {
  private FoaTurn() {}

  /**
   * Turns the microphone.
   *
   * @param foa [4][samples], W, Y, Z, X; not changed
   * @param degrees to the left
   * @return [4][samples]; W and Z are the arrays that were given
   */
  public static float[][] left(float[][] foa, double degrees) {
    Foa.requireChannels("audio", foa);
    double cosine = Math.cos(Math.toRadians(degrees));
    double sine = Math.sin(Math.toRadians(degrees));
    int n = foa[Foa.W].length;
    float[] y = new float[n];
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (cosine * foa[Foa.X][i] + sine * foa[Foa.Y][i]);
      y[i] = (float) (cosine * foa[Foa.Y][i] - sine * foa[Foa.X][i]);
    }
    float[][] turned = new float[Foa.CHANNELS][];
    turned[Foa.W] = foa[Foa.W];
    turned[Foa.Y] = y;
    turned[Foa.Z] = foa[Foa.Z];
    turned[Foa.X] = x;
    return turned;
  }
}
