// Builds the page: `node build.mjs [FOLDER]`, by default into the resources that the jar holds.
// The same sources and packages give the same bytes; PageBuildIT holds what is committed to that.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = process.argv[2] ?? join(here, 'src/main/resources/page');

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
cpSync(join(here, 'public'), out, { recursive: true });
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

const files = [];
(function list(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      list(path);
    } else {
      files.push(relative(out, path).replaceAll('\\', '/'));
    }
  }
})(out);
// What a jar cannot tell by itself: the names of its files.
writeFileSync(join(out, 'files.txt'), files.map((f) => `${f}\n`).join(''));
const bytes = files.reduce((sum, f) => sum + readFileSync(join(out, f)).length, 0);
console.log(`${out}: ${files.length} files, ${(bytes / 1e6).toFixed(2)} MB`);
