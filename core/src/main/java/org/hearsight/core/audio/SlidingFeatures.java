package org.hearsight.core.audio;

/**
 * The features of a window that slides over a stream: those of {@link AudioFeatures#compute} of the
 * same window, bit for bit, at the cost of the frames that are new. For one thread.
 *
 * <p>A frame whose samples all lie in the window is the same in every window and is computed once.
 * Those at its two ends see the silence around it (one frame of {@link FoaFeatures}, four of {@link
 * AvCrnnFeatures}) and are computed for each window. What refers to the whole window is brought in
 * last and kept nowhere: the range of 80 dB below the window's maximum is taken from the kept
 * levels, which have none.
 */
public final class SlidingFeatures {
  private final AudioFeatures features;
  private final AudioFeatures.FrameMaker maker;
  private final FrameRing<float[]> ring;
  private final float[] edge;

  public SlidingFeatures(AudioFeatures features) {
    this.features = features;
    maker = features.frameMaker();
    ring = new FrameRing<>(features.hop());
    edge = new float[AudioFeatures.PLANES * features.bands()];
  }

  /**
   * The features of a window.
   *
   * @param foa [4][samples], W, Y, Z, X at 24 kHz, checked where they came from
   * @param start the stream's sample that the window begins with. Frames are met again where
   *     windows begin whole hops apart, and computed anew elsewhere.
   * @return [7, frames, bands], the caller's own
   */
  public float[] of(float[][] foa, long start) {
    Foa.requireChannels("audio", foa);
    int samples = foa[Foa.W].length;
    int frames = features.frameCount(samples);
    ring.hold(frames);
    float[] all = new float[AudioFeatures.PLANES * frames * features.bands()];
    for (int t = 0; t < frames; t++) {
      int centre = t * features.hop();
      boolean inside = centre >= features.reach() && centre + features.reach() <= samples;
      AudioFeatures.put(inside ? kept(foa, start, centre) : make(foa, centre, edge), all, t);
    }
    features.finish(all);
    return all;
  }

  private float[] kept(float[][] foa, long start, int centre) {
    return ring.get(start + centre, () -> make(foa, centre, new float[edge.length]));
  }

  private float[] make(float[][] foa, int centre, float[] into) {
    maker.make(foa, centre, into);
    return into;
  }
}
