import { radians } from '../place/grid';

/** Pixels of a side of the model's view. */
export const SIZE = 224;
export const HFOV_DEGREES = 90;
export const PIXELS = SIZE * SIZE;

/** Slope of the outermost edge of the view. */
export const EDGE = edge(HFOV_DEGREES);

/** What the camera sees, in the model's pinhole view, as Java's `View`. */
export interface View {
  /** `[3, 224, 224]` in [0, 1] */
  rgb: Float32Array;
  /** `[224, 224]` metres along the axis; 0 where nothing is within range or known */
  depth: Float32Array;
  /** `[224, 224]` in [0, 1]; 1 where the first surface is an occluder */
  occlusion: Float32Array;
  /** How much of the view is occluded, in [0, 1]. */
  occlusionLevel: number;
}

/** Slope of the outermost edge of a picture that is so wide, in degrees. */
export function edge(hfovDegrees: number): number {
  return Math.tan(radians(hfovDegrees / 2));
}

/** Slope of the centre of a column (left is positive) or a row (up is positive). */
export function slope(index: number): number {
  return EDGE * (1 - (2 * (index + 0.5)) / SIZE);
}

/** Nothing seen at all: black, no depth, wholly occluded. */
export function blind(): View {
  return {
    rgb: new Float32Array(3 * PIXELS),
    depth: new Float32Array(PIXELS),
    occlusion: new Float32Array(PIXELS).fill(1),
    occlusionLevel: 1,
  };
}

/** Is there neither a picture nor depth? */
export function isBlind(view: View): boolean {
  return view.rgb.every((v) => v === 0) && view.depth.every((v) => v === 0);
}
