import type { Page } from 'playwright-core';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from './electron-app.ts';
import {
  managerPin,
  openDetails,
  pressWithPin,
  rows,
  topUp,
  untilIncrements,
  untilRows,
  words,
} from './electron-till.ts';

export const searchField = (page: Page) => page.getByRole('textbox', { name: words('find.text') });

export const found = (page: Page) =>
  page
    .getByRole('table', { name: words('find.table') })
    .locator('tbody')
    .getByRole('row');

/** A till that has taken five top-ups, of which a part of one is taken back. */
export async function openTrading(language = 'en') {
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin, language });
  const { page } = open;
  for (const [member, sum] of [
    [meiLing, '50'],
    [limWei, '20'],
    [meiLing, '12.50'],
    [limWei, '100'],
  ] as const)
    await topUp(page, member, sum);
  await untilIncrements(store, 4);
  await untilRows(page, 4, words('states.confirmed'));
  await openDetails(rows(page, limWei.name, '100'));
  const details = page.getByRole('dialog');
  await details.getByRole('button', { name: words('entry.reverse'), exact: true }).click();
  const reverse = page.getByRole('dialog', { name: words('reverse.title', { reference: '0004' }) });
  await reverse.getByRole('textbox', { name: words('reverse.part') }).fill('30');
  await pressWithPin(reverse, words('reverse.confirm'));
  await reverse.waitFor({ state: 'detached' });
  await untilIncrements(store, 5);
  await untilRows(page, 5, words('states.confirmed'));
  return { ...open, store };
}

export const summary = (page: Page) => page.getByRole('region', { name: words('find.found') });
