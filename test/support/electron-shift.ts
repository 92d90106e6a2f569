import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from './electron-app.ts';
import { type AtWork, addPerson, press, switchTo } from './electron-people.ts';
import {
  amountField,
  confirmButton,
  managerPin,
  memberField,
  openFromMenu,
  pay,
  takeMember,
  words,
} from './electron-till.ts';

export const boss: AtWork = { name: 'Boss', role: 'manager', pin: '482915' };

export const mei: AtWork = { name: 'Mei', role: 'cashier', pin: '391726' };

/** A till with a manager and a cashier, the cashier there. */
export async function openShop() {
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin, policy: { tenders: ['cash', 'card'] } });
  const { page } = open;
  await memberField(page).waitFor();
  await openFromMenu(page, 'people');
  for (const person of [boss, mei]) await addPerson(page, person, person === boss);
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
  await switchTo(page, mei);
  return { ...open, open, store };
}

export async function sell(page: Page, member: typeof meiLing, sum: string, tender: string): Promise<void> {
  await takeMember(page, member);
  await amountField(page).fill(sum);
  await pay(page, tender);
  await confirmButton(page).click();
  await expect.poll(() => memberField(page).inputValue()).toBe('');
}

export const pressOn = (page: Page, key: string) =>
  page.getByRole('button', { name: words(key), exact: true }).click();

export async function openDay(page: Page): Promise<void> {
  await memberField(page).waitFor();
  await page.keyboard.press('F4');
}

export async function commit(page: Page): Promise<void> {
  await pressOn(page, 'shifts.count.commit');
  await press(page.getByRole('dialog'), 'shifts.count.commit');
}
