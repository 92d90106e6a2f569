import type { FoundEnd, Readable, WriteFound } from '../day/index.ts';
import { askWorker } from '../kernel/ask-worker.ts';
import type { OnProgress } from '../kernel/progress.ts';
import type { Ledger } from '../ledger/index.ts';
import type { EntryQuery } from '../ledger/shown/index.ts';
import type { FoundExport } from './export-found.ts';

export interface FoundQuestion {
  readonly ask: 'found';
  readonly file: string;
  readonly query: EntryQuery;
  readonly own: FoundExport['own'];
  readonly target: string;
  readonly readable?: Readable;
  /** Shared by both threads; not 0 once it is cancelled. */
  readonly calledOff: SharedArrayBuffer;
}

export interface FoundAnswer {
  readonly found: FoundEnd;
}

export const isSet = (calledOff: SharedArrayBuffer): boolean =>
  Atomics.load(new Int32Array(calledOff), 0) !== 0;

/** Exports in a worker started from this file. Rejects where none can be started. */
export async function foundInWorker(
  worker: string,
  asked: Omit<FoundQuestion, 'ask' | 'calledOff'>,
  onProgress: OnProgress,
  callOff: AbortSignal,
): Promise<FoundEnd> {
  const calledOff = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const set = () => void Atomics.store(new Int32Array(calledOff), 0, 1);
  if (callOff.aborted) set();
  callOff.addEventListener('abort', set);
  try {
    const question: FoundQuestion = { ...asked, ask: 'found', calledOff };
    return (await askWorker<FoundAnswer>(worker, question, onProgress)).found;
  } finally {
    callOff.removeEventListener('abort', set);
  }
}

export const writeFoundBy =
  (worker: string, file: string, { tillIdentity }: Pick<Ledger, 'tillIdentity'>): WriteFound =>
  (asked, onProgress, callOff) => {
    // Read at each export: a restore begins an epoch.
    const { tillId, ownEpochs } = tillIdentity;
    const question = { file, own: { tillId, ownEpochs }, ...asked };
    return foundInWorker(worker, question, onProgress, callOff);
  };
