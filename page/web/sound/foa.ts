/** First-order ambisonic sound as Hearsight uses it: W, Y, Z, X (ACN), SN3D, 24 kHz; `[4][samples]`. */
export type Foa = Float32Array[];

export const SAMPLE_RATE = 24_000;
export const W = 0;
export const Y = 1;
export const Z = 2;
export const X = 3;

/** Power of a channel against the loudest one's, −60 dB: nothing is connected there. */
const DEAD = 1e-6;

/** Silence of a length. */
export function silence(samples: number): Foa {
  return [0, 1, 2, 3].map(() => new Float32Array(samples));
}

/** The part `[from, to)` of a sound, not copied. */
export function part(foa: Foa, from: number, to: number): Foa {
  return foa.map((channel) => channel.subarray(from, to));
}

/** One microphone as a sound field: what it hears is W, and nothing says from where. */
export function fromMono(mono: Float32Array): Foa {
  const foa = silence(mono.length);
  foa[W] = mono;
  return foa;
}

/** Channels that are dead beside the loudest one, by number; all of them in silence. */
export function deadChannels(foa: Foa): number[] {
  const power = foa.map((channel) => channel.reduce((sum, v) => sum + v * v, 0));
  const loudest = Math.max(...power);
  return power.flatMap((p, c) => (loudest > 0 && p > DEAD * loudest ? [] : [c]));
}
