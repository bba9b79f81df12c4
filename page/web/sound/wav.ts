import { type Foa, SAMPLE_RATE } from './foa';

const HEADER = 44;
const FLOATS = 3;

/** Sound as a WAV file of 32-bit floats, so that nothing is rounded on its way to a server. */
export function wavOf(foa: Foa): Blob {
  const channels = foa.length;
  const samples = foa[0]!.length;
  const bytes = 4 * channels * samples;
  const view = new DataView(new ArrayBuffer(HEADER + bytes));
  const text = (at: number, s: string) =>
    [...s].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, HEADER - 8 + bytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, FLOATS, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * 4 * channels, true);
  view.setUint16(32, 4 * channels, true);
  view.setUint16(34, 32, true);
  text(36, 'data');
  view.setUint32(40, bytes, true);
  for (let i = 0; i < samples; i++) {
    for (let c = 0; c < channels; c++) {
      view.setFloat32(HEADER + 4 * (i * channels + c), foa[c]![i]!, true);
    }
  }
  return new Blob([view.buffer], { type: 'audio/wav' });
}
