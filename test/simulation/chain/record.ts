// What the simulation itself wrote down while people worked: plain whole cents, nothing of it added up by the program.

export type Kind = 'top-up' | 'award' | 'reversal';

/** What a till was asked for and has accepted. */
export interface Entered {
  readonly id: string;
  readonly till: number;
  readonly shop: number;
  readonly kind: Kind;
  readonly uid: string;
  /** What names it at the host, beside the member. */
  readonly second: string;
  readonly cents: number;
  readonly bonus: number;
  readonly points: number;
  readonly tender: string | null;
  /** In the simulation's time, and by the till's clock. */
  readonly atMs: number;
  readonly clockMs: number;
  /** The rules by which the bonus was given; null where none are asked. */
  readonly rules: number | null;
  /** What it was told as when the drawer was counted last; null before. */
  toldAs: 'open' | 'confirmed' | 'back' | null;
  /** As the till tells it in the end. */
  endsAs: string | null;
}

/** A shift that was closed: what somebody put in, counted, and knows to be off. */
export interface Closed {
  readonly till: number;
  readonly atMs: number;
  readonly number: number;
  readonly day: string;
  readonly floatCents: number;
  readonly countedCents: number;
  readonly offCents: number;
  readonly moves: readonly { readonly kind: 'paid-in' | 'paid-out'; readonly cents: number }[];
}

/** From when to when, in the simulation's time. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Published extends Span {
  readonly version: number;
  /** By a clock on the wall. */
  readonly validFromMs: number;
}

/** What a till told of itself at some moment; also as the owner's till has read it out of the folder. */
export interface Sample {
  readonly till: number;
  readonly atMs: number;
  /** When it may have been told already: the owner's clock may be a little off a till's. */
  readonly sinceMs: number;
  readonly waiting: number;
  readonly checking: number;
  readonly needsReview: number;
  readonly lastZ: { readonly number: number; readonly hasVariance: boolean | null } | null;
  /** What the last Z was off by, in cents; null where it is not told. */
  readonly variance: number | null;
  /** Today's by its clock, and as its line has counted; null from afar. */
  readonly calls: { readonly used: number; readonly made: number } | null;
  /** The configuration that it goes by; null before it is in the chain. */
  readonly version: number | null;
}

/** Everything that the judge goes by beside the host's ledger. */
export interface MonthRecord {
  readonly entered: Entered[];
  readonly closed: Closed[];
  /** When which configuration lay whole in the folder. */
  readonly published: Published[];
  /** When each till ran and could reach the folder. */
  readonly reached: Map<number, Span[]>;
  readonly samples: Sample[];
  /** Tills whose number another one has, as the owner was told. */
  readonly toldTwice: Set<number>;
  /** Whose records were put back, and lack what came after the backup. */
  readonly putBack: Set<number>;
  /** A disk that was copied while its PC was switched off. */
  copied: { readonly till: number; readonly of: number; readonly atMs: number } | null;
}

export const newRecord = (): MonthRecord => ({
  entered: [],
  closed: [],
  published: [],
  reached: new Map(),
  samples: [],
  toldTwice: new Set(),
  putBack: new Set(),
  copied: null,
});

export function moneyText(cents: number): string {
  const size = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`;
}
