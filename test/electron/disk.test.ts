import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill, patienceMs } from '../support/electron-app.ts';
import { makeReadOnly, smallDisk } from '../support/electron-disk.ts';
import {
  amountField,
  confirmButton,
  find,
  increment,
  memberCard,
  memberField,
  rows,
  takeMember,
  ticket,
  topUp,
  untilIncrements,
  untilRows,
  untilStrip,
  untilText,
  words,
} from '../support/electron-till.ts';

/** The entries that are committed, seen by another process. */
const savedIn = (folder: string): number => {
  const db = new Database(join(folder, 'live', 'counterfoil.db'), { readonly: true });
  const count = db.prepare('SELECT COUNT(*) FROM increment').pluck().get() as number;
  db.close();
  return count;
};

/** Tries one top-up: `saved`, or `full` where the till says that nothing was entered. */
async function attempt(page: Page, amount: string, full: Locator): Promise<'saved' | 'full'> {
  await find(page, meiLing.number);
  await memberCard(page).or(full).first().waitFor();
  if ((await memberCard(page).count()) === 0) return 'full';
  await amountField(page).fill(amount);
  return confirm(page, full);
}

async function confirm(page: Page, full: Locator): Promise<'saved' | 'full'> {
  await confirmButton(page).click();
  // The ticket before stays in view: what is kept empties the form.
  const isOver = async () => (await full.count()) > 0 || (await memberField(page).inputValue()) === '';
  await expect.poll(isOver, { timeout: patienceMs }).toBe(true);
  return (await full.count()) > 0 ? 'full' : 'saved';
}

it('says on a full disk that nothing was entered, calls Saved only what is, and goes on with space', async () => {
  const store = await startPracticeStore();
  const disk = await smallDisk();
  const { folder } = disk;
  const till = await openTill(store, {}, { folder });
  const { page } = till;
  await takeMember(page, meiLing);
  const free = await disk.fill(till);
  const full = page.getByText(words(`errors.${disk.code}`)).first();
  // The write-ahead log may have room for a few yet.
  let kept = 0;
  while ((await attempt(page, String(kept + 1), full)) === 'saved') {
    kept += 1;
    expect(savedIn(folder)).toBe(kept);
    expect(kept).toBeLessThan(20);
  }
  expect(savedIn(folder)).toBe(kept);
  expect(await rows(page).count()).toBe(kept);
  // What was not kept has no ticket: the one before is still there.
  if (kept > 0) await untilText(ticket(page), `S$${kept}.00`);
  else expect(await page.getByText('Saved', { exact: true }).count()).toBe(0);

  await free();
  expect(await attempt(page, '50', full)).toBe('saved');
  await untilRows(page, kept + 1, 'Done');
  await untilStrip(page, /^Online · all sent$/);
  expect(savedIn(folder)).toBe(kept + 1);
  expect(store.increments().map(({ balanceIncrement }) => balanceIncrement)).toEqual([
    ...Array.from({ length: kept }, (_, index) => String(index + 1)),
    '50',
  ]);
});

it('stops sending while an outcome cannot be written, and goes on when it can', async () => {
  const store = await startPracticeStore();
  const disk = await smallDisk();
  const { folder } = disk;
  const till = await openTill(store, {}, { folder });
  const { page } = till;
  await takeMember(page, limWei);
  await takeMember(page, meiLing);
  store.addFault({ fault: { kind: 'delay', delayMs: 1_500, when: 'after' }, method: increment, times: 1 });
  await amountField(page).fill('50');
  await confirmButton(page).click();
  await untilIncrements(store, 1);
  const free = await disk.fill(till);
  await untilStrip(page, `Paused · ${words('pauses.disk.short')}`);
  await page.getByText(words('pauses.disk.do')).waitFor();
  await free();
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');
  await topUp(page, limWei, '20');
  await untilRows(page, 2, 'Done');
  await untilStrip(page, /^Online · all sent$/);
  expect(store.increments()).toHaveLength(2);
});

it('opens with words where its data cannot be written to', async () => {
  const store = await startPracticeStore();
  const first = await openTill(store);
  await topUp(first.page, meiLing, '50');
  await untilRows(first.page, 1, 'Done');
  await first.kill();
  await makeReadOnly(first.folder);
  const { page } = await openApp({ folder: first.folder });
  await page.getByText(words('errors.database-read-only')).waitFor();
  expect(await memberField(page).count()).toBe(0);
});
