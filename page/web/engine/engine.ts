import type { Answer } from '../answer/answer';
import type { Foa } from '../sound/foa';
import type { View } from '../vision/view';

/** What the page knows of the model that answers. */
export interface ModelInfo {
  /** As in "hazards model in this browser". */
  name: string;
  classes: string[];
  /** Seconds of sound that are judged. */
  clipSeconds: number;
}

/** Files of a view as a person gave them, and what they say of their camera. */
export interface ViewFiles {
  rgb?: File | undefined;
  depth?: File | undefined;
  occlusion?: File | undefined;
  hfov?: number | undefined;
  depthScale?: number | undefined;
}

/** A view made ready to be shown and judged. */
export interface ReadyView {
  /** Tells it from others. */
  id: number;
  /** What it was made of; null for nothing seen. */
  files: ViewFiles | null;
  view: View;
  notes: string[];
  /** How far one sees at the camera's height: [azimuth, metres] from left to right; null if unknown. */
  horizon: Array<[number, number]> | null;
  /** Of the camera above the ground, metres. */
  cameraHeight: number;
}

/** Which senses are open, and what is said of the view. */
export interface Senses {
  hearing: boolean;
  sight: boolean;
  /** Share of the view that counts as occluded; null for the view's own. */
  occlusion: number | null;
}

/** An answer, with what the sound's own direction is. */
export interface Reply {
  answer: Answer;
  /** Azimuth the sound seems to come from, degrees; null in silence. */
  apparent: number | null;
  /** Milliseconds it took. */
  took: number;
}

/** What answers: networks in this browser or a server. Questions are asked one after the other. */
export interface Engine {
  readonly kind: 'browser' | 'server';

  /** Makes it ready. */
  start(): Promise<ModelInfo>;

  /** Makes a view ready; null for nothing seen. */
  look(files: ViewFiles | null): Promise<ReadyView>;

  /**
   * Answers.
   *
   * @param window the last seconds heard, 24 kHz; a second at least
   * @param view what is seen; null for nothing
   * @param signal says that nobody waits for the reply any longer
   */
  ask(window: Foa, senses: Senses, view: ReadyView | null, signal: AbortSignal): Promise<Reply>;
}
