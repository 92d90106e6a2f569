import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { patienceMs } from './electron-app.ts';
import { memberField, words } from './electron-till.ts';

export const panel = (page: Page) => page.getByRole('region', { name: words('drill.title') });

export const press = (page: Page, key: string) =>
  page.getByRole('button', { name: words(key), exact: true }).click();

/** What a screen reader is told: the step, and what is to be done. */
export const untilTold = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  const told = panel(page).locator('[aria-live]');
  for (const key of keys)
    await expect.poll(() => told.textContent(), { timeout: patienceMs }).toContain(words(key));
};

export async function plug(page: Page): Promise<void> {
  const control = page.getByRole('switch', { name: words('practice.plug') });
  const before = await control.getAttribute('aria-checked');
  await control.click();
  await expect.poll(() => control.getAttribute('aria-checked')).not.toBe(before);
}

export async function start(page: Page): Promise<void> {
  await memberField(page).waitFor();
  await page.keyboard.press('F10');
  await page.getByRole('button', { name: words('menu.drill'), exact: true }).click();
  await page.getByRole('dialog', { name: words('drill.start.title') }).waitFor();
}
