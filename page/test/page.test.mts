// The page itself, as a person uses it: keyboard, link, switches, files, microphone, sizes, colours.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launch, open, serveFolder } from './browser.mts';
import { goldens, pageFolder, samplesFolder } from './goldens.mts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE = { timeout: 240_000 };
const LINK = '#sample=crash-behind-van&t=4.00&sight=off&occlusion=1.00&over=depth';
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 780 };

let browser: Browser;
let page: Page;
let trouble: string[];
let server: { url: string; close: () => void };

before(async () => {
  server = await serveFolder(pageFolder);
  browser = await launch([
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
  ]);
  ({ page, trouble } = await open(browser, server.url, {
    viewport: DESKTOP,
    permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
  }));
  const start = Date.now();
  await page.goto(server.url + LINK);
  await settled();
  console.log(`first answer after ${Date.now() - start} ms`);
});

after(async () => {
  await browser.close();
  server.close();
});

/** Waits until the model has answered what is asked. */
async function settled(): Promise<void> {
  // A change is asked about after the next frame.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 150))),
  );
  await page.waitForSelector('.board[aria-busy="false"]', PATIENCE);
  await page.waitForSelector('.facts', PATIENCE);
}

function text(selector: string): Promise<string> {
  return page.locator(selector).innerText();
}

async function choose(title: string): Promise<void> {
  await page.getByRole('button', { name: title }).click();
  await page.locator(`.chip[aria-pressed="true"]:text-is("${title}")`).waitFor(PATIENCE);
  await settled();
}

test('a link shows what was seen, and the address says it', async () => {
  assert.match(await text('.verdict-text'), /sound alone/);
  assert.match(await text('.times'), /^judged: 0\.0 – 4\.0 of 5\.0 s/);
  assert.equal(await page.getByRole('switch', { name: 'Sight' }).isChecked(), false);
  assert.equal(await page.getByRole('radio', { name: 'Depth' }).isChecked(), true);
  await page.getByRole('button', { name: 'Copy link' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), server.url + LINK);
});

test('switches and sliders are answered', async () => {
  await page.getByRole('switch', { name: 'Sight' }).click();
  await page.getByRole('slider', { name: 'End of the judged window' }).fill('5');
  await settled();
  assert.doesNotMatch(await text('.verdict-text'), /sound alone/);
  const judged = () => page.locator('.board').getAttribute('data-occlusion');
  assert.equal(await judged(), '1.00');
  await page.getByRole('slider', { name: 'Occluded view' }).fill('0.7');
  await settled();
  assert.equal(await judged(), '0.70');
  await page.getByRole('button', { name: 'As seen' }).click();
  await settled();
  assert.equal(await judged(), '0.40');
  await page.getByRole('radio', { name: 'Picture' }).check();
});

test('says what Java says of the first sample', async () => {
  const golden = goldens().find((g) => g.name === 'crash-behind-van')!;
  const { answer } = golden.questions[0]!;
  const { distance } = answer.location;
  assert.match(await text('.verdict h2'), new RegExp(`^${answer.class}`, 'i'));
  assert.match(await text('.verdict-place'), new RegExp(`^${Math.round(distance)} m away`));
  assert.match(await text('.verdict-text'), /^Hidden: .* surface at 6\.9 m/);
  assert.match(await text('.facts'), new RegExp(`${Math.round(100 * answer.confidence)} %`));
  const map = await page.locator('.plan').getAttribute('aria-label');
  assert.match(map!, /impact imagined 21 m away, 8° to the right/);
  assert.match(map!, /in truth it is 25 m away, 8° to the right/);
  assert.equal(await page.locator('.plan-regions path').count(), 3);
});

test('the keyboard reaches everything', async () => {
  await page.getByRole('button', { name: 'Copy link' }).focus();
  const reached = new Set<string>();
  for (let i = 0; i < 24; i++) {
    await page.keyboard.press('Tab');
    reached.add(
      await page.evaluate(() => {
        const e = document.activeElement as HTMLInputElement;
        return e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent ?? '';
      }),
    );
  }
  for (const name of [
    'Horn at a crossing',
    'Open files…',
    'Microphone',
    'Picture',
    'Hearing',
    'Sight',
    'Occluded view',
    'Play',
    'End of the judged window',
  ]) {
    assert.ok(reached.has(name), `${name} is not reached: ${[...reached].join(', ')}`);
  }
  await page.getByRole('slider', { name: 'End of the judged window' }).focus();
  await page.keyboard.press('PageDown');
  await settled();
  assert.match(await text('.times'), /^judged: 0\.0 – 4\.\d of 5\.0 s/);
});

test('playing moves the window', async () => {
  await choose('Horn at a crossing');
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.waitForFunction(
    () => /– [0-4]\.\d of/.test(document.querySelector('.times')!.textContent!),
    undefined,
    PATIENCE,
  );
  await page.getByRole('button', { name: 'Play' }).waitFor(PATIENCE);
  await settled();
  assert.match(await text('.times'), /– 5\.0 of 5\.0 s/);
});

