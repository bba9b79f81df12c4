// The page's own features against Java's, number by number.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cameraHeight, seenPlaces } from '../web/place/seen';
import { hearPlaces } from '../web/place/heard';
import { spatialCues } from '../web/sound/cues';
import { foaFeatures, standardise } from '../web/sound/features';
import type { Foa } from '../web/sound/foa';
import { readPlane, readRgb } from '../web/vision/pictures';
import { planesOf, tokenGeometry } from '../web/vision/planes';
import { readView } from '../web/vision/reader';
import { fromBase64, goldens, samplesFolder, modelCard } from './goldens.mts';

/** Largest difference, as a share of the largest number or of 1. */
function difference(mine: Float32Array, java: Float32Array): number {
  assert.equal(mine.length, java.length);
  let largest = 1;
  let off = 0;
  java.forEach((v, i) => {
    largest = Math.max(largest, Math.abs(v));
    off = Math.max(off, Math.abs(v - mine[i]!));
  });
  return off / largest;
}

for (const golden of goldens()) {
  const java = (name: string) => fromBase64(golden.inputs[name]!);

  test(`${golden.name}: what is heard is what Java hears`, () => {
    const foa: Foa = golden.foa.map(fromBase64);
    const features = foaFeatures(foa);
    assert.ok(difference(spatialCues(features), java('cues')) < 1e-5);
    const { mean, std } = modelCard().scaler;
    assert.ok(difference(standardise(features, mean, std), java('features')) < 1e-5);
    const places = hearPlaces(foa);
    assert.ok(difference(places.heard, java('heard')) < 2e-5);
    assert.ok(difference(places.levels, java('levels')) < 1e-5);
  });

  test(`${golden.name}: what is seen is what Java sees`, async () => {
    const file = (name: string) =>
      new Blob([readFileSync(join(samplesFolder, golden.name, name))]);
    const rgb = await readRgb(file('rgb.png'), 'rgb.png');
    const depth = await readPlane(file('depth.png'), 'depth.png', 16);
    const occlusion = await readPlane(file('occlusion.png'), 'occlusion.png', 8);
    const { view } = readView({ rgb, depth, occlusion });
    assert.ok(difference(planesOf(view), java('planes')) < 1e-6);
    assert.ok(difference(tokenGeometry(view), java('geometry')) < 1e-6);
    assert.ok(difference(seenPlaces(view), java('seen')) < 1e-6);
    assert.ok(Math.abs(cameraHeight(view) - java('height')[0]!) < 1e-6);
    assert.ok(difference(readView({ rgb, depth }).view.occlusion, java('derived')) < 1e-6);
  });
}
