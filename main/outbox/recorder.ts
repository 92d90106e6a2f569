import { appError } from '../../preload/contract/index.ts';
import { DatabaseFailure } from '../database/failure.ts';
import type { Db } from '../database/open.ts';
import type { JournalEvent } from './journal-chain.ts';
import type { JournalRepository } from './journal-repository.ts';
import {
  type AttemptColumns,
  bodyHash,
  type EntryColumns,
  type FrozenColumns,
  type JournaledEntry,
  type StateColumns,
} from './vouch.ts';

/** Writes what has just happened to an entry into the journal, from what the tables now say. */
export interface Recorder {
  /** Call inside the transaction, after the change. */
  record(entryId: string, event: JournalEvent, actor?: string, reason?: string, more?: unknown): void;
}

/** For readers: a command without a window changes nothing, so it never records. */
export const noRecorder: Recorder = {
  record: () => {
    throw new Error('a reader does not write the journal');
  },
};

/** For a till whose keychain is lost: entries stay as they are, and the key is asked for. */
export const keyLostRecorder: Recorder = {
  record: () => {
    throw new DatabaseFailure(appError('key-lost'), null);
  },
};

const frozenColumns = `id, sequence, till, account_host, account_app_id, customer_uid, customer_number, customer_name, kind,
  CAST(balance_increment_e4 AS TEXT) AS balance_increment_e4, CAST(point_increment_e4 AS TEXT) AS point_increment_e4,
  data_change_time, cashier, note, request_id, created_at_ms, store_day, corrects`;

const stateColumns = `state, version, touched, cause, messages, not_before_ms, balance_before, balance_after, point_before,
  point_after, settled_at_ms, signature, key_fingerprint`;

const attemptColumns = `number, started_at_ms, baseline_balance, baseline_point, baseline_at_ms, fresh_connection, phase,
  reused_socket, ended_at_ms, outcome, cause, http_status, failure, messages, reply`;

/** Reads an entry as the tables have it, column by column; null where it is gone. */
export function createColumnReader(db: Db): (entryId: string) => EntryColumns | null {
  const frozen = db.prepare(`SELECT ${frozenColumns} FROM increment WHERE id = ?`);
  const body = db.prepare('SELECT body FROM increment WHERE id = ?');
  const state = db.prepare(`SELECT ${stateColumns} FROM increment WHERE id = ?`);
  const attempts = db.prepare(`SELECT ${attemptColumns} FROM attempt WHERE increment_id = ? ORDER BY number`);
  return (entryId) => {
    const facts = frozen.get(entryId) as FrozenColumns | undefined;
    if (facts === undefined) return null;
    const bytes = Buffer.from((body.get(entryId) as { body: Buffer }).body);
    return {
      frozen: { ...facts, body_sha256: bodyHash(bytes) },
      after: state.get(entryId) as StateColumns,
      attempts: attempts.all(entryId) as AttemptColumns[],
    };
  };
}

export function createRecorder(db: Db, journal: JournalRepository): Recorder {
  const read = createColumnReader(db);
  return {
    record: (entryId, event, actor = 'till', reason = '', more) => {
      const entry = read(entryId);
      if (entry === null) throw new Error('an increment is gone');
      const content: JournaledEntry & { more?: unknown } = {
        ...(event === 'added' ? { frozen: entry.frozen } : {}),
        after: entry.after,
        ...attemptsOf(event, entry),
        ...(more === undefined ? {} : { more }),
      };
      journal.append({ entryId, event, actor, reason, content });
    },
  };
}

/** The attempts that an event changed: the newest, or, where something was decided or taken up, all. */
function attemptsOf(event: JournalEvent, { attempts }: EntryColumns): Pick<JournaledEntry, 'attempts'> {
  if (event === 'sending' || event === 'ended' || event === 'interrupted')
    return { attempts: attempts.slice(-1) };
  return event === 'added' || event === 'decided' ? { attempts } : {};
}
