import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type Migration, migrations, newestFormat } from '../../../main/kernel/database/format.ts';
import { openDatabase } from '../../../main/kernel/database/open.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { mustOpen } from './support.ts';

const newFile = () => join(temporaryFolder(), 'counterfoil.db');

/** What opening says of a database after `change`, and the schema that it left behind. */
function openAfter(change: (db: Database.Database) => void, file = newFile()) {
  mustOpen(file).close();
  const db = new Database(file);
  change(db);
  const schema = () => db.prepare('SELECT type, name, sql FROM sqlite_schema').all();
  const before = schema();
  const opened = openDatabase(file);
  if (opened.ok) opened.value.close();
  expect(schema()).toEqual(before);
  db.close();
  return opened.ok ? null : opened.error;
}
const corrupt = (what: string) => ({ code: 'database-corrupt', details: { sqlite: `schema: ${what}` } });

/** Past SQLite's own care for its names. */
const writeSchema = (db: Database.Database, sql: string) => {
  db.unsafeMode(true);
  db.exec(`PRAGMA writable_schema = ON; ${sql}; PRAGMA writable_schema = RESET`);
};

describe('a database whose schema somebody changed is refused, and left as it is', () => {
  it.each([
    [
      'CREATE TRIGGER helpful AFTER INSERT ON increment BEGIN UPDATE increment SET messages = 1; END',
      'trigger helpful is not this till’s',
    ],
    ['CREATE VIEW ours AS SELECT 1', 'view ours is not this till’s'],
    ['CREATE TABLE ours (a)', 'table ours is not this till’s'],
    ['CREATE INDEX ours ON member (name)', 'index ours is not this till’s'],
    ['CREATE VIRTUAL TABLE ours USING fts5 (a)', 'table ours is not this till’s'],
    ['ALTER TABLE member ADD COLUMN ours TEXT', 'table member was altered'],
    ['DROP TRIGGER journal_is_frozen', 'trigger journal_is_frozen is gone'],
    ['DROP INDEX increment_taken_back', 'index increment_taken_back is gone'],
    ['DROP TABLE seal', 'table seal is gone'],
    ['PRAGMA user_version = 0', 'table journal is not this till’s'],
    [
      'DROP TRIGGER journal_is_kept; CREATE TRIGGER journal_is_kept BEFORE DELETE ON seal BEGIN SELECT 1; END',
      'trigger journal_is_kept was altered',
    ],
  ])('by %s', (sql, what) => {
    expect(openAfter((db) => db.exec(sql))).toEqual(corrupt(what));
  });

  it('by a trigger that has a name of SQLite’s own', () => {
    const change = (db: Database.Database) => {
      db.exec('CREATE TRIGGER helpful AFTER INSERT ON increment BEGIN SELECT 1; END');
      writeSchema(
        db,
        "UPDATE sqlite_schema SET name = 'sqlite_stat1', sql = replace(sql, 'helpful', 'sqlite_stat1') WHERE name = 'helpful'",
      );
    };
    expect(openAfter(change)).toEqual(corrupt('trigger sqlite_stat1 is not this till’s'));
  });

  it('before the trigger has run: it is not there to see what opening writes', () => {
    const file = newFile();
    const error = openAfter((db) => {
      db.exec(`CREATE TABLE seen (a); DELETE FROM setting;
        CREATE TRIGGER helpful AFTER INSERT ON setting BEGIN INSERT INTO seen VALUES (1); END`);
    }, file);
    expect(error).toMatchObject({ code: 'database-corrupt' });
    const db = new Database(file);
    expect(db.prepare('SELECT COUNT(*) FROM seen').pluck().get()).toBe(0);
    db.close();
  });

  it('where it is another program’s that has no version', () => {
    const file = newFile();
    const other = new Database(file);
    other.exec('CREATE TABLE theirs (a)');
    other.close();
    expect(openDatabase(file)).toMatchObject({
      ok: false,
      error: corrupt('table theirs is not this till’s'),
    });
  });
});

describe('a database is taken', () => {
  it('that somebody ran ANALYZE and VACUUM on', () => {
    const analysed = (db: Database.Database) =>
      db.exec(
        "INSERT INTO member VALUES ('1','1','','','','1','1',1,NULL,1,NULL,NULL,NULL); ANALYZE; VACUUM",
      );
    expect(openAfter(analysed)).toBeNull();
  });

  it('whose tables a later step altered, at the second opening too', () => {
    const file = newFile();
    const altering: Migration = {
      to: newestFormat(migrations) + 1,
      sql: 'ALTER TABLE member ADD COLUMN email TEXT; ALTER TABLE member RENAME COLUMN phone TO telephone',
    };
    mustOpen(file).close();
    for (const again of [1, 2]) {
      const opened = openDatabase(file, [...migrations, altering]);
      if (!opened.ok) throw new Error(`${opened.error.code} ${again}`);
      opened.value.close();
    }
  });
});
