import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { openDay, openShift, pinOf, pressOn, setUpPeople } from '../support/electron-day.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { helpIs } from '../support/electron-help.ts';
import { type } from '../support/electron-keys.ts';
import { type AtWork, dialogOf, press, switchTo } from '../support/electron-people.ts';
import {
  amountField,
  managerPin,
  memberCard,
  memberField,
  openDetails,
  openFromMenu,
  rows,
  speak,
  takeMember,
  topUp,
  untilIncrements,
  untilRows,
  words,
} from '../support/electron-till.ts';

// F1 at every kind of screen that there is, and where it could be in the way of what somebody is doing.

const wholeMs = 300_000;

const boss: AtWork = { name: 'Boss', role: 'manager', pin: '482915' };
const mei: AtWork = { name: 'Mei', role: 'cashier', pin: '391726' };

const untilBeside = (page: Page): Promise<void> =>
  page.getByRole('button', { name: words('strip.backToTill') }).waitFor();

async function toTill(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
}

const close = async (dialog: Locator): Promise<void> => {
  await dialog.page().keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
};

/** A till with people and a shift, and a top-up that is done; a cashier is there. */
async function openShop(language: 'en' | 'zh') {
  const store = await startPracticeStore();
  const policy = { tenders: ['cash', 'card'], repeatWithinMs: 0, peopleLockAfterMs: 0 };
  const open = await openTill(store, { managerPin, language, policy });
  const { page } = open;
  await setUpPeople(page, [boss, mei]);
  await switchTo(page, mei);
  await openShift(page, '200');
  await topUp(page, meiLing, '50', '50');
  await untilIncrements(store, 1);
  await untilRows(page, 1, meiLing.name, words('states.confirmed'));
  await takeMember(page, limWei);
  return { ...open, open, store };
}

/** The menu's screens that need nothing more than a press, and the page of each. */
const fromMenu = [
  ['openReview', 11],
  ['rules', 12],
  ['settings', 15],
  ['checkUp', 16],
  ['match', 18],
] as const;

/** From the till: what lies over it or beside it, one after the other. */
async function throughTheTill(page: Page): Promise<void> {
  await helpIs(page, 1);
  await amountField(page).fill('12');
  await helpIs(page, 1);
  await memberCard(page)
    .getByRole('button', { name: words('member.all') })
    .click();
  await page.getByRole('heading', { level: 1, name: limWei.name }).waitFor();
  await helpIs(page, 6);
  await toTill(page);
  await page.keyboard.press('F3');
  await untilFocus(page.getByRole('textbox', { name: words('find.text') }));
  await helpIs(page, 5);
  await toTill(page);
  await openDetails(rows(page, meiLing.name));
  await page.getByRole('dialog').waitFor();
  await helpIs(page, 7);
  await press(page.getByRole('dialog'), 'entry.reverse');
  await untilFocus(pinOf(page, boss));
  // Half a PIN is still there, and goes on to be typed.
  await page.keyboard.type(boss.pin.slice(0, 3));
  await helpIs(page, 8);
  await page.keyboard.type(boss.pin.slice(3));
  expect(await pinOf(page, boss).inputValue()).toBe(boss.pin);
  await close(page.getByRole('dialog'));
  await page.keyboard.press('F12');
  await dialogOf(page, 'people.switchTitle').waitFor();
  await helpIs(page, 3);
  await close(dialogOf(page, 'people.switchTitle'));
}

