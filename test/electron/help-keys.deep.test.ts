import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { sheetOf, title } from '../support/electron-help.ts';
import { enter, keysOf, pressKeys, scan } from '../support/electron-scanner.ts';
import {
  amountField,
  confirmButton,
  managerPin,
  memberCard,
  memberField,
  takeMember,
  untilText,
  words,
} from '../support/electron-till.ts';

// What is typed and scanned around F1: it goes to the till or to the handbook, never to both.

const wholeMs = 300_000;

const f1 = { key: 'F1', code: 'F1' } as const;

/** A till where a press of Enter would top up Tan Mei Ling, with the focus on the button that does it. */
async function openReady() {
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin });
  const { page } = open;
  await takeMember(page, meiLing);
  await amountField(page).fill('12');
  await expect.poll(() => confirmButton(page).isEnabled()).toBe(true);
  return { ...open, store };
}

/** The till is as `openReady` left it. */
async function nothingMoved(page: Page, store: PracticeStore): Promise<void> {
  await untilText(memberCard(page), meiLing.name);
  expect(await memberField(page).inputValue()).toBe(meiLing.number);
  expect(await amountField(page).inputValue()).toBe('12');
  expect(store.increments()).toEqual([]);
}

it('no key goes to the till from the moment of F1 until the page is closed', {
  timeout: wholeMs,
}, async () => {
  const { page, store } = await openReady();
  await confirmButton(page).focus();
  // The first F1 reads the pages from the disk: these keys come before any is shown.
  await pressKeys(page, [f1, ...keysOf('9'), enter], 300);
  await untilFocus(title(page, 1));
  await nothingMoved(page, store);
  await scan(page, limWei.number);
  await page.keyboard.press('Enter');
  await nothingMoved(page, store);
  await page.keyboard.press('F1');
  await sheetOf(page).waitFor({ state: 'detached' });
  await untilFocus(confirmButton(page));
  await nothingMoved(page, store);
  // And from then on they do: of the button by Enter, of a card by a scan.
  await scan(page, limWei.number);
  await untilText(memberCard(page), limWei.name);
});

it('a scan just before F1 is taken, one just after it is not, and one that holds F1 is none', {
  timeout: wholeMs,
}, async () => {
  const { page, store } = await openReady();
  await pressKeys(page, [f1, ...keysOf(limWei.number), enter], 8);
  await untilFocus(title(page, 1));
  await page.keyboard.press('Escape');
  await sheetOf(page).waitFor({ state: 'detached' });
  await nothingMoved(page, store);

  const [front, back] = [limWei.number.slice(0, 5), limWei.number.slice(5)];
  await pressKeys(page, [...keysOf(front), f1, ...keysOf(back), enter], 8);
  await page.getByText(words('errors.scan-unread')).waitFor();
  expect(await sheetOf(page).count()).toBe(0);
  await nothingMoved(page, store);

  await pressKeys(page, [...keysOf(limWei.number), enter, f1], 8);
  await untilFocus(title(page, 1));
  await page.keyboard.press('Escape');
  await untilText(memberCard(page), limWei.name);
  expect(store.increments()).toEqual([]);
});
