import { type Amount, compareAmounts, subtractAmounts, zeroAmount } from '../../preload/contract/index.ts';
import type { DecidePolicy, HostProfile } from '../hosts/index.ts';
import { addSums, decide, type Verdict } from './decide.ts';
import { isFingerprinting, provenDelayMs } from './stillness.ts';
import type { Evidence, Sums, UndecidedEntry } from './undecided.ts';

/** An entry that is about to be sent, and may have been sent before by another copy of this till. */
export interface Waited {
  readonly entry: Omit<UndecidedEntry, 'baseline'>;
  /** The baselines of its member, oldest first: the copy may be of any of these times. */
  readonly knownBefore: readonly Sums[];
  /** The log in it is that of all members: a row tells, and its silence nothing. Nobody has proven that it shows all. */
  readonly evidence: Evidence;
  /** The member's own log, which the check-up asked; null where it was not read. */
  readonly ownLog: Evidence['log'];
  /** It waited over a start of the program: since then the whole disk may have been put back, or copied. */
  readonly overStart: boolean;
  /** Something else that waited over this start was found to have been sent. */
  readonly isSuspected: boolean;
}

export type LookVerdict =
  | {
      readonly do: 'send';
      /** The member's sums moved by something that is not this entry, so that they cannot tell. */
      readonly isBlurred: boolean;
    }
  | { readonly do: 'review'; readonly verdict: Verdict };

/**
 * What is looked at as if its answer had been lost: the same evidence, and the same words for it. It is sent unless
 * something speaks for its arrival; a person is asked too where nobody should have moved what moved (ADR 26).
 */
export function judgeBeforeSending(of: Waited, profile: HostProfile, policy: DecidePolicy): LookVerdict {
  const baselines = of.knownBefore.length === 0 ? [null] : of.knownBefore;
  const judged = baselines.map((baseline) => judgeAgainst(baseline, of, profile, policy));
  const isAsked = (one: LookVerdict) => one.do === 'review';
  const isArrived = (one: LookVerdict) => one.do === 'review' && one.verdict.suggestion === 'applied';
  const isBlurred = judged.some((one) => one.do === 'send' && one.isBlurred);
  return judged.find(isArrived) ?? judged.find(isAsked) ?? { do: 'send', isBlurred };
}

interface Against extends Omit<Waited, 'entry'> {
  readonly entry: UndecidedEntry;
}

/** The member's sums are known, and not what they were at one time or another. */
export const hasMoved = ({
  entry,
  knownBefore,
  evidence,
}: Pick<Waited, 'entry' | 'knownBefore' | 'evidence'>): boolean =>
  evidence.readings.length > 0 &&
  knownBefore.some((baseline) => !isStill({ entry: { ...entry, baseline }, evidence }));

function judgeAgainst(
  baseline: Sums | null,
  waited: Waited,
  profile: HostProfile,
  policy: DecidePolicy,
): LookVerdict {
  // What may be a copy from before ours speaks for its arrival all the same: nothing is lost by a question.
  const evidence = { ...waited.evidence, ownBefore: [] };
  const of: Against = { ...waited, evidence, entry: { ...waited.entry, baseline } };
  const verdict = decide(of.entry, of.evidence, profile, policy);
  const { reasons, suggestion } = verdict;
  const review: LookVerdict = { do: 'review', verdict: { ...verdict, decision: 'ask' } };
  if (speaksForArrival(verdict)) return review;
  // No way to make up what moved holds it: after what speaks for arrival, that one sum fits speaks against.
  const isExcluded = suggestion === 'not-applied' || reasons.includes('one-sum-fits');
  if (isExcluded || isStill(of)) return { do: 'send', isBlurred: false };
  if (of.ownLog !== null && isProvenToTell(of.entry, profile, policy) && of.evidence.readings.length > 0) {
    const byOwn = decide(of.entry, { ...of.evidence, log: of.ownLog }, profile, policy);
    // A log that is proven to show such an entry, and does not, leaves nothing to the sums.
    return speaksForArrival(byOwn)
      ? { do: 'review', verdict: { ...byOwn, decision: 'ask' } }
      : { do: 'send', isBlurred: false };
  }
  if (reasons.includes('others-undecided') && mayHoldIt(of)) return review;
  if (reasons.includes('no-baseline') || reasons.includes('no-reading'))
    return of.overStart ? review : { do: 'send', isBlurred: false };
  const isAsked = policy.singleWriter || (of.overStart && (of.isSuspected || leavesRoom(of)));
  return isAsked ? review : { do: 'send', isBlurred: true };
}

/** Something speaks for its arrival. */
const speaksForArrival = ({ suggestion, reasons }: Verdict): boolean =>
  suggestion === 'applied' ||
  reasons.includes('log-row-of-this-amount') ||
  reasons.includes('log-row-of-our-time');

/** The newest reading is the baseline, with ours since. */
function isStill({
  entry: { baseline },
  evidence: { readings, ownSince },
}: Pick<Against, 'entry' | 'evidence'>): boolean {
  const reading = readings.at(-1);
  return baseline !== null && reading !== undefined && isSame(addSums(baseline, ownSince), reading);
}

const isSame = (left: Sums, right: Sums): boolean =>
  compareAmounts(left.balance, right.balance) === 0 && compareAmounts(left.point, right.point) === 0;

/** What moved goes as far as this entry would, or further: what else was made on another copy may be in it too. */
function leavesRoom({ entry, evidence }: Against): boolean {
  const reading = evidence.readings.at(-1);
  const { baseline } = entry;
  if (baseline === null || reading === undefined) return false;
  const goesAsFar = (moved: Amount, wanted: Amount): boolean => {
    const isUp = compareAmounts(wanted, zeroAmount);
    return isUp === 0 || compareAmounts(moved, wanted) * isUp >= 0;
  };
  return (
    goesAsFar(subtractAmounts(reading.balance, baseline.balance), entry.balanceIncrement) &&
    goesAsFar(subtractAmounts(reading.point, baseline.point), entry.pointIncrement)
  );
}

/** Above this many, some sum nearly always fits by chance. */
const MOST_OTHERS = 6;

/** With others of the member undecided, or waiting as well: some way to make up what moved holds this entry. */
function mayHoldIt({ entry, evidence }: Against): boolean {
  const { baseline, balanceIncrement: balance, pointIncrement: point } = entry;
  const reading = evidence.readings.at(-1);
  if (baseline === null || reading === undefined || evidence.others.length > MOST_OTHERS) return true;
  let sums: readonly Sums[] = [addSums(baseline, { balance, point })];
  for (const other of evidence.others) sums = [...sums, ...sums.map((sum) => addSums(sum, other))];
  return sums.some((sum) => isSame(sum, reading));
}

/** The member's own log is proven to show such an entry. */
export const isProvenToTell = (entry: Waited['entry'], profile: HostProfile, policy: DecidePolicy): boolean =>
  profile.log !== null && isFingerprinting(profile, policy) && provenDelayMs(entry, profile.log) !== null;
