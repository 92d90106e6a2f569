import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Migration, migrations, newestFormat } from '../../../main/kernel/database/format.ts';
import { openDatabase, openDatabaseReadOnly } from '../../../main/kernel/database/open.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { kill, mustOpen, startProcess } from './support.ts';

const today = newestFormat(migrations);

/** A format of tomorrow, made up: a new table, and a new column of a table that is there. */
const step: Migration = {
  to: today + 1,
  sql: `CREATE TABLE voucher (number TEXT PRIMARY KEY) STRICT;
    ALTER TABLE member ADD COLUMN birthday TEXT;`,
};
const tomorrow = [...migrations, step];

/** A till's database of today, closed. */
function closed(): string {
  const file = join(temporaryFolder(), 'counterfoil.db');
  const db = mustOpen(file);
  createSettings(db).set('kept', 'yes');
  db.close();
  return file;
}

function openTomorrow(file: string, steps = tomorrow) {
  const opened = openDatabase(file, steps);
  if (!opened.ok) throw new Error(opened.error.code);
  onTestFinished(() => void opened.value.close());
  return opened.value;
}

const formatOf = (db: ReturnType<typeof mustOpen>) => db.pragma('user_version', { simple: true });

describe('the next format', () => {
  it('is reached once by its step, and what was there is kept', () => {
    const file = closed();
    for (const _ of [1, 2]) {
      const db = openTomorrow(file);
      expect(formatOf(db)).toBe(today + 1);
      expect(createSettings(db).get('kept')).toBe('yes');
      expect(db.prepare('SELECT COUNT(*) FROM voucher').pluck().get()).toBe(0);
      db.close();
    }
  });

  it('is made at once where there is no till yet', () => {
    const db = openTomorrow(join(temporaryFolder(), 'counterfoil.db'));
    expect(formatOf(db)).toBe(today + 1);
    expect(db.prepare('SELECT birthday FROM member').all()).toEqual([]);
    db.close();
  });

  it('is refused by a program of today, which leaves it as it is', () => {
    const file = closed();
    openTomorrow(file).close();
    const before = readFileSync(file);
    const newer = { code: 'database-newer', details: { found: String(today + 1), known: String(today) } };
    for (const open of [openDatabase, openDatabaseReadOnly])
      expect(open(file)).toEqual({ ok: false, error: newer });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('is not there in part where a step of it fails', () => {
    const file = closed();
    const bad = { to: today + 2, sql: 'CREATE TABLE half (a TEXT) STRICT; CREATE TABLE setting (a TEXT)' };
    expect(openDatabase(file, [...tomorrow, bad])).toMatchObject({
      ok: false,
      error: { code: 'database-failed' },
    });
    const db = mustOpen(file);
    expect(formatOf(db)).toBe(today);
    expect(createSettings(db).get('kept')).toBe('yes');
  });

  it('is not there where its process is killed in the middle: the format before opens', async () => {
    const file = closed();
    const script = `const db = new Database(file); db.pragma('cache_size = 2'); db.exec('BEGIN IMMEDIATE');
      db.exec(${JSON.stringify(step.sql)});
      db.exec('WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO voucher SELECT i FROM n');
      db.pragma('user_version = ${step.to}')`;
    await kill(await startProcess(file, script));
    const db = mustOpen(file);
    expect(formatOf(db)).toBe(today);
    expect(createSettings(db).get('kept')).toBe('yes');
    db.close();
    expect(formatOf(openTomorrow(file))).toBe(today + 1);
  });
});

it('formats have numbers without gaps', () => {
  expect(migrations.map(({ to }) => to)).toEqual(migrations.map((_, at) => at + 2));
});
