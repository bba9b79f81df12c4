import {
  AZIMUTHS,
  azimuth,
  azimuthOf,
  CELLS,
  DEGREES,
  DISTANCES,
  distanceOf,
  LOG_STEP,
  logDistance,
  mod,
  radians,
} from '../place/grid';

/** Half of the plan's width in its own units. */
export const HALF = 100;
const INNER = 9;
const OUTER = 90;
const FIRST = logDistance(0) - LOG_STEP / 2;
const LAST = logDistance(DISTANCES - 1) + LOG_STEP / 2;

/** Distances that have a ring, metres. */
export const RINGS = [2, 5, 10, 20, 50];

/** How far from the plan's middle a distance is drawn: by its logarithm, as the map's cells are. */
export function radius(metres: number): number {
  const share = (Math.log(metres) - FIRST) / (LAST - FIRST);
  return INNER + Math.max(-0.08, Math.min(1, share)) * (OUTER - INNER);
}

export const RIM = OUTER;

/** A point of the plan: the view looks up the page, left is left. */
export function point(azimuthDegrees: number, r: number): [number, number] {
  const a = radians(azimuthDegrees);
  return [-r * Math.sin(a), -r * Math.cos(a)];
}

function at(azimuthDegrees: number, r: number): string {
  const [x, y] = point(azimuthDegrees, r);
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
}

function cellRadius(distance: number): number {
  return INNER + (distance / DISTANCES) * (OUTER - INNER);
}

/** The outline of a cell as a path of the plan. */
function cellPath(cell: number): string {
  const left = azimuth(azimuthOf(cell)) + DEGREES / 2;
  const right = left - DEGREES;
  const near = cellRadius(distanceOf(cell));
  const far = cellRadius(distanceOf(cell) + 1);
  return (
    `M${at(left, near)}L${at(left, far)}` +
    `A${far.toFixed(2)} ${far.toFixed(2)} 0 0 1 ${at(right, far)}` +
    `L${at(right, near)}A${near.toFixed(2)} ${near.toFixed(2)} 0 0 0 ${at(left, near)}Z`
  );
}

/** Outlines of all cells. */
export const CELL_PATHS = Array.from({ length: CELLS }, (_, cell) => cellPath(cell));

/** The border of a set of cells as one path: the sides between a cell in it and one outside. */
export function borderPath(cells: readonly number[]): string {
  const inside = new Set(cells);
  const has = (a: number, d: number) =>
    d >= 0 && d < DISTANCES && inside.has(mod(a, AZIMUTHS) * DISTANCES + d);
  let path = '';
  for (const cell of cells) {
    const a = azimuthOf(cell);
    const d = distanceOf(cell);
    const left = azimuth(a) + DEGREES / 2;
    const right = left - DEGREES;
    const near = cellRadius(d);
    const far = cellRadius(d + 1);
    if (!has(a + 1, d)) {
      path += `M${at(left, near)}L${at(left, far)}`;
    }
    if (!has(a - 1, d)) {
      path += `M${at(right, near)}L${at(right, far)}`;
    }
    if (!has(a, d + 1)) {
      path += `M${at(left, far)}A${far.toFixed(2)} ${far.toFixed(2)} 0 0 1 ${at(right, far)}`;
    }
    if (!has(a, d - 1)) {
      path += `M${at(left, near)}A${near.toFixed(2)} ${near.toFixed(2)} 0 0 1 ${at(right, near)}`;
    }
  }
  return path;
}

/** What the camera sees of the ground, as a path of the plan. */
export function seenPath(horizon: ReadonlyArray<[number, number]>): string {
  const outline = horizon.map(([a, m]) => at(a, radius(m)));
  return `M0 0L${outline.join('L')}Z`;
}

/** The surfaces that end it: pieces of a path, broken where the distance jumps or it is open. */
export function surfacePath(horizon: ReadonlyArray<[number, number]>): string {
  let path = '';
  let before = 0;
  for (const [a, m] of horizon) {
    const open = m >= 99;
    const joined = before > 0 && Math.abs(Math.log(m / before)) < Math.log(1.25);
    if (!open) {
      path += `${joined ? 'L' : 'M'}${at(a, radius(m))}`;
    }
    before = open ? 0 : m;
  }
  return path;
}
