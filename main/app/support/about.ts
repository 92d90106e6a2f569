import { readFile } from 'node:fs/promises';
import type { About } from '../../../preload/contract/index.ts';

export interface AboutParts extends Omit<About, 'licences'> {
  /** Written when the program is packaged. */
  readonly licencesFile: string;
}

const MOST_CHARACTERS = 1_500_000;

export async function aboutProgram({ licencesFile, ...about }: AboutParts): Promise<About> {
  try {
    const text = await readFile(licencesFile, 'utf8');
    return { ...about, licences: text.slice(0, MOST_CHARACTERS) };
  } catch {
    return { ...about, licences: null };
  }
}
