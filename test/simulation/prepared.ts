import type Database from 'better-sqlite3';

const known = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/** Made once for a connection: what the simulator asks every few seconds costs more to prepare than to run. */
export function prepared(db: Database.Database, sql: string): Database.Statement {
  const statements = known.get(db) ?? new Map<string, Database.Statement>();
  known.set(db, statements);
  const statement = statements.get(sql) ?? db.prepare(sql);
  statements.set(sql, statement);
  return statement;
}
