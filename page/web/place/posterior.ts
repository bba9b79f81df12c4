import {
  AZIMUTHS,
  azimuth,
  azimuthOf,
  CELLS,
  DEGREES,
  degrees,
  DISTANCES,
  distanceOf,
  LOG_STEP,
  logDistance,
  mod,
  wrap,
} from './grid';
import { rightness } from './right';

/** A place as seen from the microphone. */
export interface Location {
  /** Degrees, positive to the left. */
  azimuth: number;
  /** Degrees, positive up. */
  elevation: number;
  /** Metres. */
  distance: number;
}

/** Somewhere the hazard may be, apart from other such places. */
export interface Hill {
  place: Location;
  mass: number;
  /** The most probable first. */
  cells: number[];
}

const MOST_ANGLE = 60;
const NEAR = 15;
const STEP = 0.5;
const SADDLE = 0.5;
const LEAST_MASS = 0.01;

/** How probable each place is, `[72 × 16]`, as Java's `PlacePosterior`. */
export class PlacePosterior {
  /** Cells, the most probable first; equal ones in their own order. */
  readonly ranking: number[];

  constructor(
    readonly probabilities: Float64Array,
    /** The hazard's height above the microphone, metres. */
    readonly rise: number,
  ) {
    const p = probabilities;
    this.ranking = Array.from({ length: CELLS }, (_, i) => i).sort((a, b) => p[b]! - p[a]!);
  }

  /** How far the map is spread, nats. */
  entropy(): number {
    const sum = this.probabilities.reduce((e, p) => e - (p > 0 ? p * Math.log(p) : 0), 0);
    return Math.max(0, Math.min(Math.log(CELLS), sum));
  }

  /** By its own word, the probability that the best answer would be right: `RightPlaces`. */
  rightness(): number {
    return rightness(this.probabilities);
  }

  /** Of every azimuth, `[72]`. */
  byAzimuth(): Float64Array {
    const sums = new Float64Array(AZIMUTHS);
    this.probabilities.forEach((p, cell) => (sums[azimuthOf(cell)]! += p));
    return sums;
  }

  /** The azimuth of least expected angle, and the median of the distance near it. */
  best(): Location {
    const sums = this.byAzimuth();
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 360 / STEP; i++) {
      const candidate = wrap(i * STEP);
      let cost = 0;
      for (let a = 0; a < AZIMUTHS; a++) {
        cost += sums[a]! * angleToCell(wrap(azimuth(a) - candidate));
      }
      if (cost < least - 1e-12) {
        least = cost;
        best = candidate;
      }
    }
    return this.at(best);
  }

  /** The place in a direction: the median of the distance within 15° of it. */
  at(direction: number): Location {
    const distances = this.distancesNear(direction);
    const half = distances.reduce((sum, v) => sum + v, 0) / 2;
    let below = 0;
    let d = 0;
    while (d + 1 < DISTANCES && below + distances[d]! < half) {
      below += distances[d++]!;
    }
    const share = distances[d]! > 0 ? (half - below) / distances[d]! : 0.5;
    const horizontal = Math.exp(logDistance(d) + (share - 0.5) * LOG_STEP);
    return {
      azimuth: wrap(direction),
      elevation: degrees(Math.atan2(this.rise, horizontal)),
      distance: Math.hypot(horizontal, this.rise),
    };
  }

  /** Standard deviation of the logarithm of the distance near an azimuth. */
  logDistanceSpread(direction: number): number {
    let sum = 0;
    let first = 0;
    let second = 0;
    this.distancesNear(direction).forEach((p, d) => {
      const log = logDistance(d);
      sum += p;
      first += p * log;
      second += p * log * log;
    });
    return sum === 0 ? 0 : Math.sqrt(Math.max(0, second / sum - (first / sum) ** 2));
  }

  /** Degrees of azimuth to either side within which a share of the probability lies. */
  within(direction: number, share: number): number {
    const sums = this.byAzimuth();
    const half = DEGREES / 2;
    for (let width = 0; width < 180; width += STEP) {
      let held = 0;
      for (let a = 0; a < AZIMUTHS; a++) {
        const off = Math.abs(wrap(azimuth(a) - direction));
        const inside =
          (Math.min(width, off + half) - Math.max(-width, off - half)) / (2 * half);
        held += sums[a]! * Math.max(0, Math.min(1, inside));
      }
      if (held >= share) {
        return width;
      }
    }
    return 180;
  }

  /**
   * The most probable cells up to a share of the map's mass.
   *
   * @param level that the answer gives for a region; a cell whose score equals it belongs to it
   */
  region(level: number): number[] {
    let held = 0;
    let n = 0;
    while (n < this.ranking.length && held <= level && (level < 1 || held < 1)) {
      held += this.probabilities[this.ranking[n++]!]!;
    }
    return this.ranking.slice(0, n);
  }

  /** The hills of the map, the heaviest first, as Java's `PlaceHill`. */
  hills(): Hill[] {
    const p = this.probabilities;
    const towards = new Int32Array(CELLS).fill(-1);
    const top = (cell: number) => {
      let c = cell;
      while (towards[c] !== c) {
        c = towards[c]!;
      }
      return c;
    };
    for (const cell of this.ranking) {
      towards[cell] = cell;
      const around = neighbours(cell).sort((a, b) => p[b]! - p[a]!);
      for (const neighbour of around) {
        if (towards[neighbour]! >= 0) {
          const a = top(cell);
          const b = top(neighbour);
          const higher = p[a]! >= p[b]! ? a : b;
          const lower = higher === a ? b : a;
          if (a !== b && (lower === cell || p[cell]! >= SADDLE * p[lower]!)) {
            towards[lower] = higher;
          }
        }
      }
    }
    const byTop = new Map<number, number[]>();
    for (const cell of this.ranking) {
      const t = top(cell);
      byTop.set(t, [...(byTop.get(t) ?? []), cell]);
    }
    return [...byTop.values()]
      .map((cells) => ({ cells, mass: cells.reduce((sum, c) => sum + p[c]!, 0) }))
      .filter(({ mass }) => mass >= LEAST_MASS)
      .map(({ cells, mass }) => {
        const alone = new Float64Array(CELLS);
        cells.forEach((c) => (alone[c] = p[c]! / mass));
        return { cells, mass, place: new PlacePosterior(alone, this.rise).best() };
      })
      .sort((a, b) => b.mass - a.mass);
  }

  private distancesNear(direction: number): Float64Array {
    const sums = new Float64Array(DISTANCES);
    this.probabilities.forEach((p, cell) => {
      const off = wrap(azimuth(azimuthOf(cell)) - direction);
      sums[distanceOf(cell)]! += Math.abs(off) < NEAR ? p : 0;
    });
    return sums;
  }
}

/** The mean of |x − u| over u in a cell, capped; x degrees from its centre. */
function angleToCell(off: number): number {
  const half = DEGREES / 2;
  const x = Math.abs(off);
  return x < half ? (x * x + half * half) / (2 * half) : Math.min(MOST_ANGLE, x);
}

function neighbours(cell: number): number[] {
  const a = azimuthOf(cell);
  const d = distanceOf(cell);
  const around: number[] = [];
  for (let da = -1; da <= 1; da++) {
    for (let e = Math.max(0, d - 1); e <= Math.min(DISTANCES - 1, d + 1); e++) {
      if (da !== 0 || e !== d) {
        around.push(mod(a + da, AZIMUTHS) * DISTANCES + e);
      }
    }
  }
  return around;
}
