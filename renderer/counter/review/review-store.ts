import { createStore } from 'zustand/vanilla';
import type { AppError, ErrorCode, Result, ShownCase } from '../../../preload/contract/index.ts';
import type { Phrase } from '../../kit/phrase.ts';

export interface ReviewList {
  readonly cases: readonly ShownCase[];
}

export interface ReviewState {
  /** Null until loaded. */
  readonly list: ReviewList | null;
  readonly failure: AppError | null;
  /** Stays until the next answer. */
  readonly outcome: Outcome | null;
  /** Readings under way, failed or not possible yet, by the entry's id. */
  readonly reads: ReadonlyMap<string, 'reading' | AppError | Wait>;
}

/** What was sent may still be on its way: main reads nothing before. */
export interface Wait {
  readonly untilMs: number;
}

/** How long main wants to wait; null for another failure. */
function waitMs({ code, details }: AppError): number | null {
  const seconds = Number(details?.['seconds']);
  return code === 'may-still-arrive' && Number.isFinite(seconds) ? seconds * 1_000 : null;
}

export type Outcome =
  | { readonly kind: 'done'; readonly phrase: Phrase }
  | { readonly kind: 'undone'; readonly reference: string; readonly error: AppError };

interface ReviewPorts {
  readonly list: (args: Record<string, never>) => Promise<Result<{ cases: ShownCase[] }>>;
  readonly read: (args: { readonly id: string }) => Promise<Result<ShownCase>>;
}

/** Errors of an answer to an outdated screen: the list is loaded again, and the reason stays. */
const outdated: readonly ErrorCode[] = [
  'entry-changed',
  'evidence-changed',
  'reading-needed',
  'entry-not-found',
  'entry-not-vouched',
];

export const isOutdated = (error: AppError): boolean => outdated.some((code) => code === error.code);

export function createReviewStore(ports: ReviewPorts) {
  const store = createStore<ReviewState>(() => ({
    list: null,
    failure: null,
    outcome: null,
    reads: new Map(),
  }));
  const { getState, setState } = store;
  // Counts loads, to drop stale answers.
  let current = 0;

  const load = async (): Promise<void> => {
    current += 1;
    const mine = current;
    const reply = await ports.list({});
    if (mine !== current) return;
    if (reply.ok) setState({ list: reply.value, failure: null });
    else setState({ failure: reply.error });
  };

  const mark = (id: string, now: 'reading' | AppError | Wait | null) => {
    const reads = new Map(getState().reads);
    if (now === null) reads.delete(id);
    else reads.set(id, now);
    setState({ reads });
  };

  /** Replaces the case in the list. */
  const put = (read: ShownCase) => {
    const { list } = getState();
    if (list === null) return;
    setState({ list: { cases: list.cases.map((one) => (one.entry.id === read.entry.id ? read : one)) } });
  };

  const read = async (id: string): Promise<void> => {
    if (getState().reads.get(id) === 'reading') return;
    mark(id, 'reading');
    const reply = await ports.read({ id });
    const forMs = reply.ok ? null : waitMs(reply.error);
    if (forMs !== null) return mark(id, { untilMs: Date.now() + forMs });
    mark(id, reply.ok ? null : reply.error);
    if (reply.ok) put(reply.value);
    else if (isOutdated(reply.error)) await load();
  };

  const hasReading = (id: string): boolean => {
    const one = getState().list?.cases.find(({ entry }) => entry.id === id);
    return one === undefined || one.reading !== null;
  };

  return {
    store,
    load,
    /** Reads KYBIO for a case. */
    read,
    /** The same when it is opened, unless a valid reading exists; an open screen reads nothing by itself. */
    readOnce: async (id: string): Promise<void> => {
      if (!hasReading(id)) await read(id);
    },
    /** When the screen opens. */
    open: (): Promise<void> => {
      setState({ list: null, failure: null, outcome: null, reads: new Map() });
      return load();
    },
    finish: (outcome: Outcome): Promise<void> => {
      setState({ outcome });
      return load();
    },
  };
}
