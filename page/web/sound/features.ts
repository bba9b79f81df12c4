import { type Foa, SAMPLE_RATE, W, X, Y, Z } from './foa';
import { MelFilterbank } from './mel';
import { Stft } from './stft';

export const PLANES = 7;
export const BANDS = 64;
export const HOP = 480;
export const FRAMES_PER_TOKEN = 5;
export const FRAMES_PER_SECOND = SAMPLE_RATE / HOP;

const FFT_SIZE = 1024;
const WINDOW = 960;
const OFFSET = 1e-8;
const FLOOR = 1e-10;
const RANGE_DB = 80;

const STFT = new Stft(FFT_SIZE, HOP, WINDOW);
export const MEL = new MelFilterbank(SAMPLE_RATE, FFT_SIZE, BANDS, 0, SAMPLE_RATE / 2);

/**
 * The features of the DCASE 2024 baseline, as Java's `FoaFeatures`: log-mel of W, Y, Z, X and the
 * mel-banded intensity vector, fifty frames a second.
 *
 * @returns `[7, frames, 64]`, not standardised
 */
export function foaFeatures(foa: Foa): Float32Array {
  const frames = Math.floor(foa[W]!.length / HOP);
  const features = new Float32Array(PLANES * frames * BANDS);
  const spectra = foa.map(() => STFT.newSpectrum());
  const planes = Array.from({ length: PLANES }, () => new Float64Array(STFT.bins));
  const bands = new Float64Array(BANDS);
  for (let t = 0; t < frames; t++) {
    foa.forEach((channel, c) => STFT.frame(channel, t * HOP, OFFSET, spectra[c]!));
    powersAndIntensities(spectra, planes);
    for (let p = 0; p < PLANES; p++) {
      MEL.apply(planes[p]!, bands);
      const at = (p * frames + t) * BANDS;
      for (let b = 0; b < BANDS; b++) {
        features[at + b] = p < foa.length ? 10 * Math.log10(Math.max(FLOOR, bands[b]!)) : bands[b]!;
      }
    }
  }
  for (let c = 0; c < foa.length; c++) {
    limitRange(features.subarray(c * frames * BANDS, (c + 1) * frames * BANDS));
  }
  return features;
}

function powersAndIntensities(spectra: number[][], planes: Float64Array[]): void {
  const w = spectra[W]!;
  const y = spectra[Y]!;
  const z = spectra[Z]!;
  const x = spectra[X]!;
  for (let k = 0; k < STFT.bins; k++) {
    const re = 2 * k;
    const im = re + 1;
    const ww = w[re]! * w[re]! + w[im]! * w[im]!;
    const yy = y[re]! * y[re]! + y[im]! * y[im]!;
    const zz = z[re]! * z[re]! + z[im]! * z[im]!;
    const xx = x[re]! * x[re]! + x[im]! * x[im]!;
    const perEnergy = 1 / (OFFSET + ww + (yy + zz + xx) / 3);
    planes[0]![k] = ww;
    planes[1]![k] = yy;
    planes[2]![k] = zz;
    planes[3]![k] = xx;
    planes[4]![k] = (w[re]! * y[re]! + w[im]! * y[im]!) * perEnergy;
    planes[5]![k] = (w[re]! * z[re]! + w[im]! * z[im]!) * perEnergy;
    planes[6]![k] = (w[re]! * x[re]! + w[im]! * x[im]!) * perEnergy;
  }
}

/** Nothing is more than 80 dB below the clip's maximum. */
function limitRange(levels: Float32Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const v of levels) {
    most = Math.max(most, v);
  }
  const least = Math.fround(most - RANGE_DB);
  for (let i = 0; i < levels.length; i++) {
    levels[i] = Math.max(least, levels[i]!);
  }
}

/** Standardises `[7, frames, 64]` with the model card's scaler; a new array. */
export function standardise(features: Float32Array, mean: number[], std: number[]): Float32Array {
  const plane = features.length / PLANES;
  return features.map((v, i) => {
    const j = Math.floor(i / plane) * BANDS + (i % BANDS);
    return Math.fround(v - mean[j]!) / std[j]!;
  });
}
