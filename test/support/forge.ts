import Database from 'better-sqlite3';

/**
 * Changes a database behind the till's back, past its triggers and constraints, as only a damaged disk or a forger
 * does; the schema is afterwards as it was.
 */
export function forge(file: string, change: string | ((db: Database.Database) => void)): void {
  const db = new Database(file);
  try {
    db.pragma('foreign_keys = OFF');
    const select = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
    const triggers = db.prepare(select).all() as { name: string; sql: string }[];
    for (const { name } of triggers) db.exec(`DROP TRIGGER "${name}"`);
    if (typeof change === 'string') db.exec(change);
    else change(db);
    for (const { sql } of triggers) db.exec(sql);
  } finally {
    db.close();
  }
}

/** Another signature for an entry, in the journal's row that tells of its bytes. */
export const forgeSignature = (file: string, sequence: number): void =>
  forge(file, (db) => {
    const added = `entry = ${sequence} AND event = 'added'`;
    const content = String(db.prepare(`SELECT content FROM journal WHERE ${added}`).pluck().get());
    const [signature = ''] = /[0-9A-F]{32}/.exec(content) ?? [];
    db.prepare(`UPDATE journal SET content = ? WHERE ${added}`).run(
      content.replace(signature, 'BAD0'.repeat(8)),
    );
  });
