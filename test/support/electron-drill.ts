import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { timeoutMs } from './electron-app.ts';
import { openFromMenu, topUp, untilRows, words } from './electron-till.ts';

export const panel = (page: Page) => page.getByRole('region', { name: words('drill.title') });

export const press = (page: Page, key: string) =>
  page.getByRole('button', { name: words(key), exact: true }).click();

/** What a screen reader is told: the step, and what is to be done. */
export const untilTold = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  const told = panel(page).locator('[aria-live]');
  for (const key of keys)
    await expect.poll(() => told.textContent(), { timeout: timeoutMs }).toContain(words(key));
};

export async function plug(page: Page): Promise<void> {
  const control = page.getByRole('switch', { name: words('practice.plug') });
  const before = await control.getAttribute('aria-checked');
  await control.click();
  await expect.poll(() => control.getAttribute('aria-checked')).not.toBe(before);
}

export async function start(page: Page): Promise<void> {
  await openFromMenu(page, 'drill');
  await page.getByRole('dialog', { name: words('drill.start.title') }).waitFor();
}

/** A practice store that was opened just now, with the plug out and the first top-up waiting. */
export async function openOutage(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await start(page);
  await press(page, 'drill.start.go');
  await untilTold(page, 'drill.now.unplug');
  await plug(page);
  await untilTold(page, 'drill.now.first');
  await topUp(page, meiLing, '10');
  await untilRows(page, 1, meiLing.name, 'Waiting');
  await untilTold(page, 'drill.now.second');
}
