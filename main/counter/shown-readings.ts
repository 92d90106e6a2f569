import { type ErrorCode, READING_GOOD_FOR_MS } from '../../preload/contract/index.ts';
import type { Clock, Random } from '../kernel/ports.ts';
import type { TransitionsRepository } from '../ledger/index.ts';
import type { Sums } from '../sending/index.ts';

/** A member's reading, with an id that belongs to one case and this process (ADR 56). */
export interface ShownReading {
  readonly readingId: string;
  /** When the call began, Unix ms. */
  readonly atMs: number;
  /** Null if none can ever be made; `why` tells. */
  readonly sums: Sums | null;
  readonly why: ErrorCode | null;
}

type WasRead = Pick<ShownReading, 'sums' | 'why'>;

/** The newest reading of each case; acts that move money name it. */
export interface ShownReadings {
  /** Begins a reading and discards the one before; the returned function stores the result. */
  begin(caseId: string, customerUid: string): (read: WasRead) => ShownReading;
  /** Null if there is none, it is too old, or an entry of the member was sent since. */
  newest(caseId: string): ShownReading | null;
  /** The newest, if it has this id. */
  named(caseId: string, readingId: string | null): ShownReading | null;
  /** The PC woke up: readings of unknown age are discarded. */
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
    // The monotonic clock stops while the PC sleeps.
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
        // Begun before the PC slept: its age is unknown.
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
