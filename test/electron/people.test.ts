import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { type } from '../support/electron-keys.ts';
import { dialogOf, press, signIn, switchTo } from '../support/electron-people.ts';
import { boss, layla, mei, openShop, toTill } from '../support/electron-people-shop.ts';
import { leaveField } from '../support/electron-settings.ts';
import {
  amountField,
  confirmButton,
  incrementsOf,
  managerPin,
  memberField,
  openDetails,
  openFromMenu,
  rows,
  takeMember,
  untilIncrements,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

const openDesk = async (page: Page) => {
  await page.keyboard.press('F10');
  await press(dialogOf(page, 'menu.title'), 'menu.desk');
};

it('a manager who leaves the desk is gone: the next entry is the cashier’s, and the desk asks again', async () => {
  const { page, store } = await openShop();
  await toTill(page);
  await switchTo(page, mei);
  await openDesk(page);
  await signIn(page, 'people.deskTitle', boss);
  await page.getByRole('navigation', { name: words('desk.title') }).waitFor();
  await toTill(page);
  await takeMember(page, meiLing);
  await amountField(page).fill('20');
  await confirmButton(page).click();
  await untilIncrements(store, 1);
  await untilRows(page, 1, 'Done');
  await openDetails(rows(page, 'Done'));
  await untilText(page.getByRole('dialog'), mei.name);
  await page.keyboard.press('Escape');
  await openDesk(page);
  await dialogOf(page, 'people.deskTitle').waitFor();
});

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
  await openDetails(rows(page, 'Done'));
  await untilText(page.getByRole('dialog'), 'ليلى');
  await page.keyboard.press('Escape');

  await switchTo(page, mei);
  await takeMember(page, limWei);
  await amountField(page).fill('70');
  await confirmButton(page).click();
  const approve = dialogOf(page, 'people.approveTitle');
  const pin = approve.getByLabel(words('people.pinOf', { name: 'Boss' }));
  await untilFocus(pin);
  await type(page, '000000');
  await page.keyboard.press('Enter');
  await untilText(approve, words('errors.person-pin-wrong'));
  // Refused: nothing is entered, and the form stays.
  await page.keyboard.press('Escape');
  await untilText(page.getByRole('alert'), words('errors.approval-needed_overLimit'));
  expect(await amountField(page).inputValue()).toBe('70');
  expect(store.increments()).toHaveLength(1);
  await page.getByRole('button', { name: words('waysOut.approve') }).click();
  await untilFocus(pin);
  await type(page, boss.pin);
  await page.keyboard.press('Enter');
  await untilIncrements(store, 2);
  expect(incrementsOf(store, limWei)).toHaveLength(1);
  await untilRows(page, 1, limWei.name, 'Done');
  await openDetails(rows(page, limWei.name));
  const details = page.getByRole('dialog');
  await untilText(details, 'Mei 🧋');
  await untilText(details, 'Boss');
});

it('adds a manager by keys alone: a PIN that is too easy costs nothing else', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { managerPin });
  await memberField(page).waitFor();
  await openFromMenu(page, 'people');
  await page.getByRole('button', { name: words('people.addFirst') }).click();
  const dialog = dialogOf(page, 'people.addTitle');
  const newPin = dialog.getByLabel(words('people.newPin'));
  const tillPin = dialog.getByLabel(words('people.tillPinFirst'));
  await type(page, 'Aisha');
  await page.keyboard.press('Enter');
  await untilFocus(newPin);
  const typeTwice = async (pin: string) => {
    for (let time = 0; time < 2; time++) {
      await type(page, pin);
      await page.keyboard.press('Enter');
    }
  };
  await typeTwice('1234');
  await untilFocus(tillPin);
  await type(page, managerPin);
  await page.keyboard.press('Enter');
  const weak = dialog.getByText(words('errors.manager-pin-weak'));
  await weak.waitFor();
  await untilFocus(newPin);
  expect(await newPin.getAttribute('aria-invalid')).toBe('true');
  expect(await tillPin.inputValue()).toBe(managerPin);
  await page.keyboard.type('4');
  await weak.waitFor({ state: 'detached' });
  await newPin.fill('');
  await typeTwice('482915');
  await dialog.waitFor({ state: 'detached' });
  const saved = page.getByText(words('saving.saved'), { exact: true });
  await saved.waitFor();

  // What is wrong says so, and what is right is saved when its field is left.
  const limit = page.getByLabel(words('people.balanceLimit'));
  await limit.fill('many');
  await page.keyboard.press('Enter');
  await page.getByText(words('people.limitWrong', { cap: '2,000' })).waitFor();
  await limit.fill('100');
  await leaveField(page);
  await page.getByRole('button', { name: words('people.add') }).click();
  await dialog.getByLabel(words('people.name'), { exact: true }).fill('Mei');
  await newPin.fill('391726');
  await dialog.getByLabel(words('manager.repeat')).fill('391726');
  await dialog.getByLabel(words('people.pinOf', { name: 'Aisha' })).fill('482915');
  await press(dialog, 'people.add');
  await page.getByRole('button', { name: `${words('people.change')} Mei` }).waitFor();
  expect(await limit.inputValue()).toBe('100');

  await page.getByRole('button', { name: `${words('people.change')} Aisha` }).click();
  await press(page.getByRole('dialog'), 'people.remove');
  const removing = page.getByRole('dialog', { name: words('people.removeTitle', { name: 'Aisha' }) });
  await untilText(removing, words('people.knowsTillPin'));
  await press(removing, 'people.changeTillPin');
  await dialogOf(page, 'manager.recoverTitle').waitFor();
});
