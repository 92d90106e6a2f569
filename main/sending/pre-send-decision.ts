import { type Amount, compareAmounts, subtractAmounts, zeroAmount } from '../../preload/contract/index.ts';
import type { DecidePolicy, HostProfile } from '../hosts/index.ts';
import { decide, type Verdict } from './decide.ts';
import {
  addSums,
  type Evidence,
  type Sums,
  sameSums,
  sumsOfEntry,
  type UndecidedEntry,
} from './undecided.ts';

/** An entry about to be sent that a clone may have sent before. */
export interface Waited {
  readonly entry: Omit<UndecidedEntry, 'baseline'>;
  /** The member's baselines, oldest first: the clone may date from any of these times. */
  readonly earlierBaselines: readonly Sums[];
  /** Its log is that of all members, not proven complete: a missing row means nothing. */
  readonly evidence: Evidence;
  /** It waited over a restart: the whole disk may have been restored or copied. */
  readonly overStart: boolean;
  /** Another entry of this start turned out to have been sent. */
  readonly isSuspected: boolean;
}

export type PreSendVerdict =
  | {
      readonly do: 'send';
      /** The sums moved for another reason, so they cannot tell. */
      readonly isBlurred: boolean;
    }
  | { readonly do: 'review'; readonly verdict: Verdict };

/**
 * Judged like an entry whose answer was lost. It is sent unless something speaks for its arrival; a manager is asked
 * too if something moved that nobody should have moved (ADR 26).
 */
export function decideBeforeSending(of: Waited, profile: HostProfile, policy: DecidePolicy): PreSendVerdict {
  const baselines = of.earlierBaselines.length === 0 ? [null] : of.earlierBaselines;
  const judged = baselines.map((baseline) => decideAgainst(baseline, of, profile, policy));
  const isAsked = (one: PreSendVerdict) => one.do === 'review';
  const isArrived = (one: PreSendVerdict) => one.do === 'review' && one.verdict.suggestion === 'applied';
  const isBlurred = judged.some((one) => one.do === 'send' && one.isBlurred);
  return judged.find(isArrived) ?? judged.find(isAsked) ?? { do: 'send', isBlurred };
}

interface Against extends Omit<Waited, 'entry'> {
  readonly entry: UndecidedEntry;
}

function decideAgainst(
  baseline: Sums | null,
  waited: Waited,
  profile: HostProfile,
  policy: DecidePolicy,
): PreSendVerdict {
  // A cached copy counts as a sign of arrival here: a question loses nothing.
  const evidence = { ...waited.evidence, ownBefore: [] };
  const of: Against = { ...waited, evidence, entry: { ...waited.entry, baseline } };
  const verdict = decide(of.entry, of.evidence, profile, policy);
  const { reasons, suggestion } = verdict;
  const review: PreSendVerdict = { do: 'review', verdict: { ...verdict, decision: 'ask' } };
  if (speaksForArrival(verdict)) return review;
  // No combination that gives the movement includes it; checked after the signs of arrival.
  const isExcluded = suggestion === 'not-applied' || reasons.includes('one-sum-fits');
  if (isExcluded || isUnchanged(of)) return { do: 'send', isBlurred: false };
  if (reasons.includes('others-undecided') && mayHoldIt(of)) return review;
  if (reasons.includes('no-baseline') || reasons.includes('no-reading'))
    return of.overStart ? review : { do: 'send', isBlurred: false };
  const isAsked = of.overStart && (of.isSuspected || leavesRoom(of));
  return isAsked ? review : { do: 'send', isBlurred: true };
}

const speaksForArrival = ({ suggestion, reasons }: Verdict): boolean =>
  suggestion === 'applied' ||
  reasons.includes('log-row-of-this-amount') ||
  reasons.includes('log-row-of-our-time');

/** The newest reading equals the baseline plus ours since. */
function isUnchanged({
  entry: { baseline },
  evidence: { readings, ownSince },
}: Pick<Against, 'entry' | 'evidence'>): boolean {
  const reading = readings.at(-1);
  return baseline !== null && reading !== undefined && sameSums(addSums(baseline, ownSince), reading);
}

/** The movement is at least this entry's: a clone's other entries may be in it too. */
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

/** With more, some sum nearly always fits by chance. */
const MOST_OTHERS = 6;

/** Whether some combination of the member's other open entries with this one gives the movement. */
function mayHoldIt({ entry, evidence }: Against): boolean {
  const { baseline } = entry;
  const reading = evidence.readings.at(-1);
  if (baseline === null || reading === undefined || evidence.others.length > MOST_OTHERS) return true;
  let sums: readonly Sums[] = [addSums(baseline, sumsOfEntry(entry))];
  for (const other of evidence.others) sums = [...sums, ...sums.map((sum) => addSums(sum, other))];
  return sums.some((sum) => sameSums(sum, reading));
}
