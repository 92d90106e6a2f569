import type { Db } from '../database/open.ts';
import type { Clock } from '../ports.ts';
import {
  type ChainBreak,
  type ChainHead,
  type ChainSurvey,
  emptyChain,
  followChain,
  GENESIS,
  isSealed,
  type JournalEvent,
  type JournalRow,
  sealRow,
  surveyChain,
} from './journal-chain.ts';
import { createRowMemory, type RowMemory } from './row-memory.ts';

export interface JournalNote {
  readonly entryId: string | null;
  readonly event: JournalEvent;
  readonly actor: string;
  readonly reason: string;
  readonly content: unknown;
}

/** The append-only journal of one database. `append` belongs inside the transaction that it tells of. */
export interface JournalRepository {
  /** Of the rows that were written through here. */
  readonly memory: RowMemory;
  append(note: JournalNote): void;
  /** Told after every row, inside its transaction. */
  onAppend(listener: () => void): void;
  /** Where the newest chain ends in the database, unverified. */
  head(): ChainHead;
  /** False where the newest chain was opened under another key. */
  isOurs(): boolean;
  /** The rows of an entry in the newest chain, each proven against the row before it; null = one is not. */
  provenRows(entryId: string): readonly JournalRow[] | null;
  /** The same rows as they lie there, for who has followed the whole chain just now. */
  rowsOf(entryId: string): readonly JournalRow[];
  /** Follows the newest chain from a trusted head (or its beginning) to its end. */
  follow(from: ChainHead | null): { readonly broken: ChainBreak | null; readonly reached: ChainHead };
  /** The same of at most `limit` rows after row `count` of the newest chain, going on after each break. */
  survey(count: number, limit?: number): ChainSurvey;
  /** The first row of the newest chain that tells of an entry which is open; null = there is none. */
  firstRowOfOpen(): number | null;
  /** The newest row of the newest chain for each entry that is open. */
  newestRowsOfOpen(): ReadonlyMap<string, number>;
  /** The first of these rows that tells of an entry which is not in the outbox any more. */
  firstOrphan(afterCount: number, toCount: number): number | null;
  /** Whether the newest chain has a note of the till with this reason. */
  hasNote(reason: string): boolean;
  /** What the newest such note says; undefined where there is none, or it is not proven. */
  noted(reason: string): unknown;
  /** True where the row that a head speaks of is there and as it was. */
  contains(head: ChainHead): boolean;
  /** A new chain, where the key of the old one is lost. */
  openChain(reason: string, actor: string): void;
}

interface Row {
  readonly chain: number;
  readonly number: number;
  readonly at_ms: number;
  readonly entry_id: string | null;
  readonly event: string;
  readonly actor: string;
  readonly reason: string;
  readonly content: string;
  readonly mac: string;
}

const toRow = (row: Row): JournalRow => ({
  chain: row.chain,
  number: row.number,
  atMs: row.at_ms,
  entryId: row.entry_id,
  event: row.event as JournalEvent,
  actor: row.actor,
  reason: row.reason,
  content: row.content,
  mac: row.mac,
});

const columns = 'chain, number, at_ms, entry_id, event, actor, reason, content, mac';

