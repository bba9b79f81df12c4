import type { Answer } from '../answer/answer';
import { apparentAzimuth, hearPlaces } from '../place/heard';
import { cameraHeight, horizon } from '../place/seen';
import { type Foa, silence } from '../sound/foa';
import { spectrogram } from '../sound/spectrogram';
import { readPlane, readRgb } from '../vision/pictures';
import { readView } from '../vision/reader';
import { blind } from '../vision/view';
import type { ModelInfo, ReadyView, Reply, Senses, ViewFiles } from './engine';
import { Kept } from './kept';
import { type Heard, Networks, type Seen } from './networks';
import { report, serve } from './rpc';

/** All that is heavy: features, pictures, networks. */

let networks: Networks | null = null;
let looked = 0;
const seen = new Kept<number, Seen>();
const unseen = new Kept<null, Seen>();
const silent = new Kept<number, Heard>();
const last = new Kept<Foa, { heard: Heard; apparent: number | null }>(isSame);

const methods = {
  async load(folder: string, wasm: string): Promise<ModelInfo> {
    networks = await Networks.load(folder, wasm, report);
    const { card } = networks;
    return {
      name: card.taxonomy.name,
      classes: card.taxonomy.classes,
      clipSeconds: card.clip_seconds,
    };
  },

  async look(files: ViewFiles | null): Promise<ReadyView> {
    const read = files && Object.values(files).some(Boolean) ? await decoded(files) : null;
    const view = read?.view ?? blind();
    return {
      id: ++looked,
      files,
      view,
      notes: read?.notes ?? [],
      horizon: horizon(view),
      cameraHeight: cameraHeight(view),
    };
  },

  spectrogram,

  /** Where the sound seems to come from. */
  apparent(window: Foa): number | null {
    return apparentAzimuth(hearPlaces(window));
  },

  async ask(window: Foa, senses: Senses, view: ReadyView | null): Promise<Reply> {
    const start = performance.now();
    const n = networks!;
    const { heard, apparent } = await last.of(window, async () => {
      const places = hearPlaces(window);
      return { heard: await n.hear(window, places), apparent: apparentAzimuth(places) };
    });
    const ears = senses.hearing ? heard : await earsShut(n, window[0]!.length);
    const eyes = await (senses.sight && view
      ? seen.of(view.id, () => n.see(view.view))
      : unseen.of(null, () => n.see(blind())));
    const level = senses.sight ? (senses.occlusion ?? eyes.occlusionLevel) : 1;
    const answer: Answer = await n.answer(ears, eyes, level);
    return { answer, apparent, took: performance.now() - start };
  },
};

export type Lab = typeof methods;

async function decoded(files: ViewFiles) {
  const { rgb, depth, occlusion, hfov, depthScale } = files;
  return readView({
    rgb: rgb && (await readRgb(rgb, rgb.name)),
    depth: depth && (await readPlane(depth, depth.name, 16)),
    occlusion: occlusion && (await readPlane(occlusion, occlusion.name, 8)),
    hfov,
    depthScale,
  });
}

/** What the networks make of silence. */
function earsShut(n: Networks, samples: number): Promise<Heard> {
  return silent.of(samples, () => {
    const foa = silence(samples);
    return n.hear(foa, hearPlaces(foa));
  });
}

/** Is it the same sound, so that only senses were switched? */
function isSame(a: Foa, b: Foa): boolean {
  return a.every((channel, c) => {
    const other = b[c]!;
    return channel.length === other.length && channel.every((v, i) => v === other[i]);
  });
}

serve(methods);
