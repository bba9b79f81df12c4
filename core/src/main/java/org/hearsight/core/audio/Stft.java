package org.hearsight.core.audio;

import java.util.Arrays;
import org.jtransforms.fft.DoubleFFT_1D;

/**
 * A short-time Fourier transform with centred frames: frame i is centred on sample i·hop, and what
 * lies outside the signal is zero.
 *
 * <p>The window is a periodic Hann window in the middle of the transform's length. Immutable; for
 * many threads.
 */
public final class Stft {
  private final int size;
  private final int hop;
  private final double[] window;
  private final DoubleFFT_1D fft;

  /**
   * @param size of the transform, a power of two
   * @param hop samples from frame to frame
   * @param window samples of the window, at most {@code size}
   */
  public Stft(int size, int hop, int window) {
    if (size < 2 || Integer.bitCount(size) != 1 || hop < 1 || window < 1 || window > size) {
      throw new IllegalArgumentException(
          "stft: size " + size + ", hop " + hop + ", window " + window);
    }
    this.size = size;
    this.hop = hop;
    this.window = new double[window];
    for (int i = 0; i < window; i++) {
      this.window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / window);
    }
    fft = Fourier.of(size);
  }

  public int size() {
    return size;
  }

  public int hop() {
    return hop;
  }

  /** Bins of a spectrum, from 0 Hz to half the sample rate. */
  public int bins() {
    return size / 2 + 1;
  }

  /** A spectrum's place for {@link #frame}: real and imaginary part of each bin in turn. */
  public double[] newSpectrum() {
    return new double[2 * bins()];
  }

  /** The spectrum of frame {@code index} of a whole signal. */
  public void frame(float[] signal, int index, double[] spectrum) {
    frame(signal, 0, signal.length, index * hop, 0, spectrum);
  }

  /**
   * The spectrum around one sample.
   *
   * @param from first sample of the signal; before it there is silence
   * @param to end of the signal; from it on there is silence
   * @param centre sample in the middle of the frame
   * @param offset added to every sample of the signal, but not to the silence around it
   * @param spectrum takes the result, [bins, 2]
   */
  void frame(float[] signal, int from, int to, int centre, double offset, double[] spectrum) {
    int length = window.length;
    int first = centre - length / 2;
    int begin = Math.min(length, Math.max(0, from - first));
    int end = Math.max(begin, Math.min(length, to - first));
    int left = (size - length) / 2;
    Arrays.fill(spectrum, 0, left + begin, 0);
    for (int i = begin; i < end; i++) {
      spectrum[left + i] = window[i] * (signal[first + i] + offset);
    }
    Arrays.fill(spectrum, left + end, spectrum.length, 0);
    fft.realForward(spectrum);
    // JTransforms keeps the last bin, which is real like the first, in the first's imaginary part.
    spectrum[size] = spectrum[1];
    spectrum[1] = 0;
  }
}
