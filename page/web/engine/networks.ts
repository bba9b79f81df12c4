import * as ort from 'onnxruntime-web/wasm';
import { type Answer, type Outputs, readAnswer } from '../answer/answer';
import { type ModelCard, requireAnswerable, summaryOf, unknownScore } from '../answer/card';
import { AZIMUTHS } from '../place/grid';
import { HEARD, type HeardPlaces, KNOWN } from '../place/heard';
import { cameraHeight, SEEN, seenPlaces } from '../place/seen';
import { spatialCues } from '../sound/cues';
import { BANDS, foaFeatures, PLANES as HEARD_PLANES, standardise } from '../sound/features';
import { deadChannels, type Foa } from '../sound/foa';
import { isBlind, SIZE, type View } from '../vision/view';
import { PLANES, planesOf, TOKENS, tokenGeometry } from '../vision/planes';

const GRAPHS = ['seld_encoder.onnx', 'visual_encoder.onnx', 'imagination.onnx'] as const;
const CHANNEL_NAMES = ['W', 'Y', 'Z', 'X'];

/** What the networks made of a clip. */
export interface Heard {
  tokens: Float32Array;
  count: number;
  places: HeardPlaces;
  unknown: number | null;
  notes: string[];
}

/** What the networks made of a view. */
export interface Seen {
  tokens: Float32Array;
  geometry: Float32Array;
  places: Float32Array;
  cameraHeight: number;
  occlusionLevel: number;
}

/** A model's three graphs in this process, as Java's `Imaginer`. */
export class Networks {
  private constructor(
    readonly card: ModelCard,
    private readonly seld: ort.InferenceSession,
    private readonly visual: ort.InferenceSession,
    private readonly head: ort.InferenceSession,
  ) {}

  /**
   * Loads a model.
   *
   * @param folder address of the model's folder, with a slash at its end
   * @param wasm address of ONNX Runtime's WebAssembly
   * @param progress share of the bytes that have come, 0 to 1
   */
  static async load(
    folder: string,
    wasm: string,
    progress: (share: number) => void,
  ): Promise<Networks> {
    // A static host cannot be asked for the headers that threads need, so one thread it is.
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmPaths = { wasm };
    const card = (await (await fetched(`${folder}model.json`)).json()) as ModelCard;
    requireAnswerable(card);
    const come = GRAPHS.map(() => ({ bytes: 0, of: 0 }));
    const sessions = await Promise.all(
      GRAPHS.map(async (graph, i) => {
        const bytes = await download(folder + graph, (now, of) => {
          come[i] = { bytes: now, of };
          if (come.every((c) => c.of > 0)) {
            const sum = (key: 'bytes' | 'of') => come.reduce((s, c) => s + c[key], 0);
            progress(sum('bytes') / sum('of'));
          }
        });
        return ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
      }),
    );
    return new Networks(card, sessions[0]!, sessions[1]!, sessions[2]!);
  }

  /** Hears a clip of a second or more, 24 kHz. */
  async hear(foa: Foa, places: HeardPlaces): Promise<Heard> {
    const features = foaFeatures(foa);
    const cues = spatialCues(features);
    const { mean, std } = this.card.scaler;
    const frames = features.length / (HEARD_PLANES * BANDS);
    const input = tensor(standardise(features, mean, std), [1, HEARD_PLANES, frames, BANDS]);
    const encoded = await run(this.seld, { input }, 'encoder');
    const width = this.card.audio.width;
    const count = encoded.length / width;
    const summary = summaryOf(encoded, width);
    return {
      tokens: sideBySide(encoded, cues, count),
      count,
      places,
      unknown: unknownScore(this.card, summary),
      notes: notesOf(foa, this.card.clip_seconds),
    };
  }

