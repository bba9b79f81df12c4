import { type Foa, SAMPLE_RATE, W, X, Y } from '../sound/foa';
import { Stft } from '../sound/stft';
import { AZIMUTHS, COSINE, SINE } from './grid';

const LAGS = 24;
export const ECHO_ROWS = 4 * LAGS;

const SIZE = 8192;
const STFT = new Stft(SIZE, SIZE / 2, SIZE);
const FIRST_MS = 0.4;
const LAST_MS = 60;
const LOW_HZ = 150;
const HIGH_HZ = 8500;
const SMOOTHED = 25;
const FLOOR = 1e-3;
const SILENCE = 1e-12;
const TINY = 1e-9;
const STRONGEST_SCALE = 3;
const CHANNELS = [W, Y, X];

/** Where the bins of lags begin, and where the last one ends, in samples. */
const EDGES = Array.from({ length: LAGS + 1 }, (_, i) =>
  Math.round((FIRST_MS * (LAST_MS / FIRST_MS) ** (i / LAGS) * SAMPLE_RATE) / 1000),
);

/** Reflections by how late they come and from where, as Java's `Echoes`; writes rows of 72. */
export function writeEchoes(foa: Foa, rows: Float32Array, at: number): void {
  const r = correlations(foa);
  const whole = r[0]!;
  for (let side = 0; side < 2; side++) {
    for (let bin = 0; bin < LAGS; bin++) {
      const sum = [0, 0, 0];
      let strongest = 0;
      for (let lag = EDGES[bin]!; lag < EDGES[bin + 1]!; lag++) {
        const i = side === 0 ? lag : SIZE - lag;
        if (lag === EDGES[bin] || Math.abs(whole[i]!) > Math.abs(whole[strongest]!)) {
          strongest = i;
        }
        r.forEach((channel, c) => (sum[c]! += channel[i]!));
      }
      const row = at + (side * LAGS + bin) * AZIMUTHS;
      const sumRow = row + 2 * LAGS * AZIMUTHS;
      for (let a = 0; a < AZIMUTHS; a++) {
        const s = SINE[a]!;
        const c = COSINE[a]!;
        const beam = whole[strongest]! + r[1]![strongest]! * s + r[2]![strongest]! * c;
        rows[row + a] = STRONGEST_SCALE * beam;
        rows[sumRow + a] = sum[1]! * s + sum[2]! * c;
      }
    }
  }
}

/** Whitened correlations of W with W, Y and X; 1 for W at lag 0, or 0 in silence. */
function correlations(foa: Foa): Float64Array[] {
  const cross = CHANNELS.map(() => new Float64Array(2 * STFT.bins));
  const spectra = CHANNELS.map(() => STFT.newSpectrum());
  const frames = Math.floor(foa[W]!.length / STFT.hop) - 1;
  for (let frame = 0; frame < frames; frame++) {
    CHANNELS.forEach((channel, c) => {
      STFT.frame(foa[channel]!, (frame + 1) * STFT.hop, 0, spectra[c]!);
      addProduct(spectra[0]!, spectra[c]!, cross[c]!);
    });
  }
  const weights = weightsOf(cross[0]!);
  const r = cross.map((product) => {
    const half = STFT.newSpectrum().fill(0);
    for (let k = 1; k < SIZE / 2; k++) {
      half[2 * k] = product[2 * k]! * weights[k]!;
      half[2 * k + 1] = product[2 * k + 1]! * weights[k]!;
    }
    return STFT.inverse(half);
  });
  const scale = 1 / (r[0]![0]! + TINY);
  return r.map((channel) => channel.map((v) => v * scale));
}

function addProduct(w: number[], v: number[], cross: Float64Array): void {
  for (let i = 0; i < cross.length; i += 2) {
    cross[i]! += w[i]! * v[i]! + w[i + 1]! * v[i + 1]!;
    cross[i + 1]! += w[i]! * v[i + 1]! - w[i + 1]! * v[i]!;
  }
}

/** One over W's power, smoothed over 25 bins, within the band. */
function weightsOf(cross: Float64Array): Float64Array {
  const bins = STFT.bins;
  const smooth = new Float64Array(bins);
  const half = Math.floor(SMOOTHED / 2);
  let most = 0;
  let sum = 0;
  for (let k = 0; k < bins + half; k++) {
    sum += k < bins ? cross[2 * k]! : 0;
    sum -= k >= SMOOTHED ? cross[2 * (k - SMOOTHED)]! : 0;
    if (k >= half) {
      smooth[k - half] = sum / SMOOTHED;
      most = Math.max(most, sum / SMOOTHED);
    }
  }
  const binHz = SAMPLE_RATE / SIZE;
  return smooth.map((v, k) =>
    k * binHz > LOW_HZ && k * binHz < HIGH_HZ ? 1 / (Math.max(0, v) + FLOOR * most + SILENCE) : 0,
  );
}