test('dropped files are sorted and answered; one channel draws no map', async () => {
  const file = (name: string) => join(samplesFolder, 'siren-around-corner', name);
  const files = page.locator('input[type="file"]');
  await files.setInputFiles(['foa.flac', 'rgb.png', 'depth.png', 'occlusion.png'].map(file));
  await page.locator('.foot > p:text-is("foa.flac")').waitFor(PATIENCE);
  await settled();
  assert.match(await text('.verdict h2'), /^siren/i);
  assert.match(await text('.verdict-text'), /Outside the view/);
  await files.setInputFiles({ name: 'mono.wav', mimeType: 'audio/wav', buffer: tone() });
  await page.locator('.plan-veil').waitFor(PATIENCE);
  await settled();
  assert.match(await text('.notes'), /one channel: enough to tell what is heard; directions need/);
  await files.setInputFiles({
    name: 'not.wav',
    mimeType: 'audio/wav',
    buffer: Buffer.from('not a sound'),
  });
  assert.match(await text('.trouble'), /not\.wav: not a sound that this browser can read/);
});

test('a microphone is heard live', async () => {
  await page.getByRole('button', { name: 'Microphone' }).click();
  await page.locator('.live').waitFor(PATIENCE);
  await page.locator('.facts').waitFor(PATIENCE);
  assert.match(await text('.foot'), /Listening: \d channels?, the last 5 seconds are judged/);
  await page.getByRole('button', { name: 'Stop listening' }).click();
  await page.getByRole('button', { name: 'Microphone' }).waitFor();
});

test('the scene chosen last is shown, however slow the one before', async () => {
  const slow = '**/samples/horn-at-crossing/foa.flac';
  let release = () => {};
  const asked = new Promise<void>((heard) => {
    void page.route(slow, async (route) => {
      heard();
      await new Promise<void>((resolve) => (release = resolve));
      await route.continue().catch(() => {}); // where the page has given up on it
    });
  });
  await page.getByRole('button', { name: 'Horn at a crossing' }).click();
  await asked;
  await choose('Siren outside the view');
  release();
  await page.unroute(slow);
  await page.waitForTimeout(1000); // what a decoded recording would take, and more
  await settled();
  assert.equal(await text('.chip[aria-pressed="true"]'), 'Siren outside the view');
  assert.match(await text('.verdict h2'), /^siren/i);
});

test('a microphone is off once another scene is chosen, opened or still opening', async () => {
  const heard = await page.evaluateHandle(() => {
    const devices = navigator.mediaDevices;
    const opened = devices.getUserMedia.bind(devices);
    const kept = { tracks: [] as MediaStreamTrack[], allow: () => {}, slow: false };
    devices.getUserMedia = async (constraints) => {
      const stream = await opened(constraints);
      kept.tracks.push(...stream.getTracks());
      if (kept.slow) {
        await new Promise<void>((resolve) => (kept.allow = resolve));
      }
      return stream;
    };
    return kept;
  });
  const tracks = () => heard.evaluate(({ tracks: all }) => all.map((t) => t.readyState).join());
  await page.getByRole('button', { name: 'Microphone' }).click();
  await page.locator('.live').waitFor(PATIENCE);
  assert.equal(await tracks(), 'live');
  await choose('Siren outside the view');
  assert.equal(await tracks(), 'ended');
  await heard.evaluate((h) => (h.slow = true));
  await page.getByRole('button', { name: 'Microphone' }).click();
  await page.waitForFunction(({ tracks: all }) => all.length === 2, heard, PATIENCE);
  await choose('Horn at a crossing');
  await heard.evaluate((h) => h.allow());
  await page.waitForFunction(({ tracks: all }) => all[1]!.readyState === 'ended', heard, {
    timeout: 20_000,
  });
  assert.equal(await page.locator('.live').count(), 0);
  assert.equal(await text('.chip[aria-pressed="true"]'), 'Horn at a crossing');
});

test('where the worker cannot start, every try is told so in a line', async () => {
  const { page: broken } = await open(browser, server.url);
  await broken.route('**/worker.js', (route) => route.fulfill({ status: 404 }));
  await broken.goto(server.url);
  const told = broken.locator('.trouble:has-text("reload the page")');
  await told.waitFor({ timeout: 20_000 });
  await broken.getByRole('button', { name: 'Horn at a crossing' }).click();
  await broken.locator('.board[aria-busy]').waitFor();
  assert.match(await told.innerText(), /^no model: the page's worker stopped/);
  assert.equal(await broken.locator('.loading').count(), 0);
  await broken.context().close();
});

test('nothing is wrong with accessibility, at any width, light or dark', async () => {
  await choose('Siren outside the view');
  for (const viewport of [DESKTOP, PHONE]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.evaluate(AXE);
      const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
      const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
      assert.deepEqual(found, [], `${viewport.width} px, ${colorScheme}`);
    }
  }
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, PHONE.width);
});

test('no errors, and no other host was asked', () => {
  assert.deepEqual(trouble, []);
});

/** A second and a half of a tone in one channel, 16 bits at 48 kHz. */
function tone(): Buffer {
  const samples = 72_000;
  const wav = Buffer.alloc(44 + 2 * samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + 2 * samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(48_000, 24);
  wav.writeUInt32LE(96_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2 * samples, 40);
  for (let i = 0; i < samples; i++) {
    wav.writeInt16LE(Math.round(8000 * Math.sin(i * 0.09)), 44 + 2 * i);
  }
  return wav;
}
