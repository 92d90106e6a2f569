import {
  type Amount,
  addAmounts,
  compareAmounts,
  negateAmount,
  subtractAmounts,
  zeroAmount,
} from '../../preload/contract/index.ts';
import { addSums } from './decide.ts';
import type { Sums } from './undecided.ts';

/** An ended entry of this member that could still turn out otherwise. */
export interface Suspect {
  readonly id: string;
  readonly increments: Sums;
  /** The baseline before its first sending; null = none. */
  readonly before: Sums | null;
  /**
   * Sent more than once; cancelled after it was sent, or refused after it was sent again; confirmed without a
   * reply, or by the reply of its only send.
   */
  readonly how: 'sent-again' | 'cancelled' | 'confirmed-by-evidence' | 'replied';
  /** What a manager was asked of it already. */
  readonly asked: readonly Doubt['kind'][];
}

export interface Doubt {
  readonly entryId: string;
  readonly kind: 'possible-double' | 'possible-missing';
}

/** Sums of which KYBIO may have left out one: what a reply does not say speaks neither for nor against anything. */
export interface SumsInReply {
  readonly balance: Amount | null;
  readonly point: Amount | null;
}

const saysAnything = ({ balance, point }: SumsInReply): boolean => balance !== null || point !== null;

const fits = (replied: SumsInReply, sums: Sums): boolean =>
  (replied.balance === null || compareAmounts(replied.balance, sums.balance) === 0) &&
  (replied.point === null || compareAmounts(replied.point, sums.point) === 0);

const difference = (to: Amount | null, from: Amount | null): Amount | null =>
  to === null || from === null ? null : subtractAmounts(to, from);

const movedBetween = (from: SumsInReply, to: SumsInReply): SumsInReply => ({
  balance: difference(to.balance, from.balance),
  point: difference(to.point, from.point),
});

const nothing: Sums = { balance: zeroAmount, point: zeroAmount };

const negated = ({ balance, point }: Sums): Sums => ({
  balance: negateAmount(balance),
  point: negateAmount(point),
});

const twice = ({ balance, point }: Sums): Sums => ({
  balance: addAmounts(balance, balance),
  point: addAmounts(point, point),
});

/** Above this many undecided entries some sum nearly always fits by chance. */
const MOST_UNDECIDED = 3;

/** Every sum that the undecided entries may have added, nothing first. */
function sumsOf(undecided: readonly Sums[]): readonly Sums[] {
  let sums: readonly Sums[] = [nothing];
  if (undecided.length > MOST_UNDECIDED) return sums;
  for (const one of undecided) sums = [...sums, ...sums.map((sum) => addSums(sum, one))];
  return sums;
}

/**
 * What the next reply of a member says about entries that had ended: a surplus of exactly the amount of
 * one is a possible double credit, a shortfall a possible missing one. What undecided entries may have
 * added is no surplus. Null when nothing stands out.
 */
export function doubtOf(
  known: SumsInReply,
  before: SumsInReply,
  suspects: readonly Suspect[],
  undecided: readonly Sums[] = [],
): Doubt | null {
  return likeliest(doubtsOf(known, before, suspects, undecided), suspects);
}

/** All that fit, in the order of the suspects. */
function doubtsOf(
  known: SumsInReply,
  before: SumsInReply,
  suspects: readonly Suspect[],
  undecided: readonly Sums[],
): readonly Doubt[] {
  const moved = movedBetween(known, before);
  const added = sumsOf(undecided);
  if (!saysAnything(moved) || added.some((sum) => fits(moved, sum))) return [];
  return suspects.flatMap(({ id, increments, how }): Doubt[] => {
    // What was never certain may be missing from what was known, and then be there twice.
    const surpluses = how === 'replied' ? [increments] : [increments, twice(increments)];
    if (added.some((sum) => surpluses.some((surplus) => fits(moved, addSums(sum, surplus)))))
      return [{ entryId: id, kind: 'possible-double' }];
    // What its own reply confirmed was there, and may have been spent since.
    const mayBeMissing = how !== 'cancelled' && how !== 'replied';
    return mayBeMissing && fits(moved, negated(increments))
      ? [{ entryId: id, kind: 'possible-missing' }]
      : [];
  });
}

const wasAsked = ({ entryId, kind }: Doubt, suspects: readonly Suspect[]): boolean =>
  suspects.some(({ id, asked }) => id === entryId && asked.includes(kind));

/** What a manager was asked already explains another surplus only where nothing else does. */
const likeliest = (doubts: readonly Doubt[], suspects: readonly Suspect[]): Doubt | null =>
  doubts.find((doubt) => !wasAsked(doubt, suspects)) ?? doubts[0] ?? null;

/** Where no reply came since: an entry that ended without a reply adds its amount once, or nothing if cancelled. */
function doubtsSinceSending(
  before: SumsInReply,
  suspects: readonly Suspect[],
  undecided: readonly Sums[],
): readonly Doubt[] {
  return suspects.flatMap(({ id, increments, how, before: baseline, asked }): Doubt[] => {
    // Against sums that stay as they are, what was asked about would be seen once more with every reply.
    if (baseline === null || how === 'replied' || asked.includes('possible-double')) return [];
    const surplus = how === 'cancelled' ? increments : twice(increments);
    const moved = movedBetween(baseline, before);
    // Also where the part that would tell is left out.
    if (fits(moved, nothing)) return [];
    return sumsOf(undecided).some((sum) => fits(moved, addSums(sum, surplus)))
      ? [{ entryId: id, kind: 'possible-double' }]
      : [];
  });
}

