import type { Page } from 'playwright-core';
import type { Policy } from '../../preload/contract/index.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { storeTimeZone } from '../kit/store-time-zone.ts';
import { openTill } from './electron-app.ts';
import { createPassingClock } from './electron-clock.ts';
import { type AtWork, addPerson, limitCashiers } from './electron-people.ts';
import { managerPin, memberField, openFromMenu } from './electron-till.ts';

export const boss: AtWork = { name: 'Boss', role: 'manager', pin: '482915' };

export const mei: AtWork = { name: 'Mei 🧋', role: 'cashier', pin: '391726' };

export const layla: AtWork = { name: 'ليلى', role: 'cashier', pin: '391726' };

/** A till with a manager and two cashiers, who enter at most S$50 alone. */
export async function openShop(policy: Partial<Policy> = {}) {
  const clock = createPassingClock();
  const store = await startPracticeStore({ clock, storeTimeZone });
  const open = await openTill(store, { managerPin, policy }, { clock });
  const { page } = open;
  await memberField(page).waitFor();
  await openFromMenu(page, 'people');
  for (const person of [boss, mei, layla]) await addPerson(page, person, person === boss);
  await limitCashiers(page, '50');
  return { ...open, store, clock };
}

export const toTill = async (page: Page) => {
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
};
