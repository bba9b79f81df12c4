import { useEffect, useRef, useState } from 'preact/hooks';
import type { Engine, Reply, Senses } from '../engine/engine';
import type { Foa } from '../sound/foa';

/** A question: what the senses are given. */
export interface Question {
  /** The last seconds of sound, asked for when its turn comes. */
  window: () => Foa | null;
  senses: Senses;
}

/**
 * Asks one question after the other; of those that come while one is answered, the last counts.
 *
 * @returns the last reply, a refusal, whether one is awaited, and what asks
 */
export function useAsking(engine: Engine | null) {
  const [reply, setReply] = useState<Reply | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const waiting = useRef<Question | null>(null);
  const running = useRef(false);

  const run = async () => {
    if (!engine || running.current) {
      return;
    }
    running.current = true;
    setBusy(true);
    while (waiting.current) {
      const question = waiting.current;
      waiting.current = null;
      const window = question.window();
      if (window) {
        try {
          setReply(await engine.ask(window, question.senses));
          setRefusal(null);
        } catch (e) {
          setRefusal(e instanceof Error ? e.message : String(e));
        }
      }
    }
    running.current = false;
    setBusy(false);
  };
  const ask = (question: Question) => {
    waiting.current = question;
    void run();
  };
  useEffect(() => void run(), [engine]);
  return { reply, refusal, busy, ask, isBusy: () => running.current, forget: () => setReply(null) };
}
