import { type Entry, ok, type Result } from '../../preload/contract/index.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Increment, OutboxRepository } from '../ledger/index.ts';
import { shownEntries } from '../ledger/shown/index.ts';

/** By then "Saved" is on the screen: to begin an attempt takes the disk twice, and draws the list anew. */
const SEND_AFTER_MS = 60;

export interface AsEntryParts {
  readonly outbox: Pick<OutboxRepository, 'entriesAhead'>;
  readonly storeTimeZone: string;
  readonly clock: Pick<Clock, 'schedule'>;
  /** Looks whether something can go. */
  readonly wake: () => void;
}

export type AsEntry = (changed: Result<Increment>) => Result<Entry>;

/** An entry that was made or changed, and a look at whether it can go. */
export function createAsEntry({ outbox, storeTimeZone, clock, wake }: AsEntryParts): AsEntry {
  return (changed) => {
    if (!changed.ok) return changed;
    // After the reply has left: to begin an attempt takes two commits, and a cashier waits for "Saved". A till that
    // closes meanwhile sends the entry at its next start.
    clock.schedule(SEND_AFTER_MS, wake);
    return ok(shownEntries(outbox, storeTimeZone)(changed.value));
  };
}
