import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { loadConfig } from '../../hosts/index.ts';
import { hasOpenEntries } from '../../kernel/database/account-change.ts';
import { databaseFailure } from '../../kernel/database/failure.ts';
import { type Db, openDatabaseReadOnly } from '../../kernel/database/open.ts';
import { schemaProblems } from '../../kernel/database/schema.ts';
import { createSettings } from '../../kernel/database/settings-repository.ts';
import type { Clock } from '../../kernel/ports.ts';
import { ignoreProgress, inPercent, type OnProgress } from '../../kernel/progress.ts';
import { type ChainHead, createJournalRepository, emptyChain } from '../../ledger/journal/index.ts';

export interface FileFacts {
  readonly format: number;
  readonly till: {
    readonly name: string;
    readonly number: number;
    readonly host: string;
    readonly appId: string;
  };
  /** `lastAtMs` is null for an empty journal. */
  readonly head: ChainHead;
  readonly lastAtMs: number | null;
  /** `unproven`: without the key. */
  readonly chain: 'whole' | 'broken' | 'other-key' | 'unproven';
  /** The first missing or altered row. */
  readonly brokenAt: number | null;
  readonly hasOpenEntries: boolean;
  /** The newest machine note, not verified; null where there is none. */
  readonly machine: string | null;
}

const noClock: Clock = { nowMs: () => 0, monotonicMs: () => 0, schedule: () => () => undefined };

/** Reports a damaged page like an error of opening. */
function reading<T>(file: string, look: (db: Db) => Result<T>): Result<T> {
  const opened = openDatabaseReadOnly(file);
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    return db.transaction(() => look(db)).deferred();
  } catch (thrown) {
    const failure = databaseFailure(thrown);
    if (failure === null) throw thrown;
    return err(failure);
  } finally {
    db.close();
  }
}

/** SQLite's header: page size and count. */
const HEADER = { bytes: 100, pageSizeAt: 16, pagesAt: 28 } as const;

/**
 * A file shorter than its header says, as a power cut during a checkpoint leaves it, too: then the WAL has the rest,
 * and missing pages would read as empty.
 */
export function isCutShort(file: string): boolean {
  const opened = openSync(file, 'r');
  try {
    const header = Buffer.alloc(HEADER.bytes);
    if (readSync(opened, header, 0, HEADER.bytes, 0) < HEADER.bytes) return true;
    const size = header.readUInt16BE(HEADER.pageSizeAt);
    // 65,536 does not fit and is stored as 1.
    const pageBytes = size === 1 ? 65_536 : size;
    return fstatSync(opened).size < pageBytes * header.readUInt32BE(HEADER.pagesAt);
  } finally {
    closeSync(opened);
  }
}

/** Null where its pages are intact; a till may be at work on it. */
export function checkPages(file: string): AppError | null {
  const looked = reading(file, inspectPages);
  return looked.ok ? null : looked.error;
}

/**
 * Verifies a whole file, read-only and beside a working till: pages, schema, its till, and with the key every journal
 * row. Errors: those of opening, and `database-corrupt` with the reason in `sqlite`.
 */
export const checkFile = (
  file: string,
  key: Buffer | null,
  onProgress: OnProgress = ignoreProgress,
): Result<FileFacts> => reading(file, (db) => inspect(db, key, onProgress));

const corrupt = (words: string) => err(appError('database-corrupt', { sqlite: words.slice(0, 200) }));

/** The table's constraints, which SQLite does not check in a read-only file. */
const REFUSED_ROW = `SELECT number FROM journal WHERE NOT
  (number > 0 AND chain > 0 AND version > 0 AND (entry IS NULL OR entry > 0) AND length(mac) = 16) LIMIT 1`;

function inspectPages(db: Db): Result<null> {
  const pages = String(db.pragma('quick_check(1)', { simple: true }));
  if (pages !== 'ok') return corrupt(pages);
  if (formatOf(db) === 0) return ok(null);
  const refused = db.prepare(REFUSED_ROW).get() as { readonly number: number } | undefined;
  return refused === undefined ? ok(null) : corrupt(`journal ${refused.number}`);
}

const formatOf = (db: Db): number => Number(db.pragma('user_version', { simple: true }));

function inspect(db: Db, key: Buffer | null, onProgress: OnProgress): Result<FileFacts> {
  const pages = inspectPages(db);
  if (!pages.ok) return pages;
  const format = formatOf(db);
  if (format === 0) return corrupt('empty');
  const [strange] = schemaProblems(db);
  if (strange !== undefined) return corrupt(`schema: ${strange}`);
  const till = loadConfig(createSettings(db));
  if (till === null) return corrupt('till.config');
  const last = db
    .prepare('SELECT chain, number, at_ms, mac FROM journal ORDER BY number DESC LIMIT 1')
    .get() as { chain: number; number: number; at_ms: number; mac: Buffer } | undefined;
  const machine = db
    .prepare(
      `SELECT content FROM journal WHERE event = 'noted' AND reason = 'machine' ORDER BY number DESC LIMIT 1`,
    )
    .get() as { content: string } | undefined;
  return ok({
    ...chainOf(db, key, onProgress),
    format,
    till: { name: till.tillName, number: till.tillNumber, host: till.host, appId: till.appId },
    head:
      last === undefined
        ? emptyChain(1)
        : { chain: last.chain, count: last.number, mac: Buffer.from(last.mac).toString('hex') },
    lastAtMs: last?.at_ms ?? null,
    hasOpenEntries: hasOpenEntries(db),
    machine: machine?.content ?? null,
  });
}

/** Rows between two progress reports. */
const SLICE = 10_000;

function chainOf(db: Db, key: Buffer | null, onProgress: OnProgress): Pick<FileFacts, 'chain' | 'brokenAt'> {
  if (key === null) return { chain: 'unproven', brokenAt: null };
  const journal = createJournalRepository(db, key, noClock);
  if (!journal.isOurs()) return { chain: 'other-key', brokenAt: null };
  const goOn = inPercent(journal.head().count, onProgress);
  for (let count = 0; ; ) {
    const { first, reached } = journal.survey(count, SLICE);
    if (first !== null) return { chain: 'broken', brokenAt: first.number };
    if (reached.count <= count) return { chain: 'whole', brokenAt: null };
    goOn(reached.count - count);
    count = reached.count;
  }
}
