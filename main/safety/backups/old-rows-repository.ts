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
import { ACCOUNT, createWithNames, type KeptRow } from '../../ledger/tables/index.ts';
import { retiredSince } from '../retired.ts';
import type { LostLine } from './lost-entries.ts';

const columns = `number, chain, at_ms AS atMs, entry, event, version, actor, reason, content, lower(hex(mac)) AS mac`;

/** What cannot be read is not told: the first page that is damaged ends it. */
function asFarAsItGoes(read: () => void): void {
  try {
    read();
  } catch (thrown) {
    if (databaseFailure(thrown) === null) throw thrown;
  }
}

/** The last row that two journals have in common: each one's seal covers all that is before it. */
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
 * What a database that does not open as a till's still tells of its journal and `backup` does not, whose journal ends
 * at `head`: as far as its pages can be read. It proves nothing by itself.
 */
export function readOldRows(file: string, backup: string, head: ChainHead): LostLine {
  const accounts: JournalRow[] = [];
  const rows: KeptRow[] = [];
  let from = head;
  if (!existsSync(file)) return { accounts, from, rows };
  let old: Db | null = null;
  let other: Db | null = null;
  asFarAsItGoes(() => {
    const db = openAnyVersion(file, 0);
    old = db;
    asFarAsItGoes(() => {
      other = openAnyVersion(backup, 0);
      from = lastInCommon(db, other);
    });
    const ofAccounts = db.prepare(`SELECT ${columns} FROM journal WHERE event = '${ACCOUNT}'`);
    asFarAsItGoes(() => void accounts.push(...(ofAccounts.all() as JournalRow[])));
    const after = db.prepare(`SELECT ${columns} FROM journal WHERE number > ? ORDER BY number`);
    let withNames = (row: JournalRow): KeptRow => row;
    asFarAsItGoes(() => {
      withNames = createWithNames(db);
    });
    for (const row of after.iterate(from.count) as IterableIterator<JournalRow>) {
      rows.push(row);
      // A name that cannot be read takes no row along with it.
      asFarAsItGoes(() => void rows.splice(-1, 1, withNames(row)));
    }
  });
  for (const db of [old, other] as (Db | null)[]) db?.close();
  return { accounts, from, rows };
}

/** What a database says of the till that it is, as far as it can be read. */
export interface WhoseRows {
  /** The seal of its journal's first row, which no other till has; null where it cannot be read. */
  readonly firstMac: string | null;
  /** It was moved to another computer. */
  readonly isRetired: boolean;
  /** The way that it has come, and what it knows to have ended; null where it cannot be read. */
  readonly line: TillLine | null;
}

export function readWhose(file: string): WhoseRows {
  let whose: WhoseRows = { firstMac: null, isRetired: false, line: null };
  if (!existsSync(file)) return whose;
  asFarAsItGoes(() => {
    const db = openAnyVersion(file, 0);
    try {
      // The settings first: they may be whole where the journal is not.
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
