import type { Db } from '../../kernel/database/open.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Clock } from '../../kernel/ports.ts';
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
} from './chain.ts';
import { isNewer } from './head.ts';

/** What a room writes into the journal that is no step of an entry. */
export interface JournalNote {
  readonly event: JournalEvent;
  readonly actor: string;
  readonly reason: string;
  readonly content: unknown;
}

/** A row as it is about to be written: its place and its MAC are the journal's. */
export type NewRow = Pick<
  JournalRow,
  'atMs' | 'entry' | 'event' | 'version' | 'actor' | 'reason' | 'content'
>;

/** A row that was written, without its MAC. */
export type AppendedRow = Omit<JournalRow, 'mac'>;

/** A note of the till as it is read again. */
export interface KeptNote {
  readonly number: number;
  readonly atMs: number;
  readonly actor: string;
  /** Undefined where it is no JSON. */
  readonly content: unknown;
  /** False also of what an older chain has, whose key is lost. */
  readonly isProven: boolean;
}

/** Which notes of a reason, newest first: those of rows before `before`, `skip` of them left out, and at most `limit`. */
export interface NotesAsked {
  readonly before?: number;
  readonly skip?: number;
  readonly limit: number;
}

/** The append-only journal of one database. What appends belongs inside the transaction that it tells of. */
export interface JournalRepository {
  /** Of the rows that were written through here. */
  readonly memory: RowMemory;
  append(note: JournalNote): void;
  /** The step of an entry; returns the row's number. */
  appendRow(row: NewRow): number;
  /** Told of every row, inside its transaction, which may yet be rolled back. */
  onAppend(listener: (row: AppendedRow) => void): void;
  /** Where the newest chain ends in the database, unverified. */
  head(): ChainHead;
  /** False where the newest chain was opened under another key. */
  isOurs(): boolean;
  /** The rows of an entry in the newest chain, each proven against the row before it; null = one is not. */
  provenRows(sequence: number): readonly JournalRow[] | null;
  /** The same rows as they lie there, for who has followed the whole chain just now. */
  rowsOf(sequence: number): readonly JournalRow[];
  /** Follows the newest chain from a trusted head (or its beginning) to its end. */
  follow(from: ChainHead | null): { readonly broken: ChainBreak | null; readonly reached: ChainHead };
  /** The same of at most `limit` rows after row `count` (0: from the chain's beginning), going on after each break. */
  survey(count: number, limit?: number): ChainSurvey;
  /** The first row of the newest chain that tells of an entry which is open; null = there is none. */
  firstRowOfOpen(): number | null;
  /** The newest row of the newest chain for each entry that is open, by its sequence. */
  newestRowsOfOpen(): ReadonlyMap<number, number>;
  /** The entries that these rows tell of and that are not in the outbox's tables. */
  orphans(afterCount: number, toCount: number): readonly number[];
  /** Whether the newest chain has a note of the till with this reason. */
  hasNote(reason: string): boolean;
  /** What the newest such note says; undefined where there is none, or it is not proven. */
  noted(reason: string): unknown;
  /** The notes of the till with this reason, of all chains. */
  notes(reason: string, asked: NotesAsked): readonly KeptNote[];
  /** True where the row that a head speaks of is there and as it was. */
  contains(head: ChainHead): boolean;
  /** A new chain, where the key of the old one is lost; what is `drawn` makes its first row one of its kind. */
  openChain(reason: string, actor: string, drawn?: string): void;
}

interface Row {
  readonly chain: number;
  readonly number: number;
  readonly at_ms: number;
  readonly entry: number | null;
  readonly event: string;
  readonly version: number;
  readonly actor: string;
  readonly reason: string;
  readonly content: string;
  readonly mac: Buffer;
}

/** Without a copy; a database of another driver gives plain bytes. */
const hexOf = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('hex');

const toRow = (row: Row): JournalRow => ({
  chain: row.chain,
  number: row.number,
  atMs: row.at_ms,
  entry: row.entry,
  event: row.event as JournalEvent,
  version: row.version,
  actor: row.actor,
  reason: row.reason,
  content: row.content,
  mac: hexOf(row.mac),
});

