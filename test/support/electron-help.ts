import type { Locator, Page } from 'playwright-core';
import { untilFocus } from './electron-focus.ts';
import { dialogOf } from './electron-people.ts';

export const sheetOf = (page: Page): Locator => dialogOf(page, 'help.title');

export const title = (page: Page, number: number): Locator =>
  sheetOf(page).getByRole('heading', { name: new RegExp(`^${number}\\. `) });

/** F1 shows the page of this number, and Escape only takes the sheet away. */
export async function helpIs(page: Page, number: number): Promise<void> {
  await page.keyboard.press('F1');
  await untilFocus(title(page, number));
  await page.keyboard.press('Escape');
  await sheetOf(page).waitFor({ state: 'detached' });
}
