import { type ErrorCode, READING_GOOD_FOR_MS } from '../../preload/contract/index.ts';
import type { Clock, Random } from '../kernel/ports.ts';
import type { TransitionsRepository } from '../ledger/index.ts';
import type { Sums } from '../sending/index.ts';

/** What KYBIO said of the member of one case, under a name that belongs to this case and this process (ADR 56). */
export interface ShownReading {
  readonly readingId: string;
  /** When it was asked, Unix ms. */
  readonly atMs: number;
  /** Null where no reading can ever be had from here; `why` says it then. */
  readonly sums: Sums | null;
  readonly why: ErrorCode | null;
}

export type WasRead = Pick<ShownReading, 'sums' | 'why'>;

/** The newest reading of each case. What moves money names one. */
export interface ShownReadings {
  /** A reading begins: the one before is none any more. What is given back keeps what came of it. */
  begin(caseId: string, customerUid: string): (read: WasRead) => ShownReading;
  /** Null where there is none, or it is too old, or an entry of the member was sent since. */
  newest(caseId: string): ShownReading | null;
  /** The newest, where that is the one of this name. */
  named(caseId: string, readingId: string | null): ShownReading | null;
  /** The PC woke up: how old they are no clock need tell, and none counts any more. */
  wokeUp(): void;
}

interface Kept {
  readonly reading: ShownReading;
  readonly customerUid: string;
  readonly atMonotonicMs: number;
  /** Sends of the member that this process had begun. */
  readonly begun: number;
}

export function createShownReadings({
  clock,
  random,
  transitions,
}: {
  readonly clock: Clock;
  readonly random: Pick<Random, 'uuid'>;
  readonly transitions: Pick<TransitionsRepository, 'sendsOf'>;
}): ShownReadings {
  const byCase = new Map<string, Kept>();
  let wakes = 0;

  const isGood = ({ reading, customerUid, atMonotonicMs, begun }: Kept): boolean => {
    // The monotonic clock stands still while the PC sleeps.
    const ageMs = Math.max(clock.monotonicMs() - atMonotonicMs, Math.abs(clock.nowMs() - reading.atMs));
    const sends = transitions.sendsOf(customerUid);
    return ageMs <= READING_GOOD_FOR_MS && !sends.sending && sends.begun === begun;
  };

  const newest = (caseId: string): ShownReading | null => {
    const kept = byCase.get(caseId);
    if (kept === undefined) return null;
    if (isGood(kept)) return kept.reading;
    byCase.delete(caseId);
    return null;
  };

  return {
    begin: (caseId, customerUid) => {
      byCase.delete(caseId);
      const [atMs, atMonotonicMs] = [clock.nowMs(), clock.monotonicMs()];
      const { begun } = transitions.sendsOf(customerUid);
      const wakesBefore = wakes;
      return (read) => {
        const reading = { ...read, readingId: random.uuid(), atMs };
        // Asked before the PC slept: the answer is as old as the sleep.
        if (wakes === wakesBefore) byCase.set(caseId, { reading, customerUid, atMonotonicMs, begun });
        return reading;
      };
    },
    newest,
    wokeUp: () => {
      wakes += 1;
      byCase.clear();
    },
    named: (caseId, readingId) => {
      const reading = newest(caseId);
      return reading?.readingId === readingId ? reading : null;
    },
  };
}