/** What a reply's sums before it may be held against; a null is not known. */
export interface KnownSums {
  /** The newest reading or reply: also what was read right before sending. */
  readonly baseline: Sums | null;
  /** After the last reply to another of ours, with ours since. */
  readonly afterLastReply: SumsInReply | null;
  /** Before the first of several sendings of this very entry. */
  readonly beforeFirstSending: Sums | null;
}

export interface Circumstances {
  readonly suspects: readonly Suspect[];
  /** What other entries of the member would add, if they are there. */
  readonly undecided: readonly Sums[];
  /** A manager has declared that nobody else writes. */
  readonly singleWriter: boolean;
}

/** Over the longer time what its own reply confirmed is doubted only where nobody else writes. */
const uncertainOf = (suspects: readonly Suspect[], singleWriter: boolean): readonly Suspect[] =>
  singleWriter ? suspects : suspects.filter(({ how }) => how !== 'replied');

/** False where what was known after the last reply says nothing of any of them: then it need not be looked up. */
export const isJudgedByLastReply = (suspects: readonly Suspect[], singleWriter: boolean): boolean =>
  uncertainOf(suspects, singleWriter).length > 0;

/**
 * The same against everything that was known: a reading in between, right before a top-up say, takes a
 * double into the baseline. Over the longer time others may have written, so there a person is asked
 * only about a double, and of what was never certain; about all where nobody else writes.
 */
export function doubtOfReply(
  entry: { readonly id: string; readonly balanceIncrement: Amount; readonly pointIncrement: Amount },
  before: SumsInReply,
  { baseline, afterLastReply, beforeFirstSending }: KnownSums,
  { suspects, undecided, singleWriter }: Circumstances,
): Doubt | null {
  const increments = { balance: entry.balanceIncrement, point: entry.pointIncrement };
  const itself: Suspect = { id: entry.id, increments, how: 'replied', before: null, asked: [] };
  const doubts = [
    ...(baseline === null ? [] : doubtsOf(baseline, before, suspects, undecided)),
    ...(afterLastReply === null
      ? doubtsSinceSending(before, suspects, undecided)
      : doubtsOf(afterLastReply, before, uncertainOf(suspects, singleWriter), undecided).filter(
          ({ kind }) => singleWriter || kind === 'possible-double',
        )),
    // Its own late arrival: in the sums before the reply already.
    ...(beforeFirstSending === null ? [] : doubtsOf(beforeFirstSending, before, [itself], undecided)),
  ];
  return likeliest(doubts, suspects);
}

/**
 * What the sums before the reply would have been, had the doubted entry been there once: for the person who is
 * asked. `before` is as they are shown; what the reply did not say was not found to be different.
 */
export function withoutDoubt(
  { entryId, kind }: Doubt,
  before: Sums,
  suspects: readonly Suspect[],
  replied: SumsInReply = before,
): Sums {
  const increments = suspects.find(({ id }) => id === entryId)?.increments ?? nothing;
  const { balance, point } = addSums(before, kind === 'possible-double' ? negated(increments) : increments);
  return {
    balance: replied.balance === null ? before.balance : balance,
    point: replied.point === null ? before.point : point,
  };
}

/** A part that the reply does not say counts as the newest that is known. */
export function filledIn(
  replied: SumsInReply,
  { baseline, afterLastReply, beforeFirstSending }: KnownSums,
): Sums {
  const known = [replied, baseline, afterLastReply, beforeFirstSending];
  const first = (part: keyof Sums): Amount =>
    known.map((sums) => sums?.[part] ?? null).find((sum) => sum !== null) ?? zeroAmount;
  return { balance: first('balance'), point: first('point') };
}

/** Own increments of a member since a reply; of each of `possible` nobody can say whether the sums hold it. */
export interface OwnSince {
  readonly certain: Sums;
  readonly possible: readonly Sums[];
}

/**
 * Whether what a doubt was raised by is still in the sums: what the reply that raised it said they were after it,
 * with ours since, against a new reading. `moved` where the reading fits neither: somebody else wrote too.
 */
export function standingOf(
  { kind, increments }: { readonly kind: Doubt['kind']; readonly increments: Sums },
  afterReply: SumsInReply,
  { certain, possible }: OwnSince,
  reading: Sums,
): 'stands' | 'gone' | 'moved' {
  const moved = movedBetween(afterReply, addSums(reading, negated(certain)));
  const fitsWith = (mended: Sums): boolean =>
    sumsOf(possible).some((sum) => fits(moved, addSums(sum, mended)));
  // A doubt that says nothing of what was found has nothing to be held against.
  if (!saysAnything(moved)) return 'stands';
  const stands = fitsWith(nothing);
  const gone = fitsWith(kind === 'possible-double' ? negated(increments) : increments);
  if (stands === gone) return 'moved';
  return stands ? 'stands' : 'gone';
}
