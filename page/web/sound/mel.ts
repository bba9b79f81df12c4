/**
 * Triangular bands, evenly spaced on Slaney's mel scale and normalised to equal area, as Java's
 * `MelFilterbank` and librosa's default.
 */
export class MelFilterbank {
  private readonly first: number[] = [];
  private readonly weights: Float64Array[] = [];

  constructor(sampleRate: number, size: number, bands: number, low: number, high: number) {
    const bins = size / 2 + 1;
    const lowMel = mel(low);
    const step = (mel(high) - lowMel) / (bands + 1);
    const binHz = sampleRate / size;
    for (let b = 0; b < bands; b++) {
      const left = hertz(lowMel + b * step);
      const peak = hertz(lowMel + (b + 1) * step);
      const right = hertz(lowMel + (b + 2) * step);
      const first = Math.floor(left / binHz) + 1;
      const end = Math.min(bins, Math.ceil(right / binHz));
      const weights = new Float64Array(Math.max(0, end - first));
      for (let i = 0; i < weights.length; i++) {
        const f = (first + i) * binHz;
        const rising = (f - left) / (peak - left);
        const falling = (right - f) / (right - peak);
        weights[i] = (Math.max(0, Math.min(rising, falling)) * 2) / (right - left);
      }
      this.first.push(first);
      this.weights.push(weights);
    }
  }

  /** Sums a spectrum `[bins]` into bands. */
  apply(spectrum: ArrayLike<number>, into: Float64Array): void {
    for (let b = 0; b < this.weights.length; b++) {
      const w = this.weights[b]!;
      const start = this.first[b]!;
      let sum = 0;
      for (let i = 0; i < w.length; i++) {
        sum += w[i]! * spectrum[start + i]!;
      }
      into[b] = sum;
    }
  }

  /** The sum of each band's weights. */
  sums(): number[] {
    return this.weights.map((w) => w.reduce((sum, v) => sum + v, 0));
  }
}

const HZ_PER_MEL = 200 / 3;
const BREAK_HZ = 1000;
const BREAK_MEL = BREAK_HZ / HZ_PER_MEL;
const LOG_STEP = Math.log(6.4) / 27;

function mel(hertz: number): number {
  return hertz < BREAK_HZ ? hertz / HZ_PER_MEL : BREAK_MEL + Math.log(hertz / BREAK_HZ) / LOG_STEP;
}

function hertz(mel: number): number {
  return mel < BREAK_MEL ? mel * HZ_PER_MEL : BREAK_HZ * Math.exp((mel - BREAK_MEL) * LOG_STEP);
}
