import type { Locator, Page } from 'playwright-core';
import { createFakeShop } from '../kit/fake-shop.ts';
import type { OpenPage } from '../kit/page.ts';
import { memberOf } from '../renderer/support/samples.ts';
import { amountField, memberField, pointsField, words } from './electron-till.ts';

export const meiLing = memberOf();

export const vip = memberOf({ customerUid: '9012', number: 'VIP-0012', name: 'Lettered Card' });

export const neighbour = memberOf({ customerUid: '9013', number: '0012', name: 'Neighbour Number' });

/** Digits alone, like an amount. */
export const short = memberOf({ customerUid: '9014', number: '1234', name: 'Short Number' });

export async function openShop(openPage: OpenPage) {
  const main = createFakeShop([meiLing, vip, neighbour, short]);
  const page = await openPage(main);
  await memberField(page).waitFor();
  return { page, calls: () => main.asked('topUps:create').length };
}

export const noteField = (page: Page): Locator => page.getByRole('textbox', { name: words('form.note') });

/** An empty one is folded but for as long as the ring is in it. */
export async function openNote(page: Page): Promise<void> {
  if ((await noteField(page).count()) === 0)
    await page.getByRole('button', { name: words('form.note') }).click();
}

export const menuButton = (page: Page): Locator => page.getByRole('button', { name: /^Menu/ });

/** Where the focus is, and that it is somewhere. */
export const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName);

export const values = async (page: Page) => ({
  amount: await amountField(page).inputValue(),
  points: await pointsField(page).inputValue(),
  note: (await noteField(page).count()) === 0 ? '' : await noteField(page).inputValue(),
});

export const empty = { amount: '', points: '', note: '' };
