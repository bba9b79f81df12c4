// Builds the page's scripts out of web/: `node build.mjs [FOLDER]`, by default into the resources that the
// jar holds, beside the page's other files. The same sources and packages give the same bytes; PageIT
// holds what is committed to that.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const home = join(here, 'src/main/resources/page');
const out = process.argv[2] ?? home;

mkdirSync(out, { recursive: true });
const { metafile } = await build({
  metafile: true,
  absWorkingDir: here,
  entryPoints: { page: 'web/page.tsx', worker: 'web/engine/worker.ts', microphone: 'web/live/microphone.worklet.ts' },
  outdir: out,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  logLevel: 'warning',
});

// Licences of what is inside, as their packages have them.
const inside = new Set(
  Object.keys(metafile.inputs).flatMap((f) => f.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []),
);
const licences = [...inside].sort().map((name) => {
  const folder = join(here, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const text = ['LICENSE', 'LICENSE.md', 'LICENSE.txt'].map((f) => join(folder, f)).find(existsSync);
  return `${name} ${version} (${license})\n\n${text ? readFileSync(text, 'utf8') : ''}`;
});
writeFileSync(join(out, 'licences.txt'), licences.join(`\n${'-'.repeat(72)}\n\n`));

// What a jar cannot tell by itself: the names of its files.
const files = new Set(readdirSync(out));
(function list(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      list(path);
    } else {
      files.add(relative(home, path).replaceAll('\\', '/'));
    }
  }
})(home);
const names = [...files].filter((f) => f !== 'files.txt' && f !== 'samples').sort();
writeFileSync(join(out, 'files.txt'), names.map((f) => `${f}\n`).join(''));
const bytes = readdirSync(out, { withFileTypes: true })
  .filter((f) => f.isFile())
  .reduce((sum, f) => sum + statSync(join(out, f.name)).size, 0);
console.log(`${out}: ${(bytes / 1e3).toFixed(0)} kB`);
