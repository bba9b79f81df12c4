import type { Answer } from '../answer/answer';
import { type Foa, silence } from '../sound/foa';
import { wavOf } from '../sound/wav';
import { reason } from '../words';
import type { Engine, ModelInfo, ReadyView, Reply, Senses, ViewFiles } from './engine';
import type { Remote } from './rpc';
import type { Lab } from './worker';

/** How long to wait where a server is full and does not say, milliseconds. */
const WAIT_MS = 500;
const TRIES = 4;

/** The server that this page came from, by `POST /v1/imagine` (docs/server.md). */
export class ServerEngine implements Engine {
  readonly kind = 'server';

  /**
   * @param root address of the server, with a slash at its end
   */
  constructor(
    private readonly lab: Remote<Lab>,
    private readonly root: string,
  ) {}

  async start(): Promise<ModelInfo> {
    const model = (await (await this.fetched('v1/model')).json()) as {
      name: string;
      classes: string[];
      clip_seconds: number;
    };
    return { name: model.name, classes: model.classes, clipSeconds: model.clip_seconds };
  }

  /** Pictures go to the server as they are with each question; it knows those it has seen. */
  look(files: ViewFiles | null): Promise<ReadyView> {
    return this.lab.look(files);
  }

  async ask(
    window: Foa,
    senses: Senses,
    view: ReadyView | null,
    signal: AbortSignal,
  ): Promise<Reply> {
    const start = performance.now();
    const form = new FormData();
    const heard = senses.hearing ? window : silence(window[0]!.length);
    form.set('audio', wavOf(heard), 'window.wav');
    if (senses.sight && view?.files) {
      this.addView(form, view.files, senses.occlusion);
    }
    const [response, apparent] = await Promise.all([
      this.fetched('v1/imagine?map=true', { method: 'POST', body: form, signal }),
      this.lab.apparent(window),
    ]);
    const answer = (await response.json()) as Answer;
    return { answer, apparent, took: performance.now() - start };
  }

  private addView(form: FormData, files: ViewFiles, occlusion: number | null): void {
    for (const kind of ['rgb', 'depth', 'occlusion'] as const) {
      const file = files[kind];
      if (file) {
        form.set(kind, file, file.name);
      }
    }
    if (files.hfov !== undefined) {
      form.set('hfov', String(files.hfov));
    }
    if (files.depth && files.depthScale !== undefined) {
      form.set('depth_scale', String(files.depthScale));
    }
    if (occlusion !== null) {
      form.set('occlusion_level', String(occlusion));
    }
  }

  /** A full server is asked again when it says; other refusals are told in its own words. */
  private async fetched(path: string, options: RequestInit = {}): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      options.signal?.throwIfAborted();
      const response = await reached(this.root + path, options);
      if (response.ok) {
        return response;
      }
      const full = response.status === 429 || response.status === 503;
      if (!full || attempt === TRIES) {
        throw new Error(await refusal(response));
      }
      const after = Number(response.headers.get('retry-after'));
      await new Promise((resolve) => setTimeout(resolve, after > 0 ? 1000 * after : WAIT_MS));
    }
  }
}

async function reached(address: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(address, options);
  } catch (e) {
    throw new Error(`the server of this page cannot be reached: ${reason(e)}`);
  }
}

async function refusal(response: Response): Promise<string> {
  try {
    const problem = (await response.json()) as { title?: string; detail?: string };
    return problem.detail ?? problem.title ?? `the server answers ${response.status}`;
  } catch {
    return `the server answers ${response.status} ${response.statusText}`;
  }
}
