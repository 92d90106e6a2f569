import type { Db } from '../database/open.ts';
import { isIncrementBodyOf } from '../kybio/body.ts';
import type { ChainHead, JournalRow } from './journal-chain.ts';
import type { JournalRepository } from './journal-repository.ts';
import { createColumnReader } from './recorder.ts';
import { fromScaled } from './scaled.ts';
import { disagreement, type EntryColumns } from './vouch.ts';

/** What a whole check of the journal found. */
export interface JournalAudit {
  readonly rows: number;
  /** The first row that is missing, altered, or tells of an entry that is gone; null = every row is fine. */
  readonly firstBroken: number | null;
  /** Entries that their journal rows do not vouch for, in words, oldest first. */
  readonly problems: readonly string[];
}

export interface JournalAuditParts {
  readonly db: Db;
  readonly journal: JournalRepository;
  /** What the head outside the database says; null where it is not known. */
  readonly trusted: ChainHead | null;
  /** Rows or entries looked at between two yields. */
  readonly slice: number;
}

/** What of an entry does not agree with its journal rows or its own signed body; null = all does. */
export function createVoucher(
  db: Db,
  rowsOf: (entryId: string) => readonly JournalRow[] | null,
): (entryId: string) => string | null {
  const read = createColumnReader(db);
  return (entryId) => {
    const rows = rowsOf(entryId);
    if (rows === null) return 'journal rows';
    const entry = read(entryId);
    if (entry === null) return 'gone';
    return disagreement(rows, entry) ?? (saysTheSame(entry) ? null : 'body');
  };
}

/** A chain that was opened anew has taken up the columns as they were; the signed bytes still tell. */
function saysTheSame({ frozen, body }: EntryColumns): boolean {
  return isIncrementBodyOf(body, {
    appId: String(frozen['account_app_id']),
    customerUid: String(frozen['customer_uid']),
    balanceIncrement: fromScaled(String(frozen['balance_increment_e4'])),
    pointIncrement: fromScaled(String(frozen['point_increment_e4'])),
    dataChangeTime: String(frozen['data_change_time']),
  });
}

/**
 * Follows the newest chain from its first row to its end and holds every entry against it. Yields after
 * every slice, so that whoever runs it may do something else in between.
 */
export function* auditJournal(parts: JournalAuditParts): Generator<void, JournalAudit> {
  const { journal } = parts;
  const firstBroken = yield* auditRows(parts);
  // Rows that were followed to the end a moment ago need not be proven again one by one.
  const rowsOf = firstBroken === null ? journal.rowsOf : journal.provenRows;
  const problems = yield* auditEntries(parts, rowsOf);
  return { rows: journal.head().count, firstBroken, problems };
}

function* auditRows({ journal, trusted, slice }: JournalAuditParts): Generator<void, number | null> {
  const { chain } = journal.head();
  let count = 0;
  for (;;) {
    const { first, reached } = journal.survey(count, slice);
    const orphan = journal.firstOrphan(count, reached.count);
    if (first !== null || orphan !== null) {
      return Math.min(first?.number ?? Number.POSITIVE_INFINITY, orphan ?? Number.POSITIVE_INFINITY);
    }
    if (reached.count === count) break;
    count = reached.count;
    yield;
  }
  if (trusted === null || trusted.chain !== chain) return null;
  if (count < trusted.count) return count + 1;
  return journal.contains(trusted) ? null : trusted.count;
}

function* auditEntries(
  { db, slice }: JournalAuditParts,
  rowsOf: JournalRepository['rowsOf'] | JournalRepository['provenRows'],
): Generator<void, readonly string[]> {
  const vouch = createVoucher(db, rowsOf);
  const next = db.prepare('SELECT id, sequence FROM increment WHERE sequence > ? ORDER BY sequence LIMIT ?');
  const problems: string[] = [];
  let after = -1;
  for (;;) {
    const entries = next.all(after, slice) as { id: string; sequence: number }[];
    for (const { id, sequence } of entries) {
      const problem = vouch(id);
      if (problem !== null)
        problems.push(`entry ${sequence}: the journal does not vouch for it (${problem})`);
    }
    const last = entries.at(-1);
    if (last === undefined) return problems;
    after = last.sequence;
    yield;
  }
}
