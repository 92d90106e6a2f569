import { readFile, stat } from 'node:fs/promises';
import type { ZFileProblem } from '../../../preload/contract/index.ts';
import { askWorker } from '../../kernel/ask-worker.ts';
import { type ReadZ, readZ, type ZDesk } from './read-z.ts';

// Files of another computer are read within limits: a size, and a smaller one for main's thread.

type NoText = Extract<ZFileProblem, 'too-large' | 'unreadable'>;

/** A file's text, or why it was not read. */
export type TextOf = (path: string) => Promise<string | NoText>;

export const isNoText = (text: string): text is NoText => text === 'too-large' || text === 'unreadable';

/** A report has 1.6 MB at most, and twice that where every character is escaped. */
export const MOST_BYTES = 4_500_000;

export async function textOfZFile(path: string): Promise<string | NoText> {
  try {
    const found = await stat(path);
    // A pipe or device would never end.
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
 * A day with a hundred unsettled entries. The largest honest report would block main for ten frames, and 4 MB
 * nested with intent for a second.
 */
export const MOST_READ_HERE = 32_000;

/** Parses a Z; a large one in a worker started from this file. Rejects where none can be started. */
export async function readBoundedZ(worker: string, text: string, desk: ZDesk): Promise<ReadZ> {
  if (text.length <= MOST_READ_HERE) return readZ(text, desk);
  const question: ZQuestion = { ask: 'z', text, desk };
  return (await askWorker<ZAnswer>(worker, question)).z;
}
