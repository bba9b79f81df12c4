// The networks in the browser against Java's answers, on every sample.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { posteriorOf } from '../web/answer/answer';
import type { Reply } from '../web/engine/engine';
import { launch, open, serveFolder } from './browser.mts';
import { goldens, pageFolder, type Question } from './goldens.mts';

const TOLERANCE = 1e-3;

let browser: Browser;
let page: Page;
let trouble: string[];
let server: { url: string; close: () => void };

before(async () => {
  server = await serveFolder(pageFolder);
  browser = await launch();
  ({ page, trouble } = await open(browser, server.url));
  await page.goto(`${server.url}licences.txt`);
  const took = await page.evaluate(async () => {
    const worker = new Worker('worker.js', { type: 'module' });
    let next = 0;
    const call = (method: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = next++;
        const listen = ({ data }: MessageEvent) => {
          if (data.id === id) {
            worker.removeEventListener('message', listen);
            data.error ? reject(new Error(data.error)) : resolve(data.value);
          }
        };
        worker.addEventListener('message', listen);
        worker.postMessage({ id, method, args });
      });
    Object.assign(window, { call });
    const start = performance.now();
    const at = (path: string) => new URL(path, location.href).href;
    await call('load', at('model/'), at('ort-wasm-simd-threaded.wasm'));
    return performance.now() - start;
  });
  console.log(`model loaded in ${took.toFixed(0)} ms`);
});

after(async () => {
  await browser.close();
  server.close();
});

for (const golden of goldens()) {
  test(`${golden.name}: answers are Java's`, async () => {
    await page.evaluate(async (name) => {
      const file = async (kind: string) =>
        new File([await (await fetch(`samples/${name}/${kind}.png`)).blob()], `${kind}.png`);
      const files = {
        rgb: await file('rgb'),
        depth: await file('depth'),
        occlusion: await file('occlusion'),
      };
      const sound = await (await fetch(`samples/${name}/foa.flac`)).arrayBuffer();
      const audio = await new OfflineAudioContext(4, 1, 24_000).decodeAudioData(sound);
      const foa = [0, 1, 2, 3].map((c) => audio.getChannelData(c));
      const { call } = window as unknown as { call: (...a: unknown[]) => Promise<unknown> };
      Object.assign(window, { foa, view: await call('look', files) });
    }, golden.name);
    for (const question of golden.questions) {
      const reply = (await page.evaluate(async (q) => {
        const { call, foa, view } = window as unknown as {
          call: (...a: unknown[]) => Promise<unknown>;
          foa: Float32Array[];
          view: unknown;
        };
        const part = foa.map((channel) => channel.slice(q.from, q.to));
        return call('ask', part, q, view);
      }, asked(question))) as Reply;
      compare(reply, question);
    }
    assert.deepEqual(trouble, []);
  });
}

function asked({ from, to, hearing, sight, occlusion }: Question) {
  return { from, to, hearing, sight, occlusion };
}

function compare({ answer, took }: Reply, { answer: java, regions, hills, ...q }: Question): void {
  const about = JSON.stringify(q);
  const near = (mine: number, theirs: number, what: string) =>
    assert.ok(
      Math.abs(mine - theirs) <= TOLERANCE * Math.max(1, Math.abs(theirs)),
      `${about}: ${what}: ${mine}, in Java ${theirs}`,
    );
  console.log(`${about}: ${took.toFixed(0)} ms`);
  assert.equal(answer.class, java.class, about);
  near(answer.confidence, java.confidence, 'confidence');
  for (const [name, p] of Object.entries(java.probabilities)) {
    near(answer.probabilities[name]!, p, name);
  }
  near(answer.location.azimuth, java.location.azimuth, 'azimuth');
  near(answer.location.elevation, java.location.elevation, 'elevation');
  near(answer.location.distance, java.location.distance, 'distance');
  near(answer.spread.degrees, java.spread.degrees, 'spread in degrees');
  near(answer.spread.distance_factor, java.spread.distance_factor, 'spread of the distance');
  near(answer.places.rise, java.places.rise, 'rise');
  const flat = java.places.probabilities.flat();
  answer.places.probabilities.flat().forEach((p, i) => near(p, flat[i]!, `place ${i}`));
  assert.deepEqual(answer.regions, java.regions, about);
  near(answer.unknown!.score, java.unknown!.score, 'unknown');
  assert.equal(answer.unknown!.said, java.unknown!.said);
  near(answer.reliability.audio, java.reliability.audio, 'weight of hearing');
  near(answer.occlusion_level, java.occlusion_level, 'occlusion');
  const posterior = posteriorOf(answer);
  const sizes = [50, 80, 90].map((s) => posterior.region(answer.regions![`${s}%`]!).length);
  sizes.forEach((size, i) => assert.ok(Math.abs(size - regions[i]!) <= 1, `${about}: region ${i}`));
  const mine = posterior.hills().map((hill) => hill.mass);
  assert.equal(mine.length, hills.length, `${about}: hills`);
  mine.forEach((mass, i) => near(mass, hills[i]!, `hill ${i}`));
}
