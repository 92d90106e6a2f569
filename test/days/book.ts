import type { EntryState } from '../../preload/contract/index.ts';
import type { Held, Line, Sums } from './held.ts';
import type { TillName } from './world.ts';

// What the played cashiers put into their drawers and took out of them, and what is to be told of it, till by till.

/** The lines of what the drawer was opened for. */
export const openedNames = [
  ...(['openedSale', 'openedReversal', 'openedCancelled'] as const),
  ...(['openedPaidIn', 'openedPaidOut', 'openedNoSale'] as const),
] as const;

/** The lines of a report, as a person counts them. */
export const lineNames = [
  ...(['taken', 'reversed', 'late', 'cancelled', 'unsettled', 'takenUp'] as const),
  ...(['paidIn', 'paidOut', 'before', 'afterPaper', 'uncounted', 'toBank', 'putIn'] as const),
  ...openedNames,
] as const;
export type LineName = (typeof lineNames)[number];

/** What somebody opened the drawer for. */
export type Opening = { readonly person: string } & (
  | { readonly cause: 'entry'; readonly id: string }
  | { readonly cause: 'paid-in' | 'paid-out'; readonly cents: number }
  | { readonly cause: 'no-sale' }
);

/** What was counted last in a drawer, by which shift, and what shifts since took whose drawer was elsewhere. */
export interface CountedLast {
  readonly cents: number | null;
  readonly shift: number | null;
  readonly uncounted: number;
}

export interface OpenShift {
  readonly number: number;
  readonly floatCents: number;
  readonly drawer: 'own' | 'elsewhere';
  readonly day: string;
  readonly openedAtMs: number;
  /** What was there before a first shift, as it stood when that was opened. */
  readonly before: readonly Held[];
  moves: { kind: 'paid-in' | 'paid-out'; cents: number }[];
}

export interface TenderTruth {
  readonly taken: number;
  readonly reversed: number;
  readonly late: number;
  /** What was taken, by where it stands. */
  readonly done: number;
  readonly waiting: number;
  readonly checking: number;
  readonly review: number;
}

/** What is so of a shift: at a moment while it is open, and for good once it was counted. */
export interface Truth {
  readonly number: number;
  readonly day: string;
  readonly floatCents: number;
  readonly drawer: 'own' | 'elsewhere';
  readonly lines: Readonly<Record<LineName, Sums>>;
  readonly net: Sums;
  readonly tenders: ReadonlyMap<string | null, TenderTruth>;
  /** What money moved by each way to pay since the shift before was counted, added up as it happened. */
  readonly flows: ReadonlyMap<string | null, number>;
  /** What each person took, reversals off. */
  readonly persons: ReadonlyMap<string, Sums>;
  /** What was taken in each hour of the store's clock, reversals off. */
  readonly hours: ReadonlyMap<number, Sums>;
  /** How often each person opened the drawer. */
  readonly openings: ReadonlyMap<string, number>;
  /** What it found in the drawer. */
  readonly found: CountedLast;
  /** Given back after a paper of it was handed out. */
  readonly afterPaper: readonly Held[];
  /** Entries of which it was put right how they were paid. */
  readonly changed: readonly Held[];
  /** What the other till's papers, or papers of before, brought, and an owner is told on these lines as well. */
  readonly brought: Readonly<Record<'taken' | 'reversed' | 'late', Sums>>;
  /** Entries of the shift that KYBIO had by then, and that it may not have; what was given back is in neither. */
  readonly arrived: { readonly confirmed: number; readonly notYet: number };
  /** By the judge's count; null where it was not counted. */
  readonly counted: ReadonlyMap<string, number> | null;
}

/** What one till's records should say; a restore takes it back to what the backup had. */
export interface TillBook {
  readonly held: Map<string, Held>;
  /** Entries of which a paper was handed out before they had ended. */
  readonly papers: Set<string>;
  /** Money by way to pay since the last count. */
  flows: Map<string | null, number>;
  /** What the drawer was opened for since the last count. */
  openings: Opening[];
  countedLast: CountedLast;
  open: OpenShift | null;
  /** The count that was committed of the open shift, with what is told of it from then on. */
  cut: Cut | null;
  readonly closed: Map<number, Truth>;
  lastNumber: number;
  lastZAtMs: number;
  everOpened: boolean;
}

/** What a count has frozen. */
export interface Cut {
  readonly truth: Truth;
  readonly states: ReadonlyMap<string, EntryState>;
  readonly flows: ReadonlyMap<string | null, number>;
  /** How often the drawer was opened by then. */
  readonly openings: number;
  readonly atMs: number;
}

export const emptyBook = (): TillBook => ({
  ...{ held: new Map(), papers: new Set(), flows: new Map(), openings: [], open: null, cut: null },
  ...{ countedLast: { cents: null, shift: null, uncounted: 0 }, closed: new Map() },
  ...{ lastNumber: 0, lastZAtMs: 0, everOpened: false },
});

export const flow = (book: TillBook, tender: string | null, cents: number): void => {
  book.flows.set(tender, (book.flows.get(tender) ?? 0) + cents);
};

/** From when on money of a paper was in the drawer of the open shift. */
const sinceMs = ({ lastZAtMs, open }: TillBook): number =>
  lastZAtMs === 0 ? (open?.openedAtMs ?? 0) : lastZAtMs;

/** Whose money it is, as long as no Z has said it. */
export function lineNow(book: TillBook, till: TillName, { asked, paper }: Held): Line {
  if (paper === null) return 'sale';
  return paper === till && asked.atMs >= sinceMs(book) ? 'sale' : 'taken-up';
}

/** Whoever has a paper of it could show that it was credited; what a paper brought has one by its nature. */
export const isOnPaper = ({ papers }: TillBook, { asked, paper }: Held): boolean =>
  paper !== null || papers.has(asked.id);
