import { EDGE, edge, SIZE } from './view';

/** The source pixels under a model pixel along one axis, and their shares. */
interface Span {
  first: number;
  weights: Float32Array;
}

/** The way from a source camera's picture to the model's view, as Java's `Reprojection`. */
export class Reprojection {
  /** Source pixels per model pixel; above 1 the picture shrinks. */
  readonly scale: number;

  constructor(
    readonly width: number,
    readonly height: number,
    hfovDegrees: number,
  ) {
    this.scale = width / 2 / edge(hfovDegrees) / (SIZE / 2 / EDGE);
  }

  /** `[224, 224]`: does the pixel's central ray lie within the source picture? */
  inside(): boolean[] {
    return Array.from(
      { length: SIZE * SIZE },
      (_, i) =>
        within(this.centre(Math.floor(i / SIZE), this.height), this.height) &&
        within(this.centre(i % SIZE, this.width), this.width),
    );
  }

  /**
   * The area average over each model pixel's footprint; 0 outside the source.
   *
   * @param plane `[height, width]`
   */
  average(plane: Float32Array): Float32Array {
    const { width, height } = this;
    const rows = new Float32Array(height * SIZE);
    for (let u = 0; u < SIZE; u++) {
      const { first, weights } = this.span(u, width);
      for (let y = 0; y < height; y++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) {
          sum += weights[k]! * plane[y * width + first + k]!;
        }
        rows[y * SIZE + u] = sum;
      }
    }
    const out = new Float32Array(SIZE * SIZE);
    for (let v = 0; v < SIZE; v++) {
      const { first, weights } = this.span(v, height);
      for (let k = 0; k < weights.length; k++) {
        for (let u = 0; u < SIZE; u++) {
          out[v * SIZE + u]! += weights[k]! * rows[(first + k) * SIZE + u]!;
        }
      }
    }
    return out;
  }

  /**
   * The valid sample nearest to each model pixel's central ray; of equally near ones the smallest.
   *
   * @param plane `[height, width]`, 0 = no sample
   * @param reach source pixels
   */
  nearest(plane: Float32Array, reach: number): Float32Array {
    const { width, height } = this;
    const out = new Float32Array(SIZE * SIZE);
    for (let v = 0; v < SIZE; v++) {
      const y = this.centre(v, height);
      for (let u = 0; u < SIZE; u++) {
        const x = this.centre(u, width);
        if (within(x, width) && within(y, height)) {
          const own = plane[clamp(y, height) * width + clamp(x, width)]!;
          out[v * SIZE + u] = own > 0 ? own : this.nearestTo(plane, x, y, reach);
        }
      }
    }
    return out;
  }

  private nearestTo(plane: Float32Array, x: number, y: number, reach: number): number {
    const { width, height } = this;
    let best = 0;
    let bestSquare = reach * reach;
    for (let j = clamp(y - reach, height); j <= clamp(y + reach, height); j++) {
      for (let i = clamp(x - reach, width); i <= clamp(x + reach, width); i++) {
        const value = plane[j * width + i]!;
        const square = (i + 0.5 - x) ** 2 + (j + 0.5 - y) ** 2;
        const nearer = square < bestSquare || (square === bestSquare && (!best || value < best));
        if (value > 0 && nearer) {
          best = value;
          bestSquare = square;
        }
      }
    }
    return best;
  }

  private centre(i: number, n: number): number {
    return n / 2 + (i + 0.5 - SIZE / 2) * this.scale;
  }

  private span(i: number, n: number): Span {
    const c = this.centre(i, n);
    if (!within(c, n)) {
      return { first: 0, weights: new Float32Array(0) };
    }
    const half = Math.max(this.scale, 1) / 2;
    const low = Math.max(0, c - half);
    const high = Math.min(n, c + half);
    const first = Math.floor(low);
    const last = Math.min(n - 1, Math.ceil(high) - 1);
    const weights = new Float32Array(last - first + 1);
    for (let k = 0; k < weights.length; k++) {
      const from = Math.max(low, first + k);
      const to = Math.min(high, first + k + 1);
      weights[k] = (to - from) / (high - low);
    }
    return { first, weights };
  }
}

function within(position: number, n: number): boolean {
  return position >= 0 && position < n;
}

function clamp(position: number, n: number): number {
  return Math.max(0, Math.min(n - 1, Math.floor(position)));
}