/** Of what is no step of an entry; a room that writes another version of its notes tells it in the content. */
const NOTE_VERSION = 1;

const columns = 'number, chain, at_ms, entry, event, version, actor, reason, content, mac';
const newestChain = '(SELECT chain FROM journal ORDER BY number DESC LIMIT 1)';
const open = "i.state IN ('queued', 'sending', 'unknown', 'review')";

export function createJournalRepository(db: Db, key: Buffer, clock: Clock): JournalRepository {
  const last = db.prepare(
    'SELECT chain, number, lower(hex(mac)) AS mac FROM journal ORDER BY number DESC LIMIT 1',
  );
  const insert = db.prepare(`INSERT INTO journal (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  // Each with the row before it, which proves it; the first of a chain follows none.
  const ofEntry = db.prepare(
    `SELECT j.number, j.chain, j.at_ms, j.entry, j.event, j.version, j.actor, j.reason, j.content, j.mac,
       p.mac AS previous, p.chain AS previous_chain
     FROM journal j LEFT JOIN journal p ON p.number = j.number - 1
     WHERE j.entry = ? AND j.chain = ${newestChain} ORDER BY j.number`,
  );
  const ofEntryAlone = db.prepare(
    `SELECT ${columns} FROM journal WHERE entry = ? AND chain = ${newestChain} ORDER BY number`,
  );
  const first = db.prepare('SELECT MIN(number) AS number FROM journal WHERE chain = ?');
  const macOf = db.prepare('SELECT chain, mac FROM journal WHERE number = ?');
  const after = db.prepare(
    `SELECT ${columns} FROM journal WHERE number > ? AND chain = ? ORDER BY number LIMIT ?`,
  );
  const firstOfOpen = db.prepare(
    `SELECT MIN(j.number) AS number FROM increment i CROSS JOIN journal j ON j.entry = i.sequence AND j.chain = ?
     WHERE ${open}`,
  );
  const newestOfOpen = db.prepare(
    `SELECT i.sequence AS sequence, MAX(j.number) AS number FROM increment i
       CROSS JOIN journal j ON j.entry = i.sequence AND j.chain = ? WHERE ${open} GROUP BY i.sequence`,
  );
  const newestNote = db.prepare(
    `SELECT ${columns} FROM journal WHERE entry IS NULL AND reason = ? AND chain = ? AND event = 'noted'
     ORDER BY number DESC LIMIT 1`,
  );
  const notesOf = db.prepare(
    `SELECT ${columns} FROM journal WHERE entry IS NULL AND reason = ? AND event = 'noted' AND number < ?
     ORDER BY number DESC LIMIT ? OFFSET ?`,
  );
  const orphan = db.prepare(
    `SELECT DISTINCT entry FROM journal WHERE number > ? AND number <= ? AND chain = ?
       AND entry IS NOT NULL AND NOT EXISTS (SELECT 1 FROM increment WHERE sequence = entry)`,
  );

  const memory = createRowMemory();
  const beginnings = new Map<number, ChainHead>();
  const listeners: ((row: AppendedRow) => void)[] = [];

  const head = (): ChainHead => {
    const row = last.get() as (Pick<Row, 'chain' | 'number'> & { readonly mac: string }) | undefined;
    return row === undefined ? emptyChain(1) : { chain: row.chain, count: row.number, mac: row.mac };
  };

  /** A chain before its first row. That of the first one stands before row 1, whatever was taken out since. */
  const beginningOf = (chain: number): ChainHead => {
    const known = beginnings.get(chain);
    if (known !== undefined) return known;
    const { number } = first.get(chain) as { number: number | null };
    const begins = emptyChain(chain, chain === 1 || number === null ? 0 : number - 1);
    // To find it walks through all older chains; what a transaction has opened it may take back.
    if (number !== null && (db.readonly || !db.inTransaction)) beginnings.set(chain, begins);
    return begins;
  };

  const write = (to: ChainHead, note: NewRow): number => {
    const row = { ...note, chain: to.chain, number: to.count + 1 };
    const mac = Buffer.from(sealRow(key, to.mac, row), 'hex');
    insert.run(
      ...[row.number, row.chain, row.atMs, row.entry, row.event, row.version, row.actor, row.reason],
      ...[row.content, mac],
    );
    memory.appended(row);
    for (const listener of listeners) listener(row);
    return row.number;
  };

  const noteRow = ({ event, actor, reason, content }: JournalNote): NewRow => ({
    event,
    actor,
    reason,
    version: NOTE_VERSION,
    entry: null,
    atMs: clock.nowMs(),
    content: JSON.stringify(content),
  });

  /** The MAC that a row's own is made on; null where the row before it is gone. */
  const previousMac = (row: JournalRow): string | null => {
    const before = row.number === 1 ? undefined : (macOf.get(row.number - 1) as Row | undefined);
    if (before === undefined) return row.number === 1 ? GENESIS : null;
    return before.chain === row.chain ? hexOf(before.mac) : GENESIS;
  };
  const isProven = (row: JournalRow): boolean => {
    const previous = previousMac(row);
    return previous !== null && isSealed(key, previous, row);
  };

  return {
    memory,
    append: (note) => void write(head(), noteRow(note)),
    appendRow: (row) => write(head(), row),
    onAppend: (listener) => void listeners.push(listener),
    head,
    isOurs: () => {
      const begins = beginningOf(head().chain);
      const rows = (after.all(begins.count, begins.chain, 4) as Row[]).map(toRow);
      // One altered row is no other key: then the rows after it still fit.
      return rows.length === 0 || rows.some(isProven);
    },
    rowsOf: (sequence) => (ofEntryAlone.all(sequence) as Row[]).map(toRow),
    provenRows: (sequence) => {
      const rows = ofEntry.all(sequence) as (Row & {
        readonly previous: Buffer | null;
        readonly previous_chain: number | null;
      })[];
      const proven: JournalRow[] = [];
      for (const row of rows) {
        const isFirst = row.number === 1 || (row.previous !== null && row.previous_chain !== row.chain);
        const previous = row.previous === null ? null : hexOf(row.previous);
        const on = isFirst ? GENESIS : previous;
        const read = toRow(row);
        if (on === null || !isSealed(key, on, read)) return null;
        proven.push(read);
      }
      return proven;
    },
    follow: (from) => {
      const start = from ?? beginningOf(head().chain);
      return followChain(key, start, iterate(after.iterate(start.count, start.chain, -1)));
    },
    survey: (count, limit = -1) => {
      const { chain } = head();
      const begins = beginningOf(chain);
      if (count <= begins.count)
        return surveyChain(key, begins, iterate(after.iterate(begins.count, chain, limit)));
      // Where that row is gone, the next one cannot be proven and is told as altered.
      const at = macOf.get(count) as Row | undefined;
      const from = { chain, count, mac: at?.chain === chain ? hexOf(at.mac) : '' };
      return surveyChain(key, from, iterate(after.iterate(count, chain, limit)));
    },
    firstRowOfOpen: () => (firstOfOpen.get(head().chain) as { number: number | null }).number,
    newestRowsOfOpen: () => {
      const rows = newestOfOpen.all(head().chain) as { sequence: number; number: number }[];
      return new Map(rows.map(({ sequence, number }) => [sequence, number]));
    },
    orphans: (afterCount, toCount) =>
      (orphan.all(afterCount, toCount, head().chain) as { entry: number }[]).map(({ entry }) => entry),
    hasNote: (reason) => newestNote.get(reason, head().chain) !== undefined,
    noted: (reason) => {
      const found = newestNote.get(reason, head().chain) as Row | undefined;
      const row = found === undefined ? undefined : toRow(found);
      return row !== undefined && isProven(row) ? (JSON.parse(row.content) as unknown) : undefined;
    },
    notes: (reason, { before = Number.MAX_SAFE_INTEGER, skip = 0, limit }) =>
      (notesOf.all(reason, before, limit, skip) as Row[]).map(toRow).map((row) => ({
        number: row.number,
        atMs: row.atMs,
        actor: row.actor,
        content: readJson(row.content) ?? undefined,
        isProven: isProven(row),
      })),
    contains: (known) => {
      if (known.count === 0) return true;
      const row = macOf.get(known.count) as Row | undefined;
      return row !== undefined && row.chain === known.chain && hexOf(row.mac) === known.mac;
    },
    openChain: (reason, actor, drawn) => {
      const { chain, count } = head();
      const content = drawn === undefined ? {} : { drawn };
      const note = { event: 'chain-opened', actor, reason, content } as const;
      write(emptyChain(count === 0 ? 1 : chain + 1, count), noteRow(note));
    },
  };
}

function* iterate(rows: IterableIterator<unknown>): Generator<JournalRow> {
  for (const row of rows) yield toRow(row as Row);
}

/**
 * Where the rows of each entry end, as this process itself has written them. Rows that are left prove
 * themselves; that newer ones were taken out while the till runs shows only against what is remembered here.
 * It asks the database nothing: it is told of every row, and of every head that was read for the head's file.
 */
interface RowMemory {
  /** Where the journal ends now, and the newest row of every entry that is open; what it knew before is forgotten. */
  begin(head: ChainHead, newestOfOpen: ReadonlyMap<number, number>): void;
  /** A row was written. Its transaction may yet be rolled back. */
  appended(row: Pick<JournalRow, 'chain' | 'number' | 'entry'>): void;
  /** Where the journal ends, read outside any transaction: the rows up to there are committed. */
  committed(head: ChainHead): void;
  /** True where rows that were committed are gone from the journal's end, or were written over since. */
  isCut(): boolean;
  /** True where these proven rows of an entry, which leave it open or not, are not all that there were. */
  misses(sequence: number, rows: readonly JournalRow[], leaveItOpen: boolean): boolean;
}

function createRowMemory(): RowMemory {
  let end: ChainHead | null = null;
  let cut = false;
  // A line of some hundred bytes for each entry of this process's life: a busy day's are a megabyte.
  const newest = new Map<number, number>();
  /** In their order, from the last committed head on. */
  let pending: { readonly entry: number; readonly number: number }[] = [];
  /** How many of them each entry has: one commit can hold thousands. */
  const pendingOf = new Map<number, number>();
  const put = (row: (typeof pending)[number]) => {
    pending.push(row);
    pendingOf.set(row.entry, (pendingOf.get(row.entry) ?? 0) + 1);
  };
  const takeBack = () => {
    const { entry } = pending.pop() ?? { entry: 0 };
    const left = (pendingOf.get(entry) ?? 0) - 1;
    if (left > 0) pendingOf.set(entry, left);
    else pendingOf.delete(entry);
  };
  const forget = () => {
    pending = [];
    pendingOf.clear();
  };
  return {
    begin: (head, newestOfOpen) => {
      end = head;
      cut = false;
      forget();
      newest.clear();
      for (const [entry, number] of newestOfOpen) newest.set(entry, number);
    },
    appended: ({ chain, number, entry }) => {
      if (end === null) return;
      if (isNewer(end, emptyChain(chain)) && number <= end.count) cut = true;
      // Their transaction was rolled back, or this number would be taken.
      while ((pending.at(-1)?.number ?? 0) >= number) takeBack();
      if (entry !== null) put({ entry, number });
    },
    committed: (head) => {
      if (end === null) return;
      if (isNewer(end, head)) {
        cut = true;
        return;
      }
      end = head;
      for (const { entry, number } of pending) if (number <= head.count) newest.set(entry, number);
      forget();
    },
    isCut: () => cut,
    misses: (sequence, rows, leaveItOpen) => {
      const last = rows.at(-1);
      if (end === null || last === undefined) return false;
      const known = newest.get(sequence);
      if (known !== undefined) return last.number < known;
      // It had ended when this process began: rows that leave it open have lost their last.
      return leaveItOpen && !pendingOf.has(sequence);
    },
  };
}
