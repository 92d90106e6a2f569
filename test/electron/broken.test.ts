import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill, runApp } from '../support/electron-app.ts';
import { expectBroken, usedTill } from '../support/electron-broken.ts';
import { memberField, topUp, untilRows } from '../support/electron-till.ts';

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
