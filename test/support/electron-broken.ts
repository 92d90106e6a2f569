import { join } from 'node:path';
import { expect } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { type OpenApp, openTill } from './electron-app.ts';
import { memberField, topUp, untilRows, words } from './electron-till.ts';

/** The broken screen with the reason, and no form to type into. */
export async function expectBroken({ page }: OpenApp, code: string): Promise<void> {
  await page.getByRole('heading', { name: words('broken.title') }).waitFor();
  await page
    .getByRole('alert')
    .filter({ hasText: words(`errors.${code}`) })
    .waitFor();
  await page.getByText(words('broken.money')).waitFor();
  expect(await memberField(page).count()).toBe(0);
}

/** A till with one entry, closed; its database is returned by path. */
export async function usedTill(): Promise<{ folder: string; file: string }> {
  const store = await startPracticeStore();
  const { page, folder, kill } = await openTill(store);
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  await kill();
  return { folder, file: join(folder, 'live', 'counterfoil.db') };
}