async function throughTheMenu(page: Page): Promise<void> {
  for (const [item, number] of fromMenu) {
    await openFromMenu(page, item);
    await untilBeside(page);
    await helpIs(page, number);
    await toTill(page);
  }
  await openFromMenu(page, 'owner');
  await page.getByRole('heading', { level: 1, name: words('owner.title') }).waitFor();
  await helpIs(page, 21);
  await toTill(page);
  await openFromMenu(page, 'people');
  await untilBeside(page);
  await helpIs(page, 13);
  await pressOn(page, 'people.add');
  await dialogOf(page, 'people.addTitle').waitFor();
  await helpIs(page, 13);
  await close(dialogOf(page, 'people.addTitle'));
  await toTill(page);
  await openFromMenu(page, 'safety');
  for (const act of ['backups.now', 'waysOut.slips'] as const) {
    await pressOn(page, act);
    await page.getByRole('dialog').waitFor();
    await helpIs(page, 19);
    await close(page.getByRole('dialog'));
  }
  await openFromMenu(page, 'receipts');
  await page.getByRole('button', { name: words('receipts.tabs.look') }).waitFor();
  await helpIs(page, 14);
  await toTill(page);
  for (const [item, number] of [
    ['diagnostics', 21],
    ['about', 19],
    ['station', 15],
    ['replaceKey', 21],
    ['tillNumber', 15],
  ] as const) {
    await openFromMenu(page, item);
    await page.getByRole('dialog').waitFor();
    await helpIs(page, number);
    await close(page.getByRole('dialog'));
    await page.keyboard.press('Escape');
    await memberField(page).waitFor();
  }
}

/** From an open shift to its Z. */
async function throughTheDay(page: Page): Promise<void> {
  await openDay(page);
  await page.getByRole('button', { name: words('shifts.open.count') }).waitFor();
  await helpIs(page, 9);
  await pressOn(page, 'shifts.moves.paid-out.open');
  await untilFocus(page.getByRole('dialog').getByLabel(words('shifts.moves.sum')));
  await helpIs(page, 9);
  await close(page.getByRole('dialog'));
  await pressOn(page, 'shifts.open.count');
  const tens = page.getByLabel('S$10.00', { exact: true });
  await tens.fill('24');
  await helpIs(page, 9);
  // What was counted is still there, and goes on to be typed.
  await page.keyboard.type('5');
  await expect.poll(() => tens.inputValue()).toBe('245');
  await tens.fill('24');
  await pressOn(page, 'shifts.count.commit');
  await page.getByRole('dialog').waitFor();
  await helpIs(page, 9);
  await press(page.getByRole('dialog'), 'shifts.count.commit');
  await pressOn(page, 'shifts.outcome.acts.reason');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(words('shifts.moves.reason')).fill('A ten was given twice');
  await helpIs(page, 17);
  await pinOf(page, boss).fill(boss.pin);
  await press(dialog, 'shifts.outcome.acts.close');
  await page.getByRole('region', { name: words('shifts.ticket.region') }).waitFor();
  await helpIs(page, 17);
  await pressOn(page, 'shifts.tabs.closed');
  await page.getByRole('table', { name: words('shifts.closed.title') }).waitFor();
  await helpIs(page, 17);
  await page
    .getByRole('table', { name: words('shifts.closed.title') })
    .getByRole('button')
    .first()
    .click();
  await toTill(page);
}

it.each(['en', 'zh'] as const)(
  'in %s, F1 shows the page of whatever is on the screen',
  {
    timeout: wholeMs,
  },
  async (language) => {
    speak(language);
    const { page, complaints } = await openShop(language);
    await throughTheTill(page);
    await switchTo(page, boss);
    await throughTheMenu(page);
    await switchTo(page, mei);
    await throughTheDay(page);
    expect(complaints).toEqual([]);
  },
);

it('the till that is locked helps whoever comes back, and lets nobody in', { timeout: wholeMs }, async () => {
  const { page } = await openShop('en');
  await amountField(page).fill('12');
  await page.keyboard.press('F12');
  await press(dialogOf(page, 'people.switchTitle'), 'people.lock');
  const locked = dialogOf(page, 'people.lockedTitle');
  await locked.waitFor();
  await locked.getByRole('radio', { name: mei.name }).check();
  await type(page, mei.pin.slice(0, 2));
  await helpIs(page, 3, ['F3', 'F4', 'F10', 'F12', 'Enter']);
  expect(await page.getByRole('dialog').count()).toBe(1);
  await type(page, mei.pin.slice(2));
  await page.keyboard.press('Enter');
  await locked.waitFor({ state: 'detached' });
  expect(await amountField(page).inputValue()).toBe('12');
  // What locks the till closes the handbook, which is no way round the PIN.
  await helpIs(page, 1);
});
