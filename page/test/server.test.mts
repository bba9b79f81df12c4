// The page as `serve` serves it: the server answers, and says what Java says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, open } from './browser.mts';
import { goldens } from './goldens.mts';

const PATIENCE = { timeout: 120_000 };
const TOLERANCE = 1e-3;

test('the page asks the server it came from', async () => {
  const browser = await launch();
  try {
    const { page, trouble } = await open(browser, process.env['PAGE_SERVER']!);
    const answered = page.waitForResponse((r) => r.url().endsWith('/v1/imagine?map=true'), PATIENCE);
    await page.goto(`${process.env['PAGE_SERVER']}#sample=crash-behind-van&occlusion=0.90`);
    const answer = await (await answered).json();
    const java = goldens()
      .find((g) => g.name === 'crash-behind-van')!
      .questions.find((q) => q.occlusion === 0.9)!.answer;
    assert.equal(answer.class, java.class);
    assert.ok(Math.abs(answer.confidence - java.confidence) < TOLERANCE);
    answer.places.probabilities
      .flat()
      .forEach((p: number, i: number) =>
        assert.ok(Math.abs(p - java.places.probabilities.flat()[i]!) < TOLERANCE, `place ${i}`),
      );
    await page.locator('.facts').waitFor(PATIENCE);
    assert.match(await page.locator('.verdict h2').innerText(), /^impact/i);
    assert.match(await page.locator('.how').innerText(), /^The server of this page answers/);
    await page.getByRole('switch', { name: 'Sight' }).click();
    await page.locator('.verdict-text:has-text("sound alone")').waitFor(PATIENCE);
    assert.deepEqual(trouble, []);
  } finally {
    await browser.close();
  }
});
