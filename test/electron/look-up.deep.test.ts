import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing, nurAisyah } from '../../main/hosts/practice/members.ts';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { createPassingClock } from '../support/electron-clock.ts';
import { scan } from '../support/electron-scanner.ts';
import {
  amountField,
  confirmButton,
  find,
  incrementsOf,
  memberCard,
  memberField,
  untilIncrements,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

const byNumber = 'queryByNumber';

/** What stood there before the member can have been read. */
const untilEnabled = (page: Page) => expect.poll(() => confirmButton(page).isEnabled()).toBe(true);

/** A till without a directory: every look-up asks KYBIO. */
async function openAsking(store: PracticeStore) {
  store.addFault({ fault: { kind: 'hang', when: 'before' }, method: 'queryCustomerPages' });
  const open = await openTill(store);
  await memberField(open.page).waitFor();
  return open;
}

/** A till that has kept the first page of members, and read them long enough ago to ask again. */
async function openKeeping() {
  const clock = createPassingClock();
  const store = await startPracticeStore({ clock });
  const open = await openTill(store, {}, { clock });
  await memberField(open.page).waitFor();
  // The first day is watched for two hours before a page is read.
  await clock.pass(2 * 3_600_000 + 120_000);
  await store.waitForCall(({ method }) => method === 'queryCustomerPages');
  await clock.pass(600_000);
  return { ...open, store };
}

const slowBy = (store: PracticeStore, delayMs: number, times = 1) =>
  store.addFault({ fault: { kind: 'delay', delayMs, when: 'before' }, method: byNumber, times });

const never = (store: PracticeStore, times = 1) =>
  store.addFault({ fault: { kind: 'hang', when: 'before' }, method: byNumber, times });

const untilAsked = (store: PracticeStore, number: string) =>
  store.waitForCall(({ method, body }) => method === byNumber && body.includes(number));

it('moves on at once, and what is typed while KYBIO takes 400 ms is the amount of whom it tells', async () => {
  const store = await startPracticeStore();
  const { page } = await openAsking(store);
  slowBy(store, 400);
  await find(page, meiLing.number);
  await page.keyboard.type('50');
  expect(await amountField(page).inputValue()).toBe('50');
  await untilText(confirmButton(page), /Top up S\$50\.00 for Tan Mei Ling/);
  await untilEnabled(page);
  await page.keyboard.press('Enter');
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');
  expect(incrementsOf(store, meiLing).map(({ balanceIncrement }) => balanceIncrement)).toEqual(['50']);
});

it('says that it looks up, then that KYBIO is slow, and credits nobody meanwhile', async () => {
  const store = await startPracticeStore();
  const { page } = await openAsking(store);
  never(store);
  await find(page, meiLing.number);
  await page.getByText(words('form.looking')).waitFor();
  await page.keyboard.type('50');
  await page.keyboard.press('Enter');
  await page.getByText(words('form.lookingSlow')).waitFor();
  expect(await confirmButton(page).isDisabled()).toBe(true);
  // The next card wins, although the first answer never comes. What was typed meanwhile was for nobody.
  await scan(page, limWei.number);
  await untilText(memberCard(page), 'Lim Wei');
  expect(store.increments()).toEqual([]);
});

it('uses what it has kept while KYBIO takes 4 s, and brings it up to date when the answer comes', async () => {
  const { page, store } = await openKeeping();
  store.adjust(nurAisyah.customerUid, '333.00', '7');
  slowBy(store, 4_000);
  await find(page, nurAisyah.number);
  await untilText(memberCard(page), 'S$15.00');
  await untilText(memberCard(page), /stored on this till/);
  await page.keyboard.type('5');
  await untilText(confirmButton(page), /for Nur Aisyah/);
  await untilText(memberCard(page), 'S$333.00');
  expect(await amountField(page).inputValue()).toBe('5');
  await page.keyboard.press('Enter');
  await untilIncrements(store, 1);
  expect(incrementsOf(store, nurAisyah)).toHaveLength(1);
});

it('tops up whom it has kept although KYBIO never answers the look-up', async () => {
  const { page, store } = await openKeeping();
  never(store);
  await find(page, limWei.number);
  await untilText(memberCard(page), /stored on this till/);
  await page.keyboard.type('20');
  await untilText(confirmButton(page), /for Lim Wei/);
  await page.keyboard.press('Enter');
  await untilRows(page, 1, 'Lim Wei', 'Done');
  expect(incrementsOf(store, limWei)).toHaveLength(1);
});

it('takes the second of two scans, whichever answer is first', async () => {
  const store = await startPracticeStore();
  const { page } = await openAsking(store);
  slowBy(store, 700);
  await scan(page, meiLing.number);
  await untilAsked(store, meiLing.number);
  await scan(page, limWei.number);
  await untilText(memberCard(page), 'Lim Wei');
  // The older answer arrives behind it and changes nothing.
  await expect.poll(() => store.calls().filter(({ method }) => method === byNumber).length).toBe(2);
  await page.keyboard.type('20');
  await untilText(confirmButton(page), /Top up S\$20\.00 for Lim Wei/);
  await page.keyboard.press('Enter');
  await untilRows(page, 1, 'Lim Wei', 'Done');
  expect(store.increments().map(({ customerUid }) => customerUid)).toEqual([limWei.customerUid]);
});

it('gives the form back where KYBIO says that the kept card is nobody’s any more', async () => {
  const { page, store } = await openKeeping();
  slowBy(store, 2_500);
  store.setMember(limWei.customerUid, { number: 'MOVED' });
  await find(page, limWei.number);
  await untilText(memberCard(page), 'Lim Wei');
  await page.keyboard.type('20');
  await page.getByText(words('errors.member-not-found')).waitFor();
  expect(await memberCard(page).count()).toBe(0);
  expect(await confirmButton(page).isDisabled()).toBe(true);
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  expect(store.increments()).toEqual([]);
});
