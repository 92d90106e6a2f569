import { type Amount, compareAmounts, subtractAmounts } from '../../preload/contract/index.ts';
import { addSums, negated, noSums, type Sums } from './undecided.ts';

/** A settled entry of the member that may still turn out otherwise. */
export interface Suspect {
  readonly id: string;
  readonly increments: Sums;
  /** The baseline before its first send. */
  readonly before: Sums | null;
  /**
   * `replied`: confirmed by the reply to its only send. `uncertain`: confirmed without a reply, or sent more than
   * once. `cancelled`: cancelled or refused after it was sent.
   */
  readonly how: 'replied' | 'uncertain' | 'cancelled';
  /** It may have been applied twice (`second-way.ts`): a manager is asked. */
  readonly hasSecondWay: boolean;
  /** Questions that a manager has had about it. */
  readonly asked: readonly Doubt['kind'][];
}

export interface Doubt {
  readonly entryId: string;
  readonly kind: 'possible-double' | 'possible-missing';
}

/** Sums; a part that KYBIO left out is null, and says nothing. */
export interface SumsInReply {
  readonly balance: Amount | null;
  readonly point: Amount | null;
}

/** A member's sums are exactly one entry above or below what was known. */
export interface Oddity {
  readonly entryId: string;
  readonly kind: 'surplus' | 'shortfall';
  readonly known: SumsInReply;
  /** A surplus of an entry with a second way in asks a manager; the rest is noted. */
  readonly isAsked: boolean;
}

const saysAnything = ({ balance, point }: SumsInReply): boolean => balance !== null || point !== null;

/** Whether these are the sums, as far as they were reported. */
export const fits = (replied: SumsInReply, sums: Sums): boolean =>
  (replied.balance === null || compareAmounts(replied.balance, sums.balance) === 0) &&
  (replied.point === null || compareAmounts(replied.point, sums.point) === 0);

const difference = (to: Amount | null, from: Amount | null): Amount | null =>
  to === null || from === null ? null : subtractAmounts(to, from);

const movedBetween = (from: SumsInReply, to: SumsInReply): SumsInReply => ({
  balance: difference(to.balance, from.balance),
  point: difference(to.point, from.point),
});

const twice = (sums: Sums): Sums => addSums(sums, sums);

/** With more, some sum nearly always fits by chance. */
const MOST_UNDECIDED = 3;

/** Every sum that the undecided entries may have added, zero first; only that if there are too many. */
export function sumsOf(undecided: readonly Sums[]): readonly Sums[] {
  let sums: readonly Sums[] = [noSums];
  if (undecided.length > MOST_UNDECIDED) return sums;
  for (const one of undecided) sums = [...sums, ...sums.map((sum) => addSums(sum, one))];
  return sums;
}

/** In the order of the suspects. What undecided entries may have added is no surplus. */
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
    // An uncertain entry may be missing from what was known, and then be there twice.
    const surpluses = how === 'replied' ? [increments] : [increments, twice(increments)];
    if (added.some((sum) => surpluses.some((surplus) => fits(moved, addSums(sum, surplus)))))
      return [{ entryId: id, kind: 'surplus', known, isAsked: hasSecondWay }];
    // An entry confirmed by its reply was there, and may be spent.
    return how === 'uncertain' && fits(moved, negated(increments))
      ? [{ entryId: id, kind: 'shortfall', known, isAsked: false }]
      : [];
  });
}

/** Without a later reply: an entry settled without a reply adds its amount once, a cancelled one nothing. */
function odditiesSinceSending(
  before: SumsInReply,
  suspects: readonly Suspect[],
  undecided: readonly Sums[],
): readonly Oddity[] {
  return suspects.flatMap(({ id, increments, how, before: baseline, hasSecondWay, asked }): Oddity[] => {
    // A question already asked would be raised again with every reply.
    if (baseline === null || how === 'replied' || asked.includes('possible-double')) return [];
    const surplus = how === 'cancelled' ? increments : twice(increments);
    const moved = movedBetween(baseline, before);
    // Also if the part that would tell is missing.
    if (fits(moved, noSums)) return [];
    return sumsOf(undecided).some((sum) => fits(moved, addSums(sum, surplus)))
      ? [{ entryId: id, kind: 'surplus', known: baseline, isAsked: hasSecondWay }]
      : [];
  });
}

