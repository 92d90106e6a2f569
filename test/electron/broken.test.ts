import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { meiLing } from '../../main/practice/members.ts';
import { type OpenApp, openApp, openTill, runApp, testFolder } from '../support/electron-app.ts';
import { memberField, topUp, untilRows, words } from '../support/electron-till.ts';
import { startPracticeStore } from '../support/practice-store.ts';

/** The broken screen with the reason, and no form to type into. */
async function expectBroken({ page }: OpenApp, code: string): Promise<void> {
  await page.getByRole('heading', { name: words('broken.title') }).waitFor();
  await page
    .getByRole('alert')
    .filter({ hasText: words(`errors.${code}`) })
    .waitFor();
  await page.getByText(words('broken.money')).waitFor();
  expect(await memberField(page).count()).toBe(0);
}

/** A till with one entry, closed; its database is returned by path. */
async function usedTill(): Promise<{ folder: string; file: string }> {
  const store = await startPracticeStore();
  const { page, folder, kill } = await openTill(store);
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  await kill();
  return { folder, file: join(folder, 'live', 'counterfoil.db') };
}

it('brings the first copy to the front when a second is started, and the second ends', async () => {
  const store = await startPracticeStore();
  const { app, page, folder } = await openTill(store);
  await memberField(page).waitFor();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const second = await runApp(folder, []);
  expect(second.code).toBe(0);
  const isVisible = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()));
  await expect.poll(isVisible).toEqual([true]);
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  expect(store.increments()).toHaveLength(1);
});

it('says that its data is damaged, leaves it as it is, and sends nothing', async () => {
  const { folder, file } = await usedTill();
  const db = new Database(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const handle = openSync(file, 'r+');
  const { size } = statSync(file);
  for (let at = 4096; at < size; at += 4096) writeSync(handle, Buffer.alloc(2048, 0xa5), 0, 2048, at);
  closeSync(handle);
  const before = readFileSync(file);
  await expectBroken(await openApp({ folder }), 'database-corrupt');
  expect(readFileSync(file).equals(before)).toBe(true);
});

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

it('opens nothing beside another drainer, whatever that one is', async () => {
  const { folder } = await usedTill();
  const other = new Database(join(folder, 'till.lock'));
  onTestFinished(() => void other.close());
  other.exec('BEGIN EXCLUSIVE');
  await expectBroken(await openApp({ folder }), 'second-copy');
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
