import FFT from 'fft.js';

/**
 * A short-time Fourier transform with centred frames, as Java's `Stft`: a periodic Hann window in the
 * middle of the transform's length; what lies outside the signal is zero.
 */
export class Stft {
  readonly bins: number;
  private readonly window: Float64Array;
  private readonly fft: FFT;
  private readonly framed: Float64Array;

  /**
   * @param size of the transform, a power of two
   * @param length samples of the window, at most `size`
   */
  constructor(
    readonly size: number,
    readonly hop: number,
    length: number,
  ) {
    this.bins = size / 2 + 1;
    this.window = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      this.window[i] = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length);
    }
    this.fft = new FFT(size);
    this.framed = new Float64Array(size);
  }

  /** A place for `frame`: real and imaginary part of each bin in turn; the upper half is scratch. */
  newSpectrum(): number[] {
    return this.fft.createComplexArray();
  }

  /**
   * The spectrum around the sample `centre`.
   *
   * @param offset added to every sample of the signal, but not to the silence around it
   */
  frame(signal: Float32Array, centre: number, offset: number, spectrum: number[]): void {
    const { window, framed, size } = this;
    const length = window.length;
    const first = centre - length / 2;
    const begin = Math.min(length, Math.max(0, -first));
    const end = Math.max(begin, Math.min(length, signal.length - first));
    const left = (size - length) / 2;
    framed.fill(0);
    for (let i = begin; i < end; i++) {
      framed[left + i] = window[i]! * (signal[first + i]! + offset);
    }
    this.fft.realTransform(spectrum, framed);
  }

  /**
   * Back to samples.
   *
   * @param half bins 0 to `size / 2`, real and imaginary part in turn
   */
  inverse(half: number[]): Float64Array {
    this.fft.completeSpectrum(half);
    const out = this.fft.createComplexArray();
    this.fft.inverseTransform(out, half);
    return Float64Array.from({ length: this.size }, (_, i) => out[2 * i]!);
  }
}
