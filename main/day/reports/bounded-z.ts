import { readFile, stat } from 'node:fs/promises';
import type { ZFileProblem } from '../../../preload/contract/index.ts';
import { askWorker } from '../../kernel/ask-worker.ts';
import { type ReadZ, readZ, type ZDesk } from './read-z.ts';

// What another computer wrote is read within bounds: so many bytes of a file, and so many of them in main's thread.

/** Why what a file has is not looked at. */
type NoText = Extract<ZFileProblem, 'too-large' | 'unreadable'>;

/** What a file has, or why that is not looked at. */
export type TextOf = (path: string) => Promise<string | NoText>;

export const isNoText = (text: string): text is NoText => text === 'too-large' || text === 'unreadable';

/** More than any report takes: 1.6 MB, and twice as much where all of it is written with a backslash. */
const MOST_BYTES = 4_500_000;

export async function textOfZFile(path: string): Promise<string | NoText> {
  try {
    const found = await stat(path);
    // A pipe or a device has no end, and gives nothing until somebody writes: the page would wait for it for ever.
    if (!found.isFile()) return 'unreadable';
    if (found.size > MOST_BYTES) return 'too-large';
    return await readFile(path, 'utf8');
  } catch {
    return 'unreadable';
  }
}

/** What the worker is asked. */
export interface ZQuestion {
  readonly ask: 'z';
  readonly text: string;
  readonly desk: ZDesk;
}

export interface ZAnswer {
  readonly z: ReadZ;
}

/**
 * Characters that are read here: a day with a hundred entries that wait. The largest honest report would hold main for ten
 * frames, and one of 4 MB that was nested to do harm for a second.
 */
export const MOST_READ_HERE = 32_000;

/** Reads a Z; a large one in a thread of its own, started from this file. Rejects where none can be had. */
export async function readBoundedZ(worker: string, text: string, desk: ZDesk): Promise<ReadZ> {
  if (text.length <= MOST_READ_HERE) return readZ(text, desk);
  const question: ZQuestion = { ask: 'z', text, desk };
  return (await askWorker<ZAnswer>(worker, question)).z;
}
