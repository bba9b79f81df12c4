import { type Foa, fromMono, SAMPLE_RATE, silence } from '../sound/foa';
import { arranged, type FoaOrder, mixed } from '../sound/recording';
import { reason } from '../words';

/** The last seconds that a microphone heard. */
export class Microphone {
  /** Samples heard since it was opened. */
  heard = 0;
  /** Called where the device goes away by itself: unplugged, or taken from the page. */
  lost: () => void = () => {};
  private ring: Foa;

  private constructor(
    private readonly stream: MediaStream,
    private readonly context: AudioContext,
    /** Channels that the device gives. */
    readonly channels: number,
    private readonly order: FoaOrder,
    seconds: number,
  ) {
    this.ring = silence(seconds * SAMPLE_RATE);
  }

  /**
   * Asks for a device, with four channels where one has them, and listens.
   *
   * @param worklet address of the capture worklet
   * @param seconds that are kept
   * @param signal says that it is not wanted any longer, for as long as it is being opened
   * @throws Error where the person or the browser refuses; nothing is left open then
   */
  static async open(
    worklet: string,
    order: FoaOrder,
    seconds: number,
    signal: AbortSignal,
  ): Promise<Microphone> {
    const stream = await captured();
    let context: AudioContext | null = null;
    const stop = () => release(stream, context);
    signal.addEventListener('abort', stop);
    try {
      signal.throwIfAborted();
      context = new AudioContext({ sampleRate: SAMPLE_RATE });
      await context.audioWorklet.addModule(worklet);
      const track = stream.getAudioTracks()[0]!;
      const said = track.getSettings().channelCount ?? 1;
      const channels = said >= 4 ? 4 : said;
      const node = new AudioWorkletNode(context, 'capture', {
        numberOfOutputs: 0,
        channelCount: channels,
        channelCountMode: 'explicit',
        channelInterpretation: 'discrete',
      });
      const microphone = new Microphone(stream, context, channels, order, seconds);
      node.port.onmessage = ({ data }: MessageEvent<Float32Array[]>) => microphone.take(data);
      track.onended = () => microphone.lost();
      context.createMediaStreamSource(stream).connect(node);
      await context.resume();
      signal.throwIfAborted();
      return microphone;
    } catch (e) {
      stop();
      throw e;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** What was heard last; shorter at the beginning, null below a second. */
  window(): Foa | null {
    const samples = Math.min(this.heard, this.ring[0]!.length);
    return samples < SAMPLE_RATE
      ? null
      : this.ring.map((channel) => channel.slice(channel.length - samples));
  }

  close(): void {
    release(this.stream, this.context);
  }

  private take(block: Float32Array[]): void {
    const foa = block.length >= 4 ? arranged(block, this.order) : fromMono(mixed(block));
    const n = foa[0]!.length;
    this.heard += n;
    this.ring.forEach((channel, c) => {
      channel.copyWithin(0, n);
      channel.set(foa[c]!, channel.length - n);
    });
  }
}

function release(stream: MediaStream, context: AudioContext | null): void {
  stream.getTracks().forEach((track) => track.stop());
  if (context && context.state !== 'closed') {
    void context.close();
  }
}

async function captured(): Promise<MediaStream> {
  if (!navigator.mediaDevices) {
    throw new Error('this browser gives microphones to https pages and to localhost only');
  }
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: {
        channelCount: { ideal: 4 },
        echoCancellation: false,
        noiseSuppression: false,
        autoGainControl: false,
      },
    });
  } catch (e) {
    throw new Error(`no microphone: ${reason(e)}`);
  }
}
