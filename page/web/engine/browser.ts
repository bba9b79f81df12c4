import type { Foa } from '../sound/foa';
import type { Engine, ModelInfo, ReadyView, Reply, Senses, ViewFiles } from './engine';
import type { Remote } from './rpc';
import type { Lab } from './worker';

/** The networks in this browser: no server is asked. */
export class BrowserEngine implements Engine {
  readonly kind = 'browser';

  /**
   * @param model address of the model's folder, with a slash at its end
   * @param wasm address of ONNX Runtime's WebAssembly
   */
  constructor(
    private readonly lab: Remote<Lab>,
    private readonly model: string,
    private readonly wasm: string,
  ) {}

  start(): Promise<ModelInfo> {
    return this.lab.load(this.model, this.wasm);
  }

  look(files: ViewFiles | null): Promise<ReadyView> {
    return this.lab.look(files);
  }

  ask(window: Foa, senses: Senses, view: ReadyView | null): Promise<Reply> {
    return this.lab.ask(window, senses, view);
  }
}
