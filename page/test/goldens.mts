// What Java made of the samples: app's PageGoldens writes it, PageIT says where.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../web/answer/answer';
import type { ModelCard } from '../web/answer/card';

export interface Question {
  from: number;
  to: number;
  hearing: boolean;
  sight: boolean;
  occlusion: number | null;
  answer: Answer;
  /** Cells of the regions of 50, 80 and 90 %. */
  regions: number[];
  hills: number[];
}

export interface Golden {
  name: string;
  foa: string[];
  inputs: Record<string, string>;
  questions: Question[];
}

function given(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run the tests through ./mvnw verify`);
  }
  return value;
}

/** The static folder that `export --page` wrote. */
export const pageFolder = given('PAGE_FOLDER');
export const samplesFolder = join(pageFolder, 'samples');

export function goldens(): Golden[] {
  return JSON.parse(readFileSync(given('PAGE_GOLDENS'), 'utf8')) as Golden[];
}

export function modelCard(): ModelCard {
  return JSON.parse(readFileSync(join(pageFolder, 'model/model.json'), 'utf8')) as ModelCard;
}

export function fromBase64(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer);
}
