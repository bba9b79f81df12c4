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

/** Answers calls with these methods; for a worker. */
export function serve(methods: Methods): void {
  self.onmessage = async ({ data }: MessageEvent<Call>) => {
    try {
      const value = await methods[data.method]!(...(data.args as never[]));
      self.postMessage({ id: data.id, value } satisfies Return);
    } catch (e) {
      const error = e instanceof Error ? e.message : String(e);
      self.postMessage({ id: data.id, error } satisfies Return);
    }
  };
}

/** Tells the page how far a worker's download is, 0 to 1. */
export function report(progress: number): void {
  self.postMessage({ progress } satisfies Return);
}

/** Calls a worker's methods. */
export function connect<T extends Methods>(
  worker: Worker,
  progress: (share: number) => void,
): Remote<T> {
  const waiting = new Map<number, { resolve: (v: unknown) => void; reject: (e: Error) => void }>();
  let next = 0;
  worker.onmessage = ({ data }: MessageEvent<Return>) => {
    if ('progress' in data) {
      progress(data.progress);
      return;
    }
    const call = waiting.get(data.id)!;
    waiting.delete(data.id);
    if ('error' in data) {
      call.reject(new Error(data.error));
    } else {
      call.resolve(data.value);
    }
  };
  worker.onerror = (e) => {
    const error = new Error(e.message || 'the worker did not start');
    waiting.forEach((call) => call.reject(error));
    waiting.clear();
  };
  return new Proxy({} as Remote<T>, {
    get:
      (_, method: string) =>
      (...args: unknown[]) =>
        new Promise((resolve, reject) => {
          const id = next++;
          waiting.set(id, { resolve, reject });
          worker.postMessage({ id, method, args } satisfies Call);
        }),
  });
}
