import { SIZE, slope, type View } from '../vision/view';
import { AZIMUTHS, azimuthCell, degrees } from './grid';

const HEIGHTS = 9;
const HORIZON = 4;
const IN_VIEW = 0;
const DISTANCES_AT = 1;
const STEPS_AT = DISTANCES_AT + 2 * HEIGHTS;
const HORIZON_AT = DISTANCES_AT + 2 * HORIZON;

/** Rows that are seen, of 72 azimuths. */
export const SEEN = STEPS_AT + 4;

/** Azimuth cells in the view, and the first of them. */
export const SECTORS = 18;
export const FIRST_SECTOR = azimuthCell(-45);

const OPEN = 100;
const NEAREST = 0.1;
const LINES = [-40, -20, -10, -4, 0, 4, 10, 20, 40].map((off) => SIZE / 2 + off);

/** How far one can see along each azimuth, `[23, 72]`, as Java's `FreeDistance`. */
export function seenPlaces(view: View): Float32Array {
  const n = AZIMUTHS;
  const rows = new Float32Array(SEEN * n);
  if (!view.depth.some((d) => d > 0)) {
    return rows;
  }
  const end = FIRST_SECTOR + SECTORS;
  rows.fill(1, IN_VIEW * n + FIRST_SECTOR, IN_VIEW * n + end);
  LINES.forEach((line, h) => {
    const nearest = (DISTANCES_AT + 2 * h) * n;
    const farthest = nearest + n;
    rows.fill(Number.POSITIVE_INFINITY, nearest + FIRST_SECTOR, nearest + end);
    rows.fill(Number.NEGATIVE_INFINITY, farthest + FIRST_SECTOR, farthest + end);
    for (let column = 0; column < SIZE; column++) {
      const a = azimuthCell(degrees(Math.atan(slope(column))));
      const d = view.depth[line * SIZE + column]!;
      const along = d === 0 ? OPEN : Math.min(OPEN, d * Math.hypot(1, slope(column)));
      const log = Math.log(Math.max(NEAREST, along));
      rows[nearest + a] = Math.min(rows[nearest + a]!, log);
      rows[farthest + a] = Math.max(rows[farthest + a]!, log);
    }
  });
  steps(rows, (HORIZON_AT + 1) * n, STEPS_AT * n);
  steps(rows, HORIZON_AT * n, (STEPS_AT + 2) * n);
  return rows;
}

/** How much farther the left and the right neighbour of each cell in the view are. */
function steps(rows: Float32Array, distances: number, at: number): void {
  for (let a = FIRST_SECTOR; a + 1 < FIRST_SECTOR + SECTORS; a++) {
    const step = rows[distances + a + 1]! - rows[distances + a]!;
    rows[at + a] = step;
    rows[at + AZIMUTHS + a + 1] = -step;
  }
}

/**
 * How far one sees at the camera's height along columns of the view, metres; 100 where it is open. Null
 * without depth.
 *
 * @returns a pair [azimuth in degrees, metres] for each column, from left to right
 */
export function horizon(view: View): Array<[number, number]> | null {
  if (!view.depth.some((d) => d > 0)) {
    return null;
  }
  return Array.from({ length: SIZE }, (_, column) => {
    const s = slope(column);
    const d = view.depth[(SIZE / 2) * SIZE + column]!;
    return [degrees(Math.atan(s)), d === 0 ? OPEN : Math.min(OPEN, d * Math.hypot(1, s))];
  });
}

/** What is said of the camera's height without ground in view, metres. */
export const UNKNOWN_HEIGHT = 1.2;

const STEP = 0.05;
const LOWEST = 0.2;
const HIGHEST = 3;
const BINS = Math.round((HIGHEST - LOWEST) / STEP);
const LEAST = Math.floor((SIZE * SIZE) / 200);

/** The camera's height above the ground, metres, as Java's `CameraHeight`. */
export function cameraHeight(view: View): number {
  const counts = new Int32Array(BINS);
  const sums = new Float64Array(BINS);
  for (let row = SIZE / 2; row < SIZE; row++) {
    const down = -slope(row);
    for (let column = 0; column < SIZE; column++) {
      const height = down * view.depth[row * SIZE + column]!;
      const bin = Math.floor((height - LOWEST) / STEP);
      if (bin >= 0 && bin < BINS) {
        counts[bin]!++;
        sums[bin]! += height;
      }
    }
  }
  let best = -1;
  let most = 0;
  for (let b = 0; b < BINS; b++) {
    const smooth = 2 * counts[b]! + (counts[b - 1] ?? 0) + (counts[b + 1] ?? 0);
    if (smooth > most) {
      most = smooth;
      best = b;
    }
  }
  let near = 0;
  let sum = 0;
  for (let b = Math.max(0, best - 1); best >= 0 && b <= Math.min(BINS - 1, best + 1); b++) {
    near += counts[b]!;
    sum += sums[b]!;
  }
  return near < LEAST ? UNKNOWN_HEIGHT : sum / near;
}
