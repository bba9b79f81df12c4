import { useEffect, useState } from 'preact/hooks';
import type { Engine, ReadyView, Reply, Senses } from '../engine/engine';
import { Latest } from '../latest';
import type { Foa } from '../sound/foa';
import { reason } from '../words';

/** A question: what the senses are given. */
export interface Question {
  /** The last seconds of sound, asked for when its turn comes. */
  window: () => Foa;
  senses: Senses;
  view: ReadyView | null;
}

/** What is known by now. */
export interface Asked {
  /** The last reply, and the question that it answers. */
  replied: { reply: Reply; question: Question } | null;
  /** Why the last question was not answered. */
  refusal: string | null;
  /** Is a reply awaited? */
  busy: boolean;
}

/**
 * Asks one question after the other; of those that come while one is answered, the last counts. A reply
 * is told while its scene is shown, and never below another one.
 */
export class Asking {
  private engine: Engine | null = null;
  private waiting: Question | null = null;
  private running = false;
  private readonly scenes = new Latest();
  private scene = this.scenes.begin();

  constructor(private readonly tell: (change: Partial<Asked>) => void) {}

  get busy(): boolean {
    return this.running;
  }

  /** Says who answers; null for nobody yet. */
  answeredBy(engine: Engine | null): void {
    this.engine = engine;
    void this.run();
  }

  ask(question: Question): void {
    this.waiting = question;
    void this.run();
  }

  /** Another scene begins: what was answered and asked of the one before it no longer counts. */
  forget(): void {
    this.waiting = null;
    this.scene = this.scenes.begin();
    this.tell({ replied: null, refusal: null });
  }

  private async run(): Promise<void> {
    if (!this.engine || !this.waiting || this.running) {
      return;
    }
    this.running = true;
    this.tell({ busy: true });
    while (this.waiting) {
      const question: Question = this.waiting;
      const { scene } = this;
      this.waiting = null;
      const told = await answered(this.engine, question, scene);
      if (!scene.aborted) {
        this.tell(told);
      }
    }
    this.running = false;
    this.tell({ busy: false });
  }
}

async function answered(
  engine: Engine,
  question: Question,
  scene: AbortSignal,
): Promise<Partial<Asked>> {
  try {
    const reply = await engine.ask(question.window(), question.senses, question.view, scene);
    return { replied: { reply, question }, refusal: null };
  } catch (e) {
    return { refusal: reason(e) };
  }
}

/** What was answered, and what asks. */
export function useAsking(engine: Engine | null): Asked & { asking: Asking } {
  const [asked, setAsked] = useState<Asked>({ replied: null, refusal: null, busy: false });
  const [asking] = useState(
    () => new Asking((change) => setAsked((before) => ({ ...before, ...change }))),
  );
  useEffect(() => asking.answeredBy(engine), [engine]);
  return { ...asked, asking };
}
