// What comes late, twice or never: questions, scenes, microphones, workers. No browser is needed.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { Engine, ReadyView, Reply, Senses } from '../web/engine/engine';
import { Kept } from '../web/engine/kept';
import { connect } from '../web/engine/rpc';
import { ServerEngine } from '../web/engine/server';
import { Microphone } from '../web/live/microphone';
import { silence } from '../web/sound/foa';
import { type Asked, Asking } from '../web/ui/asking';
import { type Scene, Showing, type Shown } from '../web/ui/showing';

const SENSES: Senses = { hearing: true, sight: true, occlusion: null };

/** A promise that is kept or broken from outside. */
function later<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Lets all that is ready go on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function named<T>(name: string): T {
  return { name } as T;
}

/** An engine whose replies come when the test says so, and what is told of them. */
function asked() {
  const replies: Array<ReturnType<typeof later<Reply>>> = [];
  const engine = {
    ask: () => {
      const reply = later<Reply>();
      replies.push(reply);
      return reply.promise;
    },
  } as unknown as Engine;
  const told: Asked = { replied: null, refusal: null, busy: false };
  const asking = new Asking((change) => Object.assign(told, change));
  asking.answeredBy(engine);
  const ask = () => asking.ask({ window: () => silence(1), senses: SENSES, view: null });
  return { replies, told, asking, ask };
}

test('a reply is not told below a scene that came after its question', async () => {
  const { replies, told, asking, ask } = asked();
  ask();
  asking.forget();
  ask();
  replies[0]!.resolve(named('of the scene before'));
  await settled();
  assert.equal(told.replied, null);
  assert.equal(told.busy, true);
  replies[1]!.resolve(named('of this scene'));
  await settled();
  assert.deepEqual(told.replied?.reply, named('of this scene'));
  assert.equal(told.busy, false);
});

test('neither is a refusal', async () => {
  const { replies, told, asking, ask } = asked();
  ask();
  asking.forget();
  replies[0]!.reject(new Error('of the scene before'));
  await settled();
  assert.equal(told.refusal, null);
});

test('of the questions that wait the last is asked, after a refusal, too', async () => {
  const { replies, told, ask } = asked();
  ask();
  ask();
  ask();
  replies[0]!.reject(new Error('too loud'));
  await settled();
  assert.equal(told.refusal, 'too loud');
  replies[1]!.resolve(named('the last'));
  await settled();
  assert.equal(replies.length, 2);
  assert.deepEqual(told.replied?.reply, named('the last'));
  assert.equal(told.refusal, null);
});

function shown() {
  const told: Partial<Shown> = {};
  return { told, showing: new Showing((change) => Object.assign(told, change)) };
}

test('the scene that was asked for last is shown, however slow the one before', async () => {
  const { told, showing } = shown();
  const slow = later<Partial<Scene>>();
  const begun: string[] = [];
  const first = showing.change(
    () => slow.promise,
    () => begun.push('first'),
  );
  await showing.change(
    async () => ({ ready: named<ReadyView>('second') }),
    () => begun.push('second'),
  );
  slow.resolve({ ready: named<ReadyView>('first') });
  await first;
  assert.deepEqual(told.scene?.ready, named('second'));
  assert.deepEqual(begun, ['second']);
});

test('what went wrong with a scene that nobody waits for is not told', async () => {
  const { told, showing } = shown();
  const slow = later<Partial<Scene>>();
  const first = showing.change(() => slow.promise);
  await showing.change(async () => ({}));
  slow.reject(new Error('no such file'));
  await first;
  assert.equal(told.trouble, null);
  assert.equal(told.loading, false);
});

test('a scene that cannot be made ready changes nothing', async () => {
  const { told, showing } = shown();
  await showing.change(async () => ({ ready: named<ReadyView>('before') }));
  await showing.change(async () => {
    throw new Error('not a sound');
  });
  assert.deepEqual(told.scene?.ready, named('before'));
  assert.equal(told.trouble, 'not a sound');
  assert.equal(told.loading, false);
});

test('a microphone is closed by the next scene, and where it opens too late', async () => {
  const { showing } = shown();
  const closed: string[] = [];
  const microphone = (name: string) =>
    ({ close: () => closed.push(name) }) as unknown as Microphone;
  await showing.change(async () => ({ microphone: microphone('heard') }));
  await showing.change(async () => ({ ready: named<ReadyView>('another view') }));
  assert.deepEqual(closed, []);
  const slow = later<Partial<Scene>>();
  const opening = showing.change(() => slow.promise);
  showing.stopListening();
  assert.deepEqual(closed, ['heard']);
  slow.resolve({ microphone: microphone('late') });
  await opening;
  assert.deepEqual(closed, ['heard', 'late']);
});

/** What a browser has and Node does not, until the test ends. */
function browserHas(things: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(things)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true });
    undo.push(() =>
      before
        ? Object.defineProperty(globalThis, name, before)
        : Reflect.deleteProperty(globalThis, name),
    );
  }
}

