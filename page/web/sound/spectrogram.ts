import { BANDS, HOP, MEL } from './features';
import { type Foa, W } from './foa';
import { Stft } from './stft';

/** Levels of W to be looked at. */
export interface Spectrogram {
  frames: number;
  bands: number;
  /** `[frames, bands]`, 0 to 255: from 70 dB below the loudest up to it */
  levels: Uint8Array;
}

const RANGE_DB = 70;
const LEAST_DB = -100;

/** The mel spectrogram of a recording, fifty frames a second. */
export function spectrogram(foa: Foa): Spectrogram {
  const stft = new Stft(1024, HOP, 960);
  const frames = Math.floor(foa[W]!.length / HOP);
  const spectrum = stft.newSpectrum();
  const power = new Float64Array(stft.bins);
  const bands = new Float64Array(BANDS);
  const decibels = new Float32Array(frames * BANDS);
  let most = LEAST_DB;
  for (let t = 0; t < frames; t++) {
    stft.frame(foa[W]!, t * HOP, 0, spectrum);
    for (let k = 0; k < stft.bins; k++) {
      power[k] = spectrum[2 * k]! ** 2 + spectrum[2 * k + 1]! ** 2;
    }
    MEL.apply(power, bands);
    for (let b = 0; b < BANDS; b++) {
      const db = 10 * Math.log10(bands[b]! + 1e-12);
      decibels[t * BANDS + b] = db;
      most = Math.max(most, db);
    }
  }
  const levels = Uint8Array.from(decibels, (db) =>
    Math.max(0, Math.min(255, (255 * (db - most + RANGE_DB)) / RANGE_DB)),
  );
  return { frames, bands: BANDS, levels };
}
