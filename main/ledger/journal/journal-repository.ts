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

/** A journal row that belongs to no entry. */
interface JournalNote {
  readonly event: JournalEvent;
  readonly actor: string;
  readonly reason: string;
  readonly content: unknown;
}

/** A row before it gets its number and MAC. */
type NewRow = Pick<JournalRow, 'atMs' | 'entry' | 'event' | 'version' | 'actor' | 'reason' | 'content'>;

type AppendedRow = Omit<JournalRow, 'mac'>;

/** A note as read. */
export interface StoredNote {
  readonly number: number;
  readonly atMs: number;
  readonly actor: string;
  /** Undefined if it is no JSON. */
  readonly content: unknown;
  /** False too for an older chain, whose key is lost. */
  readonly isProven: boolean;
}

/** Newest first: rows before `before`, without the first `skip`, at most `limit`. */
interface NotesQuery {
  readonly before?: number;
  readonly skip?: number;
  readonly limit: number;
}

/** The append-only journal of a database. Appending belongs inside the transaction that it records. */
export interface JournalRepository {
  /** Remembers rows written through this object. */
  readonly memory: RowMemory;
  append(note: JournalNote): void;
  /** Returns the row's number. */
  appendRow(row: NewRow): number;
  /** Called for every row, inside its transaction, which may still be rolled back. */
  onAppend(listener: (row: AppendedRow) => void): void;
  /** The end of the newest chain, unverified. */
  head(): ChainHead;
  /** False if the newest chain has another key. */
  isOurs(): boolean;
  /** An entry's rows in the newest chain, each proven against the row before it; null if one is not. */
  provenRows(sequence: number): readonly JournalRow[] | null;
  /** The same, unproven, for a caller that has just verified the whole chain. */
  rowsOf(sequence: number): readonly JournalRow[];
  /** Verifies the newest chain from a trusted checkpoint (or its beginning) to its end. */
  follow(from: ChainHead | null): { readonly broken: ChainBreak | null; readonly reached: ChainHead };
  /** Verifies at most `limit` rows after row `count` (0: from the chain's beginning), continuing after each break. */
  survey(count: number, limit?: number): ChainSurvey;
  /** The first row in the newest chain of an entry that is open; null if none is. */
  firstRowOfOpen(): number | null;
  /** Each open entry's newest row in the newest chain, by its sequence. */
  newestRowsOfOpen(): ReadonlyMap<number, number>;
  /** Entries of these rows that the tables lack. */
  orphans(afterCount: number, toCount: number): readonly number[];
  /** Whether the newest chain has a note with this reason. */
  hasNote(reason: string): boolean;
  /** The content of the newest such note; undefined if there is none or it is not proven. */
  noted(reason: string): unknown;
  /** Notes with this reason, of all chains. */
  notes(reason: string, asked: NotesQuery): readonly StoredNote[];
  /** Whether the checkpoint's row is there, unchanged. */
  contains(head: ChainHead): boolean;
  /** Opens a chain, the first or after a lost key; `drawn` is random content of its first row. */
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

/** Version of a note's row; the content may have a version of its own. */
const NOTE_VERSION = 1;

const columns = 'number, chain, at_ms, entry, event, version, actor, reason, content, mac';
const newestChain = '(SELECT chain FROM journal ORDER BY number DESC LIMIT 1)';
const open = "i.state IN ('queued', 'sending', 'unknown', 'review')";

export function createJournalRepository(db: Db, key: Buffer, clock: Clock): JournalRepository {
  const last = db.prepare(
    'SELECT chain, number, lower(hex(mac)) AS mac FROM journal ORDER BY number DESC LIMIT 1',
  );
  const insert = db.prepare(`INSERT INTO journal (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  // Each row with the one before it, which proves it.
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

  /** The first chain always begins at row 1, whatever rows were deleted. */
  const beginningOf = (chain: number): ChainHead => {
    const known = beginnings.get(chain);
    if (known !== undefined) return known;
    const { number } = first.get(chain) as { number: number | null };
    const begins = emptyChain(chain, chain === 1 || number === null ? 0 : number - 1);
    // Cached, since the query walks through all older chains; a transaction's own rows may be rolled back.
    if (number !== null && (db.readonly || !db.inTransaction)) beginnings.set(chain, begins);
    return begins;
  };

  const write = (to: ChainHead, note: NewRow): number => {
    const row = { ...note, chain: to.chain, number: to.count + 1 };
    const mac = Buffer.from(sealRow(key, to.mac, row), 'hex');
    insert.run(
      row.number,
      row.chain,
      row.atMs,
      row.entry,
      row.event,
      row.version,
      row.actor,
      row.reason,
      row.content,
      mac,
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

  /** The MAC that a row's own includes; null if the row before it is gone. */
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
      // One altered row is no other key: the rows after it still prove.
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
      // If that row is gone, the next one counts as altered.
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
 * Remembers each entry's last row as written by this process: rows that are left prove themselves, so only this notices
 * newer ones deleted while the till runs. It needs no query of its own.
 */
interface RowMemory {
  /** Resets to the journal's end and the newest row of each open entry. */
  begin(head: ChainHead, newestOfOpen: ReadonlyMap<number, number>): void;
  /** A row was written; its transaction may still be rolled back. */
  appended(row: Pick<JournalRow, 'chain' | 'number' | 'entry'>): void;
  /** The journal's end, read outside a transaction: rows up to it are committed. */
  committed(head: ChainHead): void;
  /** Whether committed rows are gone from the journal's end, or were overwritten. */
  isCut(): boolean;
  /** Whether an entry's proven rows, which leave it open or not, are incomplete. */
  misses(sequence: number, rows: readonly JournalRow[], leaveItOpen: boolean): boolean;
}

function createRowMemory(): RowMemory {
  let end: ChainHead | null = null;
  let cut = false;
  // Some hundred bytes an entry: a megabyte on a busy day.
  const newest = new Map<number, number>();
  /** In order, since the last committed checkpoint. */
  let pending: { readonly entry: number; readonly number: number }[] = [];
  /** Their number by entry: one commit may hold thousands. */
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
      // A reused number: those rows were rolled back.
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
      // It had ended when this process began: rows that leave it open lack the last.
      return leaveItOpen && !pendingOf.has(sequence);
    },
  };
}
