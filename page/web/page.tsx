import { render } from 'preact';
import { BrowserEngine } from './engine/browser';
import type { Engine } from './engine/engine';
import { connect } from './engine/rpc';
import { ServerEngine } from './engine/server';
import type { Lab } from './engine/worker';
import { App } from './ui/App';
import { reason } from './words';

/** What `engine.json` beside the page says of who answers. */
type Said = { engine: 'browser'; model: string; wasm: string } | { engine: 'server' };

function absolute(path: string): string {
  return new URL(path, document.baseURI).href;
}

async function main(): Promise<void> {
  const said = (await (await fetch('engine.json')).json()) as Said;
  const progress = { tell: (_share: number) => {} };
  const worker = new Worker('worker.js', { type: 'module' });
  const lab = connect<Lab>(worker, (share) => progress.tell(share));
  const engine: Engine =
    said.engine === 'browser'
      ? new BrowserEngine(lab, absolute(said.model), absolute(said.wasm))
      : new ServerEngine(lab, absolute('./'));
  render(
    <App engine={engine} lab={lab} onProgress={(tell) => (progress.tell = tell)} />,
    document.getElementById('app')!,
  );
}

main().catch((e: unknown) => {
  document.getElementById('app')!.textContent = `The page cannot start: ${reason(e)}`;
});
