import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { limWei, meiLing } from '../../main/practice/members.ts';
import { openApp, openTill, systemDoes, testFolder } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  increment,
  memberCard,
  rows,
  takeMember,
  topUp,
  untilIncrements,
  untilRows,
  untilStrip,
  words,
} from '../support/electron-till.ts';
import { startPracticeStore } from '../support/practice-store.ts';

/** A small disk of its own, which goes with the test. */
async function smallDisk(): Promise<string> {
  const folder = testFolder();
  const mounted = await systemDoes('mount', '-t', 'tmpfs', '-o', 'size=48m,mode=0700', 'tmpfs', folder);
  expect(mounted, 'a test of a full disk needs the right to mount one').toBe(true);
  onTestFinished(async () => {
    await systemDoes('umount', '-l', folder);
  });
  return folder;
}

/** Fills the disk to the last byte; the returned function frees it again. */
function fill(folder: string): () => void {
  const file = join(folder, 'ballast');
  const handle = openSync(file, 'w');
  for (let size = 1 << 20; size >= 1; ) {
    try {
      writeSync(handle, Buffer.alloc(size));
    } catch {
      size >>= 1;
    }
  }
  closeSync(handle);
  return () => rmSync(file);
}

const saved = (folder: string): number => {
  const db = new Database(join(folder, 'live', 'counterfoil.db'), { readonly: true });
  const count = db.prepare('SELECT COUNT(*) FROM increment').pluck().get() as number;
  db.close();
  return count;
};

it('says on a full disk that nothing was entered, and enters it once when space is free again', async () => {
  const store = await startPracticeStore();
  const folder = await smallDisk();
  const { page } = await openTill(store, {}, { folder });
  await takeMember(page, meiLing);
  await amountField(page).fill('50');
  const free = fill(folder);
  const toldFull = page.getByText(words('errors.disk-full')).first();
  await confirmButton(page).click();
  await toldFull.waitFor();
  await confirmButton(page).click();
  await toldFull.waitFor();
  expect(await page.getByText('Saved', { exact: true }).count()).toBe(0);
  expect(await rows(page).count()).toBe(0);
  expect(saved(folder)).toBe(0);
  expect(store.increments()).toEqual([]);
  // What was typed is still there to be confirmed again.
  expect(await amountField(page).inputValue()).toBe('50');
  expect(await memberCard(page).textContent()).toContain('Tan Mei Ling');

  free();
  await confirmButton(page).click();
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');
  await untilStrip(page, /^Online · all sent$/);
  expect(saved(folder)).toBe(1);
  expect(store.increments()).toHaveLength(1);
});

it('stops sending while an outcome cannot be written, and goes on when it can', async () => {
  const store = await startPracticeStore();
  const folder = await smallDisk();
  const { page } = await openTill(store, {}, { folder });
  await takeMember(page, limWei);
  await takeMember(page, meiLing);
  store.addFault({ fault: { kind: 'delay', delayMs: 1_500, when: 'after' }, method: increment, times: 1 });
  await amountField(page).fill('50');
  await confirmButton(page).click();
  await untilIncrements(store, 1);
  const free = fill(folder);
  await untilStrip(page, `Paused · ${words('pauses.disk.short')}`);
  await page.getByText(words('pauses.disk.do')).waitFor();
  free();
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');
  await topUp(page, limWei, '20');
  await untilRows(page, 2, 'Done');
  await untilStrip(page, /^Online · all sent$/);
  expect(store.increments()).toHaveLength(2);
});

it('opens with words on a disk that cannot be written to', async () => {
  const store = await startPracticeStore();
  const folder = await smallDisk();
  const first = await openTill(store, {}, { folder });
  await topUp(first.page, meiLing, '50');
  await untilRows(first.page, 1, 'Done');
  await first.kill();
  // Only the till's data: Chromium itself needs a place to write.
  const live = join(folder, 'live');
  expect(await systemDoes('mount', '--bind', live, live)).toBe(true);
  onTestFinished(async () => {
    await systemDoes('umount', '-l', live);
  });
  expect(await systemDoes('mount', '-o', 'remount,bind,ro', live)).toBe(true);
  const { page } = await openApp({ folder });
  await page.getByText(words('errors.database-read-only')).waitFor();
});
