import { bin, type FrameProducts } from './frames';
import { AZIMUTHS, COSINE, SINE } from './grid';

export const BEAM_BANDS = 8;
export const PARTS = 5;
const SUMS = PARTS * BEAM_BANDS + BEAM_BANDS + BEAM_BANDS + PARTS + 2;
export const BEAM_ROWS = 2 * SUMS;

const EDGES_HZ = [60, 200, 400, 700, 1100, 1700, 2600, 4200, 9000];
const EDGES = EDGES_HZ.map(bin);
const ONSET = PARTS * BEAM_BANDS;
const BY_BAND = ONSET + BEAM_BANDS;
const BY_PART = BY_BAND + BEAM_BANDS;
const ALL = BY_PART + PARTS;
const ALL_ONSET = ALL + 1;
const ENTRIES = 7;
const TINY_ENERGY = 1e-9;
const TINY_LENGTH = 1e-6;
const TINY_RISE = 1e-12;

/** Energies of first-order beams out of covariances, as Java's `CovarianceBeams`. */
export class CovarianceBeams {
  /** `[SUMS][WW, WY, WZ, WX, YY, XX, YX]` */
  private readonly sums = Array.from({ length: SUMS }, () => new Float64Array(ENTRIES));
  private readonly before = new Float64Array(BEAM_BANDS);

  constructor(private readonly frames: number) {}

  /** Takes the next frame. */
  add(frame: number, p: FrameProducts): void {
    const part = Math.floor((frame * PARTS) / this.frames);
    const planes = [p.ww, p.wy, p.wz, p.wx, p.yy, p.xx, p.yx];
    for (let b = 0; b < BEAM_BANDS; b++) {
      const entries = planes.map((plane) => sum(plane, EDGES[b]!, EDGES[b + 1]!));
      const energy = entries[0]!;
      const rise = frame === 0 ? 0 : Math.max(0, energy - this.before[b]!) / (energy + TINY_RISE);
      this.before[b] = energy;
      for (let e = 0; e < ENTRIES; e++) {
        this.sums[part * BEAM_BANDS + b]![e]! += entries[e]!;
        this.sums[ONSET + b]![e]! += rise * entries[e]!;
      }
    }
  }

  /** Adds parts and bands up; asked once, after the last frame. */
  finish(): void {
    const s = this.sums;
    for (let b = 0; b < BEAM_BANDS; b++) {
      for (let e = 0; e < ENTRIES; e++) {
        for (let part = 0; part < PARTS; part++) {
          const entry = s[part * BEAM_BANDS + b]![e]!;
          s[BY_BAND + b]![e]! += entry;
          s[BY_PART + part]![e]! += entry;
        }
        s[ALL]![e]! += s[BY_BAND + b]![e]!;
        s[ALL_ONSET]![e]! += s[ONSET + b]![e]!;
      }
    }
  }

  /** W's energy in a band of a part. */
  energy(part: number, band: number): number {
    return this.sums[part * BEAM_BANDS + band]![0]!;
  }

  /** Length of a band's intensity vector by its energy. */
  directness(band: number): number {
    const [ww, wy, wz, wx] = this.sums[BY_BAND + band]! as unknown as [number, number, number, number];
    return Math.sqrt(wy * wy + wz * wz + wx * wx) / (ww + TINY_ENERGY);
  }

  /** Writes the rows, 72 each, from the beginning of `rows`. */
  write(rows: Float32Array): void {
    for (let m = 0; m < SUMS; m++) {
      const c = this.sums[m]!;
      const scale = 1 / (c[0]! + TINY_ENERGY);
      const ww = c[0]! * scale;
      const wy = c[1]! * scale;
      const wx = c[3]! * scale;
      const yy = c[4]! * scale;
      const xx = c[5]! * scale;
      const yx = c[6]! * scale;
      const length = Math.hypot(wy, wx) + TINY_LENGTH;
      const sharpness = Math.sqrt(Math.min(1, length)) / length;
      for (let a = 0; a < AZIMUTHS; a++) {
        const s = SINE[a]!;
        const k = COSINE[a]!;
        const along = wy * s + wx * k;
        rows[m * AZIMUTHS + a] = ww + 2 * along + yy * s * s + xx * k * k + 2 * yx * s * k - 1;
        rows[(SUMS + m) * AZIMUTHS + a] = along * sharpness;
      }
    }
  }
}

function sum(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let k = from; k < to; k++) {
    sum += values[k]!;
  }
  return sum;
}
