import { connect } from './connect.ts';
import type { Db } from './db.ts';
import { firstFormat, type Migration, migrations } from './format.ts';

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

/** SQLite stores a CREATE's text as given, so the same statements give the same rows everywhere. */
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

/** What a database of this format was made by. */
const statementsOf = (format: number, steps: readonly Migration[]): readonly string[] =>
  format === 0 ? [] : [firstFormat, ...steps.filter(({ to }) => to <= format).map(({ sql }) => sql)];

/**
 * How the schema differs from what this database's format has, in words; empty where it does not. A foreign trigger or
 * view changes what is written before it is journaled, so that it would verify; a missing trigger no longer protects
 * frozen rows. Nothing is skipped by name: whoever edits the schema table may call a trigger `sqlite_…`.
 */
export function schemaProblems(db: Db, steps: readonly Migration[] = migrations): readonly string[] {
  // One read transaction, since another process may be migrating.
  const { format, found } = db
    .transaction(() => ({ format: Number(db.pragma('user_version', { simple: true })), found: read(db) }))
    .deferred();
  const expected = schemaOf(statementsOf(format, steps));
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
