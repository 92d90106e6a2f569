import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openApp, testFolder } from '../support/electron-app.ts';
import { expectBroken, usedTill } from '../support/electron-broken.ts';
import { untilRows } from '../support/electron-till.ts';

it('says that its data was made by a newer version, and leaves it as it is', async () => {
  const { folder, file } = await usedTill();
  const db = new Database(file);
  db.pragma('user_version = 999');
  db.close();
  await expectBroken(await openApp({ folder }), 'database-newer');
  const after = new Database(file, { readonly: true });
  expect(after.pragma('user_version', { simple: true })).toBe(999);
  expect(after.prepare('SELECT COUNT(*) FROM increment').pluck().get()).toBe(1);
  after.close();
});

it('says that another program holds its data', async () => {
  const { folder, file } = await usedTill();
  const other = new Database(file);
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  const broken = await openApp({ folder });
  await expectBroken(broken, 'database-locked');
  other.exec('ROLLBACK');
  await broken.close();
  const { page } = await openApp({ folder });
  await untilRows(page, 1, 'Done');
});

it('says that it cannot write where its data cannot be opened', async () => {
  const folder = testFolder();
  // A folder in the file's place: nobody can write that, not even root.
  mkdirSync(join(folder, 'live', 'counterfoil.db'), { recursive: true });
  await expectBroken(await openApp({ folder }), 'database-read-only');
});

it('offers no practice over a practice ledger that is damaged', async () => {
  const folder = testFolder();
  mkdirSync(join(folder, 'practice'));
  writeFileSync(join(folder, 'practice', 'ledger.jsonl'), '{"kind":\n{"kind":"nonsense"}\n');
  const open = await openApp({ folder });
  await open.page.getByRole('button', { name: /^Open the practice store/ }).click();
  await expectBroken(open, 'database-corrupt');
});

it('opens nothing beside another drainer, whatever that one is', async () => {
  const { folder } = await usedTill();
  const other = new Database(join(folder, 'till.lock'));
  onTestFinished(() => void other.close());
  other.exec('BEGIN EXCLUSIVE');
  await expectBroken(await openApp({ folder }), 'second-copy');
});
