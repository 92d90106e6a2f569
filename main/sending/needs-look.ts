import { loadEvidencePolicy, loadHostProfile } from '../hosts/index.ts';
import type { Link } from '../hosts/link/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock } from '../kernel/ports.ts';
import type { SendCandidate } from '../ledger/index.ts';
import type { EvidenceRepository } from './evidence-repository.ts';
import { mayHaveCome } from './may-have-come.ts';

/** What this process knows of an entry that waits. */
export interface Waiting {
  /** It waited over the start and was not looked at since. */
  readonly isOverStart: boolean;
  /** The machine may have been put back since it was made, or since it was last looked at or begun. */
  readonly isOverBreak: boolean;
  /** Since it was made, by the wall clock. */
  readonly waitedMs: number;
  /** Since it was last looked at or begun here, else since it was made. */
  readonly sinceMs: number;
  /** Something of it may be at KYBIO: an attempt of ours of which nobody knows what became of it, or was decided. */
  readonly mayHaveCome: () => boolean;
}

/**
 * Whether it is looked at before it goes (ADR 26). What this very process has made, and never sent, nobody else can have
 * sent: a copy of this till begins with a start, or with a machine that stood still.
 */
export function needsLook(of: Waiting, lookAfterMs: number, refusesWithinMs: number | null): boolean {
  // Its refusal tells, as long as it was seen to remember.
  if (refusesWithinMs !== null && of.waitedMs <= refusesWithinMs) return false;
  if (of.isOverStart) return true;
  if (of.isOverBreak) return of.waitedMs >= lookAfterMs;
  return of.sinceMs >= lookAfterMs && of.mayHaveCome();
}

/** Which entries need a look. */
export interface NeedsLook {
  /** At a start: these waited over it. */
  begin(waiting: readonly SendCandidate[]): void;
  isOverStart(entryId: string): boolean;
  /** Made once for many: what waits may be thousands. */
  now(isSuspected: (entryId: string) => boolean): (candidate: SendCandidate) => boolean;
  /** It was looked at just now; infinite where a person has spoken. */
  looked(entryId: string, atMs?: number): void;
  /** It leaves; where it did not, what may have come of it over a break is as open as before. */
  begun(entryId: string): void;
  /** Each look of the loop. */
  beat(): void;
  /** The PC slept. */
  wokeUp(): void;
}

interface Parts {
  readonly candidates: () => readonly SendCandidate[];
  readonly evidence: Pick<EvidenceRepository, 'attempts'>;
  readonly settings: Settings;
  readonly link: Pick<Link, 'state'>;
  readonly clock: Clock;
}

export function createNeedsLook({ candidates, evidence, settings, link, clock }: Parts): NeedsLook {
  const overStart = new Set<string>();
  const overBreak = new Set<string>();
  /** By the monotonic clock. */
  const lookedAtMs = new Map<string, number>();
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
    // What was heard last is kept over an answer without a time.
    last = { ...now, skewMs: now.skewMs ?? before.skewMs };
    if (isBroken(before, now)) broken();
  };
  const isOverBreak = (entryId: string): boolean =>
    overBreak.has(entryId) || (lookedAtMs.get(entryId) ?? Number.POSITIVE_INFINITY) < brokenAtMs;
  const hasCome = (entryId: string): boolean => evidence.attempts(entryId).some(mayHaveCome);

  return {
    begin: (waiting) => {
      for (const { id } of waiting) overStart.add(id);
      last = beatNow();
    },
    isOverStart: (entryId) => overStart.has(entryId),
    now: (isSuspected) => {
      const { duplicates } = loadHostProfile(settings);
      const { lookAfterMs } = loadEvidencePolicy(settings, clock);
      const refusesWithinMs = duplicates === null ? null : duplicates.greatestAgeMs / 2;
      const { nowMs, monotonicMs } = beatNow();
      return ({ id, createdAtMs, touched }) => {
        const waitedMs = Math.abs(nowMs - createdAtMs);
        const looked = lookedAtMs.get(id);
        const of: Waiting = {
          isOverStart: overStart.has(id) || isSuspected(id),
          isOverBreak: isOverBreak(id),
          waitedMs,
          sinceMs: looked === undefined ? waitedMs : monotonicMs - looked,
          mayHaveCome: () => touched && hasCome(id),
        };
        return needsLook(of, lookAfterMs, refusesWithinMs);
      };
    },
    looked: (entryId, atMs = clock.monotonicMs()) => {
      overStart.delete(entryId);
      overBreak.delete(entryId);
      lookedAtMs.set(entryId, atMs);
    },
    begun: (entryId) => {
      if (isOverBreak(entryId)) overBreak.add(entryId);
      lookedAtMs.set(entryId, clock.monotonicMs());
    },
    beat,
    wokeUp: () => {
      beat();
      broken();
    },
  };
}

/** What the clocks say at one look of the loop, and KYBIO's against them as last heard; null where it was not. */
export interface Beat {
  readonly nowMs: number;
  readonly monotonicMs: number;
  readonly skewMs: number | null;
}

/** Both clocks are read at once, and one that is set right goes by less in half a minute. */
const APART_MS = 10_000;

/** The loop looks every half minute; what is this late stood still. */
const GAP_MS = 120_000;

/** A grain of a second, and an answer that took a minute. */
const SKEW_MS = 60_000;

/**
 * Whether this process stood still since the last look: the PC slept, or a whole machine was put back as it was, and what
 * waits was perhaps sent meanwhile. One of the clocks stands still then, or both go on without a look, or KYBIO's goes on alone.
 */
export function isBroken(before: Beat, now: Beat): boolean {
  const wallMs = now.nowMs - before.nowMs;
  const passedMs = now.monotonicMs - before.monotonicMs;
  const isSet = before.skewMs !== null && now.skewMs !== null;
  const skewedMs = isSet ? (now.skewMs ?? 0) - (before.skewMs ?? 0) : 0;
  return Math.abs(wallMs - passedMs) >= APART_MS || passedMs >= GAP_MS || Math.abs(skewedMs) >= SKEW_MS;
}
