import type { Progress } from '../progress.ts';
import type { Db } from './db.ts';

/** A row of the journal as a view reads it. What it says is not proven here; whoever relies on it proves it. */
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
 * Tables that say nothing which the journal does not say: made anew from its rows whenever this program wants them
 * otherwise than the one that made them. So a column comes with a new version, and no shipped row is ever rewritten.
 */
export interface View {
  readonly name: string;
  /** One more whenever the tables, or what their rows are made of, change. */
  readonly viewVersion: number;
  /** What `schema` makes. */
  readonly tables: readonly string[];
  readonly schema: string;
  /** Reads the journal from its first row to its last; `end` writes what is left. A row that nobody wrote is passed over. */
  fill(db: Db): { row(row: ViewedRow): void; end(): void };
}

/** A page of rows is filled in well below what a person feels as a stop: between two pages the window lives on. */
const PAGE_ROWS = 1_000;

/** In KiB: ids come in no order, so that the indexes of a till of years are written everywhere at once. */
const CACHE_WHILE_MADE = 131_072;

const versionsOf = (db: Db): ReadonlyMap<string, number> =>
  new Map(
    (db.prepare('SELECT name, version FROM journal_view').all() as { name: string; version: number }[]).map(
      ({ name, version }) => [name, version],
    ),
  );

/** Those that this program wants otherwise than they lie there. Before the first format there are none. */
export function outdatedViews(db: Db, views: readonly View[]): readonly View[] {
  const versions = versionsOf(db);
  return views.filter(({ name, viewVersion }) => versions.get(name) !== viewVersion);
}

/** Makes them anew, all in the transaction of the caller, in one reading of the journal. Steps once a page of its rows. */
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
  // By pages: while a statement is walked, its connection writes nothing.
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
