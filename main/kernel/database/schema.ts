import { connect } from './connect.ts';
import type { Db } from './db.ts';
import type { Format } from './format.ts';

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  /** Null for an index that SQLite creates itself. */
  readonly sql: string | null;
}

/** The tables ANALYZE creates when somebody inspects the file: they affect speed, never results. */
const statistics: ReadonlySet<string | null> = new Set([
  'CREATE TABLE sqlite_stat1(tbl,idx,stat)',
  'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)',
]);

const read = (db: Db) =>
  db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema').all() as readonly SchemaRow[];

const whole = ({ type, name, tbl_name, sql }: SchemaRow): string =>
  JSON.stringify([type, name, tbl_name, sql]);
const named = ({ type, name }: SchemaRow): string => `${type} ${name}`;

/** Cached, since a start opens its database more than once. */
const madeBy = new Map<string, readonly SchemaRow[]>();

/** SQLite stores a CREATE's text as given, so the same steps give the same rows everywhere. */
function schemaOf(statements: readonly string[]): readonly SchemaRow[] {
  const sql = statements.join(';\n');
  const known = madeBy.get(sql);
  if (known !== undefined) return known;
  const db = connect(':memory:');
  try {
    db.exec(sql);
    const made = read(db);
    madeBy.set(sql, made);
    return made;
  } finally {
    db.close();
  }
}

/** The views' versions stored in the database; none before the first format. */
function viewVersions(db: Db, found: readonly SchemaRow[]): ReadonlyMap<string, number> {
  if (!found.some(({ type, name }) => type === 'table' && name === 'journal_view')) return new Map();
  const rows = db.prepare('SELECT name, version FROM journal_view').all();
  return new Map((rows as { name: string; version: number }[]).map(({ name, version }) => [name, version]));
}

/**
 * How the schema differs from what the migrations up to this database's version create, in words; empty where it does
 * not. A foreign trigger or view changes what is written before it is journaled, so that it would verify; a missing
 * trigger no longer protects frozen rows. Tables of outdated views are skipped, since they are about to be dropped.
 * Nothing is skipped by name: whoever edits the schema table may call a trigger `sqlite_…`.
 */
export function schemaProblems(db: Db, { steps, views }: Format): readonly string[] {
  // One read transaction, since another process may be migrating.
  const { version, present, made } = db
    .transaction(() => {
      const rows = read(db);
      const versions = viewVersions(db, rows);
      return {
        version: Number(db.pragma('user_version', { simple: true })),
        present: rows,
        made: views.filter((view) => versions.get(view.name) === view.viewVersion),
      };
    })
    .deferred();
  const dropped = new Set(views.filter((view) => !made.includes(view)).flatMap(({ tables }) => tables));
  const found = present.filter(({ type, tbl_name }) => type === 'view' || !dropped.has(tbl_name));
  const expected = schemaOf([
    ...steps.filter((step) => step.formatVersion <= version).map(({ sql }) => sql),
    ...made.map(({ schema }) => schema),
  ]);
  const [ours, theirs] = [new Set(expected.map(whole)), new Set(found.map(whole))];
  const ourNames = new Set(expected.map(named));
  const strange = found.filter((row) => !ours.has(whole(row)) && !statistics.has(row.sql));
  const strangeNames = new Set(strange.map(named));
  const gone = expected.filter((row) => !theirs.has(whole(row)) && !strangeNames.has(named(row)));
  return [
    ...strange.map(
      (row) => `${named(row)} ${ourNames.has(named(row)) ? 'was altered' : 'is not this till’s'}`,
    ),
    ...gone.map((row) => `${named(row)} is gone`),
  ];
}
