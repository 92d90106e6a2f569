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
  /**
   * The entries that this process has changed since this was last asked, committed or not: what was read of the
   * others may be used again. Null where any may have changed. For one asker.
   */
  takeChanged(): ReadonlySet<string> | null;
  /** An entry is not what was read of it: what was read before is not used again, whoever changed the entry. */
  readAnew(): void;
}

/** For readers: a command without a window changes nothing, so it never records. */
export const noRecorder: Recorder = {
  record: () => {
    throw new Error('a reader does not write the journal');
  },
  takeChanged: () => null,
  readAnew: () => undefined,
};

/** For a till whose keychain is lost: entries stay as they are, and the key is asked for. */
export const keyLostRecorder: Recorder = {
  record: () => {
    throw new DatabaseFailure(appError('key-lost'), null);
  },
  takeChanged: () => null,
  readAnew: () => undefined,
};

const frozenNames = [
  ...['id', 'sequence', 'till', 'account_host', 'account_app_id', 'customer_uid', 'customer_number'],
  ...['customer_name', 'kind', 'balance_increment_e4', 'point_increment_e4', 'data_change_time', 'cashier'],
  ...['note', 'request_id', 'created_at_ms', 'store_day', 'corrects'],
];

const stateNames = [
  ...['state', 'version', 'touched', 'cause', 'messages', 'not_before_ms', 'balance_before', 'balance_after'],
  ...['point_before', 'point_after', 'settled_at_ms', 'signature', 'key_fingerprint'],
];

/** Sums as text: a number would be rounded above 2^53. */
const asText: ReadonlySet<string> = new Set(['balance_increment_e4', 'point_increment_e4']);
const entryColumns = [...frozenNames, ...stateNames]
  .map((name) => (asText.has(name) ? `CAST(${name} AS TEXT) AS ${name}` : name))
  .join(', ');

const attemptColumns = `number, started_at_ms, baseline_balance, baseline_point, baseline_at_ms, fresh_connection, phase,
  reused_socket, ended_at_ms, outcome, cause, http_status, failure, messages, reply`;

/** Reads an entry as the tables have it, column by column; null where it is gone. */
export function createColumnReader(db: Db): (entryId: string) => EntryColumns | null {
  const columns = db.prepare(`SELECT ${entryColumns}, body FROM increment WHERE id = ?`);
  const attempts = db.prepare(`SELECT ${attemptColumns} FROM attempt WHERE increment_id = ? ORDER BY number`);
  return (entryId) => {
    const row = columns.get(entryId) as (FrozenColumns & { readonly body: Buffer }) | undefined;
    if (row === undefined) return null;
    const pick = (names: readonly string[]) => {
      const picked: Record<string, string | number | null> = {};
      for (const name of names) picked[name] = row[name] ?? null;
      return picked;
    };
    const body = Buffer.from(row.body);
    return {
      frozen: { ...pick(frozenNames), body_sha256: bodyHash(body) },
      after: pick(stateNames) as StateColumns,
      attempts: attempts.all(entryId) as AttemptColumns[],
      body,
    };
  };
}

export function createRecorder(db: Db, journal: JournalRepository): Recorder {
  const tell = createTeller(db);
  let changed: Set<string> | null = null;
  return {
    takeChanged: () => {
      const taken = changed;
      changed = new Set();
      return taken;
    },
    readAnew: () => {
      changed = null;
    },
    record: (entryId, event, actor = 'till', reason = '', more) => {
      changed?.add(entryId);
      const told = tell(entryId, event);
      if (told === null) throw new Error('an increment is gone');
      const content = more === undefined ? told : { ...told, more };
      journal.append({ entryId, event, actor, reason, content });
    },
  };
}

/** Reads what an event has changed of its entry, and no more: every step of every entry is told. */
function createTeller(db: Db): (entryId: string, event: JournalEvent) => JournaledEntry | null {
  const whole = createColumnReader(db);
  const stateOf = db.prepare(`SELECT ${stateNames.join(', ')} FROM increment WHERE id = ?`);
  const attempts = (rest: string) => {
    const statement = db.prepare(`SELECT ${attemptColumns} FROM attempt WHERE increment_id = ? ${rest}`);
    return (entryId: string) => statement.all(entryId) as AttemptColumns[];
  };
  const newest = attempts('ORDER BY number DESC LIMIT 1');
  // Where something was decided, all that were undecided.
  const changed: Readonly<Partial<Record<JournalEvent, typeof newest>>> = {
    sending: newest,
    ended: newest,
    interrupted: newest,
    decided: attempts('ORDER BY number'),
  };
  return (entryId, event) => {
    if (event === 'added') {
      const entry = whole(entryId);
      // One that is taken up by a new chain has attempts already.
      return entry === null ? null : { frozen: entry.frozen, after: entry.after, attempts: entry.attempts };
    }
    const after = stateOf.get(entryId) as StateColumns | undefined;
    if (after === undefined) return null;
    const attemptsOf = changed[event];
    return attemptsOf === undefined ? { after } : { after, attempts: attemptsOf(entryId) };
  };
}
