import { FRAMES_PER_SECOND, HOP } from '../sound/features';
import { type Foa, SAMPLE_RATE, W, X, Y, Z } from '../sound/foa';
import { Stft } from '../sound/stft';

export const SIZE = 1024;
export const BINS = SIZE / 2 + 1;
export { FRAMES_PER_SECOND };

const BIN_HZ = SAMPLE_RATE / SIZE;
const STFT = new Stft(SIZE, HOP, 2 * HOP);

/** First bin at or above a frequency. */
export function bin(hertz: number): number {
  return Math.ceil(hertz / BIN_HZ);
}

/** Frames that lie wholly in a clip. */
export function frameCount(samples: number): number {
  return Math.floor((samples - HOP) / HOP);
}

/** Powers of the four channels and their products, frame by frame, as Java's `FrameProducts`. */
export class FrameProducts {
  readonly ww = new Float64Array(BINS);
  readonly yy = new Float64Array(BINS);
  readonly zz = new Float64Array(BINS);
  readonly xx = new Float64Array(BINS);
  readonly wy = new Float64Array(BINS);
  readonly wz = new Float64Array(BINS);
  readonly wx = new Float64Array(BINS);
  readonly yx = new Float64Array(BINS);
  private readonly spectra = [0, 1, 2, 3].map(() => STFT.newSpectrum());

  /** Goes to a frame; frame 0 begins with the clip. */
  read(foa: Foa, frame: number): void {
    foa.forEach((channel, c) => STFT.frame(channel, (frame + 1) * HOP, 0, this.spectra[c]!));
    const w = this.spectra[W]!;
    const y = this.spectra[Y]!;
    const z = this.spectra[Z]!;
    const x = this.spectra[X]!;
    for (let k = 0; k < BINS; k++) {
      const wr = w[2 * k]!;
      const wi = w[2 * k + 1]!;
      const yr = y[2 * k]!;
      const yi = y[2 * k + 1]!;
      const zr = z[2 * k]!;
      const zi = z[2 * k + 1]!;
      const xr = x[2 * k]!;
      const xi = x[2 * k + 1]!;
      this.ww[k] = wr * wr + wi * wi;
      this.yy[k] = yr * yr + yi * yi;
      this.zz[k] = zr * zr + zi * zi;
      this.xx[k] = xr * xr + xi * xi;
      this.wy[k] = wr * yr + wi * yi;
      this.wz[k] = wr * zr + wi * zi;
      this.wx[k] = wr * xr + wi * xi;
      this.yx[k] = yr * xr + yi * xi;
    }
  }
}
