import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { databaseFailure } from '../../../main/kernel/database/failure.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { mustOpen } from './support.ts';

const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (thrown) {
    return databaseFailure(thrown)?.code ?? `thrown: ${String(thrown)}`;
  }
  return 'none';
};
const newFile = () => join(temporaryFolder(), 'counterfoil.db');

describe('what a failing database means to a person', () => {
  it('a full disk, and what was committed before is still there', () => {
    const db = mustOpen(newFile());
    const insert = db.prepare('INSERT INTO setting (key, value) VALUES (?, ?)');
    insert.run('before', 'kept');
    db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
    expect(codeOf(() => insert.run('large', 'x'.repeat(100_000)))).toBe('disk-full');
    expect(db.inTransaction).toBe(false);
    expect(db.prepare("SELECT value FROM setting WHERE key = 'before'").pluck().get()).toBe('kept');
    db.pragma('max_page_count = 1000000');
    expect(codeOf(() => insert.run('large', 'x'.repeat(100_000)))).toBe('none');
  });

  it('somebody else who writes', () => {
    const file = newFile();
    const db = mustOpen(file);
    db.pragma('busy_timeout = 0');
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const write = () => db.prepare("INSERT INTO setting VALUES ('a', 'b')").run();
    expect(codeOf(write)).toBe('database-locked');
    other.exec('ROLLBACK');
    other.close();
    expect(codeOf(write)).toBe('none');
  });

  it('a file that may only be read', () => {
    const file = newFile();
    mustOpen(file);
    const reader = new Database(file, { readonly: true });
    expect(codeOf(() => reader.exec("INSERT INTO setting VALUES ('a', 'b')"))).toBe('database-read-only');
    reader.close();
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EACCES', 'database-read-only'],
    ['EROFS', 'database-read-only'],
    ['SQLITE_IOERR_FSYNC', 'database-failed'],
    ['SQLITE_CORRUPT_INDEX', 'database-corrupt'],
    ['SQLITE_BUSY_SNAPSHOT', 'database-locked'],
    ['SQLITE_PROTOCOL', 'database-failed'],
  ])('%s is %s', (code, expected) => {
    expect(databaseFailure(Object.assign(new Error('x'), { code }))?.code).toBe(expected);
  });

  it('a bug stays a bug', () => {
    for (const thrown of [new Error('x'), new TypeError('x'), 'SQLITE_FULL', null, { code: 'SQLITE_FULL' }]) {
      expect(databaseFailure(thrown)).toBeNull();
    }
    expect(codeOf(() => Object.assign(null as never, {}))).toMatch(/^thrown: TypeError/);
  });
});
