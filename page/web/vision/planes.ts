import { PIXELS, SIZE, type View } from './view';

/** Red, green, blue, inverse depth, occlusion. */
export const PLANES = 5;
export const TOKENS_PER_SIDE = SIZE / 32;
export const TOKENS = TOKENS_PER_SIDE * TOKENS_PER_SIDE;

const NEAREST = 0.5;
const MEAN = [0.485, 0.456, 0.406];
const STD = [0.229, 0.224, 0.225];

/** The picture encoder's input `[5, 224, 224]`, as Java's `VisualPlanes`. */
export function planesOf(view: View): Float32Array {
  const planes = new Float32Array(PLANES * PIXELS);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < PIXELS; i++) {
      planes[c * PIXELS + i] = (view.rgb[c * PIXELS + i]! - MEAN[c]!) / STD[c]!;
    }
  }
  planes.set(view.depth.map(inverse), 3 * PIXELS);
  planes.set(view.occlusion, 4 * PIXELS);
  return planes;
}

/** Mean occlusion and mean inverse depth of each token's 32 × 32 pixels, `[49, 2]`. */
export function tokenGeometry(view: View): Float32Array {
  const sums = new Float64Array(TOKENS * 2);
  for (let i = 0; i < PIXELS; i++) {
    const token =
      Math.floor(i / SIZE / 32) * TOKENS_PER_SIDE + Math.floor((i % SIZE) / 32);
    sums[2 * token]! += view.occlusion[i]!;
    sums[2 * token + 1]! += inverse(view.depth[i]!);
  }
  return Float32Array.from(sums, (sum) => sum / (32 * 32));
}

function inverse(depth: number): number {
  return depth > 0 ? NEAREST / Math.max(depth, NEAREST) : 0;
}
