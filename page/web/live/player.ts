import { type Foa, SAMPLE_RATE, W, Y } from '../sound/foa';

/** Quiet recordings are played louder, by so much at most. */
const MOST_GAIN = 300;
const PEAK = 0.5;

/** Plays a recording for two ears: what comes from the left is louder on the left. */
export class Player {
  private context: AudioContext | null = null;
  private source: AudioBufferSourceNode | null = null;
  private startedAt = 0;
  private offset = 0;

  constructor(
    private readonly foa: Foa,
    private readonly ended: () => void,
  ) {}

  /** From a time on, seconds. */
  play(from: number): void {
    this.context ??= new AudioContext();
    const context = this.context;
    void context.resume();
    this.source?.disconnect();
    const source = context.createBufferSource();
    source.buffer = this.stereo(context);
    source.connect(context.destination);
    source.start(0, from);
    source.onended = () => this.source === source && this.ended();
    this.source = source;
    this.startedAt = context.currentTime;
    this.offset = from;
  }

  /** Seconds of the recording that were played. */
  time(): number {
    return this.offset + (this.context ? this.context.currentTime - this.startedAt : 0);
  }

  pause(): void {
    const source = this.source;
    this.source = null;
    source?.stop();
  }

  close(): void {
    this.pause();
    void this.context?.close();
    this.context = null;
  }

  private stereo(context: AudioContext): AudioBuffer {
    const w = this.foa[W]!;
    const y = this.foa[Y]!;
    const peak = w.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-9);
    const gain = Math.min(MOST_GAIN, PEAK / peak) / 2;
    const buffer = context.createBuffer(2, w.length, SAMPLE_RATE);
    [1, -1].forEach((sign, ear) => {
      const channel = buffer.getChannelData(ear);
      for (let i = 0; i < w.length; i++) {
        channel[i] = gain * (w[i]! + sign * y[i]!);
      }
    });
    return buffer;
  }
}
