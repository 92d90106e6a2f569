import { expect, it } from 'vitest';
import { limWei, meiLing, rajanPillai } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  incrementCalls,
  rows,
  takeMember,
  untilIncrements,
  untilRows,
} from '../support/electron-till.ts';

it('makes one increment of a double click and of a held Enter', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await takeMember(page, meiLing);
  await amountField(page).fill('50');
  await confirmButton(page).dblclick();
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');

  await takeMember(page, limWei);
  await amountField(page).fill('20');
  for (let press = 0; press < 12; press += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await untilRows(page, 1, 'Lim Wei', 'Done');
  // The focus is in the empty member field by now; a held Enter on the button itself is no other.
  await takeMember(page, rajanPillai);
  await amountField(page).fill('30');
  await confirmButton(page).focus();
  for (let press = 0; press < 12; press += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await untilRows(page, 1, 'Rajan Pillai', 'Done');
  await untilIncrements(store, 3);
  expect(incrementCalls(store)).toHaveLength(3);
  expect(await rows(page).count()).toBe(3);
});
