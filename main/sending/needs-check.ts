import { loadEvidencePolicy, loadHostProfile } from '../hosts/index.ts';
import type { Link } from '../hosts/link/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock } from '../kernel/ports.ts';
import type { SendCandidate } from '../ledger/index.ts';
import type { EvidenceRepository } from './evidence-repository.ts';
import { mayHaveArrived } from './may-have-arrived.ts';

/** What this process knows of a waiting entry. */
export interface Waiting {
  /** It waited over the start, unchecked since. */
  readonly isOverStart: boolean;
  /** The machine may have been restored since it was made, checked or sent. */
  readonly isOverBreak: boolean;
  /** Time since it was made, by the wall clock. */
  readonly waitedMs: number;
  /** Time since it was last checked or sent here, else since it was made. */
  readonly sinceMs: number;
  /** Whether an attempt of it may have been applied. */
  readonly mayHaveArrived: () => boolean;
}

/**
 * Whether it needs a pre-send check (ADR 26). What this process made and never sent, no clone can have sent: a clone
 * begins with a start, or with a machine that stood still.
 */
export function needsCheck(of: Waiting, lookAfterMs: number, refusesWithinMs: number | null): boolean {
  // A host that refuses duplicates tells, within the proven age.
  if (refusesWithinMs !== null && of.waitedMs <= refusesWithinMs) return false;
  if (of.isOverStart) return true;
  if (of.isOverBreak) return of.waitedMs >= lookAfterMs;
  return of.sinceMs >= lookAfterMs && of.mayHaveArrived();
}

interface NeedsCheck {
  /** These waited over the start. */
  begin(waiting: readonly SendCandidate[]): void;
  isOverStart(entryId: string): boolean;
  /** Prepared once for thousands. */
  now(isSuspected: (entryId: string) => boolean): (candidate: SendCandidate) => boolean;
  /** It was checked now; infinite after a manager's answer. */
  checked(entryId: string, atMs?: number): void;
  /** It is being sent; if that fails, a break before it still counts. */
  begun(entryId: string): void;
  /** On each round of the loop. */
  beat(): void;
  wokeUp(): void;
}

interface Parts {
  readonly candidates: () => readonly SendCandidate[];
  readonly evidence: Pick<EvidenceRepository, 'attempts'>;
  readonly settings: Settings;
  readonly link: Pick<Link, 'state'>;
  readonly clock: Clock;
}

export function createNeedsCheck({ candidates, evidence, settings, link, clock }: Parts): NeedsCheck {
  const overStart = new Set<string>();
  const overBreak = new Set<string>();
  /** On the monotonic clock. */
  const checkedAtMs = new Map<string, number>();
  let brokenAtMs = Number.NEGATIVE_INFINITY;
  const beatNow = (): Beat => ({
    nowMs: clock.nowMs(),
    monotonicMs: clock.monotonicMs(),
    skewMs: link.state.clockSkewMs,
  });
  let last = beatNow();

  const broken = () => {
    brokenAtMs = clock.monotonicMs();
    for (const { id } of candidates()) overBreak.add(id);
  };
  const beat = () => {
    const [before, now] = [last, beatNow()];
    // Keeps the last known skew over an answer without a time.
    last = { ...now, skewMs: now.skewMs ?? before.skewMs };
    if (isBroken(before, now)) broken();
  };
  const isOverBreak = (entryId: string): boolean =>
    overBreak.has(entryId) || (checkedAtMs.get(entryId) ?? Number.POSITIVE_INFINITY) < brokenAtMs;
  const hasArrived = (entryId: string): boolean => evidence.attempts(entryId).some(mayHaveArrived);

  return {
    begin: (waiting) => {
      for (const { id } of waiting) overStart.add(id);
      last = beatNow();
    },
    isOverStart: (entryId) => overStart.has(entryId),
    now: (isSuspected) => {
      const { duplicates } = loadHostProfile(settings);
      const { lookAfterMs } = loadEvidencePolicy(settings);
      const refusesWithinMs = duplicates === null ? null : duplicates.greatestAgeMs / 2;
      const { nowMs, monotonicMs } = beatNow();
      return ({ id, createdAtMs, touched }) => {
        const waitedMs = Math.abs(nowMs - createdAtMs);
        const checked = checkedAtMs.get(id);
        const of: Waiting = {
          isOverStart: overStart.has(id) || isSuspected(id),
          isOverBreak: isOverBreak(id),
          waitedMs,
          sinceMs: checked === undefined ? waitedMs : monotonicMs - checked,
          mayHaveArrived: () => touched && hasArrived(id),
        };
        return needsCheck(of, lookAfterMs, refusesWithinMs);
      };
    },
    checked: (entryId, atMs = clock.monotonicMs()) => {
      overStart.delete(entryId);
      overBreak.delete(entryId);
      checkedAtMs.set(entryId, atMs);
    },
    begun: (entryId) => {
      if (isOverBreak(entryId)) overBreak.add(entryId);
      checkedAtMs.set(entryId, clock.monotonicMs());
    },
    beat,
    wokeUp: () => {
      beat();
      broken();
    },
  };
}

/** The clocks at one round of the loop, and the skew last heard from KYBIO; null if none. */
export interface Beat {
  readonly nowMs: number;
  readonly monotonicMs: number;
  readonly skewMs: number | null;
}

/** Clock corrections are smaller than this in half a minute. */
const APART_MS = 10_000;

/** The loop runs every half minute; a later round means that the process stood still. */
const GAP_MS = 120_000;

/** Whole seconds, and an answer that took a minute. */
const SKEW_MS = 60_000;

/**
 * Whether this process stood still since the last round: the PC slept, or a machine was restored, and waiting entries
 * were perhaps sent meanwhile. Then one clock stood still, or both ran without a round, or only KYBIO's ran.
 */
export function isBroken(before: Beat, now: Beat): boolean {
  const wallMs = now.nowMs - before.nowMs;
  const passedMs = now.monotonicMs - before.monotonicMs;
  const isSet = before.skewMs !== null && now.skewMs !== null;
  const skewedMs = isSet ? (now.skewMs ?? 0) - (before.skewMs ?? 0) : 0;
  return Math.abs(wallMs - passedMs) >= APART_MS || passedMs >= GAP_MS || Math.abs(skewedMs) >= SKEW_MS;
}
