import { createStore } from 'zustand/vanilla';
import type { AppError, ErrorCode, Result, ShownCase, ShownDoubt } from '../../../preload/contract/index.ts';
import type { Phrase } from '../../kit/phrase.ts';

export interface ReviewList {
  readonly cases: readonly ShownCase[];
  readonly doubts: readonly ShownDoubt[];
}

export interface ReviewState {
  /** Null until it was read. */
  readonly list: ReviewList | null;
  /** Why it could not be read. */
  readonly failure: AppError | null;
  /** What the last answer did, or why it did nothing; stays until the next. */
  readonly outcome: Outcome | null;
  /** For which entries and doubts KYBIO is being read, by their ids, and why it could not be. */
  readonly reads: ReadonlyMap<string, 'reading' | AppError>;
}

/** One that a person looks at: an entry in review, or a doubt about an ended one. */
export type Opened = { readonly of: 'entry' | 'doubt'; readonly id: string };

export type Outcome =
  | { readonly kind: 'done'; readonly phrase: Phrase }
  | { readonly kind: 'undone'; readonly reference: string; readonly error: AppError };

export interface ReviewPorts {
  readonly list: (
    args: Record<string, never>,
  ) => Promise<Result<{ cases: ShownCase[]; doubts: ShownDoubt[] }>>;
  readonly read: (args: Opened) => Promise<Result<{ case: ShownCase | null; doubt: ShownDoubt | null }>>;
}

/** After these an answer was given to what is no longer so: the list is read anew, and the reason stays. */
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
  // Counts readings: an answer to an earlier one is stale.
  let current = 0;

  const load = async (): Promise<void> => {
    current += 1;
    const mine = current;
    const reply = await ports.list({});
    if (mine !== current) return;
    if (reply.ok) setState({ list: reply.value, failure: null });
    else setState({ failure: reply.error });
  };

  const mark = (id: string, now: 'reading' | AppError | null) => {
    const reads = new Map(getState().reads);
    if (now === null) reads.delete(id);
    else reads.set(id, now);
    setState({ reads });
  };

  /** Puts what was read in the place of what the list has of it. */
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
    /** Has KYBIO read for one that a person looks at. */
    read,
    /** The same as it is opened: what was read lately serves, and a screen that stays open asks nothing by itself. */
    readOnce: async (opened: Opened): Promise<void> => {
      if (!hasReading(opened)) await read(opened);
    },
    /** The screen opens: what an earlier visit left is gone. */
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
