import { reason } from '../words';

/** Calls from the page to its worker, answered in any order. */

interface Call {
  id: number;
  method: string;
  args: unknown[];
}

type Return = { id: number; value: unknown } | { id: number; error: string } | { progress: number };

/** Methods that a worker offers. */
export type Methods = Record<string, (...args: never[]) => unknown>;

/** The same methods, as they are called from outside. */
export type Remote<T extends Methods> = {
  [K in keyof T]: (...args: Parameters<T[K]>) => Promise<Awaited<ReturnType<T[K]>>>;
};

/**
 * Answers calls with these methods; for a worker. Where WebAssembly itself broke, nothing can be computed
 * any more: the worker fails as a whole, so that later calls are told so.
 */
export function serve(methods: Methods): void {
  self.onmessage = async ({ data }: MessageEvent<Call>) => {
    try {
      const value = await methods[data.method]!(...(data.args as never[]));
      self.postMessage({ id: data.id, value } satisfies Return);
    } catch (e) {
      self.postMessage({ id: data.id, error: reason(e) } satisfies Return);
      if (e instanceof WebAssembly.RuntimeError) {
        self.reportError(e);
      }
    }
  };
}

/** Tells the page how far a worker's download is, 0 to 1. */
export function report(progress: number): void {
  self.postMessage({ progress } satisfies Return);
}

/**
 * Calls a worker's methods. Where the worker fails outside of a call, the calls that wait and all later
 * ones are refused in one line.
 */
export function connect<T extends Methods>(
  worker: Worker,
  progress: (share: number) => void,
): Remote<T> {
  const waiting = new Map<number, { resolve: (v: unknown) => void; reject: (e: Error) => void }>();
  let next = 0;
  let stopped: Error | null = null;
  const stop = (why: string) => {
    stopped ??= new Error(`the page's worker stopped (${why}): reload the page`);
    worker.terminate();
    for (const call of waiting.values()) {
      call.reject(stopped);
    }
    waiting.clear();
  };
  worker.onmessage = ({ data }: MessageEvent<Return>) => {
    if ('progress' in data) {
      progress(data.progress);
      return;
    }
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (!call) {
      return; // it was refused as the worker stopped
    }
    if ('error' in data) {
      call.reject(new Error(data.error));
    } else {
      call.resolve(data.value);
    }
  };
  worker.onerror = (e) => stop(e.message || 'its script could not be loaded');
  worker.onmessageerror = () => stop('what it said could not be read');
  return new Proxy({} as Remote<T>, {
    get:
      (_, method: string) =>
      (...args: unknown[]) =>
        new Promise((resolve, reject) => {
          if (stopped) {
            throw stopped;
          }
          const id = next++;
          worker.postMessage({ id, method, args } satisfies Call);
          waiting.set(id, { resolve, reject });
        }),
  });
}
