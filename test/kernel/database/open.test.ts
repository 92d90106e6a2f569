import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { DEVELOPMENT_ID, migrations, newestFormat } from '../../../main/kernel/database/format.ts';
import { openDatabase, openDatabaseReadOnly } from '../../../main/kernel/database/open.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { itOnPosix } from '../../kit/posix.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { isSafeSqlite } from '../../support/sqlite-version.ts';
import { kill, mustOpen, sqliteCode, startProcess } from './support.ts';

const newest = newestFormat(migrations);

const newFile = () => join(temporaryFolder(), 'deep', 'down', 'counterfoil.db');
const openTill = (file: string) => openDatabase(file);
const openToRead = (file: string) => openDatabaseReadOnly(file);
const problemOf = (file: string, open = openTill) => {
  const opened = open(file);
  if (opened.ok) opened.value.close();
  return opened.ok ? 'none' : opened.error;
};

describe('an open database', () => {
  it('is durable: WAL, and FULL that reads back after a write', () => {
    const db = mustOpen(newFile());
    db.prepare("INSERT INTO setting (key, value) VALUES ('a', 'b')").run();
    const pragma = (name: string) => db.pragma(name, { simple: true });
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('foreign_keys')).toBe(1);
    expect(isSafeSqlite(String(db.prepare('SELECT sqlite_version()').pluck().get()))).toBe(true);
    expect(pragma('trusted_schema')).toBe(0);
    expect(pragma('user_version')).toBe(newest);
  });

  it.each([
    ['3.51.3', true],
    ['3.54.1', true],
    ['4.0.0', true],
    ['3.51.2', false],
    ['3.45.1', false],
    ['3.6.0', false],
    ['2.99.9', false],
    ['3.51', false],
    ['', false],
  ])('is of SQLite 3.51.3 or newer: whether %s is, %j', (version, isNewEnough) => {
    expect(isSafeSqlite(version)).toBe(isNewEnough);
  });

  it('is durable at the second opening too', () => {
    const file = newFile();
    mustOpen(file).close();
    expect(mustOpen(file).pragma('synchronous', { simple: true })).toBe(2);
  });

  itOnPosix('lies in a folder that only its owner enters', () => {
    const file = newFile();
    mustOpen(file);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
  });

  it('is opened by two processes, and each sees what the other committed', async () => {
    const file = newFile();
    const db = mustOpen(file);
    const child = await startProcess(
      file,
      "new Database(file).prepare('INSERT INTO setting VALUES (?, ?)').run('from', 'the other')",
    );
    expect(createSettings(db).get('from')).toBe('the other');
    await kill(child);
  });
});

describe('a database that cannot be used', () => {
  it('of a newer version is refused by name, and left as it is', () => {
    const file = newFile();
    const db = mustOpen(file);
    db.pragma('user_version = 99');
    db.close();
    const before = readFileSync(file);
    const newer = { code: 'database-newer', details: { found: '99', known: String(newest) } };
    expect(problemOf(file)).toEqual(newer);
    expect(problemOf(file, openToRead)).toEqual(newer);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it.each([
    ['that was closed', ''],
    ['that was killed, with its log', '-wal'],
  ])('of a development format is refused, and left as it is: one %s', (_, end) => {
    const file = newFile();
    const db = mustOpen(file);
    db.pragma(`application_id = ${DEVELOPMENT_ID}`);
    db.pragma('user_version = 8');
    db.pragma('wal_checkpoint(TRUNCATE)');
    createSettings(db).set('in', 'the log');
    const folder = join(file, '..');
    const left = ['', end].map((name) => [`${file}${name}`, readFileSync(`${file}${name}`)] as const);
    db.close();
    for (const [path, bytes] of left) writeFileSync(path, bytes);
    const filesIn = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'hex')]);
    const before = filesIn();
    expect(problemOf(file)).toEqual({ code: 'database-development' });
    expect(problemOf(file, openToRead)).toEqual({ code: 'database-development' });
    expect(filesIn()).toEqual(before);
  });

  it('of a development format that only its log has is refused', () => {
    const file = newFile();
    const db = mustOpen(file);
    db.pragma(`application_id = ${DEVELOPMENT_ID}`);
    expect(problemOf(file)).toEqual({ code: 'database-development' });
    expect(problemOf(file, openToRead)).toEqual({ code: 'database-development' });
  });

  it('of another program is refused', () => {
    const file = join(temporaryFolder(), 'other.db');
    const other = new Database(file);
    other.exec('CREATE TABLE theirs (a)');
    other.pragma('user_version = 1');
    other.close();
    expect(problemOf(file)).toMatchObject({
      code: 'database-corrupt',
      details: { sqlite: 'application_id' },
    });
  });

  it('that is no database is refused, and left as it is', () => {
    const file = join(temporaryFolder(), 'text.db');
    writeFileSync(file, 'this is no database, whatever its name says '.repeat(100));
    expect(problemOf(file)).toMatchObject({ code: 'database-corrupt' });
    expect(readFileSync(file, 'utf8')).toMatch(/^this is no database/);
  });

  it('with damaged pages is refused', () => {
    const file = newFile();
    const db = mustOpen(file);
    const settings = createSettings(db);
    for (let row = 0; row < 200; row += 1) settings.set(`key ${row}`, 'x'.repeat(500));
    db.close();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4_096 * 2);
    writeFileSync(file, bytes);
    expect(problemOf(file)).toMatchObject({ code: 'database-corrupt' });
  });

  it('that was cut short is refused', () => {
    const file = newFile();
    mustOpen(file).close();
    writeFileSync(file, readFileSync(file).subarray(0, 5_000));
    expect(problemOf(file)).toMatchObject({ code: 'database-corrupt' });
  });

  it('where a folder lies is refused', () => {
    const file = newFile();
    mkdirSync(file, { recursive: true });
    expect(problemOf(file)).toMatchObject({ code: 'database-read-only' });
  });

  it('that is not there is not made by who only reads', () => {
    expect(problemOf(join(newFile(), '../../..', 'counterfoil.db'), openToRead)).toMatchObject({
      code: 'database-read-only',
    });
  });
});

it('who only reads writes nothing, beside a till that runs', () => {
  const file = newFile();
  const till = mustOpen(file);
  const opened = openDatabaseReadOnly(file);
  if (!opened.ok) throw new Error(opened.error.code);
  createSettings(till).set('a', 'b');
  expect(createSettings(opened.value).get('a')).toBe('b');
  expect(sqliteCode(() => createSettings(opened.value).set('a', 'c'))).toBe('SQLITE_READONLY');
  opened.value.close();
});
