import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill, timeoutMs } from '../support/electron-app.ts';
import { smallDisk } from '../support/electron-disk.ts';
import {
  amountField,
  confirmButton,
  find,
  memberCard,
  memberField,
  rows,
  takeMember,
  ticket,
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
  await expect.poll(isOver, { timeout: timeoutMs }).toBe(true);
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
