// How long answers take: `node times.mjs URL` of a page, in Debian's Chromium. Prints wall-clock time, and
// processor time of all of Chromium's processes, which says more where the machine is busy. Linux only.
import { readdirSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const TICKS = 100;
const PATIENCE = { timeout: 300_000 };

/** Processor seconds of a process and all below it. */
function processorTime(root) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [{ pid: +pid, parent: +fields[1], ticks: +fields[11] + +fields[12] }];
      } catch {
        return []; // ended meanwhile
      }
    });
  const family = new Set([root]);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    all.filter((p) => family.has(p.parent)).forEach((p) => family.add(p.pid));
  }
  return all.filter((p) => family.has(p.pid)).reduce((sum, p) => sum + p.ticks, 0) / TICKS;
}

const server = await chromium.launchServer({
  executablePath: process.env.PAGE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const browser = await chromium.connect(server.wsEndpoint());
const page = await browser.newPage();

async function time(what, work) {
  const processor = processorTime(server.process().pid);
  const start = Date.now();
  await work();
  await page.waitForTimeout(200);
  await page.waitForSelector('.board[aria-busy="false"]', PATIENCE);
  await page.waitForSelector('.facts', PATIENCE);
  const wall = (Date.now() - start) / 1000;
  const spent = processorTime(server.process().pid) - processor;
  console.log(`${what}: ${wall.toFixed(1)} s, ${spent.toFixed(2)} s of processor time`);
}

await time('first answer', () => page.goto(process.argv[2]));
for (const level of ['0.1', '0.5', '0.9']) {
  const slider = page.getByRole('slider', { name: 'Occluded view' });
  await time('slider', () => slider.fill(level));
}
for (const end of ['4', '3', '2']) {
  const slider = page.getByRole('slider', { name: 'End of the judged window' });
  await time('another window', () => slider.fill(end));
}
for (const sample of ['siren-around-corner', 'horn-at-crossing']) {
  await page.evaluate((id) => (location.hash = `#sample=${id}`), sample);
  await time(`page again with ${sample}`, () => page.reload());
}
await browser.close();
await server.close();
