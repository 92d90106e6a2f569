import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { meiLing } from '../../main/hosts/practice/members.ts';
import { type AtWork, press } from './electron-people.ts';
import { amountField, confirmButton, memberField, pay, takeMember, words } from './electron-till.ts';

export const boss: AtWork = { name: 'Boss', role: 'manager', pin: '482915' };

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
