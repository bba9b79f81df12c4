import type { ViewFiles } from '../engine/engine';
import type { Location } from '../place/posterior';

/** Where a sample's hazard is, as the simulator placed it. */
export interface Truth extends Location {
  class: string;
  /** Share of its silhouette that the camera sees. */
  visibility: number;
}

export interface Sample {
  id: string;
  title: string;
  text: string;
  truth: Truth | null;
}

async function got(path: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(path, signal ? { signal } : {});
  if (!response.ok) {
    throw new Error(`${path}: ${response.status} ${response.statusText}`);
  }
  return response;
}

export async function readSamples(): Promise<Sample[]> {
  return (await got('samples/samples.json')).json() as Promise<Sample[]>;
}

export async function sampleSound(id: string, signal: AbortSignal): Promise<ArrayBuffer> {
  return (await got(`samples/${id}/foa.flac`, signal)).arrayBuffer();
}

export async function sampleView(id: string, signal: AbortSignal): Promise<ViewFiles> {
  const file = async (kind: string) =>
    new File([await (await got(`samples/${id}/${kind}.png`, signal)).blob()], `${kind}.png`, {
      type: 'image/png',
    });
  const [rgb, depth, occlusion] = await Promise.all([
    file('rgb'),
    file('depth'),
    file('occlusion'),
  ]);
  return { rgb, depth, occlusion };
}
