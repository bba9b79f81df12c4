// Hands a tenth of a second of captured sound after the other to the page. Runs where audio runs.
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, kind: unknown): void;

const BLOCK = 2400;

class Capture extends AudioWorkletProcessor {
  private block: Float32Array[] = [];
  private filled = 0;

  process(inputs: Float32Array[][]): boolean {
    const channels = inputs[0] ?? [];
    if (channels.length === 0) {
      return true;
    }
    if (this.block.length !== channels.length) {
      this.block = channels.map(() => new Float32Array(BLOCK));
      this.filled = 0;
    }
    const samples = channels[0]!.length;
    for (let at = 0; at < samples; ) {
      const n = Math.min(BLOCK - this.filled, samples - at);
      channels.forEach((c, i) => this.block[i]!.set(c.subarray(at, at + n), this.filled));
      this.filled += n;
      at += n;
      if (this.filled === BLOCK) {
        this.port.postMessage(this.block);
        this.filled = 0;
      }
    }
    return true;
  }
}

registerProcessor('capture', Capture);

export {};
