import {
  addAmounts,
  compareAmounts,
  isZeroAmount,
  subtractAmounts,
  zeroAmount,
} from '../../preload/contract/index.ts';
import { CACHES_LIVE_MS, type DecidePolicy, type HostProfile } from '../hosts/index.ts';
import { type Evidence, type Sums, sameSums, type UndecidedEntry } from './undecided.ts';

/** Least time between two equal readings. */
export const SHORTEST_SECOND_READING_MS = 60_000;

/**
 * Whether the recharge log, proven for increments like this one, has no row that it could be. It is queried only
 * after a lost reply, so no cache has it from before.
 */
export function logAgrees(
  entry: UndecidedEntry,
  { log }: Evidence,
  profile: HostProfile,
  policy: DecidePolicy,
): boolean {
  if (log === null || profile.log === null) return false;
  const delayMs = provenDelayMs(entry, profile.log);
  if (delayMs === null || log.askedAfterMs < 2 * delayMs) return false;
  // If rows carry our time, a row with another second is not ours.
  const mayBeOurs = (datetime: string) =>
    !isFingerprinting(profile, policy) || datetime === entry.dataChangeTime;
  return !log.rows.some(
    ({ amount, datetime, explained }) =>
      !explained && mayBeOurs(datetime) && compareAmounts(amount, entry.balanceIncrement) === 0,
  );
}

/** How a reading differs from the baseline plus our own increments since. */
export const movedBy = (baseline: Sums, reading: Sums, own: Sums): Sums => ({
  balance: subtractAmounts(subtractAmounts(reading.balance, baseline.balance), own.balance),
  point: subtractAmounts(subtractAmounts(reading.point, baseline.point), own.point),
});

/**
 * Whether a cache may still show the member before our last increments: its sums are no movement, though a reversal
 * leads back to the same.
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

/** How far apart two equal readings must be to count, ms. */
export function unchangedForMs(
  entry: UndecidedEntry,
  evidence: Evidence,
  profile: HostProfile,
  policy: DecidePolicy,
): number {
  const isShort = !mayBeCopy(entry, evidence) && logAgrees(entry, evidence, profile, policy);
  const leastMs = isShort ? SHORTEST_SECOND_READING_MS : CACHES_LIVE_MS;
  return Math.max(leastMs, policy.secondReadingMs);
}

/** Since when all readings have been equal; null without any. */
export function unchangedSinceMs({ readings }: Evidence): number | null {
  const last = readings.at(-1);
  if (last === undefined) return null;
  const lastOther = readings.findLastIndex((reading) => !sameSums(reading, last));
  return readings[lastOther + 1]?.atMonotonicMs ?? null;
}

/** Whether the newest reading equals one from at least `apartMs` earlier. */
export function isUnchanged({ readings }: Evidence, apartMs: number): boolean {
  const last = readings.at(-1);
  if (last === undefined) return false;
  return readings.some(
    (reading) => last.atMonotonicMs - reading.atMonotonicMs >= apartMs && sameSums(reading, last),
  );
}

/** Whether a log row with our time must be ours: rows carry it, and no other till has our seconds. */
export const isFingerprinting = (
  { log }: Pick<HostProfile, 'log'>,
  { tillNumbersDeclared }: DecidePolicy,
): boolean => log?.carriesOurTime === true && tillNumbersDeclared;

/**
 * How long an entry like this took to appear in the log, ms; null where none was seen. The check-up sees a credit of
 * money only.
 */
export const provenDelayMs = (
  { balanceIncrement }: Pick<UndecidedEntry, 'balanceIncrement'>,
  log: NonNullable<HostProfile['log']>,
): number | null => (compareAmounts(balanceIncrement, zeroAmount) > 0 ? log.delayMs : null);
