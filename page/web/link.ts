import type { Senses } from './engine/engine';

/** What is laid over the picture. */
export type Overlay = 'picture' | 'depth' | 'occlusion';

/** What a link reproduces. */
export interface Shown {
  /** A sample's name; null where the sound is not part of the page. */
  sample: string | null;
  /** End of the judged window, seconds; null for the recording's end. */
  time: number | null;
  senses: Senses;
  overlay: Overlay;
}

const OVERLAYS: readonly Overlay[] = ['picture', 'depth', 'occlusion'];

/** Reads the part of a link behind `#`; what it lacks or says wrongly is as when the page opens. */
export function fromLink(hash: string): Shown {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const number = (name: string, least: number, most: number) => {
    const value = Number.parseFloat(said.get(name) ?? '');
    return value >= least && value <= most ? value : null;
  };
  const overlay = said.get('over') as Overlay;
  return {
    sample: said.get('sample'),
    time: number('t', 1, 3600),
    senses: {
      hearing: said.get('hearing') !== 'off',
      sight: said.get('sight') !== 'off',
      occlusion: number('occlusion', 0, 1),
    },
    overlay: OVERLAYS.includes(overlay) ? overlay : 'picture',
  };
}

/** The part of a link behind `#`. */
export function toLink({ sample, time, senses, overlay }: Shown): string {
  const said = new URLSearchParams();
  if (sample !== null) {
    said.set('sample', sample);
  }
  if (time !== null) {
    said.set('t', time.toFixed(2));
  }
  if (!senses.hearing) {
    said.set('hearing', 'off');
  }
  if (!senses.sight) {
    said.set('sight', 'off');
  }
  if (senses.occlusion !== null) {
    said.set('occlusion', senses.occlusion.toFixed(2));
  }
  if (overlay !== 'picture') {
    said.set('over', overlay);
  }
  return `#${said}`;
}
