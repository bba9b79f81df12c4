import type { ViewFiles } from '../engine/engine';
import { looksLikeDepth, looksLikeOcclusion } from '../vision/pictures';

/** Files that were dropped, by what they are. */
export interface Dropped {
  sound?: File;
  view?: ViewFiles;
}

const HEADER = 26;

/**
 * Tells dropped files apart: 16-bit gray PNG is depth, 8-bit gray PNG is occlusion, other pictures are
 * the picture, all else is sound.
 *
 * @throws Error where two files are the same thing
 */
export async function sort(files: File[]): Promise<Dropped> {
  const dropped: { sound?: File; rgb?: File; depth?: File; occlusion?: File } = {};
  for (const file of files) {
    const kind = await kindOf(file);
    const before = dropped[kind];
    if (before) {
      throw new Error(`${before.name} and ${file.name}: two files for ${kind}: drop one`);
    }
    dropped[kind] = file;
  }
  const { sound, ...view } = dropped;
  return {
    ...(sound && { sound }),
    ...(Object.keys(view).length > 0 && { view }),
  };
}

async function kindOf(file: File): Promise<'sound' | 'rgb' | 'depth' | 'occlusion'> {
  const header = new Uint8Array(await file.slice(0, HEADER).arrayBuffer());
  if (looksLikeDepth(header)) {
    return 'depth';
  }
  if (looksLikeOcclusion(header)) {
    return 'occlusion';
  }
  return file.type.startsWith('image/') ? 'rgb' : 'sound';
}
