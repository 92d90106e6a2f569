import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { languageNames } from '../../preload/contract/index.ts';
import { timeoutMs } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import { dialogOf, press, signIn, switchTo } from '../support/electron-people.ts';
import { boss, layla, mei, openShop, toTill } from '../support/electron-people-shop.ts';
import {
  amountField,
  confirmButton,
  takeMember,
  topUp,
  untilIncrements,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

const pinOf = (inside: Locator, name: string): Locator =>
  inside.getByRole('textbox', { name: new RegExp(name) }).or(inside.getByLabel(new RegExp(`PIN.*${name}`)));

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
  for (const key of ['Escape', 'F10', 'F3', 'F12', 'Escape']) await page.keyboard.press(key);
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
  await page.getByRole('button', { name: `${words('people.change')} Boss` }).click();
  const change = page.getByRole('dialog');
  await change.getByRole('radio', { name: languageNames.zh }).check();
  await pinOf(change, 'Boss').first().fill(boss.pin);
  await press(change, 'people.keep');
  const spoken = () => page.evaluate(() => document.documentElement.lang);
  await expect.poll(spoken, { timeout: timeoutMs }).toMatch(/^zh/);
  await page.keyboard.press('Escape');
  await page.locator('input[data-scan="member"]').waitFor();
  await page.keyboard.press('F12');
  await page.getByRole('dialog').getByRole('button').last().click();
  await dialogOf(page, 'people.lockedTitle').waitFor();
  await look(open, 'people-locked');
});
