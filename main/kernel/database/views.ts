import type { Progress } from '../progress.ts';
import type { Db } from './db.ts';

/** A journal row as a view reads it: not verified here, so whoever trusts it verifies it. */
export interface ViewedRow {
  readonly number: number;
  readonly chain: number;
  readonly at_ms: number;
  readonly entry: number | null;
  readonly event: string;
  readonly version: number;
  readonly actor: string;
  readonly reason: string;
  readonly content: string;
}

/**
 * Tables derived from the journal alone: rebuilt from its rows when this program's version differs from the stored
 * one. So a new column needs a new version, and no shipped row is rewritten.
 */
export interface View {
  readonly name: string;
  /** The newest format of the rows that it reads: an older program refuses a database with such rows with a code. */
  readonly formatVersion: number;
  /** Incremented whenever the tables, or how their rows are derived, change. */
  readonly viewVersion: number;
  /** The tables `schema` creates. */
  readonly tables: readonly string[];
  readonly schema: string;
  /** Called for each journal row from first to last, then `end`, which flushes. Rows that nobody wrote are skipped. */
  fill(db: Db): { row(row: ViewedRow): void; end(): void };
}

/** Small enough that nobody notices a stop: between two pages the window is served. */
const PAGE_ROWS = 1_000;

/** In KiB: ids are random, so the indexes of an old till are written all over at once. */
const CACHE_WHILE_MADE = 131_072;

const versionsOf = (db: Db): ReadonlyMap<string, number> =>
  new Map(
    (db.prepare('SELECT name, version FROM journal_view').all() as { name: string; version: number }[]).map(
      ({ name, version }) => [name, version],
    ),
  );

/** The views whose stored version differs from this program's. None before the first format. */
export function outdatedViews(db: Db, views: readonly View[]): readonly View[] {
  const versions = versionsOf(db);
  return views.filter(({ name, viewVersion }) => versions.get(name) !== viewVersion);
}

/** Rebuilds them in the caller's transaction in one pass over the journal; yields once a page. */
export function* makeViews(db: Db, views: readonly View[]): Generator<Progress, void> {
  if (views.length === 0) return;
  const cache = db.pragma('cache_size', { simple: true });
  db.pragma(`cache_size = -${CACHE_WHILE_MADE}`);
  try {
    yield* fillViews(db, views);
  } finally {
    db.pragma(`cache_size = ${cache}`);
  }
}

function* fillViews(db: Db, views: readonly View[]): Generator<Progress, void> {
  for (const { tables, schema } of views) {
    for (const table of tables) db.exec(`DROP TABLE IF EXISTS ${table}`);
    db.exec(schema);
  }
  const filling = views.map((view) => view.fill(db));
  const { rows } = db.prepare('SELECT COUNT(*) AS rows FROM journal').get() as { rows: number };
  let done = 0;
  // By pages: a connection cannot write while it iterates a statement.
  const page = db.prepare('SELECT * FROM journal WHERE number > ? ORDER BY number LIMIT ?');
  for (let after = 0, read = PAGE_ROWS; read === PAGE_ROWS; ) {
    const found = page.all(after, PAGE_ROWS) as ViewedRow[];
    for (const row of found) for (const fill of filling) fill.row(row);
    after = found.at(-1)?.number ?? after;
    read = found.length;
    done += read;
    if (rows > 0) yield { done, of: rows };
  }
  for (const fill of filling) fill.end();
  const keep = db.prepare(
    'INSERT INTO journal_view (name, version) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET version = excluded.version',
  );
  for (const { name, viewVersion } of views) keep.run(name, viewVersion);
}
