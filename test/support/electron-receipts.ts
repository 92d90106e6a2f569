import type { Page } from 'playwright-core';
import type { FakePrinter } from '../paper/receipts/fake-printer.ts';
import { leaveField } from './electron-settings.ts';
import { openFromMenu, words } from './electron-till.ts';

// Receipts, as they are set up in the window of a till.

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** A manager sets the printer up; the screen stays open. */
export async function setUpPrinter(page: Page, printer: FakePrinter, language = 'English'): Promise<void> {
  await openFromMenu(page, 'receipts');
  await page.getByText(words('receipts.kinds.network'), { exact: true }).click();
  await page.getByLabel(words('receipts.address'), { exact: true }).fill(printer.address);
  await leaveField(page);
  await button(page, words('receipts.tabs.look')).click();
  await page.getByLabel(language, { exact: true }).check();
  await page.getByLabel(words('receipts.header')).fill('Fun Toys');
  await leaveField(page);
}

export async function backToTill(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
}
