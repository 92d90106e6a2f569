import { appError, type EntryOrigin, err, ok, type Result } from '../../preload/contract/index.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Clock } from '../kernel/ports.ts';
import { storeDay } from '../kernel/store-time.ts';
import { newEntry } from './entry.ts';
import type { JournalRepository } from './journal/journal-repository.ts';
import { createNextSequence } from './next-sequence.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import type { Recorder } from './recorder.ts';
import { entryOfSecond, hasIdOfItsOwn } from './tables/entry-lookups.ts';
import { madeOf } from './tables/fact-columns.ts';
import type { Increment, IncrementDraft, OutboxIdentity, Sign } from './types.ts';

export interface EntryOnPaper extends Omit<IncrementDraft, 'requestId' | 'origin'> {
  readonly origin: EntryOrigin;
  readonly id: string;
  readonly till: string;
  readonly dataChangeTime: string;
  readonly createdAtMs: number;
  /** The receipt says that KYBIO had confirmed it. */
  readonly isConfirmed: boolean;
  /** The number on the receipt. */
  readonly sequence: number;
}

/**
 * Imports an unknown entry from a receipt as *Needs review*, under its own id and second, with a new number and a note
 * of who did it, in one commit. It is signed again, so that a manager can have the same bytes sent. A known entry is
 * returned as it is.
 * Errors: receipt-clash, if another entry of this till has its request or send key.
 */
export type ImportEntry = (entry: EntryOnPaper, sign: Sign, who: Actor) => Result<Increment>;

export const IMPORTED = 'receipt taken up';

interface ImportEntryParts {
  readonly db: Db;
  readonly identity: OutboxIdentity;
  readonly outbox: Pick<OutboxRepository, 'byId'>;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly recorder: Recorder;
  readonly clock: Pick<Clock, 'nowMs'>;
}

export function createImportEntry(parts: ImportEntryParts): ImportEntry {
  const { db, identity, outbox, journal, recorder, clock } = parts;
  const nextSequence = createNextSequence(db);
  const hasItsPlace = db.prepare(
    `SELECT 1 AS found FROM increment
     WHERE (request_id = @requestId AND ${hasIdOfItsOwn})
       OR sequence IN (${entryOfSecond('@customerUid', '@dataChangeTime')})
       OR (corrects = @corrects AND state NOT IN ('rejected', 'cancelled'))`,
  );
  const take = db.transaction((entry: EntryOnPaper, sign: Sign, who: Actor): Result<Increment> => {
    const known = outbox.byId(entry.id);
    if (known !== null) return ok(known);
    const { customerUid, balanceIncrement, pointIncrement, dataChangeTime, corrects, createdAtMs } = entry;
    const requestId = `slip:${entry.id}`;
    if (hasItsPlace.get({ requestId, customerUid, dataChangeTime, corrects }) !== undefined)
      return err(appError('receipt-clash'));
    const { accountAppId, storeTimeZone } = identity;
    const signed = sign({
      appId: accountAppId,
      customerUid,
      balanceIncrement,
      pointIncrement,
      dataChangeTime,
    });
    const sequence = nextSequence();
    const made = madeOf({
      ...entry,
      requestId,
      storeDay: storeDay(createdAtMs, storeTimeZone),
    });
    const added = newEntry(sequence, createdAtMs, made);
    const cause = entry.isConfirmed ? 'from-confirmed-receipt' : 'from-receipt';
    // It may have reached KYBIO: no cashier cancels it.
    const taken = { ...added, state: 'review', cause, touched: 1 } as const;
    recorder.importEntry(taken, signed, clock.nowMs(), actorText(who));
    journal?.append({
      event: 'noted',
      actor: actorText(who),
      reason: IMPORTED,
      content: {
        entry: sequence,
        till: entry.till,
        number: entry.sequence,
        confirmed: entry.isConfirmed,
        tillId: entry.origin.till,
        epoch: entry.origin.epoch,
      },
    });
    const increment = outbox.byId(entry.id);
    if (increment === null) throw new Error('an entry that was taken up cannot be read back');
    return ok(increment);
  });
  return (entry, sign, who) => take.immediate(entry, sign, who);
}
