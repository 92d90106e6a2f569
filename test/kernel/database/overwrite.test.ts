import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Db, openDatabase, openDatabaseReadOnly } from '../../../main/kernel/database/open.ts';
import { overwriting } from '../../../main/kernel/database/overwrite.ts';
import { temporaryFolder } from '../../kit/till.ts';

const secret = 'Tan Mei Ling, 8008010001';

function opened() {
  const file = join(temporaryFolder(), 'till.db');
  const found = openDatabase(file);
  if (!found.ok) throw new Error(found.error.code);
  const db = found.value;
  db.prepare("INSERT INTO setting (key, value) VALUES ('secret', ?)").run(secret);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = () => [file, `${file}-wal`].map((name) => readFileSync(name, 'latin1')).join('');
  return { file, db, bytes };
}

const take = (db: Db) => overwriting(db, () => db.exec("DELETE FROM setting WHERE key = 'secret'"));

it('what is taken out is in no file any more', () => {
  const { db, bytes } = opened();
  expect(bytes()).toContain(secret);
  take(db);
  expect(bytes()).not.toContain(secret);
  expect([db.pragma('secure_delete', { simple: true }), db.pragma('busy_timeout', { simple: true })]).toEqual(
    [0, 5_000],
  );
  db.close();
});

it('is not kept from being committed, nor waits, while another program reads', () => {
  const { file, db } = opened();
  const reader = openDatabaseReadOnly(file);
  if (!reader.ok) throw new Error(reader.error.code);
  reader.value.exec('BEGIN');
  reader.value.prepare('SELECT COUNT(*) FROM setting').get();
  const beganAt = performance.now();
  take(db);
  expect(performance.now() - beganAt).toBeLessThan(2_000);
  expect(db.prepare("SELECT 1 FROM setting WHERE key = 'secret'").get()).toBeUndefined();
  reader.value.close();
  db.close();
});