const undo: Array<() => unknown> = [];
afterEach(() => undo.splice(0).forEach((step) => step()));

/** A device, and an audio context whose worklet is what the test says. */
function device(addModule: () => Promise<void>) {
  const state = { track: 'live', context: 'running' };
  const track = {
    stop: () => (state.track = 'ended'),
    getSettings: () => ({ channelCount: 1 }),
  };
  browserHas({
    navigator: {
      mediaDevices: {
        getUserMedia: async () => ({ getTracks: () => [track], getAudioTracks: () => [track] }),
      },
    },
    AudioContext: class {
      audioWorklet = { addModule };
      get state() {
        return state.context;
      }
      async close() {
        state.context = 'closed';
      }
      async resume() {}
      createMediaStreamSource = () => ({ connect: () => {} });
    },
    AudioWorkletNode: class {
      port = {};
    },
  });
  return state;
}

test('a microphone that cannot be listened to is not left on', async () => {
  const state = device(() => Promise.reject(new Error('no worklet')));
  const signal = new AbortController().signal;
  await assert.rejects(Microphone.open('worklet.js', 'ambix', 1, signal), /no worklet/);
  assert.deepEqual(state, { track: 'ended', context: 'closed' });
});

test('a microphone for which there is no audio context is not left on', async () => {
  const state = device(() => Promise.resolve());
  browserHas({
    AudioContext: class {
      constructor() {
        throw new Error('too many contexts');
      }
    },
  });
  const signal = new AbortController().signal;
  await assert.rejects(Microphone.open('worklet.js', 'ambix', 1, signal), /too many contexts/);
  assert.equal(state.track, 'ended');
});

test('a microphone that nobody waits for is off at once', async () => {
  const loading = later<void>();
  const state = device(() => loading.promise);
  const change = new AbortController();
  const opening = Microphone.open('worklet.js', 'ambix', 1, change.signal);
  await settled();
  assert.equal(state.track, 'live');
  change.abort();
  assert.deepEqual(state, { track: 'ended', context: 'closed' });
  loading.resolve();
  await assert.rejects(opening);
});

test('a microphone that is listened to outlives the change that opened it', async () => {
  const state = device(() => Promise.resolve());
  const change = new AbortController();
  const microphone = await Microphone.open('worklet.js', 'ambix', 1, change.signal);
  change.abort();
  assert.deepEqual(state, { track: 'live', context: 'running' });
  microphone.close();
  microphone.close();
  assert.deepEqual(state, { track: 'ended', context: 'closed' });
});

type Calls = { answer: (question: string) => string };

/** A worker that says nothing by itself. */
function silentWorker() {
  const worker = {
    sent: [] as Array<{ id: number }>,
    postMessage: (call: { id: number }) => worker.sent.push(call),
    terminate: () => {},
  } as unknown as Worker & { sent: Array<{ id: number }> };
  return { worker, remote: connect<Calls>(worker, () => {}) };
}

const PATIENCE = { timeout: 10_000 };

test('a worker that stopped refuses what waits and what comes, in one line', PATIENCE, async () => {
  const { worker, remote } = silentWorker();
  const waiting = remote.answer('before');
  worker.onerror!({ message: 'Uncaught RuntimeError: unreachable' } as ErrorEvent);
  const line = /^Error: the page's worker stopped \(.*unreachable\): reload the page$/;
  await assert.rejects(waiting, line);
  await assert.rejects(remote.answer('after'), line);
  assert.equal(worker.sent.length, 1);
  worker.onmessage!({ data: { id: 0, value: 'late' } } as MessageEvent);
});

test('a worker that never started says so', PATIENCE, async () => {
  const { worker, remote } = silentWorker();
  worker.onerror!({} as ErrorEvent);
  await assert.rejects(remote.answer('anything'), /its script could not be loaded.*reload/);
});

test('an error in a call ends that call alone', PATIENCE, async () => {
  const { worker, remote } = silentWorker();
  const calls = [remote.answer('bad'), remote.answer('good')];
  worker.onmessage!({ data: { id: 0, error: 'not a picture' } } as MessageEvent);
  worker.onmessage!({ data: { id: 1, value: 'fine' } } as MessageEvent);
  await assert.rejects(calls[0]!, /^Error: not a picture$/);
  assert.equal(await calls[1], 'fine');
});

test('what failed is tried again, what succeeded is kept', async () => {
  const kept = new Kept<string, string>();
  await assert.rejects(kept.of('a', () => Promise.reject(new Error('once'))));
  assert.equal(await kept.of('a', async () => 'then'), 'then');
  assert.equal(await kept.of('a', async () => 'not asked'), 'then');
  assert.equal(await kept.of('b', async () => 'another'), 'another');
});

test('a server that is gone is told in a line', async () => {
  browserHas({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
  const engine = new ServerEngine(undefined as never, 'http://127.0.0.1/');
  await assert.rejects(engine.start(), /the server of this page cannot be reached: Failed to fetch/);
});
