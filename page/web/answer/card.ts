/** What the page reads of a model's card, `model.json`; Java's `ModelCard` says what it means. */
export interface ModelCard {
  format_version: number;
  taxonomy: { name: string; classes: string[] };
  clip_seconds: number;
  audio: { kind: string; width: number };
  visual: { width: number };
  adapter: { fusion: string; cues: boolean; location: string; place_features?: number };
  temperature: number;
  calibration?: {
    places_temperature?: number;
    confidence?: { factor: number; term: number; occlusion: number; own?: number };
    regions?: { overall: Levels; bins: Array<{ entropy_to: number; levels: Levels }> };
  };
  unknown?: { threshold: number; spread: number[]; known: number[][]; unknown: number[][] };
  scaler: { mean: number[]; std: number[] };
}

/** Scores of the truth in scenes the model was calibrated on, ascending. */
export interface Levels {
  count: number;
  scores: number[];
}

const FORMAT_VERSION = 5;
const PLACE_FEATURES = 1;

/** Refuses a model whose inputs the page does not compute. */
export function requireAnswerable(card: ModelCard): void {
  const a = card.adapter;
  const fits =
    card.format_version === FORMAT_VERSION &&
    card.audio.kind === 'seldnet' &&
    a.fusion === 'spatial' &&
    a.cues &&
    a.location === 'map' &&
    a.place_features === PLACE_FEATURES;
  if (!fits) {
    throw new Error(
      'model.json: the page answers with models of format 5, a SELD encoder, spatial fusion, cues and a map',
    );
  }
}

const ROUNDING = 1e-9;

/** The largest score of a place in the region, as Java's `ConformalLevels.of`. */
export function levelOf(levels: Levels, probability: number): number {
  const rank = Math.max(1, Math.ceil((levels.count + 1) * probability - ROUNDING));
  if (rank > levels.count) {
    return 1;
  }
  return levels.scores[Math.ceil((rank * levels.scores.length) / levels.count) - 1]!;
}

/** The levels for a map that is spread so far, nats. */
export function levelsAt(card: ModelCard, entropy: number): Levels | null {
  const regions = card.calibration?.regions;
  if (!regions) {
    return null;
  }
  return regions.bins.find((bin) => entropy <= bin.entropy_to)?.levels ?? regions.overall;
}

const MARGIN = 1e-7;

function logit(probability: number): number {
  const p = Math.max(MARGIN, Math.min(1 - MARGIN, probability));
  return Math.log(p) - Math.log1p(-p);
}

/**
 * A confidence as it is to be said, as Java's `ConfidenceScaling.of`; `own` is what the answer's
 * probabilities say of being right.
 */
export function confidenceOf(card: ModelCard, said: number, occlusion: number, own: number): number {
  const scaling = card.calibration?.confidence;
  if (!scaling) {
    return said;
  }
  const x =
    scaling.factor * logit(said) +
    scaling.term +
    scaling.occlusion * occlusion +
    (scaling.own ?? 0) * logit(own);
  return 1 / (1 + Math.exp(-x));
}

/** Means, then largest values, of each number of the audio tokens, `[2 width]`. */
export function summaryOf(tokens: Float32Array, width: number): Float32Array {
  const summary = new Float32Array(2 * width);
  const count = tokens.length / width;
  for (let i = 0; i < width; i++) {
    let sum = 0;
    let most = tokens[i]!;
    for (let t = 0; t < count; t++) {
      sum += tokens[t * width + i]!;
      most = Math.max(most, tokens[t * width + i]!);
    }
    summary[i] = sum / count;
    summary[width + i] = most;
  }
  return summary;
}

/** How much nearer a sound is to unknown ones than to what the model knows; null without that. */
export function unknownScore(card: ModelCard, summary: Float32Array): number | null {
  const detector = card.unknown;
  if (!detector) {
    return null;
  }
  const nearest = (centres: number[][]) =>
    Math.min(
      ...centres.map((centre) => {
        let sum = 0;
        summary.forEach((v, i) => (sum += ((v - centre[i]!) / detector.spread[i]!) ** 2));
        return sum / summary.length;
      }),
    );
  return nearest(detector.known) - nearest(detector.unknown);
}