  /** Looks at a view; at a blind one without any network, as in training. */
  async see(view: View): Promise<Seen> {
    const width = this.card.visual.width;
    const tokens = new Float32Array(TOKENS * width);
    if (!isBlind(view)) {
      const input = tensor(planesOf(view), [1, PLANES, SIZE, SIZE]);
      const features = await run(this.visual, { input }, 'features');
      for (let channel = 0; channel < width; channel++) {
        for (let token = 0; token < TOKENS; token++) {
          tokens[token * width + channel] = features[channel * TOKENS + token]!;
        }
      }
    }
    return {
      tokens,
      geometry: tokenGeometry(view),
      places: seenPlaces(view),
      cameraHeight: cameraHeight(view),
      occlusionLevel: view.occlusionLevel,
    };
  }

  /** Answers for what was heard and seen. */
  async answer(heard: Heard, seen: Seen, occlusion: number): Promise<Answer> {
    const known = new Float32Array(KNOWN);
    known.set(heard.places.levels);
    known[KNOWN - 1] = seen.cameraHeight;
    const out = await this.head.run(
      {
        audio: tensor(heard.tokens, [1, heard.count, heard.tokens.length / heard.count]),
        visual: tensor(seen.tokens, [1, TOKENS, this.card.visual.width]),
        geometry: tensor(seen.geometry, [1, TOKENS, 2]),
        occlusion: tensor(Float32Array.of(occlusion), [1, 1]),
        heard: tensor(heard.places.heard, [1, HEARD, AZIMUTHS]),
        seen: tensor(seen.places, [1, SEEN, AZIMUTHS]),
        known: tensor(known, [1, KNOWN]),
      },
      ['class_logits', 'location', 'confidence', 'reliability'],
    );
    const outputs = Object.fromEntries(
      Object.entries(out).map(([name, value]) => [name, value.data as Float32Array]),
    ) as unknown as Outputs;
    return readAnswer(this.card, outputs, heard.unknown, Math.fround(occlusion), heard.notes);
  }
}

function notesOf(foa: Foa, clipSeconds: number): string[] {
  const notes: string[] = [];
  const seconds = foa[0]!.length / 24_000;
  if (seconds < clipSeconds) {
    notes.push(
      `audio is ${seconds.toFixed(1)} s long; the model was trained on ${clipSeconds.toFixed(0)} s`,
    );
  }
  const dead = deadChannels(foa);
  if (dead.length === foa.length) {
    notes.push('all channels are silent');
  } else if (dead.length > 0) {
    const names = dead.map((c) => `${c + 1} (${CHANNEL_NAMES[c]!})`).join(', ');
    notes.push(`silent channels: ${names}; not a sound field in W, Y, Z, X and SN3D`);
  }
  return notes;
}

function tensor(data: Float32Array, dims: number[]): ort.Tensor {
  return new ort.Tensor('float32', data, dims);
}

async function run(
  session: ort.InferenceSession,
  feeds: Record<string, ort.Tensor>,
  output: string,
): Promise<Float32Array> {
  return (await session.run(feeds, [output]))[output]!.data as Float32Array;
}

/** Joins the rows of two tables of `rows` rows. */
function sideBySide(left: Float32Array, right: Float32Array, rows: number): Float32Array {
  const l = left.length / rows;
  const r = right.length / rows;
  const joined = new Float32Array(rows * (l + r));
  for (let i = 0; i < rows; i++) {
    joined.set(left.subarray(i * l, (i + 1) * l), i * (l + r));
    joined.set(right.subarray(i * r, (i + 1) * r), i * (l + r) + l);
  }
  return joined;
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url}: ${response.status} ${response.statusText}`);
  }
  return response;
}

async function download(
  url: string,
  progress: (bytes: number, of: number) => void,
): Promise<Uint8Array> {
  const response = await fetched(url);
  const of = Number(response.headers.get('content-length'));
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body!.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    pieces.push(piece.value);
    bytes += piece.value.length;
    // A compressed answer is longer than it says.
    progress(Math.min(bytes, of || bytes), of || bytes);
  }
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
