package org.hearsight.core.place;

import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FrameRing;

/**
 * What is heard of places in a window that slides over a stream: {@link PlaceFeatures#hear} of the
 * same window, bit for bit. Asked by one thread.
 *
 * <p>The frames of 40 ms all lie wholly in the window, so each is computed once, and where its bins
 * point once, too, as soon as its neighbours are there. Computed for every window are what refers
 * to it as a whole: the sums over its frames, each bin's noise floor in {@link DirectionHistograms}
 * and its level above it, and {@link Echoes}, whose frames of a third of a second begin where the
 * window does and are met again after 12.8 s only.
 */
public final class SlidingPlaces {
  private final FrameProducts products = new FrameProducts();
  private final FrameRing<PlaceFrame> ring = new FrameRing<>(FrameProducts.HOP);
  private final FrameRing<DirectionHistograms.Pointing> pointings =
      new FrameRing<>(FrameProducts.HOP);
  private final int threads;

  /**
   * @param threads that share the work of a window; their number changes no bit of the result
   */
  public SlidingPlaces(int threads) {
    this.threads = threads;
  }

  /**
   * Listens to a window.
   *
   * @param foa [4][samples], W, Y, Z, X (SN3D) at 24 kHz, checked where they came from
   * @param start the stream's sample that the window begins with. Frames are met again where
   *     windows begin whole frames of 20 ms apart, and computed anew elsewhere.
   */
  public PlaceFeatures.Sound hear(float[][] foa, long start) {
    int samples = foa[Foa.W].length;
    if (samples < PlaceFeatures.LEAST_SAMPLES) {
      return PlaceFeatures.hear(foa, threads); // begins in silence that is not the stream's
    }
    ring.hold(FrameProducts.frames(samples));
    pointings.hold(FrameProducts.frames(samples));
    return PlaceFeatures.hear(
        foa,
        frame -> kept(foa, start, frame),
        (frame, made) ->
            pointings.get(
                centre(start, frame), () -> made.apply(new DirectionHistograms.Pointing())),
        threads);
  }

  /** Of a frame, but for a constant. */
  private static long centre(long start, int frame) {
    return start + (long) frame * FrameProducts.HOP;
  }

  private PlaceFrame kept(float[][] foa, long start, int frame) {
    return ring.get(
        centre(start, frame),
        () -> {
          products.read(foa, frame);
          return PlaceFrame.of(products);
        });
  }
}
