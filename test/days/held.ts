import type { EntryState } from '../../preload/contract/index.ts';
import type { TillName } from './world.ts';

// What the test itself knows of a day: what was asked for, and what came of it. Plain whole numbers, cents and points; nothing of
// it is added up by the program.

export interface Sums {
  readonly entries: number;
  readonly cents: number;
  readonly bonus: number;
  readonly points: number;
}

export const nothing: Sums = { entries: 0, cents: 0, bonus: 0, points: 0 };

/** What somebody asked a till for; only how it was paid may be put right later. Of what takes back, the sums are below nought. */
export interface Asked extends Omit<Sums, 'entries'> {
  readonly id: string;
  readonly kind: 'top-up' | 'award' | 'reversal';
  /** What it takes back. */
  readonly corrects: string | null;
  readonly tender: string | null;
  /** Who it is, whatever they are called. */
  readonly person: string;
  readonly customerUid: string;
  /** Its second at the host. */
  readonly key: string;
  /** At which till, and when by the clock of that till. */
  readonly at: TillName;
  readonly atMs: number;
  readonly day: string;
}

export type Line = 'sale' | 'taken-up';

/** An entry as one till has it. */
export interface Held {
  asked: Asked;
  /** Null: it was entered here. Else a paper brought it, of this till or the other. */
  readonly paper: TillName | null;
  state: EntryState;
  /** By which way to pay a Z has told it, once one has. */
  tender: string | null;
  /** Whose Z told of it: 0 is before the first shift, null none yet. */
  shift: number | null;
  line: Line;
  /** That Z told it as not settled, and none has told its end. */
  isFollowed: boolean;
  /** How it was entered to be paid, and how often that was put right since. */
  readonly enteredTender: string | null;
  tenderChanges: number;
  /** Between which times of its till it was seen to have ended; null while it has not. */
  ended: { readonly fromMs: number; readonly toMs: number } | null;
  /** Who cancelled it, as they were called; null: the host refused it. */
  cancelledBy: string | null;
  /** It was refused, and somebody has said that they know. */
  isAcknowledged: boolean;
}

export const isBack = (state: EntryState): boolean => state === 'rejected' || state === 'cancelled';
export const isSettled = (state: EntryState): boolean => state === 'confirmed' || isBack(state);

export const plus = (one: Sums, other: Sums, sign = 1): Sums => ({
  entries: one.entries + other.entries,
  cents: one.cents + sign * other.cents,
  bonus: one.bonus + sign * other.bonus,
  points: one.points + sign * other.points,
});

export const sumsOf = ({ asked: { cents, bonus, points } }: Held): Sums => ({
  entries: 1,
  cents,
  bonus,
  points,
});

export const addUp = (all: Iterable<Held>, sign = 1): Sums => {
  let sum = nothing;
  for (const one of all) sum = plus(sum, sumsOf(one), sign);
  return sum;
};
