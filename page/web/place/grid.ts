/** The places a hazard is looked for in, as Java's `PlaceGrid`: 72 azimuths × 16 distances. */
export const AZIMUTHS = 72;
export const DISTANCES = 16;
export const CELLS = AZIMUTHS * DISTANCES;

/** Width of an azimuth cell. */
export const DEGREES = 360 / AZIMUTHS;
export const NEAREST = 1.2;
export const FARTHEST = 60;
export const LOG_STEP = Math.log(FARTHEST / NEAREST) / (DISTANCES - 1);

/** Centre of an azimuth cell, degrees; positive to the left. */
export function azimuth(cell: number): number {
  return (cell + 0.5) * DEGREES - 180;
}

/** Natural logarithm of the centre of a distance cell, metres; also between centres. */
export function logDistance(cell: number): number {
  return Math.log(NEAREST) + cell * LOG_STEP;
}

export function azimuthOf(cell: number): number {
  return Math.floor(cell / DISTANCES);
}

export function distanceOf(cell: number): number {
  return cell % DISTANCES;
}

/** The azimuth cell that holds a direction. */
export function azimuthCell(degrees: number): number {
  return mod(Math.floor((degrees + 180) / DEGREES), AZIMUTHS);
}

export function mod(a: number, n: number): number {
  return ((a % n) + n) % n;
}

/** Wraps an angle in degrees into (−180, 180]. */
export function wrap(degrees: number): number {
  const w = degrees % 360;
  return w <= -180 ? w + 360 : w > 180 ? w - 360 : w;
}

export function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

export function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}

export const SINE = Float64Array.from({ length: AZIMUTHS }, (_, a) => Math.sin(radians(azimuth(a))));
export const COSINE = Float64Array.from({ length: AZIMUTHS }, (_, a) =>
  Math.cos(radians(azimuth(a))),
);
