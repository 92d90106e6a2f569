import { createStore } from 'zustand/vanilla';
import type { AppError, Result, ShownCase, ShownDoubt } from '../../../preload/contract/index.ts';
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
  /** On the sheet for the printer now. */
  readonly printing: ShownCase | null;
}

export type Outcome =
  | { readonly kind: 'done'; readonly phrase: Phrase }
  | { readonly kind: 'unprinted'; readonly reference: string }
  | { readonly kind: 'undone'; readonly reference: string; readonly error: AppError };

export interface ReviewPorts {
  readonly list: (
    args: Record<string, never>,
  ) => Promise<Result<{ cases: ShownCase[]; doubts: ShownDoubt[] }>>;
  readonly print: (args: Record<string, never>) => Promise<Result<unknown>>;
}

/** After these an answer was given to what is no longer so: the list is read anew, and the reason stays. */
const outdated = ['entry-changed', 'evidence-changed', 'entry-not-found', 'entry-not-vouched'] as const;

export const isOutdated = (error: AppError): boolean => outdated.some((code) => code === error.code);

export function createReviewStore(ports: ReviewPorts) {
  const store = createStore<ReviewState>(() => ({
    list: null,
    failure: null,
    outcome: null,
    printing: null,
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

  return {
    store,
    load,
    /** The screen opens: what an earlier visit left is gone. */
    open: (): Promise<void> => {
      setState({ list: null, failure: null, outcome: null, printing: null });
      return load();
    },
    finish: (outcome: Outcome): Promise<void> => {
      setState({ outcome });
      return load();
    },
    print: (review: ShownCase) => setState({ printing: review, outcome: null }),
    /** Called once the sheet is on the page. */
    sendToPrinter: async (): Promise<void> => {
      const printed = getState().printing;
      if (printed === null) return;
      const reply = await ports.print({});
      if (getState().printing !== printed) return;
      // A success may also be a dialog that a person closed: nothing is said of it.
      const outcome: Outcome | null = reply.ok
        ? null
        : { kind: 'unprinted', reference: printed.entry.reference };
      setState({ printing: null, outcome });
    },
  };
}
export type Reviews = ReturnType<typeof createReviewStore>;
