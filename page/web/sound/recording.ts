import { type Foa, fromMono, SAMPLE_RATE } from './foa';

/** How the four channels of a file are to be read. */
export type FoaOrder = 'ambix' | 'fuma' | 'n3d';

/** A recording made ready. */
export interface Recording {
  name: string;
  foa: Foa;
  /** Channels of the file; fewer than four do not tell directions. */
  channels: number;
}

const LONGEST_SECONDS = 300;

/**
 * Decodes a recording with the browser's decoders; other rates than 24 kHz are resampled.
 *
 * @throws Error saying what is wrong with the file
 */
export async function readRecording(
  bytes: ArrayBuffer,
  name: string,
  order: FoaOrder,
): Promise<Recording> {
  let audio: AudioBuffer;
  try {
    audio = await new OfflineAudioContext(4, 1, SAMPLE_RATE).decodeAudioData(bytes);
  } catch {
    throw new Error(`${name}: not a sound that this browser can read: give WAV or FLAC`);
  }
  if (audio.duration < 1) {
    throw new Error(`${name}: ${audio.duration.toFixed(2)} s of sound, expected a second or more`);
  }
  if (audio.duration > LONGEST_SECONDS) {
    throw new Error(
      `${name}: ${audio.duration.toFixed(0)} s of sound: the page takes up to ${LONGEST_SECONDS} s; cut it`,
    );
  }
  const channels = audio.numberOfChannels;
  const all = Array.from({ length: channels }, (_, c) => audio.getChannelData(c));
  return { name, channels, foa: channels >= 4 ? arranged(all, order) : fromMono(mixed(all)) };
}

/** Four channels of some order and scale as W, Y, Z, X in SN3D. */
export function arranged(all: Float32Array[], order: FoaOrder): Foa {
  const [a, b, c, d] = all as [Float32Array, Float32Array, Float32Array, Float32Array];
  if (order === 'fuma') {
    return [a.map((v) => v * Math.SQRT2), c, d, b];
  }
  const scaled = (x: Float32Array) => (order === 'n3d' ? x.map((v) => v / Math.sqrt(3)) : x);
  return [a, scaled(b), scaled(c), scaled(d)];
}

/** The mean of the channels. */
export function mixed(all: Float32Array[]): Float32Array {
  return all[0]!.map((_, i) => all.reduce((sum, c) => sum + c[i]!, 0) / all.length);
}
