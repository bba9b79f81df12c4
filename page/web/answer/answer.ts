import { azimuth, AZIMUTHS, CELLS, DISTANCES, logDistance } from '../place/grid';
import { type Location, PlacePosterior } from '../place/posterior';
import { confidenceOf, levelOf, levelsAt, type ModelCard } from './card';

/** What is answered for one scene: the JSON form of Java's `Imagination`, of a model with a map. */
export interface Answer {
  class: string;
  confidence: number;
  location: Location;
  spread: { degrees: number; distance_factor: number };
  places: {
    rise: number;
    azimuths: number[];
    distances: number[];
    probabilities: number[][];
  };
  /** What share of the map the calibrated regions take, by `50%`, `80%`, `90%`. */
  regions?: Record<string, number>;
  probabilities: Record<string, number>;
  unknown?: { said: boolean; score: number; threshold: number };
  reliability: { audio: number; visual: number };
  occlusion_level: number;
  notes: string[];
}

/** The shares that regions are shown for. */
export const SHARES = [50, 80, 90] as const;

/** The last numbers of the networks. */
export interface Outputs {
  class_logits: Float32Array;
  location: Float32Array;
  confidence: Float32Array;
  reliability: Float32Array;
}

/** Reads an answer out of the networks' numbers, calibrated as the card says: Java's `Answers`. */
export function readAnswer(
  card: ModelCard,
  out: Outputs,
  unknown: number | null,
  occlusion: number,
  notes: string[],
): Answer {
  const p = softmax(out.class_logits, card.temperature);
  const classes = card.taxonomy.classes;
  const best = p.indexOf(Math.max(...p));
  const logits = out.location.subarray(0, CELLS);
  const rise = out.location[CELLS]!;
  const places = new PlacePosterior(
    softmax(logits, card.calibration?.places_temperature ?? 1),
    rise,
  );
  const location = places.best();
  const levels = levelsAt(card, places.entropy());
  const own = p[best]! * (best === 0 ? 1 : places.rightness());
  return {
    class: classes[best]!,
    confidence: confidenceOf(card, out.confidence[0]!, occlusion, own),
    location,
    spread: {
      degrees: places.within(location.azimuth, 0.5),
      distance_factor: Math.exp(places.logDistanceSpread(location.azimuth)),
    },
    places: {
      rise,
      azimuths: Array.from({ length: AZIMUTHS }, (_, a) => azimuth(a)),
      distances: Array.from({ length: DISTANCES }, (_, d) => Math.exp(logDistance(d))),
      probabilities: Array.from({ length: AZIMUTHS }, (_, a) =>
        Array.from(places.probabilities.subarray(a * DISTANCES, (a + 1) * DISTANCES)),
      ),
    },
    ...(levels && {
      regions: Object.fromEntries(SHARES.map((s) => [`${s}%`, levelOf(levels, s / 100)])),
    }),
    probabilities: Object.fromEntries(classes.map((name, c) => [name, p[c]!])),
    ...(unknown !== null &&
      card.unknown && {
        unknown: {
          said: unknown >= card.unknown.threshold,
          score: unknown,
          threshold: card.unknown.threshold,
        },
      }),
    reliability: { audio: out.reliability[0]!, visual: out.reliability[1]! },
    occlusion_level: occlusion,
    notes,
  };
}

/** The map of an answer, ready to be asked. */
export function posteriorOf(answer: Answer): PlacePosterior {
  return new PlacePosterior(
    Float64Array.from(answer.places.probabilities.flat()),
    answer.places.rise,
  );
}

function softmax(logits: Float32Array, temperature: number): Float64Array {
  const most = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const p = Float64Array.from(logits, (l) => Math.exp((l - most) / temperature));
  const sum = p.reduce((a, b) => a + b, 0);
  return p.map((v) => v / sum);
}
