import type { Page } from 'playwright-core';
import { openFromMenu, words } from './electron-till.ts';

export const dialog = (page: Page) => page.getByRole('dialog', { name: words('slips.title') });

/** From the till. */
export async function openSlips(page: Page): Promise<void> {
  await openFromMenu(page, 'safety');
  await page.getByRole('button', { name: words('waysOut.slips') }).click();
  await dialog(page).waitFor();
}

export const list = (page: Page) => dialog(page).getByRole('list', { name: words('slips.list') });
