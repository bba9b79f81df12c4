import { type Foa, SAMPLE_RATE, silence, W } from '../sound/foa';
import { BEAM_BANDS, BEAM_ROWS, CovarianceBeams, PARTS } from './beams';
import { ECHO_ROWS, writeEchoes } from './echoes';
import { frameCount, FrameProducts } from './frames';
import { AZIMUTHS, azimuth, DEGREES, mod } from './grid';
import { DirectionHistograms, HISTOGRAM_BANDS, HISTOGRAM_ROWS, WEIGHTINGS } from './histograms';
import { Levels, LEVELS } from './levels';

/** Rows that are heard, of 72 azimuths. */
export const HEARD = BEAM_ROWS + HISTOGRAM_ROWS + ECHO_ROWS;

const DIRECTNESS_AT = LEVELS + PARTS * BEAM_BANDS;

/** Numbers that hearing alone gives for every place. */
const HEARD_LEVELS = DIRECTNESS_AT + BEAM_BANDS;

/** Numbers that hold for every place; the last is the camera's height. */
export const KNOWN = HEARD_LEVELS + 1;

/** Clips from this length on are heard as they are, samples. */
export const LEAST_SAMPLES = SAMPLE_RATE;

const TINY_ENERGY = 1e-9;
const BOUND = 20;
const LAST_SECOND = 1;
const ONSETS = 2;

/** What a clip gives of places, whatever is seen: Java's `PlaceFeatures.Sound`. */
export interface HeardPlaces {
  /** `[242, 72]` */
  heard: Float32Array;
  /** All of the known numbers but the last. */
  levels: Float32Array;
}

/** Listens to a clip; one shorter than a second is heard as the end of a second. */
export function hearPlaces(foa: Foa): HeardPlaces {
  const samples = foa[W]!.length;
  if (samples < LEAST_SAMPLES) {
    const second = silence(LEAST_SAMPLES);
    foa.forEach((channel, c) => second[c]!.set(channel, LEAST_SAMPLES - samples));
    return hearPlaces(second);
  }
  const frames = frameCount(samples);
  const products = new FrameProducts();
  const beams = new CovarianceBeams(frames);
  const histograms = new DirectionHistograms();
  const loudness = new Levels(frames);
  for (let i = 0; i < frames; i++) {
    products.read(foa, i);
    beams.add(i, products);
    histograms.add(products);
    loudness.add(i, products);
  }
  beams.finish();
  const heard = new Float32Array(HEARD * AZIMUTHS);
  beams.write(heard);
  histograms.write(heard, BEAM_ROWS * AZIMUTHS);
  writeEchoes(foa, heard, (BEAM_ROWS + HISTOGRAM_ROWS) * AZIMUTHS);
  for (let i = 0; i < heard.length; i++) {
    heard[i] = Math.max(-BOUND, Math.min(BOUND, heard[i]!));
  }
  const levels = new Float32Array(HEARD_LEVELS);
  loudness.write(levels);
  for (let b = 0; b < BEAM_BANDS; b++) {
    for (let part = 0; part < PARTS; part++) {
      levels[LEVELS + part * BEAM_BANDS + b] = Math.log10(beams.energy(part, b) + TINY_ENERGY);
    }
    levels[DIRECTNESS_AT + b] = beams.directness(b);
  }
  return { heard, levels };
}

/**
 * The azimuth the sound seems to come from, degrees: the peak of last-second and onset histograms, as
 * Java's `AzimuthSpectrum`; null in silence.
 */
export function apparentAzimuth(places: HeardPlaces): number | null {
  const spectrum = new Float64Array(AZIMUTHS);
  for (let band = 0; band < HISTOGRAM_BANDS; band++) {
    for (const weighting of [LAST_SECOND, ONSETS]) {
      const row = BEAM_ROWS + band * WEIGHTINGS + weighting;
      for (let a = 0; a < AZIMUTHS; a++) {
        // The rows are square roots.
        spectrum[a]! += places.heard[row * AZIMUTHS + a]! ** 2 / (2 * HISTOGRAM_BANDS);
      }
    }
  }
  const best = spectrum.indexOf(Math.max(...spectrum));
  if (spectrum[best] === 0) {
    return null;
  }
  const before = spectrum[mod(best - 1, AZIMUTHS)]!;
  const after = spectrum[mod(best + 1, AZIMUTHS)]!;
  const curvature = before - 2 * spectrum[best]! + after;
  const shift = curvature < 0 ? (before - after) / (2 * curvature) : 0;
  return azimuth(best) + shift * DEGREES;
}