export function createJournalRepository(db: Db, key: Buffer, clock: Clock): JournalRepository {
  const last = db.prepare('SELECT chain, number, mac FROM journal ORDER BY chain DESC, number DESC LIMIT 1');
  const insert = db.prepare(`INSERT INTO journal (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  // Named, since the planner would rather walk the whole chain in its order.
  const ofEntry = db.prepare(
    `SELECT ${columns}, (SELECT p.mac FROM journal p WHERE p.chain = j.chain AND p.number = j.number - 1) AS previous
     FROM journal j INDEXED BY journal_by_entry WHERE entry_id = ? AND chain = (SELECT MAX(chain) FROM journal) ORDER BY number`,
  );
  const firstRows = db.prepare(`SELECT ${columns} FROM journal WHERE chain = ? ORDER BY number LIMIT 4`);
  const macOf = db.prepare('SELECT mac FROM journal WHERE chain = ? AND number = ?');
  const after = db.prepare(
    `SELECT ${columns} FROM journal WHERE chain = ? AND number > ? ORDER BY number LIMIT ?`,
  );
  const firstOfOpen = db.prepare(
    `SELECT MIN(j.number) AS number FROM increment i
       CROSS JOIN journal j INDEXED BY journal_by_entry ON j.entry_id = i.id AND j.chain = ?
     WHERE i.state IN ('queued', 'sending', 'unknown', 'review')`,
  );
  const newestOfOpen = db.prepare(
    `SELECT i.id AS id, MAX(j.number) AS number FROM increment i
       CROSS JOIN journal j INDEXED BY journal_by_entry ON j.entry_id = i.id AND j.chain = ?
     WHERE i.state IN ('queued', 'sending', 'unknown', 'review') GROUP BY i.id`,
  );
  const note = db.prepare(
    "SELECT 1 AS found FROM journal WHERE chain = ? AND event = 'noted' AND reason = ? LIMIT 1",
  );
  const newestNote = db.prepare(
    `SELECT ${columns} FROM journal WHERE chain = ? AND event = 'noted' AND reason = ? ORDER BY number DESC LIMIT 1`,
  );
  const orphan = db.prepare(
    `SELECT MIN(number) AS number FROM journal WHERE chain = ? AND number > ? AND number <= ?
       AND entry_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM increment WHERE id = entry_id)`,
  );

  const memory = createRowMemory();
  const listeners: (() => void)[] = [];

  const head = (): ChainHead => {
    const row = last.get() as { chain: number; number: number; mac: string } | undefined;
    return row === undefined ? emptyChain(1) : { chain: row.chain, count: row.number, mac: row.mac };
  };

  const write = (to: ChainHead, note: JournalNote) => {
    const row = {
      chain: to.chain,
      number: to.count + 1,
      atMs: clock.nowMs(),
      entryId: note.entryId,
      event: note.event,
      actor: note.actor,
      reason: note.reason,
      content: JSON.stringify(note.content),
    };
    const mac = sealRow(key, to.mac, row);
    insert.run(
      row.chain,
      row.number,
      row.atMs,
      row.entryId,
      row.event,
      row.actor,
      row.reason,
      row.content,
      mac,
    );
    memory.appended(row);
    for (const listener of listeners) listener();
  };

  const previousMac = (row: JournalRow): string | null =>
    row.number === 1
      ? GENESIS
      : ((macOf.get(row.chain, row.number - 1) as { mac: string } | undefined)?.mac ?? null);

  return {
    memory,
    append: (note) => write(head(), note),
    onAppend: (listener) => void listeners.push(listener),
    head,
    isOurs: () => {
      const rows = (firstRows.all(head().chain) as Row[]).map(toRow);
      // One altered row is no other key: then the rows after it still fit.
      return rows.length === 0 || rows.some((row) => isSealed(key, previousMac(row) ?? GENESIS, row));
    },
    rowsOf: (entryId) => (ofEntry.all(entryId) as Row[]).map(toRow),
    provenRows: (entryId) => {
      const rows = ofEntry.all(entryId) as (Row & { readonly previous: string | null })[];
      const proven = rows.every((row) => {
        const previous = row.number === 1 ? GENESIS : row.previous;
        return previous !== null && isSealed(key, previous, toRow(row));
      });
      return proven ? rows.map(toRow) : null;
    },
    follow: (from) => {
      const start = from ?? emptyChain(head().chain);
      return followChain(key, start, iterate(after.iterate(start.chain, start.count, -1)));
    },
    survey: (count, limit = -1) => {
      const { chain } = head();
      // Where that row is gone, the next one cannot be proven and is told as altered.
      const mac = count === 0 ? GENESIS : (macOf.get(chain, count) as { mac: string } | undefined)?.mac;
      return surveyChain(key, { chain, count, mac: mac ?? '' }, iterate(after.iterate(chain, count, limit)));
    },
    firstRowOfOpen: () => (firstOfOpen.get(head().chain) as { number: number | null }).number,
    newestRowsOfOpen: () => {
      const rows = newestOfOpen.all(head().chain) as { id: string; number: number }[];
      return new Map(rows.map(({ id, number }) => [id, number]));
    },
    firstOrphan: (afterCount, toCount) =>
      (orphan.get(head().chain, afterCount, toCount) as { number: number | null }).number,
    hasNote: (reason) => note.get(head().chain, reason) !== undefined,
    noted: (reason) => {
      const found = newestNote.get(head().chain, reason) as Row | undefined;
      if (found === undefined) return undefined;
      const row = toRow(found);
      const previous = previousMac(row);
      const isProven = previous !== null && isSealed(key, previous, row);
      return isProven ? (JSON.parse(row.content) as unknown) : undefined;
    },
    contains: (known) => {
      if (known.count === 0) return true;
      return (macOf.get(known.chain, known.count) as { mac: string } | undefined)?.mac === known.mac;
    },
    openChain: (reason, actor) =>
      write(emptyChain(head().count === 0 ? 1 : head().chain + 1), {
        entryId: null,
        event: 'chain-opened',
        actor,
        reason,
        content: {},
      }),
  };
}

function* iterate(rows: IterableIterator<unknown>): Generator<JournalRow> {
  for (const row of rows) yield toRow(row as Row);
}
