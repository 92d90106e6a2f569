import { compareAmounts } from '../../preload/contract/index.ts';
import type { DecidePolicy } from '../host/evidence-policy.ts';
import { CACHES_LIVE_MS } from '../host/evidence-policy.ts';
import type { HostProfile } from '../host/host-profile.ts';
import { provenDelayMs } from './proven-log.ts';
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

/** How far apart two equal readings must lie before they say that nothing has arrived. */
export function stillnessMs(
  entry: UndecidedEntry,
  evidence: Evidence,
  profile: HostProfile,
  policy: DecidePolicy,
): number {
  const leastMs = logAgrees(entry, evidence, profile) ? SHORTEST_SECOND_READING_MS : CACHES_LIVE_MS;
  return Math.max(leastMs, policy.secondReadingMs);
}

const sameSums = (left: Sums, right: Sums): boolean =>
  compareAmounts(left.balance, right.balance) === 0 && compareAmounts(left.point, right.point) === 0;

/** Two equal readings, far enough apart, the later of them the newest. */
export function isStill({ readings }: Evidence, apartMs: number): boolean {
  const last = readings.at(-1);
  if (last === undefined) return false;
  return readings.some(
    (reading) => last.atMonotonicMs - reading.atMonotonicMs >= apartMs && sameSums(reading, last),
  );
}
