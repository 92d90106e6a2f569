import { appError } from '../../preload/contract/index.ts';
import type { SignedBody } from '../hosts/port/index.ts';
import { DatabaseFailure } from '../kernel/database/failure.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Random } from '../kernel/ports.ts';
import { afterEvent, type EntryStep, newEntry } from './entry.ts';
import type { MadeColumns, RecordedEntry } from './entry-types.ts';
import type { JournalEvent } from './journal/chain.ts';
import type { JournalRepository } from './journal/journal-repository.ts';
import { createTally } from './shown/tally.ts';
import { type EntryEvent, storeEvent } from './tables/entry-events.ts';
import { createEntryTables } from './tables/entry-tables.ts';
import { createRefer } from './tables/named-members.ts';

/** The only writer of entries: appends the event to the journal and updates the tables, in the caller's transaction. */
export interface Recorder {
  /** `sequence` is the next free one. Returns the entry as written. */
  add(sequence: number, facts: MadeColumns, signed: SignedBody, atMs: number, actor: string): RecordedEntry;
  /** `before` is what the tables hold. Returns the entry after the event. */
  step(before: RecordedEntry, event: EntryStep, atMs: number, actor?: string): RecordedEntry;
  /** Continues an entry of a chain whose key is lost in the newest chain, as the tables have it. */
  adopt(entry: RecordedEntry, signed: SignedBody | null, atMs: number): void;
  /** Adds an entry from a receipt; `actor` is who imported it. */
  importEntry(entry: RecordedEntry, signed: SignedBody, atMs: number, actor: string): void;
}

const refuse = (why: () => Error): Recorder => {
  const thrown = () => {
    throw why();
  };
  return { add: thrown, step: thrown, adopt: thrown, importEntry: thrown };
};

/** For commands without a window, which change nothing. */
export const noRecorder: Recorder = refuse(() => new Error('a reader does not write the journal'));

/** For a till whose keychain is lost: entries stay as they are. */
export const keyLostRecorder: Recorder = refuse(() => new DatabaseFailure(appError('key-lost'), null));

export function createRecorder(
  db: Db,
  journal: Pick<JournalRepository, 'appendRow'>,
  random: Pick<Random, 'bytes'>,
): Recorder {
  const tables = createEntryTables(db);
  const tally = createTally(db);
  const append = (sequence: number, event: EntryEvent, atMs: number, actor: string): void => {
    const stored = storeEvent(event);
    journal.appendRow({ ...stored, event: stored.event as JournalEvent, entry: sequence, atMs, actor });
  };
  const refer = createRefer(db, random);
  const adopted = (entry: RecordedEntry, signed: SignedBody | null): EntryEvent => {
    const { customer_number, customer_name, ...rest } = entry;
    const member = refer(entry.customer_uid, { customer_number, customer_name });
    return { event: 'adopted', member, entry: rest, signed };
  };
  return {
    add: (sequence, facts, signed, atMs, actor) => {
      const { customer_number, customer_name, ...stated } = facts;
      const member = refer(facts.customer_uid, { customer_number, customer_name });
      append(sequence, { event: 'added', member, facts: stated, signed }, atMs, actor);
      const entry = newEntry(sequence, atMs, facts);
      tables.insert(entry);
      tally.moved(null, entry);
      return entry;
    },
    step: (before, event, atMs, actor = '') => {
      append(before.sequence, event, atMs, actor);
      const after = afterEvent(before, atMs, event);
      tables.update(before, after);
      tally.moved(before, after);
      return after;
    },
    adopt: (entry, signed, atMs) => {
      const taken = { ...entry, acknowledged: 0 };
      append(entry.sequence, adopted(taken, signed), atMs, '');
      tables.update(entry, taken);
    },
    importEntry: (entry, signed, atMs, actor) => {
      append(entry.sequence, adopted(entry, signed), atMs, actor);
      tables.insert(entry);
      tally.moved(null, entry);
    },
  };
}
