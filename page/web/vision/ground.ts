import { radians } from '../place/grid';
import { SplittableRandom } from './random';
import { SIZE, slope } from './view';

type Point = readonly [number, number, number];

const MAX_TILT = Math.tan(radians(25));
const MIN_SHARE = 0.03;
const BELOW_CAMERA = 0.2;
const NEAR_PLANE = 0.3;
const MIN_SPREAD = 0.1;
const MAX_POINTS = 3000;
const TRIALS = 1000;
const SEED = 20231;
const LEAST_POINTS = 30;

/** The ground seen in a depth map, by RANSAC, as Java's `GroundPlane`. */
export class GroundPlane {
  private constructor(
    private readonly slopeX: number,
    private readonly slopeY: number,
    private readonly offset: number,
    private readonly roughness: number,
  ) {}

  /**
   * Fits the ground; null where there is none.
   *
   * @param depth `[224, 224]` metres, 0 = none
   * @param range points farther than this are left out, metres
   */
  static fit(depth: Float32Array, range: number): GroundPlane | null {
    const all: Point[] = [];
    depth.forEach((d, pixel) => {
      if (d > 0 && d < range) {
        all.push(point(pixel, d));
      }
    });
    const low = all.filter((p) => p[2] < -BELOW_CAMERA);
    const sample = thin(low);
    if (sample.length < LEAST_POINTS) {
      return null;
    }
    let best: GroundPlane | null = null;
    let bestVotes = 0;
    const random = new SplittableRandom(SEED);
    for (let t = 0; t < TRIALS; t++) {
      const a = sample[random.nextInt(sample.length)]!;
      const b = sample[random.nextInt(sample.length)]!;
      const c = sample[random.nextInt(sample.length)]!;
      const plane = GroundPlane.through(a, b, c);
      const votes = plane?.votes(sample) ?? 0;
      if (votes > bestVotes) {
        best = plane;
        bestVotes = votes;
      }
    }
    for (let round = 0; best && round < 3; round++) {
      best = best.refit(low);
    }
    return best?.isGround(low, all.length) ? best : null;
  }

  /** Height of the camera above the ground, metres. */
  cameraHeight(): number {
    return -this.offset / Math.sqrt(1 + this.slopeX ** 2 + this.slopeY ** 2);
  }

  /** Is the surface at this pixel and depth ground, or below it? */
  holds(pixel: number, depth: number): boolean {
    return this.height(point(pixel, depth)) <= this.roughness + 0.01 * depth;
  }

  /** Would this pixel's ray meet the ground before `range` metres of depth? */
  meets(pixel: number, range: number): boolean {
    const ray = point(pixel, 1);
    const depth = this.offset / (ray[2] - this.slopeX * ray[0] - this.slopeY * ray[1]);
    return depth > 0 && depth < range;
  }

  private static through(a: Point, b: Point, c: Point): GroundPlane | null {
    const s = solve([a, b, c].map((p) => [p[0], p[1], 1, p[2]]));
    const level = s && Math.hypot(s[0]!, s[1]!) <= MAX_TILT && s[2]! < -BELOW_CAMERA;
    return level ? new GroundPlane(s[0]!, s[1]!, s[2]!, 0) : null;
  }

  private height(p: Point): number {
    return p[2] - (this.slopeX * p[0] + this.slopeY * p[1] + this.offset);
  }

  private votes(points: Point[]): number {
    let votes = 0;
    for (const p of points) {
      const h = this.height(p);
      const t = tolerance(p);
      if (Math.abs(h) <= t) {
        votes++;
      } else if (h < -3 * t) {
        votes--;
      }
    }
    return votes;
  }

  private isGround(low: Point[], allPoints: number): boolean {
    const on = low.filter((p) => Math.abs(this.height(p)) <= tolerance(p));
    const n = on.length;
    if (n < MIN_SHARE * allPoints || n < LEAST_POINTS) {
      return false;
    }
    const mean = (value: (p: Point) => number) => on.reduce((sum, p) => sum + value(p), 0) / n;
    const mx = mean((p) => p[0]);
    const my = mean((p) => p[1]);
    const a = mean((p) => p[0] * p[0]) - mx * mx;
    const b = mean((p) => p[0] * p[1]) - mx * my;
    const c = mean((p) => p[1] * p[1]) - my * my;
    const smallest = (a + c) / 2 - Math.sqrt(((a - c) * (a - c)) / 4 + b * b);
    return smallest >= MIN_SPREAD * MIN_SPREAD && -this.offset >= BELOW_CAMERA;
  }

  /** Least squares over the points near this plane; itself if they do not fix one. */
  private refit(points: Point[]): GroundPlane {
    const m = [0, 1, 2].map(() => [0, 0, 0, 0]);
    for (const p of points) {
      const t = tolerance(p);
      if (Math.abs(this.height(p)) <= t) {
        const row = [p[0], p[1], 1, p[2]];
        for (let i = 0; i < 3; i++) {
          for (let j = 0; j < 4; j++) {
            m[i]![j]! += (row[i]! * row[j]!) / (t * t);
          }
        }
      }
    }
    const s = solve(m);
    if (!s || Math.hypot(s[0]!, s[1]!) > MAX_TILT) {
      return this;
    }
    const plane = new GroundPlane(s[0]!, s[1]!, s[2]!, 0);
    const off = points.map((p) => Math.abs(plane.height(p))).filter((h) => h < NEAR_PLANE);
    const sigma = off.length === 0 ? 0 : 1.4826 * median(off);
    const roughness = Math.max(0.05, Math.min(NEAR_PLANE, 3 * sigma));
    return new GroundPlane(s[0]!, s[1]!, s[2]!, roughness);
  }
}

/** The middle one, or the mean of both. */
export function median(values: number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Depth noise and quantisation grow with depth. */
function tolerance(p: Point): number {
  return 0.04 + 0.01 * p[0];
}

/** Gauss–Jordan with pivoting on `[3][4]`; null where the rows fix no plane. */
function solve(m: number[][]): number[] | null {
  for (let i = 0; i < 3; i++) {
    let pivot = i;
    for (let r = i + 1; r < 3; r++) {
      pivot = Math.abs(m[r]![i]!) > Math.abs(m[pivot]![i]!) ? r : pivot;
    }
    [m[i], m[pivot]] = [m[pivot]!, m[i]!];
    if (Math.abs(m[i]![i]!) < 1e-9) {
      return null;
    }
    for (let r = 0; r < 3; r++) {
      const f = r === i ? 0 : m[r]![i]! / m[i]![i]!;
      for (let k = i; k < 4; k++) {
        m[r]![k]! -= f * m[i]![k]!;
      }
    }
  }
  return [0, 1, 2].map((i) => m[i]![3]! / m[i]![i]!);
}

function thin(points: Point[]): Point[] {
  return points.length <= MAX_POINTS
    ? points
    : Array.from(
        { length: MAX_POINTS },
        (_, i) => points[Math.floor((i * points.length) / MAX_POINTS)]!,
      );
}

function point(pixel: number, depth: number): Point {
  const left = slope(pixel % SIZE);
  const up = slope(Math.floor(pixel / SIZE));
  return [depth, left * depth, up * depth];
}
