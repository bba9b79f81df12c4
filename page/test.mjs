// Runs the tests in test/: `node test.mjs [NAME...]`. They are bundled first, so that they may import
// the page's sources as the page does.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);
const tests = readdirSync(join(here, 'test')).filter(
  (f) => f.endsWith('.test.mts') && (wanted.length === 0 || wanted.some((w) => f.startsWith(w))),
);
const out = mkdtempSync(join(here, 'target-'));
try {
  await build({
    absWorkingDir: here,
    entryPoints: tests.map((f) => join('test', f)),
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node18',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const files = readdirSync(out).map((f) => join(out, f));
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...files], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
