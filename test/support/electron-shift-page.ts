import type { Locator, Page } from 'playwright-core';
import type { FakeMain } from '../kit/fake-main.ts';
import type { OpenPage } from '../kit/page.ts';
import { memberField, words } from './electron-till.ts';

export const press = (within: Page | Locator, key: string) =>
  within.getByRole('button', { name: words(key), exact: true }).click();

export const dialog = (page: Page): Locator => page.getByRole('dialog');

export const piecesOf = (page: Page, value: string): Locator => page.getByLabel(value, { exact: true });

export async function openDay(openPage: OpenPage, main: FakeMain): Promise<Page> {
  const page = await openPage(main);
  await memberField(page).waitFor();
  await page.keyboard.press('F4');
  await page.getByRole('button', { name: words('strip.backToTill') }).waitFor();
  return page;
}

export const sizes = [
  { width: 800, height: 560 },
  { width: 1024, height: 700 },
  { width: 1440, height: 900 },
] as const;