/** What a reply's earlier sums are compared with; null if unknown. */
export interface KnownSums {
  /** The newest reading or reply, the read before the send included. */
  readonly baseline: Sums | null;
  /** After the last reply to another entry of ours, plus ours since. */
  readonly afterLastReply: SumsInReply | null;
  /** Before the first of several sends of this entry. */
  readonly beforeFirstSending: Sums | null;
}

interface Circumstances {
  /** May include the entry that was replied to. */
  readonly suspects: readonly Suspect[];
  /** What the member's undecided entries would add. */
  readonly undecided: readonly Sums[];
}

/**
 * What a confirmed reply says about the member's settled entries, compared with all that was known: a reading in
 * between takes a double into the baseline. Over the longer time others wrote too, so there only a surplus of an
 * uncertain entry counts. Questions come first, new ones before repeated ones. Null if nothing stands out. Pure.
 */
export function oddityInReply(
  entryId: string,
  before: SumsInReply,
  { baseline, afterLastReply, beforeFirstSending }: KnownSums,
  { suspects, undecided }: Circumstances,
): Oddity | null {
  const others = suspects.filter(({ id }) => id !== entryId);
  // Its own reply confirms it: only an earlier arrival can be in the sums before.
  const itself = suspects
    .filter(({ id }) => id === entryId)
    .map((one): Suspect => ({ ...one, how: 'replied' }));
  const uncertain = others.filter(({ how }) => how !== 'replied');
  const found = [
    ...(baseline === null
      ? []
      : odditiesOf(
          baseline,
          before,
          [...others, ...itself.filter(({ hasSecondWay }) => hasSecondWay)],
          undecided,
        )),
    ...(afterLastReply === null
      ? odditiesSinceSending(before, others, undecided)
      : odditiesOf(afterLastReply, before, uncertain, undecided).filter(({ kind }) => kind === 'surplus')),
    // Its own late arrival, already in the sums before the reply.
    ...(beforeFirstSending === null ? [] : odditiesOf(beforeFirstSending, before, itself, undecided)),
  ];
  const wasAsked = (one: Oddity) =>
    suspects.some(({ id, asked }) => id === one.entryId && asked.includes('possible-double'));
  const asks = found.filter(({ isAsked }) => isAsked);
  return asks.find((one) => !wasAsked(one)) ?? asks[0] ?? found[0] ?? null;
}

/** Our increments of a member since a reply; those in `possible` may or may not be in the sums. */
export interface OwnSince {
  readonly certain: Sums;
  readonly possible: readonly Sums[];
}

/**
 * Whether the sums still show what raised a suspicion: the reply's sums plus ours since, against a new reading.
 * `moved` if neither fits: somebody else wrote too.
 */
export function doubtStatusOf(
  { kind, increments }: { readonly kind: Doubt['kind']; readonly increments: Sums },
  afterReply: SumsInReply,
  { certain, possible }: OwnSince,
  reading: Sums,
): 'stands' | 'gone' | 'moved' {
  const moved = movedBetween(afterReply, addSums(reading, negated(certain)));
  const fitsWith = (mended: Sums): boolean =>
    sumsOf(possible).some((sum) => fits(moved, addSums(sum, mended)));
  // Without the reply's sums there is nothing to compare.
  if (!saysAnything(moved)) return 'stands';
  const stands = fitsWith(noSums);
  const gone = fitsWith(kind === 'possible-double' ? negated(increments) : increments);
  if (stands === gone) return 'moved';
  return stands ? 'stands' : 'gone';
}
