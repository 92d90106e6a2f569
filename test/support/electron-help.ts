import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { untilFocus } from './electron-focus.ts';
import { words } from './electron-till.ts';

/** Other dialogs have the word in their names, too. */
export const sheetOf = (page: Page): Locator =>
  page.getByRole('dialog', { name: words('help.title'), exact: true });

export const title = (page: Page, number: number): Locator =>
  sheetOf(page).getByRole('heading', { name: new RegExp(`^${number}\\. `) });

/** F1 shows the page of this number, which keeps these keys; closed again, the focus is where it was. */
export async function helpIs(page: Page, number: number, keys: readonly string[] = []): Promise<void> {
  // A dialog that has just gone gives the focus back a moment later.
  await page.waitForFunction(() => document.activeElement !== document.body);
  const before = await page.evaluateHandle(() => document.activeElement);
  await page.keyboard.press('F1');
  await untilFocus(title(page, number));
  for (const key of keys) await page.keyboard.press(key);
  await page.keyboard.press('Escape');
  await sheetOf(page).waitFor({ state: 'detached' });
  const isBack = () => before.evaluate((element) => element === document.activeElement);
  await expect.poll(isBack, { message: `the focus after page ${number}` }).toBe(true);
}
