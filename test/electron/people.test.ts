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

const people = {
  Boss: { role: 'manager', pin: '482915' },
  'Mei 🧋': { role: 'cashier', pin: '391726' },
  ليلى: { role: 'cashier', pin: '391726' },
} as const;
type Name = keyof typeof people;

const dialogOf = (page: Page, title: string): Locator => page.getByRole('dialog', { name: words(title) });
const press = (inside: Locator, key: string): Promise<void> =>
  inside.getByRole('button', { name: words(key), exact: true }).click();
const pinOf = (inside: Locator, name: string): Locator =>
  inside.getByRole('textbox', { name: new RegExp(name) }).or(inside.getByLabel(new RegExp(`PIN.*${name}`)));

/** From the People screen: adds somebody, with the PIN that the first one takes. */
async function add(page: Page, name: Name): Promise<void> {
  const { role, pin } = people[name];
  const isFirst = name === 'Boss';
  await page.getByRole('button', { name: words(isFirst ? 'people.addFirst' : 'people.add') }).click();
  const dialog = dialogOf(page, 'people.addTitle');
  await dialog.getByLabel(words('people.name'), { exact: true }).fill(name);
  await dialog.getByRole('radio', { name: words(`people.roles.${role}`) }).check();
  await dialog.getByLabel(words('people.newPin')).fill(pin);
  await dialog.getByLabel(words('manager.repeat')).fill(pin);
  if (isFirst) await dialog.getByLabel(words('manager.pin')).fill(managerPin);
  await press(dialog, 'people.add');
  await dialog.waitFor({ state: 'detached' });
}

/** Gives a name and its PIN in the dialog that asks who is there. */
async function signIn(page: Page, title: string, name: Name): Promise<void> {
  const dialog = dialogOf(page, title);
  await dialog.getByRole('radio', { name }).check();
  await page.keyboard.type(people[name].pin);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

async function switchTo(page: Page, name: Name): Promise<void> {
  await page.keyboard.press('F12');
  await signIn(page, 'people.switchTitle', name);
}

/** A till with a manager and two cashiers, who enter at most S$50 alone. */
async function openShop() {
  const clock = createPassingClock();
  const store = await startPracticeStore({ clock });
  const open = await openTill(store, { managerPin }, { clock });
  const { page } = open;
  await memberField(page).waitFor();
  await page.keyboard.press('F10');
  await press(dialogOf(page, 'menu.title'), 'menu.people');
  for (const name of ['Boss', 'Mei 🧋', 'ليلى'] as const) await add(page, name);
  await page.getByLabel(words('people.balanceLimit')).fill('50');
  await page.getByRole('button', { name: words('people.savePermissions') }).click();
  const dialog = dialogOf(page, 'people.permissionsTitle');
  await press(dialog, 'people.keep');
  await dialog.waitFor({ state: 'detached' });
  return { ...open, store, clock };
}

const toTill = async (page: Page) => {
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
};

it('two cashiers and a manager share a till: each entry has its name, and a manager approves in place', async () => {
  const { page, store } = await openShop();
  await toTill(page);
  await switchTo(page, 'Mei 🧋');
  await takeMember(page, meiLing);
  await amountField(page).fill('20');
  await page.keyboard.press('F12');
  await signIn(page, 'people.switchTitle', 'ليلى');
  expect(await amountField(page).inputValue()).toBe('20');
  await confirmButton(page).click();
  await untilIncrements(store, 1);
  await untilRows(page, 1, 'Done');
  await rows(page, 'Done').getByRole('button', { name: meiLing.name }).click();
  await untilText(page.getByRole('dialog'), 'ليلى');
  await page.keyboard.press('Escape');

  await switchTo(page, 'Mei 🧋');
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
  await page.keyboard.type(people.Boss.pin);
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
  await switchTo(page, 'ليلى');
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
  await signIn(page, 'people.lockedTitle', 'Mei 🧋');
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
