import { SAMPLE_RATE } from '../sound/foa';
import { MelFilterbank } from '../sound/mel';
import { type FrameProducts, SIZE } from './frames';

const BANDS = 40;
export const LEVELS = 3 * BANDS;
const PARTS = 10;
const SILENCE = 1e-9;
const FILTERS = new MelFilterbank(SAMPLE_RATE, SIZE, BANDS, 40, 11_500);

/** How loud the clip is in mel bands: means, deviations, loudest tenths, as Java's `Levels`. */
export class Levels {
  private readonly sum = new Float64Array(BANDS);
  private readonly squares = new Float64Array(BANDS);
  private readonly parts = Array.from({ length: PARTS }, () => new Float64Array(BANDS));
  private readonly counts = new Array<number>(PARTS).fill(0);
  private readonly here = new Float64Array(BANDS);

  constructor(private readonly frames: number) {}

  /** Takes the next frame. */
  add(frame: number, p: FrameProducts): void {
    const part = Math.floor((frame * PARTS) / this.frames);
    this.counts[part]!++;
    FILTERS.apply(p.ww, this.here);
    for (let b = 0; b < BANDS; b++) {
      const level = Math.log10(this.here[b]! + SILENCE);
      this.sum[b]! += level;
      this.squares[b]! += level * level;
      this.parts[part]![b]! += level;
    }
  }

  /** Writes 120 numbers from the beginning of `into`. */
  write(into: Float32Array): void {
    for (let b = 0; b < BANDS; b++) {
      const mean = this.sum[b]! / this.frames;
      const tenths = this.parts.map((part, i) => part[b]! / this.counts[i]!);
      into[b] = mean;
      into[BANDS + b] = Math.sqrt(Math.max(0, this.squares[b]! / this.frames - mean * mean));
      into[2 * BANDS + b] = Math.max(mean, ...tenths);
    }
  }
}
