import { BANDS, FRAMES_PER_SECOND, FRAMES_PER_TOKEN, MEL, PLANES } from './features';

/** Numbers a token. */
export const CUES = 51;

const GROUPS = 8;
const GROUP_BANDS = BANDS / GROUPS;
const FIRST_GROUP = 6;
const LEVELS = FIRST_GROUP + 3 * GROUPS;
const TIME = LEVELS + GROUPS;
const CLIP = TIME + 1;
const END = CLIP + 6;
const END_TOKENS = Math.ceil(FRAMES_PER_SECOND / FRAMES_PER_TOKEN);
const PLANE_WAVE = 4 / 3;
const SILENCE = 1e-12;
const W = 0;
const Y = 4;
const Z = 5;
const X = 6;
const FILTER_SUMS = MEL.sums();

/** Intensity vectors and their weights, added up: X, Y, Z, weight. */
interface Sums {
  plain: Float64Array;
  sharp: Float64Array;
}

/**
 * What goes past the SELD encoder, as Java's `SpatialCues`: directions, levels and the time to the
 * clip's end for each token of 100 ms.
 *
 * @param features `[7, frames, 64]`, not standardised
 * @returns `[tokens, 51]`
 */
export function spatialCues(features: Float32Array): Float32Array {
  const frames = features.length / (PLANES * BANDS);
  const tokens = Math.floor(frames / FRAMES_PER_TOKEN);
  const cues = new Float32Array(tokens * CUES);
  const clip = newSums();
  const end = newSums();
  for (let t = 0; t < tokens; t++) {
    const token = tokenCues(features, frames, t, cues, t * CUES);
    add(clip, token);
    if (t >= tokens - END_TOKENS) {
      add(end, token);
    }
    cues[t * CUES + TIME] = ((tokens - 1 - t) * FRAMES_PER_TOKEN) / FRAMES_PER_SECOND / 5;
  }
  for (let t = 0; t < tokens; t++) {
    putBoth(clip, cues, t * CUES + CLIP);
    putBoth(end, cues, t * CUES + END);
  }
  return cues;
}

function tokenCues(
  features: Float32Array,
  frames: number,
  token: number,
  cues: Float32Array,
  at: number,
): Sums {
  const sums = newSums();
  const firstFrame = token * FRAMES_PER_TOKEN;
  const endFrame = Math.min(frames, firstFrame + FRAMES_PER_TOKEN);
  for (let g = 0; g < GROUPS; g++) {
    const group = new Float64Array(4);
    for (let frame = firstFrame; frame < endFrame; frame++) {
      for (let b = g * GROUP_BANDS; b < (g + 1) * GROUP_BANDS; b++) {
        const of = (plane: number) => features[(plane * frames + frame) * BANDS + b]!;
        const energy = 10 ** (of(W) / 10);
        const scale = PLANE_WAVE / FILTER_SUMS[b]!;
        const x = scale * of(X);
        const y = scale * of(Y);
        const z = scale * of(Z);
        weigh(group, energy, x, y, z);
        weigh(sums.sharp, energy * (x * x + y * y + z * z), x, y, z);
      }
    }
    put(group, cues, at + FIRST_GROUP + 3 * g);
    cues[at + LEVELS + g] = (10 * Math.log10(group[3]! + SILENCE) + 60) / 30;
    for (let i = 0; i < 4; i++) {
      sums.plain[i]! += group[i]!;
    }
  }
  putBoth(sums, cues, at);
  return sums;
}

function newSums(): Sums {
  return { plain: new Float64Array(4), sharp: new Float64Array(4) };
}

function add(to: Sums, from: Sums): void {
  for (let i = 0; i < 4; i++) {
    to.plain[i]! += from.plain[i]!;
    to.sharp[i]! += from.sharp[i]!;
  }
}

function weigh(sums: Float64Array, weight: number, x: number, y: number, z: number): void {
  sums[0]! += weight * x;
  sums[1]! += weight * y;
  sums[2]! += weight * z;
  sums[3]! += weight;
}

function put(sums: Float64Array, cues: Float32Array, at: number): void {
  for (let axis = 0; axis < 3; axis++) {
    cues[at + axis] = sums[axis]! / (sums[3]! + SILENCE);
  }
}

function putBoth(sums: Sums, cues: Float32Array, at: number): void {
  put(sums.plain, cues, at);
  put(sums.sharp, cues, at + 3);
}
