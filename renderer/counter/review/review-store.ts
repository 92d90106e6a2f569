import { createStore } from 'zustand/vanilla';
import type { AppError, ErrorCode, Result, ShownCase, ShownDoubt } from '../../../preload/contract/index.ts';
import type { Phrase } from '../../kit/phrase.ts';

export interface ReviewList {
  readonly cases: readonly ShownCase[];
  readonly doubts: readonly ShownDoubt[];
}

export interface ReviewState {
  /** Null until loaded. */
  readonly list: ReviewList | null;
  readonly failure: AppError | null;
  /** Stays until the next answer. */
  readonly outcome: Outcome | null;
  /** Readings under way, failed or not possible yet, by the id of entry or suspicion. */
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

/** The opened case. */
export type Opened = { readonly of: 'entry' | 'doubt'; readonly id: string };

export type Outcome =
  | { readonly kind: 'done'; readonly phrase: Phrase }
  | { readonly kind: 'undone'; readonly reference: string; readonly error: AppError };

interface ReviewPorts {
  readonly list: (
    args: Record<string, never>,
  ) => Promise<Result<{ cases: ShownCase[]; doubts: ShownDoubt[] }>>;
  readonly read: (args: Opened) => Promise<Result<{ case: ShownCase | null; doubt: ShownDoubt | null }>>;
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
  const put = (shown: { readonly case: ShownCase | null; readonly doubt: ShownDoubt | null }) => {
    const { list } = getState();
    if (list === null) return;
    const { case: read, doubt } = shown;
    setState({
      list: {
        cases: list.cases.map((one) => (one.entry.id === read?.entry.id ? read : one)),
        doubts: list.doubts.map((one) => (one.id === doubt?.id ? doubt : one)),
      },
    });
  };

  const read = async (opened: Opened): Promise<void> => {
    if (getState().reads.get(opened.id) === 'reading') return;
    mark(opened.id, 'reading');
    const reply = await ports.read(opened);
    const forMs = reply.ok ? null : waitMs(reply.error);
    if (forMs !== null) return mark(opened.id, { untilMs: Date.now() + forMs });
    mark(opened.id, reply.ok ? null : reply.error);
    if (reply.ok) put(reply.value);
    else if (isOutdated(reply.error)) await load();
  };

  const hasReading = ({ of, id }: Opened): boolean => {
    const { cases = [], doubts = [] } = getState().list ?? {};
    const one =
      of === 'entry' ? cases.find(({ entry }) => entry.id === id) : doubts.find((doubt) => doubt.id === id);
    return one === undefined || one.reading !== null;
  };

  return {
    store,
    load,
    /** Reads KYBIO for a case. */
    read,
    /** The same when it is opened, unless a valid reading exists; an open screen reads nothing by itself. */
    readOnce: async (opened: Opened): Promise<void> => {
      if (!hasReading(opened)) await read(opened);
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
