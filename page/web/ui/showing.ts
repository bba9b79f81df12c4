import { useState } from 'preact/hooks';
import type { ReadyView } from '../engine/engine';
import { Latest } from '../latest';
import type { Microphone } from '../live/microphone';
import type { Recording } from '../sound/recording';
import type { Spectrogram } from '../sound/spectrogram';
import { reason } from '../words';
import type { Sample } from './samples';

/** What is heard and seen, all of it ready: a recording or a microphone, and a view. */
export interface Scene {
  sample: Sample | null;
  recording: Recording | null;
  microphone: Microphone | null;
  /** Of what is heard, or was heard last; fewer than four tell no directions. */
  channels: number;
  spectrogram: Spectrogram | null;
  /** Null before anything was seen. */
  ready: ReadyView | null;
}

/** A scene, whether another one is on its way, and why the one that was asked for did not come. */
export interface Shown {
  scene: Scene;
  loading: boolean;
  trouble: string | null;
}

const NOTHING: Scene = {
  sample: null,
  recording: null,
  microphone: null,
  channels: 4,
  spectrogram: null,
  ready: null,
};

/**
 * The scene that is shown. It changes in one piece, once all that is new is ready; the change that was
 * asked for last wins, however long those before it take. A microphone that is no longer heard is closed.
 */
export class Showing {
  private scene = NOTHING;
  private readonly changes = new Latest();

  constructor(private readonly tell: (change: Partial<Shown>) => void) {}

  /**
   * Changes the scene.
   *
   * @param prepare makes ready what is new; its signal says that another change was asked for
   * @param begins called as the changed scene is shown
   */
  async change(
    prepare: (signal: AbortSignal) => Promise<Partial<Scene>>,
    begins: (scene: Scene) => void = () => {},
  ): Promise<void> {
    const signal = this.changes.begin();
    this.tell({ loading: true, trouble: null });
    try {
      const change = await prepare(signal);
      if (signal.aborted) {
        change.microphone?.close();
        return;
      }
      this.show(change);
      begins(this.scene);
      this.tell({ loading: false });
    } catch (e) {
      if (!signal.aborted) {
        this.tell({ loading: false, trouble: reason(e) });
      }
    }
  }

  /** Listens no longer, nor to a microphone that is being opened; says why where nobody asked for it. */
  stopListening(trouble: string | null = null): void {
    this.changes.begin();
    this.show({ microphone: null });
    this.tell({ loading: false, trouble });
  }

  /** What a microphone hears, for as long as it is the one that is heard. */
  draw(microphone: Microphone, spectrogram: Spectrogram): void {
    if (this.scene.microphone === microphone) {
      this.show({ spectrogram });
    }
  }

  say(trouble: string): void {
    this.tell({ trouble });
  }

  private show(change: Partial<Scene>): void {
    const { microphone } = this.scene;
    this.scene = { ...this.scene, ...change };
    if (microphone !== this.scene.microphone) {
      microphone?.close();
    }
    this.tell({ scene: this.scene });
  }
}

/** The scene that is shown, and what changes it. */
export function useShowing(): Shown & { showing: Showing } {
  const [shown, setShown] = useState<Shown>({ scene: NOTHING, loading: false, trouble: null });
  const [showing] = useState(
    () => new Showing((change) => setShown((before) => ({ ...before, ...change }))),
  );
  return { ...shown, showing };
}
