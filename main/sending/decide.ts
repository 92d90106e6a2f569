import { compareAmounts, isZeroAmount } from '../../preload/contract/index.ts';
import type { DecidePolicy, HostProfile } from '../hosts/index.ts';
import {
  isFingerprinting,
  isUnchanged,
  logAgrees,
  mayBeCopy,
  movedBy,
  unchangedForMs,
} from './unchanged-balance.ts';
import {
  addSums,
  type Evidence,
  type LogRow,
  noSums,
  type Sums,
  sameSums,
  sumsOfEntry,
  type UndecidedEntry,
} from './undecided.ts';

type DecideReason =
  | 'fingerprint'
  | 'two-fingerprints'
  | 'log-row-of-our-time'
  | 'exact-movement'
  | 'exact-stillness'
  | 'other-movement'
  | 'no-baseline'
  | 'no-reading'
  | 'one-reading'
  | 'others-undecided'
  | 'one-sum-fits'
  | 'log-row-of-this-amount'
  | 'log-silent'
  | 'duplicate-refusal'
  | 'confirmed-on-paper'
  | 'sending-paused';

/**
 * The till decides `applied` only by a row of its own second and amount, and never that an entry did not arrive; else
 * the suggestion is for a manager. Reasons are ordered by weight.
 */
export interface Verdict {
  readonly decision: 'applied' | 'double' | 'ask';
  readonly suggestion: 'applied' | 'not-applied' | 'unclear';
  readonly reasons: readonly DecideReason[];
}

/**
 * What the evidence says about an entry whose answer was lost. Pure. The caller hands in nothing gathered before the
 * settling time (protocol, "How an unknown is decided").
 */
export function decide(
  entry: UndecidedEntry,
  evidence: Evidence,
  profile: HostProfile,
  policy: DecidePolicy,
): Verdict {
  const verdict = judge(entry, evidence, profile, policy);
  // A duplicate answer to a first send shows that the second is taken, not by whom: a manager says (protocol rule 3).
  const isOthersSecond = evidence.duplicateRefusals > 0 && evidence.isRefusedAfterOwn !== true;
  if (!isOthersSecond || verdict.decision !== 'applied') return verdict;
  return { ...verdict, decision: 'ask', reasons: [...verdict.reasons, 'duplicate-refusal'] };
}

function judge(
  entry: UndecidedEntry,
  evidence: Evidence,
  profile: HostProfile,
  policy: DecidePolicy,
): Verdict {
  const ofOurTime = rowsOfOurTime(entry, evidence, profile, policy);
  const fingerprints = ofOurTime.filter((row) => isOfThisAmount(row, entry)).length;
  if (fingerprints > 1) return { decision: 'double', suggestion: 'applied', reasons: ['two-fingerprints'] };
  if (fingerprints === 1) return { decision: 'applied', suggestion: 'applied', reasons: ['fingerprint'] };
  const duplicate = byDuplicateAnswer(entry, evidence, profile, policy);
  if (duplicate !== null) return { decision: 'applied', suggestion: 'applied', reasons: duplicate };
  const signs = signsOfArrival(evidence, ofOurTime);
  const movement = movementOf(entry, evidence, profile, policy);
  // If rows carry our time, a row with another second is not ours.
  const rows = isFingerprinting(profile, policy) ? 0 : rowsOfThisAmount(entry, evidence);
  const asked = ask(entry, evidence, movement, signs, profile, policy, rows);
  // A row that may be this one forbids advising "did not arrive" too.
  return rows > 0 && asked.suggestion === 'not-applied' ? { ...asked, suggestion: 'unclear' } : asked;
}

/**
 * The same bytes, sent again, were called a duplicate: only with the exact movement, or a row of our second and amount,
 * was it this entry that took the second (protocol rule 3). Null where neither shows it.
 */
function byDuplicateAnswer(
  entry: UndecidedEntry,
  evidence: Evidence,
  profile: HostProfile,
  policy: DecidePolicy,
): readonly DecideReason[] | null {
  if (evidence.isRefusedAfterOwn !== true) return null;
  if (movementOf(entry, evidence, profile, policy).verdict === 'applied')
    return ['duplicate-refusal', 'exact-movement'];
  const rows = profile.log?.carriesOurTime === false ? [] : (evidence.log?.rows ?? []);
  const isOurs = rows.some((row) => row.datetime === entry.dataChangeTime && isOfThisAmount(row, entry));
  return isOurs && !isZeroAmount(entry.balanceIncrement) ? ['duplicate-refusal', 'fingerprint'] : null;
}

/** Rows have our second, and none has our amount: it is another till's, or a host's own time. */
const isSecondOfAnother = (entry: UndecidedEntry, { log }: Evidence): boolean => {
  const rows = log?.rows.filter((row) => row.datetime === entry.dataChangeTime) ?? [];
  return rows.length > 0 && !rows.some((row) => isOfThisAmount(row, entry));
};

/** Signs that forbid _not applied_ without proving _applied_. */
function signsOfArrival(
  { duplicateRefusals, isConfirmedOnPaper }: Evidence,
  ofOurTime: readonly LogRow[],
): readonly DecideReason[] {
  const signs: DecideReason[] = [];
  // Hosts truncate decimals and add gifts: a row with our time counts, whatever its amount.
  if (ofOurTime.length > 0) signs.push('log-row-of-our-time');
  // The first send known here need not have been the first.
  if (duplicateRefusals > 0) signs.push('duplicate-refusal');
  if (isConfirmedOnPaper === true) signs.push('confirmed-on-paper');
  return signs;
}

