import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/practice/members.ts';
import { languageNames } from '../../preload/contract/index.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill, patienceMs } from '../support/electron-app.ts';
import { createPassingClock } from '../support/electron-clock.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { look } from '../support/electron-look.ts';
import {
  type AtWork,
  addPerson,
  dialogOf,
  limitCashiers,
  press,
  signIn,
  switchTo,
} from '../support/electron-people.ts';
import {
  amountField,
  confirmButton,
  incrementsOf,
  managerPin,
  memberField,
  rows,
  takeMember,
  topUp,
  untilIncrements,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

const boss: AtWork = { name: 'Boss', role: 'manager', pin: '482915' };
const mei: AtWork = { name: 'Mei 🧋', role: 'cashier', pin: '391726' };
const layla: AtWork = { name: 'ليلى', role: 'cashier', pin: '391726' };

const pinOf = (inside: Locator, name: string): Locator =>
  inside.getByRole('textbox', { name: new RegExp(name) }).or(inside.getByLabel(new RegExp(`PIN.*${name}`)));

/** A till with a manager and two cashiers, who enter at most S$50 alone. */
async function openShop() {
  const clock = createPassingClock();
  const store = await startPracticeStore({ clock });
  const open = await openTill(store, { managerPin }, { clock });
  const { page } = open;
  await memberField(page).waitFor();
  await page.keyboard.press('F10');
  await press(dialogOf(page, 'menu.title'), 'menu.people');
  for (const person of [boss, mei, layla]) await addPerson(page, person, person === boss);
  await limitCashiers(page, '50');
  return { ...open, store, clock };
}

const toTill = async (page: Page) => {
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
};

it('two cashiers and a manager share a till: each entry has its name, and a manager approves in place', async () => {
  const { page, store } = await openShop();
  await toTill(page);
  await switchTo(page, mei);
  await takeMember(page, meiLing);
  await amountField(page).fill('20');
  await page.keyboard.press('F12');
  await signIn(page, 'people.switchTitle', layla);
  expect(await amountField(page).inputValue()).toBe('20');
  await confirmButton(page).click();
  await untilIncrements(store, 1);
  await untilRows(page, 1, 'Done');
  await rows(page, 'Done').getByRole('button', { name: meiLing.name }).click();
  await untilText(page.getByRole('dialog'), 'ليلى');
  await page.keyboard.press('Escape');

  await switchTo(page, mei);
  await takeMember(page, limWei);
  await amountField(page).fill('70');
  await confirmButton(page).click();
  const approve = dialogOf(page, 'people.approveTitle');
  const pin = approve.getByLabel(words('people.pinOf', { name: 'Boss' }));
  await untilFocus(pin);
  await page.keyboard.type('000000');
  await page.keyboard.press('Enter');
  await untilText(approve, words('errors.person-pin-wrong'));
  // Refused: nothing is entered, and the form stays.
  await page.keyboard.press('Escape');
  await untilText(page.getByRole('alert'), words('errors.approval-needed_overLimit'));
  expect(await amountField(page).inputValue()).toBe('70');
  expect(store.increments()).toHaveLength(1);
  await page.getByRole('button', { name: words('waysOut.approve') }).click();
  await untilFocus(pin);
  await page.keyboard.type(boss.pin);
  await page.keyboard.press('Enter');
  await untilIncrements(store, 2);
  expect(incrementsOf(store, limWei)).toHaveLength(1);
  await untilRows(page, 1, limWei.name, 'Done');
  await rows(page, limWei.name).getByRole('button', { name: limWei.name }).click();
  const details = page.getByRole('dialog');
  await untilText(details, 'Mei 🧋');
  await untilText(details, 'Boss');
});

it('locks itself while nobody touches it, loses nothing that was typed, and lets nobody in without a PIN', async () => {
  const { page, store, clock } = await openShop();
  await toTill(page);
  await switchTo(page, layla);
  await topUp(page, meiLing, '10');
  await untilIncrements(store, 1);
  await takeMember(page, limWei);
  await amountField(page).fill('30');
  await clock.pass(301_000);
  const locked = dialogOf(page, 'people.lockedTitle');
  await locked.waitFor();
  for (const key of ['Escape', 'F10', 'F2', 'F12', 'Escape']) await page.keyboard.press(key);
  expect(await page.getByRole('dialog').count()).toBe(1);
  await pinOf(locked, 'ليلى').first().fill('000000');
  await page.keyboard.press('Enter');
  await untilText(locked, words('errors.person-pin-wrong'));
  await signIn(page, 'people.lockedTitle', mei);
  expect(await amountField(page).inputValue()).toBe('30');
  await confirmButton(page).click();
  await untilIncrements(store, 2);
  await untilRows(page, 1, limWei.name, 'Done');
});

it('is read by everybody, in every size', { timeout: 240_000 }, async () => {
  const open = await openShop();
  const { page } = open;
  await look(open, 'people');
  // Their own language, at once and while they are there.
  await page.getByRole('button', { name: words('people.changeOf', { name: 'Boss' }) }).click();
  const change = page.getByRole('dialog');
  await change.getByRole('radio', { name: languageNames.zh }).check();
  await press(change, 'people.keep');
  const spoken = () => page.evaluate(() => document.documentElement.lang);
  await expect.poll(spoken, { timeout: patienceMs }).toMatch(/^zh/);
  await page.keyboard.press('Escape');
  await page.locator('input[data-scan="member"]').waitFor();
  await page.keyboard.press('F12');
  await page.getByRole('dialog').getByRole('button').last().click();
  await dialogOf(page, 'people.lockedTitle').waitFor();
  await look(open, 'people-locked');
});
