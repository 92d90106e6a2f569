import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import {
  incrementsOf,
  memberField,
  openDetails,
  rows,
  takeMember,
  topUp,
  untilRows,
  words,
} from '../support/electron-till.ts';

const dialogButton = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true });

it('asks before it cancels what waits, with the focus on keeping it', async () => {
  const store = await startPracticeStore();
  const { page, complaints } = await openTill(store);
  await takeMember(page, meiLing);
  await store.setPlug(false);
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Waiting');
  const title = words('cancelEntry.entry.title', { what: 'S$50.00', name: 'Tan Mei Ling' });
  const ask = async () => {
    await rows(page, 'Tan Mei Ling')
      .getByRole('button', { name: words('entry.cancel') })
      .click();
    const dialog = page.getByRole('dialog', { name: title });
    await dialog.getByText(words('cancelEntry.entry.lead')).waitFor();
    await untilFocus(dialogButton(page, words('cancelEntry.keep')));
    return dialog;
  };
  for (const key of ['Escape', 'Enter']) {
    const dialog = await ask();
    await page.keyboard.press(key);
    await dialog.waitFor({ state: 'detached' });
    await untilFocus(memberField(page));
    expect(await rows(page, 'Waiting').count(), key).toBe(1);
  }
  const dialog = await ask();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await untilRows(page, 1, 'Cancelled');
  await untilFocus(memberField(page));

  // From the entry's details it asks as well.
  await topUp(page, meiLing, '20');
  await openDetails(rows(page, 'S$20.00'));
  await dialogButton(page, words('entry.cancel')).click();
  await untilFocus(dialogButton(page, words('cancelEntry.keep')));
  await dialogButton(page, words('entry.cancel')).click();
  await untilRows(page, 2, 'Cancelled');
  await untilFocus(memberField(page));
  await store.setPlug(true);
  expect(incrementsOf(store, meiLing)).toEqual([]);
  expect(complaints).toEqual([]);
});
