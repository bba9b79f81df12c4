import type { Answer } from '../answer/answer';
import { apparentAzimuth, hearPlaces } from '../place/heard';
import { cameraHeight, horizon } from '../place/seen';
import type { Foa } from '../sound/foa';
import { spectrogram } from '../sound/spectrogram';
import { readPlane, readRgb } from '../vision/pictures';
import { readView } from '../vision/reader';
import { blind, type View } from '../vision/view';
import type { ModelInfo, ReadyView, Reply, Senses, ViewFiles } from './engine';
import { type Heard, Networks, type Seen } from './networks';
import { report, serve } from './rpc';

/** All that is heavy: features, pictures, networks. */

let networks: Networks | null = null;
let view: View = blind();
let seen: Promise<Seen> | null = null;
let unseen: Promise<Seen> | null = null;
let silent: { samples: number; heard: Promise<Heard> } | null = null;
let last: { window: Foa; heard: Promise<Heard>; apparent: number | null } | null = null;

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
    view = read?.view ?? blind();
    seen = null;
    return {
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

  async ask(window: Foa, senses: Senses): Promise<Reply> {
    const start = performance.now();
    const n = networks!;
    if (!last || !isSame(last.window, window)) {
      const places = hearPlaces(window);
      last = { window, heard: n.hear(window, places), apparent: apparentAzimuth(places) };
    }
    const heard = senses.hearing ? last.heard : silence(n, window[0]!.length);
    const sight = senses.sight ? (seen ??= n.see(view)) : (unseen ??= n.see(blind()));
    const eyes = await sight;
    const level = senses.sight ? (senses.occlusion ?? eyes.occlusionLevel) : 1;
    const answer: Answer = await n.answer(await heard, eyes, level);
    return { answer, apparent: last.apparent, took: performance.now() - start };
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

/** What the networks make of silence: ears shut. */
function silence(n: Networks, samples: number): Promise<Heard> {
  if (silent?.samples !== samples) {
    const foa = [0, 1, 2, 3].map(() => new Float32Array(samples));
    silent = { samples, heard: n.hear(foa, hearPlaces(foa)) };
  }
  return silent.heard;
}

/** Is it the same sound, so that only senses were switched? */
function isSame(a: Foa, b: Foa): boolean {
  return a.every((channel, c) => {
    const other = b[c]!;
    return channel.length === other.length && channel.every((v, i) => v === other[i]);
  });
}

serve(methods);
