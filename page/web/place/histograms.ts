import { bin, FRAMES_PER_SECOND, type FrameProducts } from './frames';
import { AZIMUTHS } from './grid';

export const HISTOGRAM_BANDS = 4;
export const WEIGHTINGS = 5;
export const HISTOGRAM_ROWS = HISTOGRAM_BANDS * WEIGHTINGS;

const EDGES_HZ = [100, 500, 1500, 4000, 9500];
const FIRST = bin(EDGES_HZ[0]!);
const BINS = bin(EDGES_HZ[HISTOGRAM_BANDS]!) - FIRST;
const EDGES = EDGES_HZ.map((hertz) => bin(hertz) - FIRST);
const LAST_SECOND = FRAMES_PER_SECOND;
const LAST_HALF = (5 * FRAMES_PER_SECOND) / 2;
const FLOOR_PERCENTILE = 0.2;
const SILENCE = 1e-12;
const MOST_RISE = 1.5;
const MOST_LEVEL = 3;
const TINY = 1e-9;

/** Where bins point that one arrival dominates, as Java's `DirectionHistograms`. */
export class DirectionHistograms {
  /** Each `[frames][bins]`, sums over three neighbouring bins. */
  private readonly power: Float32Array[] = [];
  private readonly density: Float32Array[] = [];
  private readonly x: Float32Array[] = [];
  private readonly y: Float32Array[] = [];
  private readonly z: Float32Array[] = [];

  /** Takes the next frame. */
  add(p: FrameProducts): void {
    const [power, density, x, y, z] = [0, 1, 2, 3, 4].map(() => new Float32Array(BINS)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (let i = 0; i < BINS; i++) {
      const k = FIRST + i;
      const w = three(p.ww, k);
      power[i] = w;
      density[i] = w + three(p.yy, k) + three(p.zz, k) + three(p.xx, k);
      x[i] = three(p.wx, k);
      y[i] = three(p.wy, k);
      z[i] = three(p.wz, k);
    }
    this.power.push(power);
    this.density.push(density);
    this.x.push(x);
    this.y.push(y);
    this.z.push(z);
  }

  /** Writes the rows, 72 each, from `at` on. */
  write(rows: Float32Array, at: number): void {
    const frames = this.power.length;
    const smooth = smoothed(this.power);
    const floors = floorsOf(smooth);
    const sums = Array.from({ length: HISTOGRAM_ROWS }, () => new Float64Array(AZIMUTHS));
    const { x, y, z, density } = this;
    for (let frame = 0; frame < frames; frame++) {
      const a = Math.max(0, frame - 1);
      const c = Math.min(frames - 1, frame + 1);
      const lastSecond = frame >= frames - LAST_SECOND;
      const lastHalf = frame >= frames - LAST_HALF;
      const rises = risesOf(smooth, frame);
      for (let band = 0; band < HISTOGRAM_BANDS; band++) {
        const row = band * WEIGHTINGS;
        for (let i = EDGES[band]!; i < EDGES[band + 1]!; i++) {
          const vx = x[a]![i]! + x[frame]![i]! + x[c]![i]!;
          const vy = y[a]![i]! + y[frame]![i]! + y[c]![i]!;
          const vz = z[a]![i]! + z[frame]![i]! + z[c]![i]!;
          const total =
            (density[a]![i]! + density[frame]![i]! + density[c]![i]!) / 2 + 9 * SILENCE;
          const direct2 = Math.min(1, (vx * vx + vy * vy + vz * vz) / (total * total));
          const direct4 = direct2 * direct2;
          const e = smooth[frame]![i]!;
          const loud = Math.sqrt(e) * direct4;
          const position = cellsOf(vy, vx);
          const right = Math.floor(position);
          const share = position - right;
          const left = right + 1 === AZIMUTHS ? 0 : right + 1;
          const count = (r: number, weight: number) => {
            sums[r]![right]! += weight * (1 - share);
            sums[r]![left]! += weight * share;
          };
          count(row, loud * direct2);
          if (lastSecond) {
            count(row + 1, loud * direct2);
          }
          if (rises[i]! > 0) {
            count(row + 2, loud * rises[i]!);
          }
          const ratio = e / (floors[i]! + SILENCE) + 1e-3;
          if (ratio > 1) {
            const level = Math.min(MOST_LEVEL, Math.log10(ratio)) * direct4 * direct4;
            count(row + 3, level);
            if (lastHalf) {
              count(row + 4, level);
            }
          }
        }
      }
    }
    sums.forEach((histogram, r) => writeRow(histogram, rows, at + r * AZIMUTHS));
  }
}

function three(plane: Float64Array, k: number): number {
  return plane[k - 1]! + plane[k]! + plane[k + 1]!;
}

/** Rise of each bin over the louder of the two frames before, log10; 0 in the first two. */
function risesOf(smooth: Float32Array[], frame: number): Float32Array {
  const rises = new Float32Array(BINS);
  for (let i = 0; frame >= 2 && i < BINS; i++) {
    const before = Math.max(smooth[frame - 1]![i]!, smooth[frame - 2]![i]!);
    const ratio = smooth[frame]![i]! / (before + SILENCE) + 1e-6;
    rises[i] = ratio > 1 ? Math.min(MOST_RISE, Math.log10(ratio)) : 0;
  }
  return rises;
}

/** Means over 3 × 3 bins; the first and the last frame stand for what lies beyond them. */
function smoothed(plane: Float32Array[]): Float32Array[] {
  const last = plane.length - 1;
  return plane.map((here, frame) => {
    const before = plane[Math.max(0, frame - 1)]!;
    const after = plane[Math.min(last, frame + 1)]!;
    return here.map((v, i) => (before[i]! + v + after[i]!) / 9);
  });
}

/** Each bin's percentile over time, between the two nearest frames by rank. */
function floorsOf(smooth: Float32Array[]): Float32Array {
  const n = smooth.length;
  const rank = FLOOR_PERCENTILE * (n - 1);
  const low = Math.floor(rank);
  const column = new Float32Array(n);
  const floors = new Float32Array(BINS);
  for (let i = 0; i < BINS; i++) {
    for (let frame = 0; frame < n; frame++) {
      column[frame] = smooth[frame]![i]!;
    }
    column.sort();
    const next = column[Math.min(n - 1, low + 1)]!;
    floors[i] = column[low]! + (rank - low) * (next - column[low]!);
  }
  return floors;
}

/** Square roots of the histogram, smoothed by (¼, ½, ¼) and scaled to the mean 1. */
function writeRow(sums: Float64Array, rows: Float32Array, at: number): void {
  const n = AZIMUTHS;
  const scale = n / (sums.reduce((sum, v) => sum + v, 0) + TINY);
  for (let a = 0; a < n; a++) {
    const smooth = (sums[(a + n - 1) % n]! + 2 * sums[a]! + sums[(a + 1) % n]!) / 4;
    rows[at + a] = Math.sqrt(smooth * scale);
  }
}

/** Where a vector points, in cells from the centre of cell 0, in [0, 72). */
function cellsOf(y: number, x: number): number {
  const cells = ((Math.atan2(y, x) + Math.PI) * AZIMUTHS) / (2 * Math.PI) - 0.5;
  const positive = cells < 0 ? cells + AZIMUTHS : cells;
  return positive < AZIMUTHS ? positive : 0;
}
