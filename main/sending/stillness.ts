import {
  type Amount,
  addAmounts,
  compareAmounts,
  isZeroAmount,
  subtractAmounts,
  zeroAmount,
} from '../../preload/contract/index.ts';
import { CACHES_LIVE_MS, type DecidePolicy, type HostProfile } from '../hosts/index.ts';
import type { Evidence, Sums, UndecidedEntry } from './undecided.ts';

/** Between equal readings that have only each other as witness; never less. */
export const SHORTEST_SECOND_READING_MS = 60_000;

/**
 * The recharge log, in which the check-up saw increments like this one, shows none that it could be. It is asked for
 * only after a lost reply, so that no copy of it lies anywhere from before.
 */
export function logAgrees(entry: UndecidedEntry, { log }: Evidence, profile: HostProfile): boolean {
  if (log === null || profile.log === null) return false;
  const delayMs = provenDelayMs(entry, profile.log);
  if (delayMs === null || log.askedAfterMs < 2 * delayMs) return false;
  return !log.rows.some((row) => !row.explained && compareAmounts(row.amount, entry.balanceIncrement) === 0);
}

/** By how much a reading differs from what was known before the entry, with ours since. */
export const movedBy = (baseline: Sums, reading: Sums, own: Sums): Sums => ({
  balance: subtractAmounts(subtractAmounts(reading.balance, baseline.balance), own.balance),
  point: subtractAmounts(subtractAmounts(reading.point, baseline.point), own.point),
});

/**
 * A cache that still tells of the member before our last increments: its sums are no movement, though they may be just
 * those that a reversal leads back to.
 */
export function mayBeCopy(
  { baseline }: UndecidedEntry,
  { readings, ownSince, ownBefore = [] }: Evidence,
): boolean {
  const last = readings.at(-1);
  if (baseline === null || last === undefined) return false;
  let { balance, point } = movedBy(baseline, last, ownSince);
  return ownBefore.some((one) => {
    balance = addAmounts(balance, one.balance);
    point = addAmounts(point, one.point);
    return isZeroAmount(balance) && isZeroAmount(point);
  });
}

/** How far apart two equal readings must lie before they say what has become of an entry. */
export function stillnessMs(
  entry: UndecidedEntry,
  evidence: Evidence,
  profile: HostProfile,
  policy: DecidePolicy,
): number {
  const isShort = !mayBeCopy(entry, evidence) && logAgrees(entry, evidence, profile);
  const leastMs = isShort ? SHORTEST_SECOND_READING_MS : CACHES_LIVE_MS;
  return Math.max(leastMs, policy.secondReadingMs);
}

const sameSums = (left: Sums, right: Sums): boolean =>
  compareAmounts(left.balance, right.balance) === 0 && compareAmounts(left.point, right.point) === 0;

/** Since when each reading says the same; null where there is none. */
export function stillSinceMs({ readings }: Evidence): number | null {
  const last = readings.at(-1);
  if (last === undefined) return null;
  const lastOther = readings.findLastIndex((reading) => !sameSums(reading, last));
  return readings[lastOther + 1]?.atMonotonicMs ?? null;
}

/** Two equal readings, far enough apart, the later of them the newest. */
export function isStill({ readings }: Evidence, apartMs: number): boolean {
  const last = readings.at(-1);
  if (last === undefined) return false;
  return readings.some(
    (reading) => last.atMonotonicMs - reading.atMonotonicMs >= apartMs && sameSums(reading, last),
  );
}

/** Rows carry our time, and no other till has our seconds: then a row tells whose it is. */
export const isFingerprinting = (
  { log }: Pick<HostProfile, 'log'>,
  { tillNumbersDeclared }: DecidePolicy,
): boolean => log?.carriesOurTime === true && tillNumbersDeclared;

/**
 * The longest delay after which an entry like this was seen in the log; null where none was. Points alone
 * are a kind of their own, and so is whatever takes back, by whichever kind it goes.
 */
export function provenDelayMs(
  {
    kind,
    balanceIncrement,
    pointIncrement,
  }: Pick<UndecidedEntry, 'kind' | 'balanceIncrement' | 'pointIncrement'>,
  log: NonNullable<HostProfile['log']>,
): number | null {
  const ofKind = { 'top-up': log.topUpDelayMs, award: log.awardDelayMs, reversal: log.reversalDelayMs }[kind];
  const delaysMs = [ofKind];
  if (isZeroAmount(balanceIncrement)) delaysMs.push(log.awardDelayMs);
  if ([balanceIncrement, pointIncrement].some(isNegative)) delaysMs.push(log.reversalDelayMs);
  const seenMs = delaysMs.filter((delayMs) => delayMs !== null);
  return seenMs.length < delaysMs.length ? null : Math.max(...seenMs);
}

const isNegative = (sum: Amount): boolean => compareAmounts(sum, zeroAmount) < 0;
