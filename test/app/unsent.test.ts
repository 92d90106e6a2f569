import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { unsentCommand } from '../../main/app/unsent.ts';
import { openDatabase } from '../../main/kernel/database/open.ts';
import { openOutbox } from '../kit/outbox.ts';
import { temporaryFolder } from '../kit/till.ts';

const none = { unsent: 0, queued: 0, sending: 0, unknown: 0, review: 0 };

it('counts what is open, by its state, and nothing that has come to its end', () => {
  const { file, add, attempt, force } = openOutbox();
  expect(unsentCommand(file, false)).toEqual({ ok: true, value: none });
  attempt(add().id, 'applied');
  expect(unsentCommand(file, false)).toEqual({ ok: true, value: none });
  add({ customerUid: '2' });
  add({ customerUid: '3' });
  attempt(add({ customerUid: '4' }).id, 'unknown');
  force(add({ customerUid: '5' }).id, 'review');
  force(add({ customerUid: '6' }).id, 'sending');
  force(add({ customerUid: '7' }).id, 'cancelled');
  const counted = { unsent: 5, queued: 2, sending: 1, unknown: 1, review: 1 };
  expect(unsentCommand(file, false)).toEqual({ ok: true, value: counted });
});

it('finds nothing where there never was a till, and makes no file', () => {
  const file = join(temporaryFolder(), 'none.db');
  expect(unsentCommand(file, false)).toEqual({ ok: true, value: none });
  expect(existsSync(file)).toBe(false);
});

it('does not take what is gone or cannot be read for a till without entries', () => {
  const folder = temporaryFolder();
  const text = join(folder, 'text.db');
  writeFileSync(text, 'no database '.repeat(500));
  const empty = join(folder, 'empty.db');
  writeFileSync(empty, '');
  expect(unsentCommand(text, false)).toMatchObject({ ok: false, error: { code: 'database-corrupt' } });
  expect(unsentCommand(empty, false)).toMatchObject({ ok: false, error: { code: 'database-failed' } });
  expect(unsentCommand(join(folder, 'gone.db'), true)).toMatchObject({
    ok: false,
    error: { code: 'data-missing' },
  });
});

it('ends, and says why, where another program keeps the database to itself', () => {
  const file = join(temporaryFolder(), 'counterfoil.db');
  const made = openDatabase(file);
  if (made.ok) made.value.close();
  const other = new Database(file);
  other.pragma('locking_mode = EXCLUSIVE');
  try {
    // In that mode the lock stays when what it was taken for is done.
    other.exec('BEGIN EXCLUSIVE; COMMIT');
    expect(unsentCommand(file, false)).toMatchObject({ ok: false, error: { code: 'database-locked' } });
  } finally {
    other.close();
  }
});
