import { existsSync } from 'node:fs';
import { databaseFailure } from '../../kernel/database/failure.ts';
import { type Db, openAnyVersion } from '../../kernel/database/open.ts';
import { createSettings } from '../../kernel/database/settings-repository.ts';
import {
  type ChainHead,
  emptyChain,
  type JournalRow,
  readTillLine,
  type TillLine,
} from '../../ledger/journal/index.ts';
import { createWithNames, type StoredRow } from '../../ledger/tables/index.ts';
import { retiredSince } from '../retired.ts';
import type { LostLine } from './lost-entries.ts';

const columns = `number, chain, at_ms AS atMs, entry, event, version, actor, reason, content, lower(hex(mac)) AS mac`;

/** Stops at the first damaged page. */
function asFarAsItGoes(read: () => void): void {
  try {
    read();
  } catch (thrown) {
    if (databaseFailure(thrown) === null) throw thrown;
  }
}

/** The last common row, by binary search: each row's MAC covers all before it. */
function lastInCommon(one: Db, other: Db): ChainHead {
  const headAt = (db: Db) => {
    const row = db.prepare(
      'SELECT chain, number AS count, lower(hex(mac)) AS mac FROM journal WHERE number = ?',
    );
    return (number: number) => row.get(number) as ChainHead | undefined;
  };
  const length = (db: Db) => Number(db.prepare('SELECT max(number) FROM journal').pluck().get());
  const [ofOne, ofOther] = [headAt(one), headAt(other)];
  let [found, low, high] = [emptyChain(1), 1, Math.min(length(one), length(other))];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const [here, there] = [ofOne(middle), ofOther(middle)];
    if (here !== undefined && here.mac === there?.mac) [found, low] = [here, middle + 1];
    else high = middle - 1;
  }
  return found;
}

/**
 * Rows that a damaged database has after the last one in common with `backup`, whose journal ends at `head`; as far as
 * its pages can be read. They prove nothing by themselves.
 */
export function readOldRows(file: string, backup: string, head: ChainHead): LostLine {
  const rows: StoredRow[] = [];
  let from = head;
  if (!existsSync(file)) return { from, rows };
  let old: Db | null = null;
  let other: Db | null = null;
  asFarAsItGoes(() => {
    const db = openAnyVersion(file, 0);
    old = db;
    asFarAsItGoes(() => {
      other = openAnyVersion(backup, 0);
      from = lastInCommon(db, other);
    });
    const after = db.prepare(`SELECT ${columns} FROM journal WHERE number > ? ORDER BY number`);
    let withNames = (row: JournalRow): StoredRow => row;
    asFarAsItGoes(() => {
      withNames = createWithNames(db);
    });
    for (const row of after.iterate(from.count) as IterableIterator<JournalRow>) {
      rows.push(row);
      // An unreadable name must not lose its row.
      asFarAsItGoes(() => void rows.splice(-1, 1, withNames(row)));
    }
  });
  for (const db of [old, other] as (Db | null)[]) db?.close();
  return { from, rows };
}

/** Identifies a till's database, as far as it can be read. */
export interface WhoseRows {
  /** The MAC of the journal's first row, unique to a till; null where it cannot be read. */
  readonly firstMac: string | null;
  readonly isRetired: boolean;
  /** Its epochs, and those it knows to have ended; null where it cannot be read. */
  readonly line: TillLine | null;
}

export function readWhose(file: string): WhoseRows {
  let whose: WhoseRows = { firstMac: null, isRetired: false, line: null };
  if (!existsSync(file)) return whose;
  asFarAsItGoes(() => {
    const db = openAnyVersion(file, 0);
    try {
      // The settings may be whole where the journal is not.
      whose = { ...whose, isRetired: retiredSince(createSettings(db)) !== null };
      const first = db.prepare('SELECT lower(hex(mac)) FROM journal WHERE number = 1').pluck().get();
      whose = { ...whose, firstMac: typeof first === 'string' ? first : null };
      whose = { ...whose, line: readTillLine(db) };
    } finally {
      db.close();
    }
  });
  return whose;
}

/** Made by a first start, and written by no till since; false where it cannot be read. */
export function isUnused(file: string): boolean {
  let isEmpty = false;
  if (!existsSync(file)) return isEmpty;
  asFarAsItGoes(() => {
    const db = openAnyVersion(file, 0);
    try {
      const anything = db.prepare(
        'SELECT EXISTS (SELECT 1 FROM journal) OR EXISTS (SELECT 1 FROM increment)',
      );
      isEmpty = anything.pluck().get() === 0;
    } finally {
      db.close();
    }
  });
  return isEmpty;
}

/** The ids of a verified backup's entries. */
export function idsIn(file: string): ReadonlySet<string> {
  const db = openAnyVersion(file, 0);
  try {
    return new Set(db.prepare('SELECT id FROM increment').pluck().all() as string[]);
  } finally {
    db.close();
  }
}
