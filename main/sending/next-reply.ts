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
   * Confirmed by the reply of its only send; confirmed without a reply, or sent more than once; cancelled or refused
   * after it was sent.
   */
  readonly how: 'replied' | 'uncertain' | 'cancelled';
  /** It may have gone in twice (`second-way.ts`): a person is asked. */
  readonly hasSecondWay: boolean;
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

/** A member's sums are exactly one entry more or less than what was known. */
export interface Oddity {
  readonly entryId: string;
  readonly kind: 'surplus' | 'shortfall';
  /** What was known, as the till knew it. */
  readonly known: SumsInReply;
  /** A person is asked about a surplus of what may have gone in twice; all else is noted, and asks nobody. */
  readonly isAsked: boolean;
}

const saysAnything = ({ balance, point }: SumsInReply): boolean => balance !== null || point !== null;

/** Whether these are the very sums, as far as they were told. */
export const fits = (replied: SumsInReply, sums: Sums): boolean =>
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

/** Every sum that the undecided entries may have added, nothing first; that alone where there are too many to tell. */
export function sumsOf(undecided: readonly Sums[]): readonly Sums[] {
  let sums: readonly Sums[] = [nothing];
  if (undecided.length > MOST_UNDECIDED) return sums;
  for (const one of undecided) sums = [...sums, ...sums.map((sum) => addSums(sum, one))];
  return sums;
}

/** All that fit, in the order of the suspects. What undecided entries may have added is no surplus. */
function odditiesOf(
  known: SumsInReply,
  before: SumsInReply,
  suspects: readonly Suspect[],
  undecided: readonly Sums[],
): readonly Oddity[] {
  const moved = movedBetween(known, before);
  const added = sumsOf(undecided);
  if (!saysAnything(moved) || added.some((sum) => fits(moved, sum))) return [];
  return suspects.flatMap(({ id, increments, how, hasSecondWay }): Oddity[] => {
    // What was never certain may be missing from what was known, and then be there twice.
    const surpluses = how === 'replied' ? [increments] : [increments, twice(increments)];
    if (added.some((sum) => surpluses.some((surplus) => fits(moved, addSums(sum, surplus)))))
      return [{ entryId: id, kind: 'surplus', known, isAsked: hasSecondWay }];
    // What its own reply confirmed was there, and may have been spent since.
    return how === 'uncertain' && fits(moved, negated(increments))
      ? [{ entryId: id, kind: 'shortfall', known, isAsked: false }]
      : [];
  });
}

/** Where no reply came since: an entry that ended without a reply adds its amount once, or nothing if cancelled. */
function odditiesSinceSending(
  before: SumsInReply,
  suspects: readonly Suspect[],
  undecided: readonly Sums[],
): readonly Oddity[] {
  return suspects.flatMap(({ id, increments, how, before: baseline, hasSecondWay, asked }): Oddity[] => {
    // Against sums that stay as they are, what was asked about would be seen once more with every reply.
    if (baseline === null || how === 'replied' || asked.includes('possible-double')) return [];
    const surplus = how === 'cancelled' ? increments : twice(increments);
    const moved = movedBetween(baseline, before);
    // Also where the part that would tell is left out.
    if (fits(moved, nothing)) return [];
    return sumsOf(undecided).some((sum) => fits(moved, addSums(sum, surplus)))
      ? [{ entryId: id, kind: 'surplus', known: baseline, isAsked: hasSecondWay }]
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
  /** The entry whose reply it is may be among them. */
  readonly suspects: readonly Suspect[];
  /** What other entries of the member would add, if they are there. */
  readonly undecided: readonly Sums[];
}

/**
 * What a confirmed reply says of the member's ended entries, held against all that was known: a reading in between,
 * right before a top-up say, takes a double into the baseline. Over the longer time others have written, so there only
 * a surplus of what was never certain counts. What a person is asked about comes first, and of it what nobody was
 * asked about yet. Null where nothing stands out; pure.
 */
export function oddityInReply(
  entryId: string,
  before: SumsInReply,
  { baseline, afterLastReply, beforeFirstSending }: KnownSums,
  { suspects, undecided }: Circumstances,
): Oddity | null {
  const others = suspects.filter(({ id }) => id !== entryId);
  // Its own reply confirms it: only what may have come by another way is in the sums before it.
  const itself = suspects
    .filter(({ id }) => id === entryId)
    .map((one): Suspect => ({ ...one, how: 'replied' }));
  const uncertain = others.filter(({ how }) => how !== 'replied');
  const found = [
    ...(baseline === null
      ? []
      : odditiesOf(baseline, before, [...others, ...itself.filter(mayBeThere)], undecided)),
    ...(afterLastReply === null
      ? odditiesSinceSending(before, others, undecided)
      : odditiesOf(afterLastReply, before, uncertain, undecided).filter(({ kind }) => kind === 'surplus')),
    // Its own late arrival: in the sums before the reply already.
    ...(beforeFirstSending === null ? [] : odditiesOf(beforeFirstSending, before, itself, undecided)),
  ];
  const wasAsked = (one: Oddity) =>
    suspects.some(({ id, asked }) => id === one.entryId && asked.includes('possible-double'));
  const asks = found.filter(({ isAsked }) => isAsked);
  return asks.find((one) => !wasAsked(one)) ?? asks[0] ?? found[0] ?? null;
}

const mayBeThere = ({ hasSecondWay }: Suspect): boolean => hasSecondWay;

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