interface Movement {
  readonly verdict: 'applied' | 'not-applied' | null;
  /** For a manager only, never for the till's decision. */
  readonly hint?: 'applied' | 'not-applied';
  readonly reasons: readonly DecideReason[];
}

/** `signs` of arrival weigh more than how the balance moved; `rows`: how many may be this one's. */
function ask(
  entry: UndecidedEntry,
  evidence: Evidence,
  movement: Movement,
  signs: readonly DecideReason[],
  profile: HostProfile,
  policy: DecidePolicy,
  rows: number,
): Verdict {
  const isSilent = evidence.log !== null && !signs.includes('log-row-of-our-time');
  const log: DecideReason[] = rows > 0 ? ['log-row-of-this-amount'] : isSilent ? ['log-silent'] : [];
  const reasons = [...signs, ...movement.reasons, ...log];
  // The row may be another undecided entry's.
  const isLikely = rows > 0 && movement.verdict !== 'not-applied' && !evidence.othersUndecided;
  // A duplicate answer to a first send shows that the send key is taken, not by whom.
  const isOwn =
    evidence.wasRestored || (evidence.isRefusedAfterOwn === true && !isSecondOfAnother(entry, evidence));
  const isWhoseKnown = isOwn || !signs.includes('duplicate-refusal') || signs.length > 1;
  if ((signs.length > 0 && isWhoseKnown) || isLikely)
    return { decision: 'ask', suggestion: 'applied', reasons };
  const suggestion = movement.verdict ?? movement.hint ?? 'unclear';
  // It may have arrived and been spent by others: only a log shows that it did not arrive.
  const isBlind = !logAgrees(entry, evidence, profile, policy);
  const isContradicted = suggestion === 'not-applied' && (signs.length > 0 || isBlind);
  return { decision: 'ask', suggestion: isContradicted ? 'unclear' : suggestion, reasons };
}

function movementOf(
  entry: UndecidedEntry,
  evidence: Evidence,
  profile: HostProfile,
  policy: DecidePolicy,
): Movement {
  if (entry.baseline === null) return { verdict: null, reasons: ['no-baseline'] };
  const last = evidence.readings.at(-1);
  if (last === undefined) return { verdict: null, reasons: ['no-reading'] };
  const moved = movedBy(entry.baseline, last, evidence.ownSince);
  const own = sumsOfEntry(entry);
  if (evidence.othersUndecided) {
    const hint = onlySumThatFits(moved, own, evidence.others);
    return hint === null
      ? { verdict: null, reasons: ['others-undecided'] }
      : { verdict: null, hint, reasons: ['others-undecided', 'one-sum-fits'] };
  }
  const isProven = isUnchanged(evidence, unchangedForMs(entry, evidence, profile, policy));
  if (mayBeCopy(entry, evidence) && !isProven) return { verdict: null, reasons: ['one-reading'] };
  if (sameSums(moved, own)) return { verdict: 'applied', reasons: ['exact-movement'] };
  if (!sameSums(moved, noSums)) return { verdict: null, reasons: ['other-movement'] };
  return isProven
    ? { verdict: 'not-applied', reasons: ['exact-stillness'] }
    : { verdict: null, reasons: ['one-reading'] };
}

/** With more, some sum nearly always fits by chance. */
const MOST_OTHERS = 3;

/**
 * Each undecided entry is in the reading or not. If all combinations that give the movement agree about this entry,
 * that is likely; null if they disagree or none fits.
 */
export function onlySumThatFits(
  moved: Sums,
  own: Sums,
  others: readonly Sums[],
): 'applied' | 'not-applied' | null {
  if (others.length === 0 || others.length > MOST_OTHERS) return null;
  let rest: readonly Sums[] = [noSums];
  for (const other of others) rest = [...rest, ...rest.map((sum) => addSums(sum, other))];
  const without = rest.some((sum) => sameSums(sum, moved));
  const withIt = rest.some((sum) => sameSums(addSums(sum, own), moved));
  if (without === withIt) return null;
  return withIt ? 'applied' : 'not-applied';
}

/** Empty unless rows are proven to carry our time and no other till has that second. */
function rowsOfOurTime(
  entry: UndecidedEntry,
  { log }: Evidence,
  profile: HostProfile,
  policy: DecidePolicy,
): readonly LogRow[] {
  if (!isFingerprinting(profile, policy) || log === null) return [];
  return log.rows.filter((row) => row.datetime === entry.dataChangeTime);
}

const isOfThisAmount = (row: LogRow, entry: UndecidedEntry): boolean =>
  compareAmounts(row.amount, entry.balanceIncrement) === 0;

/** Rows of this amount not matched to another increment; a points-only award has no amount to find. */
const rowsOfThisAmount = (entry: UndecidedEntry, evidence: Evidence): number =>
  isZeroAmount(entry.balanceIncrement)
    ? 0
    : (evidence.log?.rows.filter((row) => !row.explained && isOfThisAmount(row, entry)).length ?? 0);
