import { type Entry, ok, type Result } from '../../preload/contract/index.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Increment, OutboxRepository } from '../ledger/index.ts';
import { shownEntries } from '../ledger/shown/index.ts';

/**
 * "Saved" is on screen by then: beginning an attempt takes two commits and redraws the list. A till that closes
 * meanwhile sends the entry at its next start.
 */
const SEND_AFTER_MS = 60;

interface AsEntryParts {
  readonly outbox: Pick<OutboxRepository, 'entriesAhead' | 'byRequestId'>;
  readonly storeTimeZone: string;
  readonly clock: Pick<Clock, 'schedule'>;
  /** Wakes the sync loop. */
  readonly wake: () => void;
}

export type AsEntry = (changed: Result<Increment>) => Result<Entry>;

/** Converts a changed entry for the screen, and wakes the sync loop. */
export function createAsEntry({ outbox, storeTimeZone, clock, wake }: AsEntryParts): AsEntry {
  return (changed) => {
    if (!changed.ok) return changed;
    clock.schedule(SEND_AFTER_MS, wake);
    return ok(shownEntries(outbox, storeTimeZone)(changed.value));
  };
}
