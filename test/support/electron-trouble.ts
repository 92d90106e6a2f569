import { expect } from 'vitest';
import { gohLiTing, nurAisyah, rajanPillai } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { type OpenApp, openTill } from './electron-app.ts';
import {
  givePin,
  increment,
  managerPin,
  openDetails,
  rows,
  takeMember,
  topUp,
  untilRows,
  words,
} from './electron-till.ts';

/** One entry each that is reversed, refused and being checked. */
export async function openWithTrouble(): Promise<OpenApp> {
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin });
  const { page } = open;
  await topUp(page, gohLiTing, '200', '200');
  await untilRows(page, 1, 'Done');
  await openDetails(rows(page, 'Goh Li Ting'));
  await page
    .getByRole('dialog')
    .getByRole('button', { name: words('entry.reverse') })
    .click();
  await givePin(page, words('reverse.confirm'));
  await untilRows(page, 1, 'Reversed');
  // "Being reversed by" says so too, and the fault below is for the next increment.
  await expect.poll(() => store.increments().length).toBe(2);
  const messages = ['Customer is disabled'];
  store.addFault({ fault: { kind: 'error', messages, when: 'before' }, method: increment, times: 1 });
  await topUp(page, nurAisyah, '10');
  await untilRows(page, 1, 'Refused');
  await takeMember(page, rajanPillai);
  store.addFault({ fault: { kind: 'drop', when: 'after' }, method: increment, times: 1 });
  return open;
}
